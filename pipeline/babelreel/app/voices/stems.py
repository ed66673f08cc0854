"""Find the sounds that were recorded for the film, in which languages, and what is in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, TypedDict

from babelreel.app.project.description_files import described_tag
from babelreel.app.project.inventory import probe_path, relative_path, sounds_path
from babelreel.app.project.master import open_digests
from babelreel.app.project.subtitle_files import look_at_folder
from babelreel.app.voices.recorded_texts import TAKES_FILE, KeptText, UnreadTextsError, find_text, read_texts
from babelreel.errors import BabelreelError, MachineError, TrackError
from babelreel.graph.digests import DigestCache
from babelreel.graph.files import write_atomically
from babelreel.languages.find import find_language
from babelreel.model.json_codec import render_json
from babelreel.model.project import Project
from babelreel.model.sound.recorded_text import RecordedText
from babelreel.model.sound.recordings import Dub, SoundInfo, Take
from babelreel.model.sound.sound_files import OTHER_ENDINGS, PHONE_ENDINGS, SOUND_ENDINGS, line_of
from babelreel.model.sound.sound_json import sounds_document
from babelreel.system_errors import house_errors

if TYPE_CHECKING:
    from babelreel.app.voices.hearing import Hearing

_ALL_ENDINGS = (*SOUND_ENDINGS, *PHONE_ENDINGS, *OTHER_ENDINGS)
#: The name of the stem of music and effects, and of no language.
MUSIC = "me"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recordings:
    """The files of one language, in order of names: for the whole film, and in folders of takes."""

    language: str
    wholes: tuple[Path, ...] = ()
    folders: tuple[Path, ...] = ()
    takes: tuple[Path, ...] = field(default=(), repr=False)

    @property
    def path(self) -> Path:
        """The file or folder that stands for all."""
        return (*self.wholes, *self.folders)[0]

    @property
    def files(self) -> tuple[Path, ...]:
        """All sounds."""
        return (*self.wholes, *self.takes)


class _Unread(TypedDict, total=False):
    """Where and why what takes were recorded for cannot be read: fields of ``Dub``."""

    texts_path: str
    texts_fault: str
    are_texts_closed: bool


class Stems:
    """The recorded sounds of a project: listed at once, listened to when they are asked for, and only once.

    ``ffmpeg_path`` is ``None`` to find it where it is needed. A language some of whose sounds are unknown while there
    is no ffmpeg has no dub. Raises ``MachineError`` when the folder of the stems cannot be read.
    """

    def __init__(self, project: Project, ffmpeg_path: Path | None = None, digests: DigestCache | None = None) -> None:
        self._project = project
        self._ffmpeg_path = ffmpeg_path
        self._digests = digests
        self._recordings = {each.language: each for each in list_recordings(project)}
        self._music = list_music(project)
        self._hearing: Hearing | None = None
        self._dubs: dict[str, Dub | None] = {}
        self._heard_music: tuple[SoundInfo, ...] | None = None

    @property
    def is_empty(self) -> bool:
        """Tell whether there are no sounds at all."""
        return not self._recordings and not self._music

    def dub(self, tag: str) -> Dub | None:
        """Return what was recorded for a language, if anything was."""
        if tag in self._recordings and tag not in self._dubs:
            self._dubs[tag] = self._heard_dub(self._recordings[tag])
        return self._dubs.get(tag)

    def has_voice(self, tag: str) -> bool:
        """Tell whether something was recorded for a language, even if nobody could listen to it."""
        return tag in self._recordings

    @property
    def music_path(self) -> str | None:
        """The path, relative to the project, of the stem of music and effects, if there is one."""
        return relative_path(self._project, self._music[0]) if self._music else None

    def music(self) -> SoundInfo | None:
        """Return the stem of music and effects, if there is one."""
        if self._heard_music is None:
            heard = self._heard(self._music[:1])
            self._heard_music = () if heard is None else heard
        return self._heard_music[0] if self._heard_music else None

    def lost_voices(self) -> tuple[Recordings, ...]:
        """List what was recorded for languages that have no subtitles, or whose name is none of a language."""
        tags = _tags_with_tracks(self._project)
        return tuple(each for tag, each in self._recordings.items() if tag not in tags)

    def all_sounds(self) -> tuple[SoundInfo, ...]:
        """List every sound that can be heard, in order of paths."""
        dubs = [self.dub(tag) for tag in self._recordings]
        music = self.music()
        sounds = (*(sound for dub in dubs if dub for sound in dub.sounds), *((music,) if music else ()))
        return tuple(sorted(sounds, key=lambda sound: sound.path))

    def _heard_dub(self, recordings: Recordings) -> Dub | None:
        sounds = self._heard(recordings.files)
        if sounds is None:
            return None
        count = len(recordings.wholes)
        texts, unread = self._texts(recordings)
        numbered = [(line_of(path), sound) for path, sound in zip(recordings.takes, sounds[count:], strict=True)]
        return Dub(
            language=recordings.language,
            path=relative_path(self._project, recordings.path),
            whole=sounds[0] if count else None,
            takes=tuple(
                Take(line=line, sound=sound, recorded=_recorded(texts, sound))
                for line, sound in sorted(
                    ((line, sound) for line, sound in numbered if line is not None),
                    key=lambda each: (each[0], each[1].path),
                )
            ),
            strays=(*sounds[1:count], *(sound for line, sound in numbered if line is None)),
            **unread,
        )

    def _texts(self, recordings: Recordings) -> tuple[tuple[KeptText, ...], _Unread]:
        """Read what is kept of the takes, and where and why it cannot be read, if that is so."""
        texts: list[KeptText] = []
        for folder in recordings.folders:
            path = relative_path(self._project, folder / TAKES_FILE)
            try:
                texts += read_texts(folder)
            except UnreadTextsError as error:
                return (), _Unread(texts_path=path, texts_fault=str(error))
            except BabelreelError as error:  # the system refuses to read it: the other languages have theirs
                return (), _Unread(texts_path=path, texts_fault=error.why or error.what, are_texts_closed=True)
        return tuple(texts), _Unread()

    def _heard(self, paths: tuple[Path, ...]) -> tuple[SoundInfo, ...] | None:
        """Describe files; ``None`` if that needs an ffmpeg and there is none."""
        if not paths:
            return ()
        from babelreel.app.voices.hearing import DeafError, Hearing  # noqa: PLC0415 - most projects have no recordings

        if self._hearing is None:
            self._hearing = Hearing(self._project, self._locate(), self._digests or open_digests(self._project))
        try:
            return self._hearing.hear(paths)
        except DeafError:
            return None
        finally:
            self._hearing.save()

    def _locate(self) -> Path | None:
        from babelreel.media.programs.locate import locate_ffmpeg  # noqa: PLC0415 - as above

        try:
            return self._ffmpeg_path or locate_ffmpeg()
        except MachineError:
            return None


def _recorded(texts: tuple[KeptText, ...], sound: SoundInfo) -> RecordedText | None:
    return find_text(texts, PurePosixPath(sound.path).name, sound.digest) if sound.digest else None


def find_dubs(project: Project, tags: Iterable[str], ffmpeg_path: Path, digests: DigestCache) -> tuple[Dub, ...]:
    """Describe what was recorded for these languages, in their order; those without a recording are left out."""
    stems = Stems(project, ffmpeg_path, digests)
    return tuple(dub for dub in (stems.dub(tag) for tag in tags) if dub is not None)


def describe_sounds(project: Project, ffmpeg: str | None = None) -> tuple[Path, tuple[SoundInfo, ...]]:
    """Listen to every sound and write ``stems.probe.json``, so that ``check`` need not listen; return both.

    Where there are no sounds nothing is written, unless an earlier description is there. Raises what locating and
    running ffmpeg raise.
    """
    path = sounds_path(project)
    stems = Stems(project)
    if stems.is_empty and not path.exists():
        return path, ()
    from babelreel.media.programs.locate import locate_ffmpeg  # noqa: PLC0415 - as above

    sounds = Stems(project, locate_ffmpeg(ffmpeg)).all_sounds()
    if path != probe_path(project):  # a film may be called stems.mp4
        write_atomically(path, render_json(sounds_document(sounds)).encode("utf-8", "surrogateescape"))
    return path, sounds


def list_music(project: Project) -> tuple[Path, ...]:
    """List the stems of music and effects, the one that is taken first; the others belong to no language."""
    folder = project.root / project.stems_dir
    return tuple(path for path in _sounds_in(folder) if path.stem.lower() == MUSIC)


def list_recordings(project: Project) -> tuple[Recordings, ...]:
    """List what was recorded, by language in order of tags; nothing is opened.

    A name that is no tag stands for itself, so that nothing is skipped in silence.
    """
    folder = project.root / project.stems_dir
    wholes: dict[str, list[Path]] = {}
    folders: dict[str, list[Path]] = {}
    for path in _sounds_in(folder):
        if path.stem.lower() != MUSIC:
            wholes.setdefault(_tag(path.stem), []).append(path)
    wholes |= {MUSIC: list(list_music(project)[1:])} if len(list_music(project)) > 1 else {}
    for path in _folders_in(folder):
        if _takes_in(path):
            folders.setdefault(_tag(path.name), []).append(path)
    return tuple(
        Recordings(
            language=tag,
            wholes=tuple(wholes.get(tag, ())),
            folders=tuple(folders.get(tag, ())),
            takes=tuple(take for path in folders.get(tag, ()) for take in _takes_in(path)),
        )
        for tag in sorted(wholes.keys() | folders.keys())
    )


def _sounds_in(folder: Path) -> tuple[Path, ...]:
    """List the sounds of a folder, hidden ones left out, by ending (the best first) and name.

    A phone's recording is left out where what was made of it lies beside it. A form that is not taken is listed, to be
    reported, and so is a folder with the name of a sound.
    """
    files = [path for path in _entries(folder) if path.suffix.lower() in _ALL_ENDINGS]
    taken = {path.stem for path in files if path.suffix.lower() in SOUND_ENDINGS}
    found = [path for path in files if path.suffix.lower() in SOUND_ENDINGS or path.stem not in taken]
    return tuple(sorted(found, key=lambda path: (_ALL_ENDINGS.index(path.suffix.lower()), path.name)))


def _takes_in(folder: Path) -> tuple[Path, ...]:
    """List the takes in a folder; the folder itself, which then is a stray, if it cannot be read, or is none."""
    try:
        return _sounds_in(folder) if folder.is_dir() else (folder,)
    except MachineError:
        return (folder,)


def _folders_in(folder: Path) -> Iterator[Path]:
    """List the folders in a folder, and what stands in the place of one: a link that leads nowhere, or a pipe."""
    others = (path for path in _entries(folder) if path.suffix.lower() not in _ALL_ENDINGS)
    return (path for path in others if path.is_dir() or not (path.suffix or path.is_file()))


def _entries(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    with house_errors(folder):
        return sorted(path for path in folder.iterdir() if not path.name.startswith("."))


def _tag(name: str) -> str:
    """Find the tag that a name says."""
    try:
        return described_tag(name) or find_language(name).tag
    except TrackError:
        return name


def _tags_with_tracks(project: Project) -> frozenset[str]:
    """Collect the tags of all subtitle files, also of languages that are not to be built."""
    found = look_at_folder(project)
    return frozenset((*(file.tag for file in found.tracks), *(stray.tag for stray in found.strays)))
