"""Remove a project's state, but nothing that somebody else put there."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from babelreel.graph.files import UNFINISHED
from babelreel.graph.folder_store import LAST
from babelreel.graph.lock import hold_project, lock_path, state_folders, store_folders
from babelreel.system_errors import house_errors

#: The folder, beside the store, of what was published before: by output folder and number, whole folders of ours.
EARLIER = "earlier"
_STORED = re.compile(r"[0-9a-f]{64}(\.jsonl)?")
_PUBLISHED_IN, _GENERATION = re.compile(r"[0-9a-f]{16}"), re.compile(rf"({re.escape(UNFINISHED)})?[0-9]{{6,}}")
_NOTE = re.compile(r"[0-9a-f]{32}\.json")
#: What earlier versions noted, each thing in a form of its own.
_OLDER = ("digests.json", "last-build.json", "probes/*.json", "tools/*.json")


def clean(state_dir: Path) -> int:
    """Remove the stores, the notes, earlier publications and the lock file; return how many bytes that freed.

    Only what babelreel made is removed, by the form of its name; a folder with anything else in it stays. Raises
    ``LockedError`` while another run holds the project, and ``MachineError`` when something cannot be removed.
    """
    if not state_dir.is_dir():
        return 0
    with hold_project(state_dir), house_errors(state_dir):
        freed = 0
        for path in _own_files(state_dir):
            if path.is_symlink() or not path.is_dir():  # a folder is not ours, whatever its name
                freed += path.lstat().st_size
                path.unlink()
        for store in store_folders(state_dir):
            if (store / "running").is_dir():
                shutil.rmtree(store / "running")
        freed += _remove_earlier(state_dir)
        with suppress(PermissionError):  # Windows removes no open file: there an empty one stays
            lock_path(state_dir).unlink()  # while it is held: nothing is left that two runs could fight over
        _remove_empty(state_dir)
    return freed


def _remove_earlier(state_dir: Path) -> int:
    freed = 0
    for folder in state_dir.glob(f"{EARLIER}/*/*"):
        is_ours = _PUBLISHED_IN.fullmatch(folder.parent.name) and _GENERATION.fullmatch(folder.name)
        if is_ours and folder.is_dir() and not folder.is_symlink():  # opening a pipe would wait for ever
            freed += sum(path.lstat().st_size for path in folder.rglob("*") if path.is_file())
            shutil.rmtree(folder)
    return freed


def _own_files(state_dir: Path) -> Iterator[Path]:
    yield from (path for pattern in _OLDER for path in state_dir.glob(pattern))
    for store in store_folders(state_dir):
        yield from store.glob(LAST)
        for path in (*store.glob("files/??/*"), *store.glob("keys/??/*")):
            if _STORED.fullmatch(path.name):
                yield path
    yield from (path for path in state_dir.glob("notes/*/*") if _NOTE.fullmatch(path.name))
    for folder in state_folders(state_dir):
        yield from folder.glob(f"{UNFINISHED}*")


def _remove_empty(state_dir: Path) -> None:
    stored = [
        folder
        for store in store_folders(state_dir)
        for folder in (*store.glob("files/??"), *store.glob("keys/??"), store / "files", store / "keys", store)
    ]
    notes = (*state_dir.glob("notes/*"), state_dir / "notes", state_dir / "probes", state_dir / "tools")
    earlier = (*state_dir.glob(f"{EARLIER}/*"), state_dir / EARLIER)
    for folder in (*stored, *notes, *earlier, state_dir):
        with suppress(OSError):  # it is not there, or not empty
            folder.rmdir()
