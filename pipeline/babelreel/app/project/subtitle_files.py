"""Say what becomes of each file in the folder of subtitles.

Every file is a track, or is stray: misnamed, a rival of another file in the same language, or nothing that is used.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from babelreel.app.ledger.ledger_file import LEDGER_ENDING
from babelreel.app.project.inventory import files_in
from babelreel.app.project.unused_files import why_unused
from babelreel.languages.file_names import is_backup_name, is_for_the_deaf, tag_of_name
from babelreel.languages.find import are_one_language, find_language
from babelreel.languages.same_language import mean_one_track, meant_tag
from babelreel.model.project import LanguageSettings, Project
from babelreel.model.track import FaultKind
from babelreel.model.variant import Variant, split_variant, tag_of_variant
from babelreel.regular_files import open_regular
from babelreel.timedtext.read import TRACK_ENDINGS, format_of, is_disguised_track, may_be_track

if TYPE_CHECKING:
    from babelreel.app.project.misnamed import Proposal

#: So much of a file is looked at to tell whether it holds subtitles.
_HEAD_BYTES = 4096


#: Written by the system, and not by people.
_OF_THE_SYSTEM = frozenset({"thumbs.db", "desktop.ini"})


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackFile:
    """A subtitle file that was found: where it is, and what the project says of its language.

    ``is_voice``: it is no such file, but the recording of the whole film that is published in its place; or, with
    ``is_script``, what the takes of such a voice say.
    """

    path: Path
    settings: LanguageSettings
    is_voice: bool = False
    is_script: bool = False

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
    """All files of the folder: the tracks, first those of the languages that babelreel.toml lists, and the others.

    ``voices`` are recordings that are published without text, where they were looked for (``look_at_languages``).
    ``reference`` is the file of the film's own language, also where that is not built: the others are translations.
    """

    tracks: tuple[TrackFile, ...]
    strays: tuple[StrayFile, ...]
    voices: tuple[TrackFile, ...] = ()
    reference: TrackFile | None = None

    @property
    def languages(self) -> tuple[TrackFile, ...]:
        """What is there to be published: the tracks, then the voices without text."""
        return (*self.tracks, *self.voices)

    @property
    def errors(self) -> tuple[StrayFile, ...]:
        """The files that may be tracks."""
        return tuple(stray for stray in self.strays if stray.is_error)

    def strays_of(self, tags: Iterable[str]) -> tuple[StrayFile, ...]:
        """Find the strays that may be in one of these languages."""
        wanted = [find_language(tag).tag for tag in tags]
        return tuple(
            stray for stray in self.strays if stray.tag and any(are_one_language(stray.tag, tag) for tag in wanted)
        )


def look_at_folder(project: Project) -> SubtitleFolder:
    """Account for every file in the folder of subtitles, links that lead nowhere, and folders that hold some.

    A folder with the name of a track stands in its place: the code that reads it says so.
    """
    folder = project.root / project.subtitles_dir
    entries = sorted(folder.iterdir()) if folder.is_dir() else []
    lost = [path for path in entries if path.is_symlink() and not path.exists() and not path.name.startswith(".")]
    instead = [path for path in entries if _is_named_as_track(path)]
    found = sort_files(project, sorted((*files_in(folder), *lost, *instead)))
    why = "babelreel does not look into folders inside the subtitles folder"
    others = (path for path in entries if path not in instead and _holds_tracks(path))
    inner = (StrayFile(path=path, kind=FaultKind.UNUSED_FILE, why=why) for path in others)
    return replace(found, strays=(*found.strays, *inner))


def sort_files(project: Project, paths: Iterable[Path]) -> SubtitleFolder:
    """Tell tracks from strays among these files."""
    named: list[TrackFile] = []
    nameless: list[Path] = []
    strays: list[StrayFile] = []
    ledgers: list[Path] = []
    for path in paths:
        if path.name.endswith(LEDGER_ENDING):
            ledgers.append(path)
            continue
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
    strays += [*beside, *_misnamed(nameless, kept), *_lone_ledgers(ledgers, kept)]
    tracks, unlisted = _in_order(project, kept)
    strays = sorted((*strays, *unlisted), key=lambda stray: stray.path.name)
    reference = next((file for file in kept if file.tag == project.reference), None)
    return SubtitleFolder(tracks=tracks, strays=tuple(strays), reference=reference)


def _lone_ledgers(paths: list[Path], kept: list[TrackFile]) -> Iterator[StrayFile]:
    for path in paths:
        tag = path.name.removesuffix(LEDGER_ENDING)
        beside = (tag_of_name(other.stem) for other in files_in(path.parent) if may_be_track(other.name, b""))
        if tag not in {file.tag for file in kept} and not any(each and are_one_language(each, tag) for each in beside):
            why = "it keeps the approvals of a language, but there is no subtitle file of that name"
            yield StrayFile(path=path, kind=FaultKind.UNUSED_FILE, why=why)


def _head(path: Path) -> bytes:
    try:
        with open_regular(path) as file:
            return file.read(_HEAD_BYTES)
    except OSError:  # the code that reads it will say so
        return b""


def _is_named_as_track(path: Path) -> bool:
    if not path.is_dir() or path.name.startswith("."):
        return False
    return may_be_track(path.name, b"") and tag_of_name(path.stem) is not None


def _holds_tracks(folder: Path) -> bool:
    if not folder.is_dir() or folder.name.startswith("."):
        return False
    return any(path.suffix.lower() in TRACK_ENDINGS for path in files_in(folder))


def _settings_of(project: Project, tag: str) -> LanguageSettings:
    """Return what the project says of a language, by its own tag for it: its ``zh-Hans`` is that of ``zh.srt``."""
    listed = [settings.language.tag for settings in project.named]
    own = meant_tag(tag, listed)
    if own is None and are_one_language(project.reference, tag):
        own = project.reference
    return project.settings_of(find_language(own or tag))


def _one_of_each(project: Project, files: list[TrackFile]) -> tuple[list[TrackFile], list[StrayFile]]:
    """Keep one file of each language; return the others, and the rivals of which nobody knows which is meant."""
    listed = listed_tags(project)
    groups: list[list[TrackFile]] = []
    for file in _told_apart(project, files):
        same = next((group for group in groups if mean_one_track(group[0].tag, file.tag, listed)), None)
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


def _told_apart(project: Project, files: list[TrackFile]) -> list[TrackFile]:
    """Let a file for the deaf be a track of its own where its language has another one; alone, it is that.

    A variant is called as the usual text beside it is: ``zh.simple.srt`` is the easy text of ``zh-Hans.srt``.
    """
    usual = sorted({_usual_tag(project, file) for file in files if not is_for_the_deaf(file.path.stem)})
    tags = [_tag_beside(project, file, usual) for file in files]
    return [replace(file, settings=_settings_of(project, tag)) for file, tag in zip(files, tags, strict=True)]


def _tag_beside(project: Project, file: TrackFile, usual: list[str]) -> str:
    if is_for_the_deaf(file.path.stem):
        tag = _usual_tag(project, file)
        return tag_of_variant(own, Variant.DEAF) if (own := meant_tag(tag, usual)) else tag
    base, variant = split_variant(file.tag)
    own = meant_tag(base, usual) if variant and file.tag not in listed_tags(project) else None
    return tag_of_variant(own, variant) if own and variant else file.tag


def _usual_tag(project: Project, file: TrackFile) -> str:
    usual, variant = split_variant(file.tag)
    return _settings_of(project, usual).language.tag if variant is Variant.DEAF else file.tag


def listed_tags(project: Project) -> frozenset[str]:
    """Collect the tags that babelreel.toml lists."""
    return frozenset(settings.language.tag for settings in project.languages)


def _beside(file: TrackFile, used: TrackFile) -> StrayFile:
    why = f"{used.path.name} is used for {_named(used)}"
    return StrayFile(path=file.path, kind=FaultKind.UNUSED_FILE, why=why, tag=file.tag)


def _rivals(files: list[TrackFile]) -> Iterator[StrayFile]:
    """Report all files of one language at the last of them."""
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
            why = f"which language is it? Name it by the tag of that language, such as ar{path.suffix.lower()}"
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
        if proposal.ending and not used and not others:
            why = f"rename it to {proposal.name}: its name ends with {proposal.ending}"
        else:
            why = _advice(proposal, [used.path.name] if used else others)
        yield StrayFile(path=path, kind=FaultKind.MISNAMED_FILE, why=why, tag=proposal.tag)


def _advice(proposal: Proposal, others: list[str]) -> str:
    """Say what to do with a file; what its name says is not certain, and its text may be in another language."""
    if others:
        beside = f"there is also {', '.join(others)}"
        return f"{proposal.why}, and {beside}: keep the right one as {proposal.name}, and move the other away"
    if proposal.is_by_name:
        return f"which language is it? If it is {proposal.language}, as its name says, rename it to {proposal.name}"
    return f"{proposal.why}: rename it to {proposal.name}"


def _with_variants(project: Project, tag: str) -> tuple[str, ...]:
    """List a tag, and behind it those of its variants; one for the deaf has no page, and nobody has to list it."""
    unlisted = (Variant.DEAF,) if project.only_listed else tuple(Variant)
    variants = (tag_of_variant(tag, each) for each in unlisted)
    return (tag, *(each for each in variants if each not in listed_tags(project)))


def _in_order(project: Project, files: list[TrackFile]) -> tuple[tuple[TrackFile, ...], list[StrayFile]]:
    found = {file.tag: file for file in files}
    listed = [tag for settings in project.languages for tag in _with_variants(project, settings.language.tag)]
    others = sorted(tag for tag in found if tag not in listed)
    order = [tag for tag in listed if tag in found]
    if not project.only_listed:
        return tuple(found[tag] for tag in (*order, *others)), []
    return tuple(found[tag] for tag in order), [_unlisted(project, found[tag]) for tag in others]


def _unlisted(project: Project, file: TrackFile) -> StrayFile:
    why = f"babelreel.toml does not list {file.tag} in “languages”"
    if file.tag == project.reference:
        why += ": it is not built, and the others are compared with it all the same"
    return StrayFile(path=file.path, kind=FaultKind.UNUSED_FILE, why=why, tag=file.tag)
