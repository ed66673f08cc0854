"""Which film and which tracks lie in the project's folders?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from babelreel.errors import FilmError, MachineError, TrackError, UsageError
from babelreel.languages.find import find_language
from babelreel.model.language import Language
from babelreel.model.project import LanguageSettings, Project
from babelreel.model.track import Fault, FaultKind, Track
from babelreel.timedtext.file_size import refuse_bytes
from babelreel.timedtext.read import TRACK_ENDINGS, format_of, read_track

#: Endings of the containers that films come in; a film with another one is named in babelreel.toml.
FILM_ENDINGS = frozenset(
    "mp4 m4v mov mkv webm avi mpg mpeg m2v ts m2ts mts mxf wmv flv ogv 3gp vob dv".split()  # noqa: SIM905 - reads easier
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackFile:
    """A subtitle file that was found: where it is, and what the project says of its language."""

    path: Path
    settings: LanguageSettings

    @property
    def tag(self) -> str:
        """The language's BCP 47 tag."""
        return self.settings.language.tag


def find_film(project: Project) -> Path:
    """Find the master: the file named in babelreel.toml, else the one film in the film folder."""
    if project.film is not None:
        path = project.root / project.film
        if not path.is_file():
            raise FilmError(
                what="the film named in babelreel.toml is not there",
                where=str(path),
                hint="correct paths.film in babelreel.toml, or put the film in its place",
            )
        return path
    folder = project.root / project.video_dir
    films = [path for path in _files(folder) if path.suffix.lower().lstrip(".") in FILM_ENDINGS]
    if len(films) == 1:
        return films[0]
    if not films:
        raise FilmError(
            what="there is no film to work on",
            where=str(folder),
            why=f"the folder holds no file that ends like a film ({_found(folder)})",
            hint="put one film there, for example master.mp4, or name it as paths.film in babelreel.toml",
        )
    raise FilmError(
        what=f"there are {len(films)} films, and only one can be the master",
        where=str(folder),
        why=", ".join(path.name for path in films[:5]) + (" …" if len(films) > 5 else ""),  # noqa: PLR2004 - fits a line
        hint="leave one there, or name the right one as paths.film in babelreel.toml",
    )


def probe_path(project: Project) -> Path:
    """Give where the description of the master lies: ``video/master.probe.json`` beside ``video/master.mp4``.

    Works without the film, so that a CI job needs none; then it is the one ``*.probe.json`` in the film folder.
    """
    if project.film is not None:
        return (project.root / project.film).with_suffix(".probe.json")
    folder = project.root / project.video_dir
    films = [path for path in _files(folder) if path.suffix.lower().lstrip(".") in FILM_ENDINGS]
    described = [path for path in _files(folder) if path.name.endswith(".probe.json") and path != sounds_path(project)]
    if len(films) != 1 and len(described) == 1:
        return described[0]
    return (films[0] if len(films) == 1 else folder / "master").with_suffix(".probe.json")


def sounds_path(project: Project) -> Path:
    """Give where the description of the recorded sounds lies: ``video/stems.probe.json``, beside that of the film."""
    return project.root / project.stems_dir.with_suffix(".probe.json")


def find_tracks(project: Project) -> tuple[TrackFile, ...]:
    """Find one subtitle file per language: first those that babelreel.toml lists, in its order, then the others by tag.

    A file is named by its language's tag (``fr.srt``) or ends with it (``film.fr.srt``). Raises ``TrackError`` for an
    unknown tag, two files of one language, a listed language without a file, or no track at all.
    """
    folder = project.root / project.subtitles_dir
    found: dict[str, TrackFile] = {}
    for path in files_of_tracks(folder):
        file = TrackFile(path=path, settings=settings_of(project, path))
        _refuse_second(found.get(file.tag), file)
        found[file.tag] = file
    if not found:
        raise TrackError(
            what="there are no subtitles to work on",
            where=str(folder),
            why=f"the folder holds no .srt, .vtt, .ass or .ssa file ({_found(folder)})",
            hint="put one file per language there, named by its language tag: fr.srt, ar.srt, zh-Hans.srt",
        )
    return _in_order(project, found)


def files_of_tracks(folder: Path) -> tuple[Path, ...]:
    """List the subtitle files of a folder by name."""
    return tuple(path for path in _files(folder) if path.suffix.lower() in TRACK_ENDINGS)


def select_tracks(tracks: tuple[TrackFile, ...], tags: Iterable[str]) -> tuple[TrackFile, ...]:
    """Keep the tracks whose tags were asked for; all when none was. ``UsageError`` for a tag that has no track."""
    wanted = [_asked_language(tag).tag for tag in tags]
    known = {track.tag for track in tracks}
    for tag in wanted:
        if tag not in known:
            raise UsageError(
                what=f"there is no track for “{tag}”",
                why=f"the tracks there are: {', '.join(sorted(known))}",
                hint=f"add subtitles/{tag}.srt, or ask for one of these",
            )
    return tuple(track for track in tracks if track.tag in wanted) if wanted else tracks


def _asked_language(tag: str) -> Language:
    try:
        return find_language(tag)
    except TrackError as error:
        hint = "ask for a language by its tag, such as fr, zh-Hans or pcm (Nigerian Pidgin)"
        raise UsageError(what=error.what, why=error.why, hint=hint) from None


def load_track(project: Project, file: TrackFile) -> Track:
    """Read a subtitle file, whatever its encoding; see ``read_file``."""
    return read_file(project, file)[1]


def read_file(project: Project, file: TrackFile) -> tuple[bytes, Track]:
    """Give the bytes of a subtitle file and the track in them; its path is kept relative to the project.

    A file that cannot be read, or is too large to be one, is a track with nothing but this fault: one bad file must not
    keep the others from being looked at.
    """
    path = relative_path(project, file.path)
    try:
        data = _read_bytes(file)
        return data, read_track(data, language=file.settings.language, path=path)
    except (MachineError, TrackError) as error:
        fault = Fault(kind=FaultKind.UNREADABLE_FILE, line=0, column=1, detail=error.why)
        return b"", Track(language=file.tag, path=path, format=format_of(path), cues=(), faults=(fault,))


def _read_bytes(file: TrackFile) -> bytes:
    """Give the bytes of a subtitle file; ``MachineError``: it cannot be read, ``TrackError``: it is too large."""
    try:
        refuse_bytes(file.path.stat().st_size, str(file.path))  # before it fills the memory
        return file.path.read_bytes()
    except OSError as error:
        raise MachineError(
            what="a subtitle file cannot be read",
            where=str(file.path),
            why=error.strerror or str(error),
            hint="allow yourself to read the file, then run the same command again",
        ) from error


def relative_path(project: Project, path: Path) -> str:
    """Give a path relative to the project, with ``/``; a path outside of it stays absolute."""
    try:
        return path.relative_to(project.root).as_posix()
    except ValueError:
        return path.as_posix()


def _files(folder: Path) -> list[Path]:
    """List the files of a folder by name, without hidden ones; a folder that is not there has none."""
    if not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if path.is_file() and not path.name.startswith("."))


def _found(folder: Path) -> str:
    if not folder.is_dir():
        return "there is no such folder"
    names = [path.name for path in _files(folder)]
    return f"found: {', '.join(names[:4])}{' …' if len(names) > 4 else ''}" if names else "it is empty"  # noqa: PLR2004 - fits a line


def settings_of(project: Project, path: Path) -> LanguageSettings:
    """Give what the project says of the language that a file is named by; ``TrackError`` for an unknown tag."""
    try:
        language = find_language(path.stem if "." not in path.stem else path.stem.rsplit(".", 1)[1])
    except TrackError as error:
        raise TrackError(what=error.what, where=str(path), why=error.why, hint=error.hint) from None
    return project.settings_of(language)


def _refuse_second(first: TrackFile | None, second: TrackFile) -> None:
    if first is not None:
        raise TrackError(
            what=f"there are two subtitle files for “{first.tag}” ({first.settings.language.name})",
            where=str(first.path.parent),
            why=f"{first.path.name} and {second.path.name}",
            hint="keep the right one, and move the other out of the folder",
        )


def _in_order(project: Project, found: dict[str, TrackFile]) -> tuple[TrackFile, ...]:
    listed = [settings.language.tag for settings in project.languages]
    missing = [tag for tag in listed if tag not in found] if project.only_listed else []
    if missing:
        raise TrackError(
            what=f"babelreel.toml lists languages that have no subtitle file: {', '.join(missing)}",
            where=str(project.root / project.subtitles_dir),
            hint=f"add {missing[0]}.srt, or take {missing[0]} out of “languages”",
        )
    others = [] if project.only_listed else sorted(tag for tag in found if tag not in listed)
    return tuple(found[tag] for tag in (*listed, *others) if tag in found)
