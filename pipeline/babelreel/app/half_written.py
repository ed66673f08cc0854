"""Find out whether a call was stopped between two files that it moves together."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from babelreel.app.project.inventory import relative_path
from babelreel.app.version_index import kept_folders, read_version
from babelreel.errors import UsageError
from babelreel.model.project import Project
from babelreel.system_errors import house_errors

#: Lies in a version while its files are written, where a second call would move those twice that are.
MOVING = "moving"
HOW_TO_GO_BACK = "“babelreel undo” puts all of them back."


def all_is_moved(project: Project) -> None:
    """Note that all files of the last call are written: a file that is put back from now on is put back on purpose."""
    for folder in kept_folders(project)[-1:]:
        with house_errors(folder):
            (folder / MOVING).unlink(missing_ok=True)


def refuse_half_written(project: Project) -> None:
    """Raise ``UsageError`` where the last move was stopped between two files: another one would move one twice.

    So do those raise it who would say, or publish, what is not so of lines at the times of two films.
    """
    if error := half_written_error(project):
        raise error


def half_written_error(project: Project) -> UsageError | None:
    """Say that the last move was stopped between two files, and what to do; ``None`` where it was not."""
    kept = kept_folders(project)
    is_stopped = bool(kept) and (kept[-1] / MOVING).exists()
    changes = [each for each in states_of(project, kept[-1]) if each[1] is not None] if is_stopped else []
    is_written = [now is not None and sha256(now).hexdigest() in after for _, before, now, after in changes]
    is_left = [now == before for _, before, now, _ in changes]
    if not (any(is_written) and any(is_left)):
        return None
    return UsageError(
        what="An earlier call was stopped between two files: some are moved, and others are not.",
        where=relative_path(project, next(each[0] for each, left in zip(changes, is_left, strict=True) if left)),
        hint=f"{HOW_TO_GO_BACK} Then run the same command again.",
    )


def states_of(
    project: Project, folder: Path
) -> Iterator[tuple[Path, bytes | None, bytes | None, tuple[str | None, ...]]]:
    """Yield each file of a version: what it held before, what it holds now, and the digests of what it was to hold.

    A version that cannot be read counts as one file that was changed since, so nobody takes it for unwritten.
    """
    try:
        version = read_version(folder)
    except UsageError:  # "undo" says so
        yield project.root, b"", None, ()
        return
    for file in version.files:
        place = project.root / file.path
        with house_errors(place):
            now = place.read_bytes() if place.is_file() else None
            yield place, (folder / file.before).read_bytes() if file.before else None, now, file.after
