"""Keep results in a folder, so that none is made twice and no damaged one is used.

::

    store/files/ab/abcd...        the bytes of an artifact under their SHA-256; read-only
    store/keys/12/1234....jsonl   the key document, whose SHA-256 is the name, and in line 2 the artifacts it led to
    store/last.json               the key that each task had last, to say what changed since
    store/running/                folders of running tasks
"""

from __future__ import annotations

import hashlib
import json
import os
import threading
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext, suppress
from pathlib import Path

from babelreel.errors import BabelreelError
from babelreel.graph.entry_file import read_document, read_entry, write_entry
from babelreel.graph.files import damaged, digest_file, make_way, move_flushed, place_atomically, write_atomically
from babelreel.graph.key import canonical_json, key_of
from babelreel.graph.store import NOTHING_PUBLISHED, Artifact, Entry, Published
from babelreel.graph.task import Json
from babelreel.graph.workfolders import WorkFolders
from babelreel.regular_files import open_regular, read_regular
from babelreel.system_errors import house_errors

#: What each task had last; it is there as long as the store is.
LAST = "last.json"


class FolderStore:
    """Results by key, their bytes by digest. Safe for several threads; nothing is written before the first ``add``.

    A stored file's modification time is set to a number made from its digest: as long as size and time are the
    expected ones nobody has written to it, and it need not be read again to be believed.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._name = str(root)  # joining paths takes most of the time of looking for a hundred thousand results
        self.running = root / "running"
        """Where work folders lie, and locks of those who share the store; it may not be there yet."""
        self._work = WorkFolders(self.running)
        self._placing = threading.RLock()

    @property
    def identity(self) -> str:
        """Return an empty text: no other machine shares this store."""
        return ""

    def find(self, keys: Collection[str], published: Published = NOTHING_PUBLISHED) -> Mapping[str, Entry]:
        """Return what is stored under these keys, without results of which any part is missing or damaged.

        Damaged parts are removed. A file whose time is not the expected one is read and hashed. What is ``published``
        is not looked for.
        """
        return {key: entry for key in keys if (entry := self._find(key, published.get(key, ())))}

    def _find(self, key: str, published: Collection[str]) -> Entry | None:
        entry = self._read(key)
        if entry is None:
            return None
        needed = [each for each in entry.artifacts if each.digest not in published]
        if all([self._is_sound(each) for each in needed]):  # noqa: C419 -- every damaged file is to be removed
            return entry
        with suppress(OSError):  # on a read-only disk it stays, and stays a miss
            self._key_path(key).unlink(missing_ok=True)
        return None

    def document(self, key: str) -> dict[str, Json] | None:
        """Return the key document of a stored key, whether or not its artifacts are there."""
        try:
            return read_document(read_regular(self._key_path(key)), key)
        except (OSError, ValueError):
            return None

    def add(
        self,
        document: Mapping[str, Json],
        outputs: Mapping[str, Path],
        *,
        is_shared: bool = True,  # noqa: ARG002 -- whoever sees the folder has it all
    ) -> Entry:
        """Store the files that a task made, under the key of its document.

        Files in a work folder are moved; what is a link, or lies on another disk, is copied and stays as it is. Raises
        ``NoSpaceError`` or ``MachineError``; nothing is stored then.
        """
        artifacts = tuple(self.keep(path, name) for name, path in sorted(outputs.items()))
        key = key_of(document)
        make_way(self._key_path(key))
        write_atomically(self._key_path(key), write_entry(document, artifacts))
        return Entry(key=key, artifacts=artifacts)

    def take_in(self, path: Path, digest: str) -> None:
        """Do nothing: work on this machine reads the file where it is."""

    def share(self, digests: Collection[str]) -> None:
        """Do nothing: whoever sees the folder has it all."""

    def hold(self, project: str, state_dir: Path) -> AbstractContextManager[None]:  # noqa: ARG002 -- its lock says it all
        """Do nothing: only the project's own runs work here, one at a time."""
        return nullcontext()

    def check_held(self) -> None:
        """Do nothing: nobody takes a lock away."""

    def locate(self, digest: str) -> Path:
        """Return where the bytes of a digest lie; the file is not to be written to."""
        return self._root.joinpath("files", digest[:2], digest)

    def fetch(self, digest: str) -> Path:
        """Return where the bytes of a digest lie, after reading and hashing them.

        Raises ``DamagedError`` when they are not what was stored, or not there; they are removed then.
        """
        if not self.holds(digest):
            raise damaged(self.locate(digest))
        return self.locate(digest)

    def read(self, digest: str) -> bytes:
        """Read the bytes of a digest; raises what ``fetch`` raises."""
        content = self._content(digest)
        if content is None:
            self.fetch(digest)
            content = self._content(digest)  # the disk once failed to return it
        if content is None:
            raise damaged(self.locate(digest))
        return content

    def _content(self, digest: str) -> bytes | None:
        """Read a stored file; ``None`` when it is gone or damaged, or the disk fails to return it."""
        with suppress(OSError), open_regular(self.locate(digest)) as file:
            content = file.read()
            if hashlib.sha256(content).hexdigest() == digest:
                return content
        return None

    def drop_damaged(self, entries: Iterable[Entry]) -> int:
        """Read all files of these results, remove the damaged ones, and count those damaged or missing."""
        digests = {artifact.digest for entry in entries for artifact in entry.artifacts}
        return sum(not self.holds(digest) for digest in sorted(digests))

    def holds(self, digest: str) -> bool:
        """Tell whether the bytes of a digest are there and have it; others are removed."""
        path = self.locate(digest)
        try:
            if digest_file(path) == digest:
                return True
        except BabelreelError:  # it is gone, or the disk fails to return it
            pass
        with suppress(OSError):
            path.unlink(missing_ok=True)
        return False

    def hand_over(self, digests: Collection[str]) -> int:
        """Remove these files, which are published; their keys stay. Returns the bytes that were freed."""
        return sum(map(self._remove, digests))

    def collect(self, needed: Iterable[Entry], *, spare_bytes: int) -> int:
        """Remove what no longer leads to anything, oldest first, until at most ``spare_bytes`` of it are left.

        ``needed`` are the results that stay, of which some files may have been handed over. What is spared lets an edit
        be undone at no cost. Returns the bytes that were freed.
        """
        kept = {artifact.digest for entry in needed for artifact in entry.artifacts}
        excess = sum(path.lstat().st_size for path in self.files() if path.name not in kept) - spare_bytes
        freed = 0
        for path in sorted((self._root / "keys").glob("??/*.jsonl"), key=_age) if excess > 0 else ():
            stored = self._read(path.stem)
            artifacts = stored.artifacts if stored else ()
            if freed >= excess or (artifacts and all(each.digest in kept for each in artifacts)):
                continue
            with suppress(OSError):  # a folder that somebody named so
                path.unlink(missing_ok=True)
            freed += sum(self._remove(each.digest) for each in artifacts if each.digest not in kept)
        return freed

    def _remove(self, digest: str) -> int:
        path = self.locate(digest)
        with suppress(OSError):  # another key led to the same bytes, or the disk refuses
            size = path.lstat().st_size
            path.unlink()
            return size
        return 0

    def sweep(self) -> None:
        """Remove the workspaces that killed runs left behind."""
        self._work.sweep()

    def workspace(self) -> AbstractContextManager[Path]:
        """Provide an empty folder on the store's own file system, which is removed after the block."""
        return self._work.folder()

    def last_keys(self) -> dict[str, str]:
        """Return the key that each task had when it was last done, by task name."""
        try:
            names = json.loads(read_regular(self._root / LAST))
            return {str(name): str(key) for name, key in names.items()}
        except (OSError, ValueError, AttributeError):
            return {}

    def remember(self, keys: Mapping[str, str]) -> None:
        """Note which key each of these tasks has now; other tasks keep theirs."""
        known = self.last_keys()
        if keys.items() - known.items():
            make_way(self._root / LAST)
            write_atomically(self._root / LAST, canonical_json(known | dict(keys)))

    def size(self) -> int:
        """Add up the bytes of all stored files."""
        return sum(each.lstat().st_size for each in self.files())

    def files(self) -> Iterator[Path]:
        """List the paths of all stored files."""
        return (self._root / "files").glob("??/*")

    def _key_path(self, key: str) -> Path:
        return self._root.joinpath("keys", key[:2], f"{key}.jsonl")

    def _read(self, key: str) -> Entry | None:
        """Read a key's file; one that is not what was once written under this key counts as missing."""
        try:
            return read_entry(read_regular(f"{self._name}/keys/{key[:2]}/{key}.jsonl"), key)
        except (OSError, ValueError):
            return None

    def _is_sound(self, artifact: Artifact) -> bool:
        if _is_untouched(f"{self._name}/files/{artifact.digest[:2]}/{artifact.digest}", artifact):
            return True
        path = self.locate(artifact.digest)
        with self._placing:  # another thread may be putting it there
            if _is_untouched(path, artifact):
                return True
            with suppress(OSError, BabelreelError):
                if path.stat().st_size == artifact.size and digest_file(path) == artifact.digest:
                    with suppress(OSError):  # on a read-only disk it is read again the next time
                        os.utime(path, ns=_times_of(artifact))
                    return True
            with suppress(OSError):
                path.unlink(missing_ok=True)
            return False

    def keep(self, path: Path, name: str = "", *, digest: str = "") -> Artifact:
        """Store a file under its digest alone, and return what it is; raises what ``add`` raises.

        It is moved or copied as ``add`` says. ``digest`` is its own, where the caller has just read it.
        """
        with house_errors(path):
            stat = path.lstat()
            artifact = Artifact(name=name, digest=digest or digest_file(path), size=path.stat().st_size)
        target = self.locate(artifact.digest)
        with self._placing, house_errors(target):
            if self._is_sound(artifact):
                return artifact
            make_way(target)
            target.parent.mkdir(parents=True, exist_ok=True)
            if path.is_symlink() or stat.st_nlink > 1 or stat.st_dev != target.parent.stat().st_dev:
                place_atomically(path, target)  # moving it could take, or make read-only, a file of the user's
            else:
                move_flushed(path, target)
            if os.name == "posix":  # Windows neither replaces nor removes what is read-only
                target.chmod(0o444)
            os.utime(target, ns=_times_of(artifact))
        return artifact


def _age(path: Path) -> tuple[int, str]:
    """Order keys by when they were stored; those whose time is not known come first."""
    try:
        return path.stat().st_mtime_ns, path.name
    except OSError:
        return 0, path.name


def _is_untouched(path: Path | str, artifact: Artifact) -> bool:
    try:
        stat = os.stat(path)  # noqa: PTH116 -- asked of every result: Path.stat takes twice as long
    except OSError:
        return False
    return (stat.st_size, stat.st_mtime_ns) == (artifact.size, _times_of(artifact)[1])


def _times_of(artifact: Artifact) -> tuple[int, int]:
    """Compute the access and modification time of a stored file, in ns: in 2001 or 2002, an even second (FAT)."""
    time_ns = (1_000_000_000 + 2 * int(artifact.digest[:6], 16)) * 1_000_000_000
    return time_ns, time_ns
