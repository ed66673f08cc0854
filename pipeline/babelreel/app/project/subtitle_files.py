"""What becomes of each file in the folder of subtitles?

Every file is a track, or is stray: misnamed, a rival of another file in the same language, or nothing that is used.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from babelreel.app.project.inventory import files_in, told_files
from babelreel.app.project.unused_files import why_unused
from babelreel.errors import TrackError, UsageError
from babelreel.languages.file_names import is_backup_name, tag_of_name
from babelreel.languages.find import are_one_language, find_language, is_tag
from babelreel.model.language import Language
from babelreel.model.project import LanguageSettings, Project
from babelreel.model.track import FaultKind
from babelreel.regular_files import open_regular
from babelreel.timedtext.read import TRACK_ENDINGS, format_of, is_disguised_track, may_be_track

#: So much of a file is looked at to tell whether it holds subtitles.
_HEAD_BYTES = 4096
#: Written by the system, and not by people.
_OF_THE_SYSTEM = frozenset({"thumbs.db", "desktop.ini"})
#: More files than these in one message are read by nobody.
_MOST_TOLD = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackFile:
    """A subtitle file that was found: where it is, and what the project says of its language."""

    path: Path
    settings: LanguageSettings

    @property
    def tag(self) -> str:
        """The language's BCP 47 tag."""
        return self.settings.language.tag


@dataclass(frozen=True, slots=True, kw_only=True)
class StrayFile:
    """A file that is not used: what it is, why in words, and the language that it may be in (empty: unknown)."""

    path: Path
    kind: FaultKind
    why: str
    tag: str = ""

    @property
    def is_error(self) -> bool:
        """Tell whether it may be a track, so that a language would be missing or another text published."""
        return self.kind is not FaultKind.UNUSED_FILE


@dataclass(frozen=True, slots=True, kw_only=True)
class SubtitleFolder:
    """All files of the folder: the tracks, first those of the languages that babelreel.toml lists, and the others."""

    tracks: tuple[TrackFile, ...]
    strays: tuple[StrayFile, ...]

    @property
    def errors(self) -> tuple[StrayFile, ...]:
        """The files that may be tracks."""
        return tuple(stray for stray in self.strays if stray.is_error)

    def strays_of(self, tags: Iterable[str]) -> tuple[StrayFile, ...]:
        """Give the strays that may be in one of these languages."""
        wanted = [find_language(tag).tag for tag in tags]
        return tuple(
            stray for stray in self.strays if stray.tag and any(are_one_language(stray.tag, tag) for tag in wanted)
        )


def look_at_folder(project: Project) -> SubtitleFolder:
    """Account for every file in the folder of subtitles, links that lead nowhere, and folders that hold some."""
    folder = project.root / project.subtitles_dir
    entries = sorted(folder.iterdir()) if folder.is_dir() else []
    lost = [path for path in entries if path.is_symlink() and not path.exists() and not path.name.startswith(".")]
    found = sort_files(project, sorted((*files_in(folder), *lost)))
    why = "folders in the folder of subtitles are not looked into"
    inner = (StrayFile(path=path, kind=FaultKind.UNUSED_FILE, why=why) for path in entries if _holds_tracks(path))
    return SubtitleFolder(tracks=found.tracks, strays=(*found.strays, *inner))


def sort_files(project: Project, paths: Iterable[Path]) -> SubtitleFolder:
    """Tell tracks from strays among these files."""
    named: list[TrackFile] = []
    nameless: list[Path] = []
    strays: list[StrayFile] = []
    for path in paths:
        if path.name.lower().startswith("readme") or path.name.lower() in _OF_THE_SYSTEM:
            continue
        head = _head(path)
        tag = tag_of_name(path.stem) if may_be_track(path.name, head) else None
        if tag:
            named.append(TrackFile(path=path, settings=_settings_of(project, tag)))
        elif may_be_track(path.name, head) or is_disguised_track(path.name, head):
            nameless.append(path)
        else:
            strays.append(StrayFile(path=path, kind=FaultKind.UNUSED_FILE, why=why_unused(path)))
    kept, beside = _one_of_each(project, named)
    strays += [*beside, *_misnamed(nameless, kept)]
    tracks, unlisted = _in_order(project, kept)
    return SubtitleFolder(tracks=tracks, strays=tuple(sorted((*strays, *unlisted), key=lambda stray: stray.path.name)))


def find_tracks(project: Project) -> tuple[TrackFile, ...]:
    """Find the one subtitle file of each language: first those that babelreel.toml lists, in its order.

    A file is named by its language's tag (``fr.srt``) or ends with it (``film.fr.srt``). Raises ``TrackError`` for a
    listed language without a file, or no track at all; it names the files that may be tracks.
    """
    return usable_tracks(project, look_at_folder(project))


def find_tracks_of(project: Project, tags: Iterable[str]) -> tuple[TrackFile, ...]:
    """Find the tracks of these languages, or of all, as ``find_tracks`` and ``select_tracks`` do."""
    tags, found = tuple(tags), look_at_folder(project)
    tracks = usable_tracks(project, found)
    try:
        return select_tracks(tracks, tags)
    except UsageError as error:
        strays = [stray for tag in tags if is_tag(tag) for stray in found.strays_of([tag]) if stray.is_error]
        if strays:
            raise UsageError(what=error.what, why=told_strays(strays), hint="then run the same command again") from None
        raise


def usable_tracks(project: Project, found: SubtitleFolder) -> tuple[TrackFile, ...]:
    """Give the tracks of a folder that was looked at, as ``find_tracks`` does."""
    folder = project.root / project.subtitles_dir
    if not found.tracks:
        raise TrackError(
            what="there are no subtitles to work on",
            where=str(folder),
            why=told_strays(found.errors) or f"the folder holds no subtitle file ({told_files(folder)})",
            hint="put one file per language there, named by its language tag: fr.srt, ar.srt, zh-Hans.srt",
        )
    there = {file.tag for file in found.tracks}
    listed = [settings.language.tag for settings in project.languages] if project.only_listed else []
    missing = [tag for tag in listed if tag not in there and not found.strays_of([tag])]
    if missing:
        raise TrackError(
            what=f"babelreel.toml lists languages that have no subtitle file: {', '.join(missing)}",
            where=str(folder),
            why=told_strays(found.errors),
            hint=f"add {missing[0]}.srt, or take {missing[0]} out of “languages”",
        )
    return found.tracks


def told_strays(strays: Iterable[StrayFile]) -> str:
    """Say in one sentence what is to be done with these files: with the first ten, where there are more."""
    told = [f"{stray.path.name}: {stray.why}" for stray in strays]
    rest = len(told) - _MOST_TOLD
    return "; ".join(told[:_MOST_TOLD]) + (f"; and {rest} more, which babelreel check tells" if rest > 0 else "")


def select_tracks(tracks: tuple[TrackFile, ...], tags: Iterable[str]) -> tuple[TrackFile, ...]:
    """Keep the tracks whose tags were asked for; all when none was. ``UsageError`` for a tag that has no track."""
    wanted = [_asked_language(tag).tag for tag in tags]
    known = {track.tag: track for track in tracks}
    meant = {tag: _meant(tag, known) for tag in wanted}
    for tag in wanted:
        if meant[tag] not in known:
            raise UsageError(
                what=f"there is no track for “{tag}”",
                why=f"the tracks there are: {', '.join(sorted(known))}",
                hint=f"add {tag}.srt beside them, or ask for one of these",
            )
    return tuple(track for track in tracks if track.tag in meant.values()) if wanted else tracks


def _meant(tag: str, known: Iterable[str]) -> str:
    """Give the tag of the track that a tag means: that of ``zh-Hans.srt`` for ``zh``."""
    return tag if tag in known else next((each for each in known if are_one_language(each, tag)), tag)


def _asked_language(tag: str) -> Language:
    try:
        return find_language(tag)
    except TrackError as error:
        hint = "ask for a language by its tag, such as fr, zh-Hans or pcm (Nigerian Pidgin)"
        raise UsageError(what=error.what, why=error.why, hint=hint) from None


def _head(path: Path) -> bytes:
    try:
        with open_regular(path) as file:
            return file.read(_HEAD_BYTES)
    except OSError:  # whoever reads it will say so
        return b""


def _holds_tracks(folder: Path) -> bool:
    if not folder.is_dir() or folder.name.startswith("."):
        return False
    return any(path.suffix.lower() in TRACK_ENDINGS for path in files_in(folder))


def _settings_of(project: Project, tag: str) -> LanguageSettings:
    """Give what the project says of a language, by its own tag for it: its ``zh-Hans`` is that of ``zh.srt``."""
    listed = [settings.language.tag for settings in project.languages]
    known = (tag, *listed, project.reference)
    own = next((each for each in known if each in listed and are_one_language(each, tag)), None)
    if own is None and are_one_language(project.reference, tag):
        own = project.reference
    return project.settings_of(find_language(own or tag))


def _one_of_each(project: Project, files: list[TrackFile]) -> tuple[list[TrackFile], list[StrayFile]]:
    """Keep one file of each language; give the others, and the rivals of which nobody knows which is meant."""
    listed = {settings.language.tag for settings in project.languages}
    groups: list[list[TrackFile]] = []
    for file in files:
        same = next((group for group in groups if _is_same(group[0].tag, file.tag, listed)), None)
        if same is None:
            groups.append([file])
        else:
            same.append(file)
    kept: list[TrackFile] = []
    strays: list[StrayFile] = []
    for group in groups:
        editable = [file for file in group if not format_of(file.path.name).is_read_only]
        chosen = editable or group
        if len(chosen) == 1:
            kept.append(chosen[0])
            strays += [_beside(file, chosen[0]) for file in group if file is not chosen[0]]
        else:
            strays += _rivals(chosen)
    return kept, strays


def _is_same(tag: str, other: str, listed: set[str]) -> bool:
    return tag == other or (not {tag, other} <= listed and are_one_language(tag, other))


def _beside(file: TrackFile, used: TrackFile) -> StrayFile:
    why = f"{used.path.name} is used for {_named(used)}"
    return StrayFile(path=file.path, kind=FaultKind.UNUSED_FILE, why=why, tag=file.tag)


def _rivals(files: list[TrackFile]) -> Iterator[StrayFile]:
    """Tell of all files of one language at the last of them."""
    names = [file.path.name for file in files]
    why = f"{', '.join(names[:-1])} and {names[-1]} are in one language"
    last = files[-1]
    told = f"{why}, {_named(last)}: keep the right one, and move the other out of the folder"
    yield StrayFile(path=last.path, kind=FaultKind.RIVAL_FILE, why=told, tag=last.tag)


def _named(file: TrackFile) -> str:
    return f"{file.settings.language.name} ({file.tag})"


def _misnamed(paths: list[Path], kept: list[TrackFile]) -> Iterator[StrayFile]:
    """Tell each file which name it should have, and which others should have the same."""
    if not paths:
        return
    from babelreel.app.project.misnamed import propose_name  # noqa: PLC0415 - loads names in thirteen languages

    proposals = {path: propose_name(path) for path in paths}
    for path, proposal in proposals.items():
        if proposal is None:
            why = (
                f"name it by the tag of its language, such as ar{path.suffix.lower()}: nothing tells which one that is"
            )
            yield StrayFile(path=path, kind=FaultKind.MISNAMED_FILE, why=why)
            continue
        used = next((file for file in kept if are_one_language(file.tag, proposal.tag)), None)
        if used and is_backup_name(path.stem):
            why = f"its name is that of an older file: {used.path.name} is used for {_named(used)}"
            yield StrayFile(path=path, kind=FaultKind.UNUSED_FILE, why=why, tag=used.tag)
            continue
        others = [
            each.name for each, other in proposals.items() if other and other.tag == proposal.tag and each != path
        ]
        why = _advice(proposal.name, proposal.why, [used.path.name] if used else others)
        yield StrayFile(path=path, kind=FaultKind.MISNAMED_FILE, why=why, tag=proposal.tag)


def _advice(name: str, why: str, others: list[str]) -> str:
    if others:
        return f"{why}, and so is {', '.join(others)}: keep the right one, as {name}, and move the other away"
    return f"rename it to {name}: {why}, and its name must say so by the tag"


def _in_order(project: Project, files: list[TrackFile]) -> tuple[tuple[TrackFile, ...], list[StrayFile]]:
    found = {file.tag: file for file in files}
    listed = [settings.language.tag for settings in project.languages]
    others = sorted(tag for tag in found if tag not in listed)
    order = [tag for tag in listed if tag in found]
    if not project.only_listed:
        return tuple(found[tag] for tag in (*order, *others)), []
    why = "babelreel.toml does not list {} in “languages”"
    unlisted = [
        StrayFile(path=found[tag].path, kind=FaultKind.UNUSED_FILE, why=why.format(tag), tag=tag) for tag in others
    ]
    return tuple(found[tag] for tag in order), unlisted
