"""What may be removed of a project's state, and what was put there by somebody else?"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from babelreel.graph.files import UNFINISHED, house_errors
from babelreel.graph.lock import hold_project, lock_path
from babelreel.graph.store import LAST

#: The stat cache of large files, in the state folder.
DIGESTS = "digests.json"

_STORED = re.compile(r"[0-9a-f]{64}(\.jsonl)?")


def clean(state_dir: Path, caches: Iterable[str] = ()) -> int:
    """Remove the store, the stat cache, other ``caches`` and the lock file, and give how many bytes that freed.

    ``caches`` are patterns of paths below ``state_dir``. Only what babelreel made is removed, by the form of its name;
    a folder with anything else in it stays. Raises ``LockedError`` while another run holds the project, and
    ``MachineError`` when something cannot be removed.
    """
    if not state_dir.is_dir():
        return 0
    with hold_project(state_dir), house_errors(state_dir):
        store = state_dir / "store"
        kept = [path for pattern in caches for path in state_dir.glob(pattern)]
        freed = 0
        for path in (*_own_files(state_dir, store), *kept):
            freed += path.stat().st_size
            path.unlink()
        if (store / "running").is_dir():
            shutil.rmtree(store / "running")
        lock_path(state_dir).unlink()  # while it is held: nothing is left that two runs could quarrel about
        _remove_empty(state_dir, store, {path.parent for path in kept})
    return freed


def _own_files(state_dir: Path, store: Path) -> Iterator[Path]:
    for path in (state_dir / DIGESTS, store / LAST):
        if path.is_file():
            yield path
    for path in (*store.glob("files/??/*"), *store.glob("keys/??/*")):
        if _STORED.fullmatch(path.name):
            yield path
    for folder in (state_dir, store, *store.glob("files/??"), *store.glob("keys/??")):
        yield from folder.glob(f"{UNFINISHED}*")


def _remove_empty(state_dir: Path, store: Path, caches: Iterable[Path]) -> None:
    stored = (*store.glob("files/??"), *store.glob("keys/??"), store / "files", store / "keys", store)
    for folder in (*stored, *caches, state_dir):
        with suppress(OSError):  # it is not there, or not empty
            folder.rmdir()
