"""Keep bytes in a bucket under their SHA-256: stored there once, and trusted once they have been read."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from pathlib import Path

from babelreel.errors import DamagedError
from babelreel.graph.bucket import PART_BYTES, Bucket, Stat
from babelreel.graph.shared.clock import StoreClock
from babelreel.graph.shared.in_bulk import in_bulk
from babelreel.graph.shared.layout import blob_path, damage_path

#: Whoever uses an older blob stores it again: the garbage collector leaves young blobs alone.
_RENEWED_AFTER = timedelta(hours=12)


class Blobs:
    """The blobs of a shared store; safe for several threads. All methods raise ``MachineError``.

    A blob that was found to be gone, or not what it should be, is ``lost`` until somebody has put it back.
    """

    def __init__(self, bucket: Bucket, clock: StoreClock) -> None:
        self._bucket, self._clock = bucket, clock
        self._known: set[str] = set()
        """What is there for all we know."""
        self._lost: set[str] = set()

    def is_known(self, digest: str) -> bool:
        """Tell whether this process has seen that the bytes of a digest are there, and has not doubted it since."""
        return digest in self._known

    def put(self, digest: str, path: Path, size: int) -> None:
        """Make sure that the bytes of a digest, which are those of this file, are there."""
        there = self._put_new(digest, path, size)
        if there and (there.size != size or self._is_old(there) or self._is_doubtful(digest)):
            self._bucket.put(blob_path(digest), path)  # the same bytes: nobody can see a difference
            self._bucket.delete([damage_path(digest)])
        self._lost.discard(digest)
        self._known.add(digest)

    def _put_new(self, digest: str, path: Path, size: int) -> Stat | None:
        """Store a blob if there is none, else describe the one that is there.

        A large one goes in parts, for which obstore has no "only where there is none".
        """
        if size <= PART_BYTES:
            return self._bucket.create(blob_path(digest), path.read_bytes())
        if there := self._bucket.stat(blob_path(digest)):
            return there
        self._bucket.put(blob_path(digest), path)
        return None

    def _is_old(self, there: Stat) -> bool:
        return there.modified < self._clock.now() - _RENEWED_AFTER

    def _is_doubtful(self, digest: str) -> bool:
        return digest in self._lost or self._bucket.stat(damage_path(digest)) is not None

    def download(self, digest: str, target: Path) -> None:
        """Write the bytes of a digest, unverified, to a new file.

        Raises ``DamagedError`` if there are none, and ``OSError`` where the file cannot be written.
        """
        if not self._bucket.download(blob_path(digest), target):
            self.lose(digest)
            raise self.damaged(digest)

    def note_damage(self, digest: str) -> None:
        """Let everybody know that what is stored under a digest does not match it."""
        self._bucket.put(damage_path(digest), b"")
        self.lose(digest)

    def lose(self, digest: str) -> None:
        """Doubt that the bytes of a digest are there."""
        self._known.discard(digest)
        self._lost.add(digest)

    def are_lost(self, digests: Collection[str]) -> bool:
        """Tell whether any of these is lost and was not put back since."""
        doubted = [each for each in digests if each in self._lost]
        return bool(doubted) and len(self.look(doubted)) < len(doubted)

    def look(self, digests: Collection[str]) -> set[str]:
        """Ask the store which of these are there, and were not found to be something else; the others are lost."""
        found = {digest for digest in in_bulk(self._if_there, digests) if digest}
        self._lost -= found
        self._known |= found
        for digest in set(digests) - found:
            self.lose(digest)
        return found

    def _if_there(self, digest: str) -> str | None:
        is_there = self._bucket.stat(blob_path(digest)) and not self._bucket.stat(damage_path(digest))
        return digest if is_there else None

    def damaged(self, digest: str) -> DamagedError:
        """Return the error for a blob that is gone, or not what was stored."""
        return DamagedError(
            what="A file in the shared store is gone, or is not what was stored.",
            where=f"{self._bucket.address}/{blob_path(digest)}",
            hint="Run the same command again: it is made again.",
        )
