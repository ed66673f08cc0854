"""Which subtitle files does a call mean by paths, folders and languages?"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from babelreel.app.project.inventory import (
    TrackFile,
    files_of_tracks,
    find_tracks,
    relative_path,
    select_tracks,
    settings_of,
)
from babelreel.errors import UsageError
from babelreel.languages.find import is_tag
from babelreel.model.project import Project
from babelreel.timedtext.read import TRACK_ENDINGS


def targeted_files(project: Project, targets: Iterable[str]) -> tuple[TrackFile, ...]:
    """Give the files named by path, folder or language tag, each once, or all tracks.

    A folder stands for all subtitle files in it. Raises ``UsageError`` for what is not there.
    """
    named = tuple(targets)
    paths = [target for target in named if _is_path(target)]
    tags = [target for target in named if target not in paths]
    files = tuple(_named_file(project, path) for target in paths for path in _within(Path(target)))
    if tags or not paths:
        files += select_tracks(find_tracks(project), tags)
    return tuple({relative_path(project, file.path): file for file in files}.values())


def _is_path(target: str) -> bool:
    """Tell whether a target is a path, and not a language: ``fr`` is French even where a folder has this name."""
    path = Path(target)
    return path.suffix.lower() in TRACK_ENDINGS or len(path.parts) > 1 or (path.is_dir() and not is_tag(target))


def _within(path: Path) -> tuple[Path, ...]:
    if not path.is_dir():
        return (path,)
    files = files_of_tracks(path)
    if not files:
        raise UsageError(
            what="there are no subtitle files in this folder",
            where=str(path),
            hint="name the folder of the subtitles, a file, a language tag, or nothing at all to check every track",
        )
    return files


def _named_file(project: Project, path: Path) -> TrackFile:
    if not path.is_file():
        raise UsageError(
            what="there is no such subtitle file",
            where=str(path),
            hint="name a file that is there, or a language tag, or nothing at all to check every track",
        )
    absolute = path.resolve()
    return TrackFile(path=absolute, settings=settings_of(project, absolute))
