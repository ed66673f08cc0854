"""Put a new recording of a line into its place, if it is fit for that."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from babelreel.app.kept_versions import keep_versions
from babelreel.app.project.described_film import film_length_ms
from babelreel.app.project.inventory import leads_out
from babelreel.app.project.master import open_digests
from babelreel.app.project.subtitle_files import TrackFile
from babelreel.app.voices.hearing import Hearing
from babelreel.app.voices.recorded_texts import TAKES_FILE, KeptText, render_texts
from babelreel.app.voices.remember_texts import kept_texts
from babelreel.app.voices.stems import Stems
from babelreel.errors import UsageError
from babelreel.graph.files import write_atomically
from babelreel.media.programs.locate import locate_ffmpeg
from babelreel.media.sound.studio.plain_recording import plain_recording
from babelreel.model.finding import Finding
from babelreel.model.project import Project
from babelreel.model.sound.dubbing import DubbedLine, Dubbing, decide_dubbing
from babelreel.model.sound.recorded_text import RecordedText
from babelreel.model.sound.recordings import SAMPLE_RATE_HZ, Dub, SoundInfo, Take
from babelreel.model.sound.take_names import TakeNames
from babelreel.model.track import Cue, Track
from babelreel.rules.base.recording_subject import VoiceSubject
from babelreel.rules.check import check_recordings
from babelreel.rules.dubs.sound_quality import clipped_sound
from babelreel.system_errors import house_errors

_CODEC, _BYTES_PER_SAMPLE = "pcm_s24le", 3
#: Nobody speaks one line for longer.
LONGEST_S = 120
#: What a take may have at most, its header included.
MOST_TAKE_BYTES = LONGEST_S * SAMPLE_RATE_HZ * _BYTES_PER_SAMPLE + 4096
#: And a sound file: twice as much, for it may have two channels, and room for what programs write beside the sound.
MOST_FILE_BYTES = 2 * MOST_TAKE_BYTES + (1 << 20)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptTake:
    """A take in its place: ``path`` is relative to the project, ``replaced`` are takes of the line that are gone.

    ``line`` says what is heard of it, ``findings`` what rules say of it.
    """

    path: str
    replaced: tuple[str, ...]
    line: DubbedLine
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HeardTake:
    """A new recording that was listened to, with its bytes."""

    data: bytes
    sound: SoundInfo


class TakeKeeper:
    """Keeps new takes of a language's lines; ``film_ms`` is ``None`` while the film is not known.

    Who calls ``keep`` holds the ledgers; ``hear`` takes longer, and needs no lock.
    """

    def __init__(self, project: Project, file: TrackFile) -> None:
        self._project = project
        self._file = file
        self._ffmpeg_path = locate_ffmpeg()
        self._film_ms = film_length_ms(project)

    def hear(self, data: bytes) -> HeardTake:
        """Listen to a new recording, and to all takes that are there; raises ``UsageError`` for what is none."""
        self._dub()
        with _hidden_file(self._project, data) as path:
            sound = self._listen(path)
        _refuse(sound, _NOT_OURS)
        return HeardTake(data=data, sound=sound)

    def hear_file(self, data: bytes) -> HeardTake:
        """Listen to a sound file of any form that recordings may have, and make a recording of it as ours are.

        Raises ``UsageError`` for what is none, and what listening and converting raise.
        """
        with _hidden_file(self._project, data) as path:
            sound = self._listen(path)
            _refuse(sound, _TOO_LONG)
            plain = plain_recording(self._ffmpeg_path, path, sound.mono, duration_ms=sound.duration_ms)
        heard = self.hear(plain)
        # at another rate, the tops of what is cut off lie a little below full scale
        return replace(heard, sound=replace(heard.sound, clipped=max(sound.clipped, heard.sound.clipped)))

    def _listen(self, path: Path) -> SoundInfo:
        return Hearing(self._project, self._ffmpeg_path, open_digests(self._project)).hear((path,))[0]

    def dubbing(self, track: Track) -> Dubbing | None:
        """Decide what is heard of the takes that are there; ``None`` where nothing was recorded."""
        dub = self._dub()
        return self._decide(dub, track) if dub else None

    def keep(self, heard: HeardTake, track: Track, cue: Cue) -> KeptTake:
        """Put a recording into its place as the take of a line, in the stead of those that the line had.

        What was there before is kept for ``undo``. Raises ``UsageError`` for a take that would not be heard, and
        where the takes that are there cannot be added to; then nothing is written.
        """
        dub = self._dub()
        self._refuse_place(dub)
        before = self._decide(dub, track) if dub else None
        replaced = tuple(each.sound for each in before.meant if each.cue is cue) if before else ()
        folder = PurePosixPath(dub.path) if dub else PurePosixPath(self._project.stems_dir.as_posix(), self._file.tag)
        path = (folder / f"{TakeNames(before).name_of(cue)}.wav").as_posix()
        # 07.WAV and 07.wav are one file for some systems
        path = next((each.path for each in replaced if each.path.casefold() == path.casefold()), path)
        recorded = RecordedText(text=cue.text, start_ms=cue.span.start_ms)
        take = Take(line=cue.number, sound=replace(heard.sound, path=path), recorded=recorded)
        after = self._decide(_with_take(dub, take, replaced, self._file.tag), track)
        line = next(line for line in after.lines if line.cue is cue)
        if line.take is None or line.take.sound.path != path or not line.is_to_be_spoken:
            raise UsageError(what="A take of this line would not be heard.", why="there is nothing to say in it")
        findings = self._findings(after, path)
        for each in findings:
            if each.code == clipped_sound.code:
                raise UsageError(what="The recording is too loud, and crackles.", hint="Turn the microphone down.")
        gone = tuple(each.path for each in replaced if each.path != path)
        self._write(heard, path, recorded, gone)
        return KeptTake(path=path, replaced=tuple(each.path for each in replaced), line=line, findings=findings)

    def _dub(self) -> Dub | None:
        return Stems(self._project, self._ffmpeg_path).dub(self._file.tag)

    def _decide(self, dub: Dub, track: Track) -> Dubbing:
        return decide_dubbing(dub, track, film_ms=self._film_ms, profile=self._file.settings.profile)

    def _refuse_place(self, dub: Dub | None) -> None:
        if dub and dub.whole:
            raise UsageError(
                what="This language has one recording of the whole film.",
                where=dub.whole.path,
                why="with a take of one line, it would be heard in no line any more",
                hint="Move it out of the folder to record line by line.",
            )
        if dub and dub.texts_fault:
            raise UsageError(what="The texts of the takes cannot be read.", where=dub.texts_path, why=dub.texts_fault)
        stems = self._project.root / self._project.stems_dir
        for place in (stems, self._project.root / dub.path if dub else stems / self._file.tag):
            if leads_out(self._project, place) or (place.exists() and not place.is_dir()):
                raise UsageError(
                    what="Nothing can be recorded here.", where=str(place), why="it is no folder of our own"
                )

    def _findings(self, dubbing: Dubbing, path: str) -> tuple[Finding, ...]:
        subject = VoiceSubject(language=self._file.tag, dubbing=dubbing, profile=self._file.settings.profile)
        found = check_recordings((subject,)).findings
        return tuple(each for found in found for each in found.each if each.location.path == path)

    def _write(self, heard: HeardTake, path: str, recorded: RecordedText, gone: tuple[str, ...]) -> None:
        """Write the take before the text that it is for: a cut between leaves a take that goes by its number."""
        root = self._project.root
        target = root / path
        lost = {PurePosixPath(path).name, *(PurePosixPath(each).name for each in gone)}
        texts = [each for each in kept_texts(self._project, target.parent) if each.name not in lost]
        texts.append(KeptText(name=target.name, digest=heard.sound.digest, recorded=recorded))
        written = {target: heard.data, target.parent / TAKES_FILE: render_texts(texts).encode()}
        removed = [root / each for each in gone]
        keep_versions(self._project, f"take {self._file.tag}", {**written, **dict.fromkeys(removed)})
        for place, content in written.items():
            write_atomically(place, content)
        for place in removed:
            with house_errors(place):
                place.unlink(missing_ok=True)


def _with_take(dub: Dub | None, take: Take, replaced: tuple[SoundInfo, ...], tag: str) -> Dub:
    """Describe what is recorded once a take is in its place."""
    if dub is None:
        return Dub(language=tag, path=str(PurePosixPath(take.sound.path).parent), takes=(take,))
    gone = {each.path for each in replaced}
    others = (each for each in dub.takes if each.sound.path not in gone)
    takes = sorted((*others, take), key=lambda each: (each.line, each.sound.path))
    return replace(dub, takes=tuple(takes))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Form:
    """What a sound has to be beside audible, and what is said of one that is not."""

    is_met: Callable[[SoundInfo], bool]
    why: str


_NOT_OURS = _Form(
    is_met=lambda sound: (sound.codec, sound.sample_rate_hz, sound.channels) == (_CODEC, SAMPLE_RATE_HZ, 1),
    why="it is no WAV of 24 bit at 48 kHz with one channel",
)
_TOO_LONG = _Form(
    is_met=lambda sound: sound.samples <= LONGEST_S * SAMPLE_RATE_HZ, why=f"it is longer than {LONGEST_S} seconds"
)


def _refuse(sound: SoundInfo, form: _Form) -> None:
    reasons: tuple[tuple[bool, Callable[[], str]], ...] = (
        (bool(sound.fault), lambda: sound.fault),
        (not form.is_met(sound), lambda: form.why),
        (sound.is_silent, lambda: "there is nothing to hear in it"),
        (sound.is_guide, lambda: "it is a guide track, spoken by a machine"),
    )
    for is_true, why in reasons:
        if is_true:
            raise UsageError(what="This recording was not kept.", why=why(), hint="Record the line again.")


@contextmanager
def _hidden_file(project: Project, data: bytes) -> Iterator[Path]:
    folder = project.state_dir / "recorded"
    with house_errors(folder):
        folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=folder) as place:
        path = Path(place) / "take"  # what it is, its bytes say
        write_atomically(path, data)
        yield path
