"""Provide folders for files that are needed for a moment, and notice when the disk is full."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import cache
from pathlib import Path
from stat import S_ISDIR
from tempfile import gettempdir

from babelreel.errors import MachineError, NoSpaceError
from babelreel.graph.workfolders import WorkFolders
from babelreel.system_errors import as_house_error, house_errors, is_machine_fault

#: A disk that takes so much more was not full a moment ago.
_PROOF_BYTES = 1 << 16


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """Provide an empty folder among the system's temporary files for the length of the block.

    What a killed run left there is removed by the next one. Raises ``NoSpaceError`` when the disk is full, also at the
    end of the block: filters of ffmpeg write their lists to the end and do not report what the disk did not take.
    ``MachineError`` when nothing can be written there.
    """
    system = Path(gettempdir())
    try:
        with house_errors(system):
            root = _own_room(system)
        with _work_folders(root).folder() as folder:
            yield folder
            with house_errors(system):
                _prove_room(folder)
    except OSError as error:
        if is_machine_fault(error):
            raise as_house_error(error, system) from error
        raise
    except NoSpaceError as full:
        place = Path(full.where)
        if place.is_absolute() and not place.is_relative_to(root):
            raise
        raise replace(full, where=str(system)) from full  # it names a file in a folder that is gone by now


def sweep_temporary_folders() -> None:
    """Remove what killed runs left among the system's temporary files; what cannot be removed stays."""
    with suppress(OSError, MachineError):
        room = _room(Path(gettempdir()))
        if room.is_dir():
            _work_folders(_own_room(room.parent)).sweep()


def _room(system: Path) -> Path:
    if not hasattr(os, "getuid"):  # Windows has temporary files for each user anyway
        return system / "babelreel"
    return system / f"babelreel-{os.getuid()}"


def _own_room(system: Path) -> Path:
    """Make a folder for this user; on a system with several, somebody else may have made one of its name."""
    room = _room(system)
    if not hasattr(os, "getuid"):
        return room
    room.mkdir(mode=0o700, exist_ok=True)
    found = room.lstat()
    if not S_ISDIR(found.st_mode) or found.st_uid != os.getuid():
        raise MachineError(
            what="The folder for our temporary files is not ours.",
            where=str(room),
            hint="Remove it, or let the variable TMPDIR name another folder, then run the same command again.",
        )
    return room


@cache
def _work_folders(root: Path) -> WorkFolders:
    return WorkFolders(root)


def _prove_room(folder: Path) -> None:
    with (folder / "room").open("wb") as file:
        file.write(bytes(_PROOF_BYTES))
        file.flush()
        os.fsync(file.fileno())
