"""What every store of results promises, wherever its bytes lie."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Protocol, TypeAlias

from babelreel.graph.task import Json


@dataclass(frozen=True, slots=True, kw_only=True)
class Artifact:
    """One stored file: the name its task gave it, its SHA-256 and its length in bytes."""

    name: str
    digest: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """The stored result of one key."""

    key: str
    artifacts: tuple[Artifact, ...]

    @property
    def digests(self) -> Mapping[str, str]:
        """SHA-256 of each artifact by its name."""
        return {each.name: each.digest for each in self.artifacts}


#: Digests of files by the key that led to them: what was handed over, and lies whole where it was published.
Published: TypeAlias = Mapping[str, Collection[str]]
NOTHING_PUBLISHED: Published = MappingProxyType({})


class Store(Protocol):
    """Results by key, their bytes by digest; safe for several threads.

    Every method raises ``MachineError`` or ``NoSpaceError`` where the disk or the other side refuses: an error is never
    taken for a result that is not there. Stores are equal where one finds what the other was given.
    """

    @property
    def identity(self) -> str:
        """Name what is stored, the same on every machine that shares it; empty where none does."""
        ...

    def find(self, keys: Collection[str], published: Published = NOTHING_PUBLISHED) -> Mapping[str, Entry]:
        """Return what is stored under each of these keys; a key of which nothing, or not all, is known is left out.

        Of a key's result, ``published`` names what need not be here.
        """
        ...

    def document(self, key: str) -> Mapping[str, Json] | None:
        """Return the key document of a stored key, whether or not its artifacts are there."""
        ...

    def add(self, document: Mapping[str, Json], outputs: Mapping[str, Path], *, is_shared: bool = True) -> Entry:
        """Store the files that a task made under the key of its document, and return what is stored there now.

        Where another writer was first, that is the other's result. Files in a work folder are moved; what is a link, or
        lies on another disk, is copied and stays as it is. What is not ``is_shared`` need not leave this machine.
        Nothing is stored when this raises.
        """
        ...

    def take_in(self, path: Path, digest: str) -> None:
        """Make the bytes of a file of the user's available to all who work for this store, by their digest."""
        ...

    def share(self, digests: Collection[str]) -> None:
        """Make the files of results available to all who work for this store; most are so already."""
        ...

    def locate(self, digest: str) -> Path:
        """Return where the bytes of a digest lie on this machine, fetched if need be; the file is not read.

        It is not to be written to. Raises ``DamagedError`` when they are known to be nowhere.
        """
        ...

    def fetch(self, digest: str) -> Path:
        """Return where the bytes of a digest lie on this machine, after reading and hashing them.

        Raises ``DamagedError`` when they are nowhere, or not what was stored; they are not found again then.
        """
        ...

    def read(self, digest: str) -> bytes:
        """Read the bytes of a digest; raises what ``fetch`` raises."""
        ...

    def drop_damaged(self, entries: Iterable[Entry]) -> int:
        """Count the files of these results that are missing or not what was stored.

        What is damaged is not found again until it is made again.
        """
        ...

    def hold(self, project: str, state_dir: Path) -> AbstractContextManager[None]:
        """Keep what is found and added in the block, and the project from being built by another machine meanwhile.

        ``project`` is what all machines call it; the caller holds ``state_dir`` by its lock. Raises ``LockedError``
        when another run holds the project.
        """
        ...

    def check_held(self) -> None:
        """Make sure, right before publishing, that the project is still held; raises ``LockedError`` when it is not."""
        ...

    def workspace(self) -> AbstractContextManager[Path]:
        """Provide an empty folder of this machine, which is removed after the block."""
        ...

    def sweep(self) -> None:
        """Remove what killed runs left behind on this machine."""
        ...

    def hand_over(self, digests: Collection[str]) -> int:
        """Keep these files on this machine no longer: they are published. Returns the bytes that were freed."""
        ...

    def collect(self, needed: Iterable[Entry], *, spare_bytes: int) -> int:
        """Remove from this machine what no longer leads to anything, until at most ``spare_bytes`` of it are left.

        Returns the bytes that were freed.
        """
        ...

    def last_keys(self) -> Mapping[str, str]:
        """Return the key that each task of this project had when it was last done, by task name."""
        ...

    def remember(self, keys: Mapping[str, str]) -> None:
        """Note which key each of these tasks has now; other tasks keep theirs."""
        ...
