"""Mix the take of a line as it will sound in the finished film, without building it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial
from pathlib import Path

from babelreel.app.build.choosing.buildable import font_file
from babelreel.app.build.footage import hear_film_alone
from babelreel.app.project.master import hear_sound, look_at_film, open_digests, open_notes
from babelreel.app.project.subtitle_files import TrackFile
from babelreel.app.project.tools import usable_ffmpeg
from babelreel.app.voices.dubbing import choose_music, voice_of
from babelreel.app.voices.stems import Stems
from babelreel.engines.engine import Engine
from babelreel.engines.run_with import run_with
from babelreel.errors import UsageError
from babelreel.fonts import LATIN, font_path
from babelreel.graph.digests import DigestCache
from babelreel.graph.folder_store import FolderStore
from babelreel.graph.notes import Topic
from babelreel.graph.plan import make_plan
from babelreel.graph.task import SourceFile
from babelreel.media.programs.capabilities import Extra
from babelreel.media.programs.run import run_ffmpeg
from babelreel.media.sound.mix.mixing import MixDub
from babelreel.media.sound.mix.voice import VoicePart
from babelreel.media.sound.studio.laid_bed import LaidBed, read_gain
from babelreel.media.sound.studio.line_mix import LineMixer
from babelreel.model.json_codec import decode
from babelreel.model.project import Project
from babelreel.model.sound.dubbing import decide_dubbing
from babelreel.model.sound.ducking import Stretch
from babelreel.model.sound.placing import HeardSound, samples_to_ms
from babelreel.model.sound.recordings import ms_to_samples
from babelreel.model.timecode import Span
from babelreel.model.track import Cue, Track
from babelreel.stages.inputs import Voice, Workshop
from babelreel.stages.sound.mix import GAIN, SOUND, plan_bed, plan_mix
from babelreel.system_errors import house_errors

#: So much is heard before a line and behind it, to hear how the film goes down and comes up again.
AROUND_MS = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class MixedLine:
    """A stretch of the film with a line in it, as FLAC; the mix begins at ``start_ms`` of the film."""

    start_ms: int
    sound: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class _Lack:
    """By how much the film must go down under a line; ``None`` where there is nothing to hear."""

    db: Decimal | None


#: By all that decides on it.
_LACK = Topic(name="lacks", version=1, read=lambda document: decode(document, _Lack))


class LineMixes:
    """Mixes single lines of a project's dubs, by the build's own stages.

    One at a time: ``mix`` is not for several threads. What lies under the voices is decoded once for each film, into
    the folder ``beds``, at 23 MB a minute; what was measured of lines is noted.
    """

    def __init__(self, project: Project) -> None:
        self._project = project
        self._store = FolderStore(project.beds_dir)

    def mix(self, file: TrackFile, track: Track, cue: Cue) -> MixedLine:
        """Mix the stretch of the film with a line whose take is heard, with a second around it.

        Its samples are those of the mix that a build makes, in 16 bits, brought to the level of delivered films as if
        all of the film were as loud as its voices. A take is heard whatever rules say of it. Raises ``UsageError`` for
        a line without a take, ``FilmError``, and what mixing raises.
        """
        digests = open_digests(self._project)
        try:
            workshop = self._workshop(digests)
            line, voice = self._voice(workshop, file, track, cue, digests)
            task = plan_mix(workshop, file.settings.language, voice)
        finally:
            digests.save()
        mix = task.action
        assert isinstance(mix, MixDub)  # noqa: S101 - for mypy
        bed = self._laid_bed(workshop, mix, digests)
        window = _window(line, workshop.film.info.duration_ms)
        files = {each.name: each for each in voice.files}
        with self._store.workspace() as folder:
            mixer = LineMixer(
                mix=mix,
                bed=bed,
                folder=folder,
                run=partial(_run, workshop, folder),
                lay=lambda part: _lay(files[part.name], folder),
                lacking=partial(self._lacking, bed, files),
            )
            mixer.mix_stretch(Stretch(start=ms_to_samples(window.start_ms), end=ms_to_samples(window.end_ms)))
            heard = mixer.finish(self._project.sound.target, duration_ms=window.duration_ms)
            with house_errors(heard):
                return MixedLine(start_ms=window.start_ms, sound=heard.read_bytes())

    def _workshop(self, digests: DigestCache) -> Workshop:
        project = self._project
        path, info = look_at_film(project, digests)
        ffmpeg = usable_ffmpeg(project, None, digests, {Extra.DUB, Extra.TEMPO})
        return Workshop(
            film=hear_film_alone(project, path, hear_sound(project, path, info)),
            ffmpeg=ffmpeg,
            styles=project.styles,
            latin_font=font_file(font_path(LATIN), digests),
            sound=project.sound,
            music=choose_music(project, Stems(project, ffmpeg.path, digests), digests),
        )

    def _voice(
        self, workshop: Workshop, file: TrackFile, track: Track, cue: Cue, digests: DigestCache
    ) -> tuple[HeardSound, Voice]:
        film_ms = workshop.film.info.duration_ms
        dub = Stems(self._project, workshop.ffmpeg.path, digests).dub(file.tag)
        dubbing = decide_dubbing(dub, track, film_ms=film_ms, profile=file.settings.profile) if dub else None
        voice = voice_of(self._project, dubbing, digests) if dubbing else None
        line = next((line for line in dubbing.lines if line.cue is cue and line.take), None) if dubbing else None
        if voice is None or line is None or line.heard is None:
            raise UsageError(what="No take of this line is heard.", hint="Record it first.")
        return line.heard, voice

    def _laid_bed(self, workshop: Workshop, mix: MixDub, digests: DigestCache) -> LaidBed:
        outcome = run_with(
            Engine(jobs=1),
            make_plan([plan_bed(workshop, mix)], self._store),
            self._store,
            listener=lambda _: None,
            digest=digests.digest,
            programs=workshop.programs,
        )
        for error in outcome.failures.values():
            raise error
        (entry,) = outcome.entries.values()
        if outcome.ran:
            self._store.collect([entry], spare_bytes=0)
        gain_db = read_gain(self._store.read(entry.digests[GAIN]))
        return LaidBed(path=self._store.locate(entry.digests[SOUND]), gain_db=gain_db, key=entry.key)

    def _lacking(
        self,
        bed: LaidBed,
        files: Mapping[str, SourceFile],
        line: Stretch,
        parts: Sequence[VoicePart],
        measure: Callable[[], Decimal | None],
    ) -> Decimal | None:
        notes = open_notes(self._project)
        voices = [[files[part.name].digest, repr(replace(part, name="", path=""))] for part in parts]
        key = f"{bed.key} {line.start} {line.end} {voices}"
        known = notes.recall(_LACK, key)
        if known is None:
            known = _Lack(db=measure())
            notes.keep(_LACK, key, known)
        return known.db


def _window(heard: HeardSound, film_ms: int) -> Span:
    end_ms = samples_to_ms(heard.start + heard.length)
    return Span(start_ms=max(0, samples_to_ms(heard.start) - AROUND_MS), end_ms=min(film_ms, end_ms + AROUND_MS))


def _lay(file: SourceFile, folder: Path) -> None:
    target = folder / file.name
    with house_errors(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file.path, target)


def _run(workshop: Workshop, folder: Path, argv: tuple[str, ...], *summed: str) -> None:
    run_ffmpeg(
        workshop.ffmpeg.path,
        argv,
        cwd=folder,
        duration_ms=workshop.film.info.duration_ms,
        report=lambda _share: None,
        is_cancelled=lambda: False,
        summed=summed,
    )
