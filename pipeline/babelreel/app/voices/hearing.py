"""Find out what is in a sound of the project, without listening to the same bytes twice.

What ``babelreel probe`` described (``video/stems.probe.json``) and what any run heard before (its notes) is known; both
hold for certain bytes and for no others.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from threading import Event, RLock

from babelreel.app.project.inventory import relative_path, sounds_path
from babelreel.app.project.master import known_film, look_at_film, open_notes
from babelreel.errors import BabelreelError, MachineError
from babelreel.graph.digests import DigestCache
from babelreel.graph.notes import Topic
from babelreel.media.probe.sound import UnheardError, is_too_long, most_seconds, refuse_sound_file, too_long
from babelreel.media.sound.heard.speech_model import can_hear_speech
from babelreel.model.json_codec import parse_json
from babelreel.model.project import Project
from babelreel.model.sound.guide_mark import is_named_guide
from babelreel.model.sound.recordings import SoundInfo
from babelreel.model.sound.sound_files import OTHER_ENDINGS
from babelreel.model.sound.sound_json import decode_sound, parse_sounds
from babelreel.regular_files import read_regular

#: What was heard in a sound, by its digest; without a path, for it holds for the bytes.
_SOUND = Topic(name="sound", version=6, read=decode_sound)
#: Sounds that are listened to at once; each has an ffmpeg of its own, which works on two processors at times.
_AT_ONCE = 4
#: Waiting is cut in pieces of this length. A Ctrl-C that arrives just before a wait begins, or in another thread, does
#: not end it: Python looks for it only when the wait is over.
_WAIT_SECONDS = 0.2


class DeafError(Exception):
    """A sound is not known, and there is no ffmpeg to listen to it. Never leaves ``app``."""


class Hearing:
    """Describes sounds of a project; ``ffmpeg_path`` is ``None`` where there is no ffmpeg."""

    def __init__(self, project: Project, ffmpeg_path: Path | None, digests: DigestCache) -> None:
        self._project = project
        self._ffmpeg_path = ffmpeg_path
        self._digests = digests
        self._is_stopped = Event()
        self._looking = RLock()

    def hear(self, paths: Iterable[Path]) -> tuple[SoundInfo, ...]:
        """Describe files, several at once; a file that cannot be heard is described by its fault.

        Raises ``DeafError``, and ``NoSpaceError`` or ``MachineError`` as ``listen`` does.
        """
        wanted = tuple(paths)
        if len(wanted) == 1:
            return (self._hear(wanted[0]),)
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            try:
                heard = [pool.submit(self._hear, path) for path in wanted]
                return tuple(map(_awaited, heard))
            except BaseException:  # also Ctrl-C, which must not wait for recordings of hours
                pool.shutdown(wait=False, cancel_futures=True)
                self._is_stopped.set()
                raise

    def save(self) -> None:
        """Keep the digests that were learnt."""
        self._digests.save()

    def _hear(self, path: Path) -> SoundInfo:
        name = relative_path(self._project, path)
        if path.suffix.lower() in OTHER_ENDINGS:
            fault = f"sounds of the form {path.suffix.lower()} are not taken: save it as FLAC, WAV, M4A or MP3"
            return SoundInfo(path=name, fault=fault)
        try:
            refuse_sound_file(path)  # before gigabytes are read for a digest
            digest = self._digests.digest(path)
        except UnheardError as error:
            return SoundInfo(path=name, fault=str(error))
        except MachineError as error:
            return SoundInfo(path=name, fault=f"it cannot be read ({error.why})")
        known = self._known(name, digest)
        if known and not (is_too_long(known.fault) and known.fault != too_long(self._most_s())):
            return known
        return self._listen(path, name, digest)  # also what was too long for another film

    def _known(self, name: str, digest: str) -> SoundInfo | None:
        described = self._described.get(name)
        if described and described.digest == digest and _is_all_known(described):
            return described
        noted = open_notes(self._project).recall(_SOUND, digest)
        return _named(noted, name) if noted and _is_all_known(noted) else None

    def _listen(self, path: Path, name: str, digest: str) -> SoundInfo:
        if self._ffmpeg_path is None:
            raise DeafError(name)
        # numpy takes a tenth of a second to load, and a check that hears nothing new needs none
        from babelreel.media.sound.heard.listening import listen  # noqa: PLC0415 - see above

        # under a name that says nothing: what is kept holds for the bytes, whatever their file is called
        info = listen(
            self._ffmpeg_path,
            path,
            name="",
            digest=digest,
            most_s=self._most_s(),
            is_cancelled=self._is_stopped.is_set,
        )
        open_notes(self._project).keep(_SOUND, digest, info)
        return _named(info, name)

    def _most_s(self) -> int:
        with self._looking:
            return self._most_seconds

    @cached_property
    def _most_seconds(self) -> int:
        """How long a recording may be: by the film, else by its description, else by what any film may be."""
        try:
            return most_seconds(look_at_film(self._project, self._digests)[1].duration_ms)
        except BabelreelError:  # the code that needs the film says so
            described = known_film(self._project)
            return most_seconds(described.duration_ms if described else None)

    @cached_property
    def _described(self) -> Mapping[str, SoundInfo]:
        return {info.path: info for info in read_sounds(sounds_path(self._project))}


def _awaited(heard: Future[SoundInfo]) -> SoundInfo:
    while wait((heard,), timeout=_WAIT_SECONDS).not_done:
        pass
    return heard.result()


def _is_all_known(info: SoundInfo) -> bool:
    """Tell whether listening again would tell nothing new: elsewhere speech may not have been heard."""
    return bool(info.fault) or info.speech is not None or not can_hear_speech()


def _named(info: SoundInfo, name: str) -> SoundInfo:
    return replace(info, path=name, is_guide=not info.fault and (info.is_guide or is_named_guide(name)))


def read_sounds(path: Path) -> tuple[SoundInfo, ...]:
    """Read what ``probe`` described; nothing when it is missing or not ours."""
    try:
        return parse_sounds(parse_json(read_regular(path)))
    except (OSError, ValueError):
        return ()
