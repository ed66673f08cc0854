"""Keep on this machine what was fetched from a shared store.

A folder store whose files several processes fetch, each once per machine, and which stays within a bound.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable, Collection
from contextlib import suppress
from pathlib import Path

from babelreel.errors import NoSpaceError
from babelreel.graph.files import digest_file
from babelreel.graph.folder_store import FolderStore
from babelreel.graph.store import Artifact
from babelreel.graph.workfolders import file_lock
from babelreel.system_errors import house_errors

#: A larger file that this process has read once is not read again for each task, as long as size, time and inode stay.
_LARGE_BYTES = 64 << 20
#: What was used within these seconds may still be in use, and stays.
_IN_USE_S = 3600
#: The share of the bound that may come in before the bound is looked at again.
_SLACK = 20
_STORED = re.compile(r"[0-9a-f]{64}")


class Cache:
    """Files by digest in a folder store; safe for several threads, and for several processes in the same folder.

    ``most_bytes`` bounds what lies there; ``None`` where others see to that.
    """

    def __init__(self, local: FolderStore, most_bytes: int | None) -> None:
        self._local, self._most_bytes = local, most_bytes
        self._read: dict[str, tuple[int, int, int]] = {}
        """The stamps of large files that were read and are what they should be."""
        self._come = 0
        """Bytes that came in since the bound was looked at."""

    def keep(self, path: Path, name: str = "", *, digest: str = "") -> Artifact:
        """Store a file here, as ``FolderStore.keep`` does; makes room for it on a full disk."""
        try:
            kept = self._local.keep(path, name, digest=digest)
        except NoSpaceError:
            if not self._make_room():
                raise
            kept = self._local.keep(path, name, digest=digest)
        self._touch(self._local.locate(kept.digest))
        self._grow(kept.size)
        return kept

    def is_here(self, digest: str) -> bool:
        """Tell whether there is a file of a digest; it is not read."""
        return self._local.locate(digest).is_file()

    def is_sound(self, digest: str) -> bool:
        """Tell whether the bytes of a digest are here; what does not have it is removed."""
        path = self._local.locate(digest)
        try:
            stat = path.stat()
        except OSError:
            return False
        stamp = stat.st_ino, stat.st_size, stat.st_mtime_ns
        if self._read.get(digest) != stamp:
            if not self._local.holds(digest):
                return False
            if stat.st_size > _LARGE_BYTES:
                self._read[digest] = stamp
        self._touch(path)
        return True

    def bring(self, digest: str, download: Callable[[Path], None]) -> Path | None:
        """Return the file of a digest, fetched by ``download`` if it is not here yet; others wait meanwhile.

        Returns ``None`` when what came, twice, does not have the digest.
        """
        path = self._local.locate(digest)
        with house_errors(path):
            self._local.running.mkdir(parents=True, exist_ok=True)
        with file_lock(self._local.running / f"fetch-{digest[:3]}.lock"):
            if self.is_sound(digest):
                return path
            for _ in range(2):
                with self._local.workspace() as folder:
                    target = folder / "blob"
                    with house_errors(target):
                        self._download(target, download)
                    if digest_file(target) == digest:
                        self.keep(target, digest=digest)
                        return path
        return None

    def _download(self, target: Path, download: Callable[[Path], None]) -> None:
        try:
            download(target)
        except OSError:
            if not self._make_room():
                raise
            download(target)

    def _make_room(self) -> bool:
        """Remove what can be fetched again, where the folder is only a cache; tell whether anything was."""
        return self._most_bytes is not None and self.trim(0) > 0

    def _grow(self, size: int) -> None:
        self._come += size
        if self._most_bytes is not None and self._come * _SLACK > self._most_bytes:
            self._come = 0
            self.trim(self._most_bytes)

    def trim(self, most_bytes: int, needed: Collection[str] = (), *, in_use_s: int = _IN_USE_S) -> int:
        """Remove files here, those unused for longest first, until at most so much is left; return the bytes freed.

        What is needed, or was used a short time ago, stays.
        """
        files = sorted(_files(self._local), key=lambda each: each[1].st_atime_ns)
        excess = sum(stat.st_size for _, stat in files) - most_bytes
        young = time.time() - in_use_s
        freed = 0
        for path, stat in files:
            if freed >= excess:
                break
            if path.name in needed or stat.st_atime > young:
                continue
            with suppress(OSError):
                path.unlink()
                freed += stat.st_size
        return freed

    def _touch(self, path: Path) -> None:
        """Note that a file is used now; the time of its content, by which it is trusted, stays."""
        with suppress(OSError):
            os.utime(path, ns=(time.time_ns(), path.stat().st_mtime_ns))


def _files(local: FolderStore) -> list[tuple[Path, os.stat_result]]:
    found = []
    for path in local.files():
        with suppress(OSError):
            if _STORED.fullmatch(path.name):
                found.append((path, path.lstat()))
    return found
