"""Let one run at a time work on a project."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from babelreel.errors import LockedError
from babelreel.graph.files import make_way, sweep_unfinished
from babelreel.system_errors import house_errors

#: Writing a ledger takes a tenth of a second.
_LEDGER_SECONDS = 10


@contextmanager
def hold_project(state_dir: Path) -> Iterator[None]:
    """Hold a project for one run; the system releases it when the process ends, however it ends.

    ``state_dir`` is the project's ``.babelreel`` folder, which is made. Raises ``LockedError`` at once when another
    run holds it, ``MachineError`` when the folder cannot be written. Files that killed runs left half written go.
    """
    with _hold(lock_path(state_dir), 0, "Another run of babelreel is working on this project."):
        sweep_unfinished(state_folders(state_dir))
        yield


@contextmanager
def hold_ledgers(state_dir: Path) -> Iterator[None]:
    """Hold what people said of lines while it is read and rewritten: a build may run, another writer waits.

    Raises ``LockedError`` when another one holds it for ten seconds, ``MachineError`` for a folder that refuses it.
    """
    with _hold(state_dir / "ledgers.lock", _LEDGER_SECONDS, "Another run of babelreel is writing what people said."):
        yield


@contextmanager
def _hold(path: Path, seconds: float, what: str) -> Iterator[None]:
    from filelock import FileLock, Timeout  # noqa: PLC0415 - 20 ms that a build with nothing to do need not wait for

    lock = FileLock(path, timeout=seconds)
    with house_errors(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        make_way(path)
        if path.is_symlink() and not path.exists():
            path.unlink(missing_ok=True)
        try:
            lock.acquire()
        except Timeout as error:  # an OSError as well
            raise LockedError(
                what=what,
                where=str(path),
                hint="Wait until it has ended (or stop it with Ctrl-C), then run the same command again.",
            ) from error
    try:
        yield
    finally:
        lock.release()


def state_folders(state_dir: Path) -> tuple[Path, ...]:
    """List the folders in which the stores, the notes and what describes them lie."""
    stores = store_folders(state_dir)
    inside = (folder for store in stores for kind in ("files", "keys") for folder in store.glob(f"{kind}/??"))
    return (state_dir, *stores, *inside, *state_dir.glob("notes/*"))


def store_folders(state_dir: Path) -> tuple[Path, ...]:
    """Name the folders of results: of builds, and, for a studio, of lines as burned in, its film and its sounds."""
    return tuple(state_dir / name for name in ("store", "stills", "light-film", "beds"))


def lock_path(state_dir: Path) -> Path:
    """Return where the lock file of a project lies."""
    return state_dir / "lock"
