"""Provide folders for tasks to work in, and sweep up after runs that were killed."""

from __future__ import annotations

import shutil
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from babelreel.errors import NoSpaceError
from babelreel.system_errors import house_errors

if TYPE_CHECKING:
    from filelock import BaseFileLock

_OWNER = "owner"


class WorkFolders:
    """Empty folders for one use each, under ``root``; safe for several threads and processes.

    Each process keeps its folders in one of its own, with a lock that the system drops when the process dies: the next
    one to begin removes the folders of the dead. Nothing is written before the first folder is asked for.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._claiming = threading.Lock()
        self._claim: tuple[Path, BaseFileLock] | None = None

    @contextmanager
    def folder(self) -> Iterator[Path]:
        """Provide an empty folder for the length of the block; raises ``NoSpaceError`` or ``MachineError``."""
        with house_errors(self._root):
            path = Path(tempfile.mkdtemp(dir=self._own()))
        try:
            yield path
        except NoSpaceError as full:
            if not Path(full.where).is_relative_to(path):
                raise
            raise replace(full, where=str(self._root)) from full  # it names what is gone by now
        finally:
            shutil.rmtree(path, ignore_errors=True)  # what stays is swept by the next run

    def sweep(self) -> None:
        """Remove the folders of the dead, if there are any; what cannot be removed stays."""
        if self._root.is_dir():
            with suppress(OSError), file_lock(self._root / "claim"):
                self._sweep()

    def _own(self) -> Path:
        with self._claiming:
            if self._claim is None:
                self._root.mkdir(parents=True, exist_ok=True)
                with file_lock(self._root / "claim"):  # else a folder could be swept before its lock is taken
                    self._sweep()
                    folder = Path(tempfile.mkdtemp(dir=self._root))
                    lock = file_lock(folder / _OWNER)
                    lock.acquire()
                self._claim = folder, lock
            return self._claim[0]

    def _sweep(self) -> None:
        for folder in (each for each in self._root.iterdir() if each.is_dir()):
            try:
                with file_lock(folder / _OWNER, blocking=False):
                    shutil.rmtree(folder, ignore_errors=True)
            except TimeoutError:  # filelock's own is one
                continue


def file_lock(path: Path, *, blocking: bool = True) -> BaseFileLock:
    """Return a lock that the system releases when the process dies; it is not bound to a thread.

    Without ``blocking``, taking it raises ``TimeoutError`` while another holds it.
    """
    # it takes 20 ms of processor time to load; a build with nothing to do has no folder
    from filelock import FileLock  # noqa: PLC0415 - see above

    # not bound to a thread: the one that happens to ask first may end before the others
    return FileLock(path, blocking=blocking, thread_local=False)
