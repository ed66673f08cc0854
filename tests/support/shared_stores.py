"""Stores that several machines share: each has a folder of its own, and all the same bucket or folder."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

from babelreel.graph.folder_store import FolderStore
from babelreel.graph.shared.bucket_store import BucketStore
from babelreel.graph.shared.opening import open_shared_store
from babelreel.graph.store import Entry
from babelreel.graph.task import Json


class Machine:
    """One of the machines: its store, and what its user was warned of."""

    def __init__(self, address: str, folder: Path, cache_bytes: int | None = None) -> None:
        self.folder = folder
        self.warnings: list[str] = []
        self.local = FolderStore(folder)
        self.store: BucketStore = open_shared_store(
            address, self.local, warn=self.warnings.append, cache_bytes=cache_bytes
        )

    def add(self, label: str, *, is_shared: bool = True, **contents: bytes) -> Entry:
        """Do a task that makes these files."""
        with self.store.workspace() as folder:
            for name, content in contents.items():
                (folder / name).write_bytes(content)
            outputs = {name: folder / name for name in contents}
            return self.store.add(document(label, *contents), outputs, is_shared=is_shared)

    def hold(self) -> AbstractContextManager[None]:
        """Work on a project that no other machine works on."""
        self.folder.mkdir(parents=True, exist_ok=True)
        return self.store.hold(self.folder.name.replace(" ", "-"), self.folder)

    def find(self, entry: Entry) -> Entry | None:
        """Look for what has the key of an entry."""
        return self.store.find([entry.key]).get(entry.key)


def document(label: str, *outputs: str) -> dict[str, Json]:
    """Give the key document of a task that is only a name."""
    return {"kind": label, "outputs": sorted(outputs)}


@contextmanager
def environment(values: Mapping[str, str]) -> Iterator[None]:
    """Set variables of this process, in which obstore finds a store and its keys."""
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


#: For tests that use the fixture "address": in a folder that all machines see, and in a bucket.
in_both = pytest.mark.parametrize("address", ["a folder", "a bucket"], indirect=True)

MakeMachine = Callable[[str], Machine]
