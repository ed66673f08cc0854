"""Find the subtitle files that a call means by paths, folders and languages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path

from babelreel.app.project.choose_tracks import select_tracks, usable_tracks
from babelreel.app.project.inventory import files_in
from babelreel.app.project.subtitle_files import StrayFile, SubtitleFolder, TrackFile, sort_files
from babelreel.app.voices.lone_voices import look_at_languages
from babelreel.errors import UsageError
from babelreel.languages.find import find_language, is_tag
from babelreel.model.project import Project
from babelreel.regular_files import real_path


def targeted_files(project: Project, targets: Iterable[str]) -> SubtitleFolder:
    """Find the files named by path, folder or language tag, each once, or all of the project's.

    A folder stands for all files in it, and a voice without text is named by its language. Raises ``UsageError`` for
    what is not there, and ``TrackError`` where the project has neither a track nor a file that may be one.
    """
    named = tuple(targets)
    paths = [target for target in named if _is_path(target)]
    tags = [target for target in named if target not in paths]
    parts = [_at(project, Path(target)) for target in paths]
    if tags or not paths:
        parts.append(_of_languages(project, tags))
    tracks = {file.path: file for part in parts for file in part.tracks}
    strays = {stray.path: stray for part in parts for stray in part.strays}
    voices = {voice.tag: voice for part in parts for voice in part.voices}
    return SubtitleFolder(tracks=tuple(tracks.values()), strays=tuple(strays.values()), voices=tuple(voices.values()))


def _of_languages(project: Project, tags: list[str]) -> SubtitleFolder:
    """Find the tracks of these languages, and the files that may be; those of all where none is named."""
    found = look_at_languages(project)
    if not tags:
        return found if found.errors else replace(found, tracks=usable_tracks(project, found))
    tracks: list[TrackFile] = []
    strays: list[StrayFile] = []
    voices: list[TrackFile] = []
    for tag in tags:
        lone = [voice for voice in found.voices if is_tag(tag) and voice.tag == find_language(tag).tag]
        voices += lone
        if lone:
            continue
        of_language = found.strays_of([tag]) if is_tag(tag) else ()
        strays += of_language
        if not any(stray.is_error for stray in of_language) or _has_track(found, tag):
            tracks += select_tracks(usable_tracks(project, found), [tag], found)
    return SubtitleFolder(tracks=tuple(tracks), strays=tuple(strays), voices=tuple(voices))


def _has_track(found: SubtitleFolder, tag: str) -> bool:
    try:
        return bool(select_tracks(found.tracks, [tag]))
    except UsageError:
        return False


def _is_path(target: str) -> bool:
    """Tell whether a target is a path, and not a language: ``fr`` is French even where a folder has this name."""
    path = Path(target)
    return bool(path.suffix) or len(path.parts) > 1 or (path.is_dir() and not is_tag(target))


def _at(project: Project, path: Path) -> SubtitleFolder:
    if not path.is_dir():
        return sort_files(project, (_named_file(project, path),))
    found = sort_files(project, map(real_path, files_in(path)))
    if not found.tracks and not found.errors:  # else "check ." in a project would find nothing wrong in no track
        raise UsageError(
            what="There are no subtitle files in this folder.",
            where=str(path),
            hint="Name the folder of the subtitles, a file, or a language by its tag. Name nothing to mean all files.",
        )
    return found


def _named_file(project: Project, path: Path) -> Path:
    if not path.is_file():
        meant = _meant(project, path)
        raise UsageError(
            what="There is no such subtitle file.",
            where=str(path),
            hint=f"Did you mean “{meant}”?"
            if meant
            else "Name a file that is there, or a language by its tag. Name nothing to mean all files.",
        )
    return real_path(path)


def _meant(project: Project, path: Path) -> Path | None:
    """Find the subtitle file whose name is nearly that of a path, as it would be written here."""
    folder, here = real_path(project.root / project.subtitles_dir), Path.cwd()
    near = get_close_matches(path.name, [each.name for each in files_in(folder)], n=1)
    if not near:
        return None
    found = folder / near[0]
    return found.relative_to(here) if found.is_relative_to(here) else found
