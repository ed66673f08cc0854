"""Write all that was planned to move, or nothing; ``undo`` puts all of it back in one step."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from babelreel.app.half_written import all_is_moved, refuse_half_written
from babelreel.app.kept_versions import keep_versions
from babelreel.app.project.fingerprints import subtitles_path
from babelreel.app.project.inventory import relative_path
from babelreel.app.project.subtitles_film import OwnerChange, begin_owner, render_owner
from babelreel.app.retime.plan import Moves
from babelreel.app.retime.unmoved import unmoved_error
from babelreel.errors import LockedError
from babelreel.graph.files import rewrite_atomically
from babelreel.graph.lock import hold_ledgers
from babelreel.model.project import Project
from babelreel.regular_files import read_regular
from babelreel.system_errors import house_errors


def write_moves(project: Project, moves: Moves, verb: str) -> tuple[str, ...]:
    """Write all that was planned, or nothing; return the paths. ``verb`` is what ``undo`` names.

    Raises ``UsageError`` where something could not be moved, or an earlier call was stopped between two files, and
    ``LockedError`` where a file was changed since, or somebody else is writing.
    """
    if moves.plan.unmoved:
        raise unmoved_error(moves.plan.unmoved)
    with hold_ledgers(project.state_dir):
        if not (moves.contents or moves.owner):
            return ()
        refuse_half_written(project)
        for path, (before, _) in moves.contents.items():
            _refuse_changed(path, before)
        # whose subtitles they are first: who is stopped after it moves none twice
        contents = _owner(project, moves.owner) | moves.contents
        keep_versions(project, verb, {path: after for path, (_, after) in contents.items()}, is_moving=True)
        _write_all(contents)
        all_is_moved(project)
    return tuple(relative_path(project, path) for path in moves.contents)


def _refuse_changed(path: Path, before: bytes) -> None:
    with house_errors(path):
        is_same = read_regular(path) == before
    if not is_same:
        raise LockedError(
            what="A file was changed while it was being moved. Nothing was written.",
            where=str(path),
            hint="Run the same command again.",
        )


def _owner(project: Project, owner: OwnerChange | None) -> dict[Path, tuple[bytes, bytes]]:
    if owner is None:
        return {}
    begin_owner(project, owner.before)
    path = subtitles_path(project)
    with house_errors(path):
        return {path: (read_regular(path), render_owner(owner.after))}


def _write_all(contents: Mapping[Path, tuple[bytes, bytes]]) -> None:
    """Write all files; where one cannot be written, those before it are put back."""
    done: list[tuple[Path, bytes]] = []
    try:
        for path, (before, after) in contents.items():
            rewrite_atomically(path, after)
            done.append((path, before))
    except BaseException:
        for path, before in done:
            with suppress(Exception):  # "undo" still has it
                rewrite_atomically(path, before)
        raise
