"""Where do tasks work, and who sweeps up after a run that was killed?"""

from __future__ import annotations

import shutil
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from babelreel.graph.files import house_errors

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
        """Give an empty folder for the length of the block; raises ``NoSpaceError`` or ``MachineError``."""
        with house_errors(self._root):
            path = Path(tempfile.mkdtemp(dir=self._own()))
        try:
            yield path
        finally:
            shutil.rmtree(path, ignore_errors=True)  # what stays is swept by the next run

    def _own(self) -> Path:
        from filelock import FileLock  # noqa: PLC0415 -- takes 90 ms to import; a build with nothing to do has no folder

        with self._claiming:
            if self._claim is None:
                self._root.mkdir(parents=True, exist_ok=True)
                with FileLock(self._root / "claim"):  # else a folder could be swept before its lock is taken
                    self._sweep()
                    folder = Path(tempfile.mkdtemp(dir=self._root))
                    # not bound to a thread: the one that happens to ask first may end before the others
                    lock = FileLock(folder / _OWNER, thread_local=False)
                    lock.acquire()
                self._claim = folder, lock
            return self._claim[0]

    def _sweep(self) -> None:
        from filelock import FileLock, Timeout  # noqa: PLC0415 -- as above

        for folder in (each for each in self._root.iterdir() if each.is_dir()):
            try:
                with FileLock(folder / _OWNER, blocking=False):
                    shutil.rmtree(folder, ignore_errors=True)
            except Timeout:
                continue
