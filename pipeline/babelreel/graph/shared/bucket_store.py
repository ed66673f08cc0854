"""Results that several machines share, in a bucket; a folder store holds what lies on this machine."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from babelreel.graph.bucket import Bucket
from babelreel.graph.entry_file import read_document, read_entry, write_entry
from babelreel.graph.folder_store import FolderStore
from babelreel.graph.key import key_of
from babelreel.graph.shared.blobs import Blobs
from babelreel.graph.shared.cache import Cache
from babelreel.graph.shared.clock import StoreClock
from babelreel.graph.shared.in_bulk import in_bulk
from babelreel.graph.shared.layout import key_path
from babelreel.graph.shared.lease import Lease, hold_lease
from babelreel.graph.shared.pins import Pins
from babelreel.graph.store import NOTHING_PUBLISHED, Entry, Published
from babelreel.graph.task import Json
from babelreel.system_errors import house_errors


class BucketStore:
    """Results by key, their bytes by digest, for several machines; safe for several threads and processes.

    ``local`` is this machine's: the project's own store on the machine that plans and publishes, on a worker a folder
    that is only a cache, of ``cache_bytes`` at most. Results that are not shared stay in it; what is found there is
    not asked for elsewhere. ``warn`` gets what the user should know, from any thread.
    """

    def __init__(
        self,
        bucket: Bucket,
        local: FolderStore,
        *,
        identity: str,
        warn: Callable[[str], None],
        cache_bytes: int | None = None,
    ) -> None:
        self.identity = identity
        """The same wherever this store is opened, by whatever address."""
        self._bucket, self._local, self._warn = bucket, local, warn
        self._blobs = Blobs(bucket, StoreClock(bucket))
        self._cache = Cache(local, cache_bytes)
        self._pins = Pins(bucket)
        self._entries: dict[str, Entry] = {}
        """What was found or added; entries never change."""
        self._taken_in: dict[str, Path] = {}
        """Where the files lie that were taken in."""
        self._lease: Lease | None = None

    def __eq__(self, other: object) -> bool:
        """Tell whether another store shares results with this one; apart from that, each has a folder of its own."""
        return isinstance(other, BucketStore) and other.identity == self.identity

    def __hash__(self) -> int:
        return hash(self.identity)

    def find(self, keys: Collection[str], published: Published = NOTHING_PUBLISHED) -> Mapping[str, Entry]:
        """Return what is stored under these keys, here or there.

        Blobs of the shared store are taken to be there; those that turned out to be lost are asked for again. Only what
        is not shared is ever ``published``.
        """
        found = dict(self._local.find(keys, published))
        found |= self._find_whole([key for key in keys if key not in found])
        self._pins.add(keys=found.keys())
        return found

    def _find_whole(self, keys: Collection[str]) -> Mapping[str, Entry]:
        """Return the shared entries of which no blob is known to be lost.

        One that has lost a blob may have been replaced since: that is checked once more.
        """
        shared = dict(self._find_shared(keys))
        lost = [key for key, entry in shared.items() if self._is_lost(entry)]
        for key in lost:
            self._entries.pop(key, None)
            del shared[key]
        return shared | {key: entry for key, entry in self._find_shared(lost).items() if not self._is_lost(entry)}

    def _find_shared(self, keys: Collection[str]) -> Mapping[str, Entry]:
        for entry in in_bulk(self._read_entry, [key for key in keys if key not in self._entries]):
            if entry:
                self._entries[entry.key] = entry
        return {key: self._entries[key] for key in keys if key in self._entries}

    def _is_lost(self, entry: Entry) -> bool:
        return self._blobs.are_lost([each.digest for each in entry.artifacts if not self._cache.is_here(each.digest)])

    def _read_entry(self, key: str) -> Entry | None:
        content = self._bucket.read(key_path(key))
        return None if content is None else read_entry(content, key)

    def document(self, key: str) -> Mapping[str, Json] | None:
        """Return the key document of a stored key, whether or not its artifacts are there."""
        if local := self._local.document(key):
            return local
        content = self._bucket.read(key_path(key))
        return None if content is None else read_document(content, key)

    def add(self, document: Mapping[str, Json], outputs: Mapping[str, Path], *, is_shared: bool = True) -> Entry:
        """Store the files that a task made, for all machines: the bytes, then the entry, which is that of the first.

        What is not ``is_shared`` is stored on this machine alone.
        """
        if not is_shared:
            return self._local.add(document, outputs)
        artifacts = tuple(self._cache.keep(path, name) for name, path in sorted(outputs.items()))
        entry = Entry(key=key_of(document), artifacts=artifacts)
        for each in artifacts:
            self._upload(each.digest, each.size)
        stored = self._put_entry(entry, write_entry(document, artifacts))
        self._entries[stored.key] = stored
        self._pins.add(keys=[stored.key])
        return stored

    def _upload(self, digest: str, size: int) -> None:
        with house_errors(self._local.locate(digest)):
            self._blobs.put(digest, self._local.locate(digest), size)

    def _put_entry(self, entry: Entry, content: bytes) -> Entry:
        """Store an entry, and return the one that is there: another's, if that was first and is whole."""
        if self._bucket.create(key_path(entry.key), content) is None:
            return entry
        first = self._read_entry(entry.key)
        if first == entry:
            return entry
        if first and len(self._blobs.look(set(first.digests.values()))) == len(set(first.digests.values())):
            self._warn_of_difference(entry, first)
            return first
        self._bucket.put(key_path(entry.key), content)
        return entry

    def _warn_of_difference(self, entry: Entry, first: Entry) -> None:
        name = next(name for name, digest in entry.digests.items() if first.digests[name] != digest)
        self._warn(
            f"Not the same bytes on two machines: {name} of result {entry.key[:12]} has the SHA-256 "
            f"{entry.digests[name][:12]} here, and {first.digests[name][:12]} in the store; the store's is used."
        )

    def take_in(self, path: Path, digest: str) -> None:
        """Make a file of this machine available to all who work for this store: the user's, or what is not shared.

        Whether it is there is asked once.
        """
        if not self._blobs.is_known(digest):
            with house_errors(path):
                self._blobs.put(digest, path, path.stat().st_size)
            self._taken_in[digest] = path
        self._pins.add(blobs=[digest])

    def share(self, digests: Collection[str]) -> None:
        """Make sure that workers find the files of results: those that were to stay here are stored there."""
        self._pins.add(blobs=digests)
        unknown = {digest for digest in digests if not self._blobs.is_known(digest)}
        for digest in sorted(unknown - self._blobs.look(unknown)):
            self.take_in(self._local.fetch(digest), digest)

    def locate(self, digest: str) -> Path:
        """Return where the bytes of a digest lie on this machine; if they are not here, fetch and hash them."""
        return self._local.locate(digest) if self._cache.is_here(digest) else self.fetch(digest)

    def fetch(self, digest: str) -> Path:
        """Return where the bytes of a digest lie on this machine, after reading and hashing them.

        They are fetched if need be. Raises ``DamagedError`` when they are nowhere, or not what was stored; what
        holds them is not found again then.
        """
        if self._cache.is_sound(digest):
            return self._local.locate(digest)
        path = self._cache.bring(digest, lambda target: self._blobs.download(digest, target))
        if path is None:
            self._blobs.note_damage(digest)
            raise self._blobs.damaged(digest)
        return path

    def read(self, digest: str) -> bytes:
        """Read the bytes of a digest; raises what ``fetch`` raises."""
        self.fetch(digest)
        return self._local.read(digest)

    def drop_damaged(self, entries: Iterable[Entry]) -> int:
        """Count the files of these results that are sound neither here nor in the shared store.

        In the shared store nothing is removed or read: what others noted as damaged counts. What was lost there and is
        sound here, also of what was taken in, is put back.
        """
        listed = list(entries)
        digests = {artifact.digest for entry in listed for artifact in entry.artifacts}
        sound = {digest for digest in digests if self._cache.is_sound(digest)}
        own = self._local.find([entry.key for entry in listed])
        shared = {each.digest for entry in listed if entry.key not in own for each in entry.artifacts}
        lost = (shared | self._taken_in.keys()) - self._blobs.look(shared | self._taken_in.keys())
        for digest in sorted(lost & (sound | self._taken_in.keys())):
            path = self._local.locate(digest) if digest in sound else self._taken_in[digest]
            with house_errors(path):
                self._blobs.put(digest, path, path.stat().st_size)
        return len((lost | (digests - shared)) & digests - sound)

    @contextmanager
    def hold(self, project: str, state_dir: Path) -> Iterator[None]:
        """Keep what is found, added or taken in for as long as ``gc`` spares it, and the project by its lease."""
        with hold_lease(self._bucket, project, state_dir) as self._lease, self._pins.held():
            yield

    def check_held(self) -> None:
        """Make sure, right before publishing, that the project is still held; raises ``LockedError`` when it is not."""
        if self._lease:
            self._lease.check()

    def workspace(self) -> AbstractContextManager[Path]:
        """Provide an empty folder of this machine, which is removed after the block."""
        return self._local.workspace()

    def sweep(self) -> None:
        """Remove what killed runs left behind on this machine."""
        self._local.sweep()

    def hand_over(self, digests: Collection[str]) -> int:
        """Keep these files on this machine no longer; the shared store never had them."""
        return self._local.hand_over(digests)

    def collect(self, needed: Iterable[Entry], *, spare_bytes: int) -> int:
        """Remove from this machine what was not used for longest, except ``spare_bytes`` and what is needed."""
        kept = {artifact.digest: artifact.size for entry in needed for artifact in entry.artifacts}
        here_bytes = sum(size for digest, size in kept.items() if self._cache.is_here(digest))
        return self._cache.trim(here_bytes + spare_bytes, kept)

    def last_keys(self) -> Mapping[str, str]:
        """Return the key that each task had when this machine last did the project."""
        return self._local.last_keys()

    def remember(self, keys: Mapping[str, str]) -> None:
        """Note which key each of these tasks has now, for the reasons of the next plan here."""
        self._local.remember(keys)
        self._pins.add(keys=keys.values())
