"""Find the scripts of descriptions of the picture, and all files whose times are those of the film."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from babelreel.app.project.choose_tracks import select_tracks, usable_tracks
from babelreel.app.project.inventory import files_in
from babelreel.app.project.subtitle_files import TrackFile, look_at_folder
from babelreel.errors import TrackError
from babelreel.languages.find import find_language
from babelreel.model.project import Project
from babelreel.model.variant import Variant, tag_of_variant
from babelreel.timedtext.read import TRACK_ENDINGS, format_of

#: How DAPT documents end; other TTML is read as subtitles are.
DAPT_ENDINGS = frozenset({".ttml", ".xml"})
#: How the name of a description of the picture ends.
_DESCRIBED = ".ad"


def described_tag(name: str) -> str:
    """Find the tag that ``en.ad`` says, which describes in English what is seen; empty for other names."""
    usual = name[: -len(_DESCRIBED)] if name.lower().endswith(_DESCRIBED) else ""
    try:
        return tag_of_variant(find_language(usual).tag, Variant.DESCRIBED) if usual else ""
    except TrackError:
        return ""


def description_files(project: Project) -> tuple[TrackFile, ...]:
    """List the scripts of descriptions, the first of each language by name."""
    found: dict[str, TrackFile] = {}
    for path in files_in(project.root / project.stems_dir):
        tag = described_tag(path.stem) if path.suffix.lower() in TRACK_ENDINGS | DAPT_ENDINGS else ""
        if tag and tag not in found:
            settings = project.settings_of(find_language(tag))
            found[tag] = TrackFile(path=path, settings=settings, is_voice=True, is_script=True)
    return tuple(found.values())


def fixed_scripts(project: Project) -> tuple[TrackFile, ...]:
    """List the scripts of descriptions in formats whose times nobody can write anew, such as DAPT documents."""
    return tuple(file for file in description_files(project) if not _is_movable(file))


def files_of_film(project: Project) -> tuple[TrackFile, ...]:
    """List all files whose times can move with the film: subtitles, built or not, and scripts of descriptions."""
    everything = with_unlisted(project)
    return (*look_at_folder(everything).tracks, *_movable_scripts(everything))


def find_files_of_film(project: Project, tags: Iterable[str] = ()) -> tuple[TrackFile, ...]:
    """Find those of these languages, or all; raises what ``find_tracks_of`` raises."""
    everything = with_unlisted(project)
    folder = look_at_folder(everything)
    return select_tracks((*usable_tracks(everything, folder), *_movable_scripts(everything)), tags, folder)


def with_unlisted(project: Project) -> Project:
    """Return a project whose tracks are all that lie there: a language that is not built is of a film all the same."""
    return replace(project, only_listed=False)


def _movable_scripts(project: Project) -> tuple[TrackFile, ...]:
    return tuple(file for file in description_files(project) if _is_movable(file))


def _is_movable(file: TrackFile) -> bool:
    return file.path.suffix.lower() in TRACK_ENDINGS and format_of(file.path.name).has_times_to_move
