"""Keep objects in a bucket of S3, Google Cloud Storage, Azure, a service with the API of one of them, or in a folder.

The only module that imports obstore, which is an extra: import this one where a bucket is used, never earlier.
Credentials come from the environment or the cloud's own chain, as obstore finds them; they are never stored, printed or
passed on.
"""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum, auto
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlsplit

import obstore
from obstore.exceptions import AlreadyExistsError, BaseError, PreconditionError
from obstore.store import LocalStore, S3Store, from_url

from babelreel.errors import MachineError
from babelreel.graph.bucket_address import no_address, refuse_no_bucket
from babelreel.graph.bucket_errors import is_final, is_without_bucket, refused
from babelreel.system_errors import house_errors

if TYPE_CHECKING:
    from obstore import Attributes, UpdateVersion
    from obstore.store import ClientConfig, ObjectStore

T = TypeVar("T")

#: A request that brings nothing for so long is repeated.
SILENCE = timedelta(seconds=30)
#: A connection that is not made within this time is tried again.
_CONNECTING = timedelta(seconds=5)
#: A whole request: a part of a film on a slow line (8 MB at 160 kbit/s).
_REQUEST = timedelta(minutes=7)
#: After this long without an answer, a store is given up.
PATIENCE = timedelta(minutes=5)
#: The most tries within that time; with fewer, obstore would give up earlier: its pauses grow to 15 seconds.
_TRIES = 100
#: What is larger goes in parts of this size.
PART_BYTES = 8 << 20
#: Parts of one file on their way at once: a slow line is shared by few.
_PARTS = 4
#: Pauses, in seconds, after a store said that something is there and did not have it: another's writing failed.
_CONFLICT_PAUSES_S = (0.2, 0.5, 1, 2, 5)
#: Pauses between tries of ours grow from the first of these, in seconds, to the second.
_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 0.2, 15.0


class _Refuse(Enum):
    """That an object is absent is an error."""

    ABSENT = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Stat:
    """What a store says of an object: ``modified`` is of the store's own clock.

    ``version`` names this content of it, for ``replace``; a list does not have it.
    """

    path: str
    size: int
    modified: datetime
    version: Mapping[str, str] = field(default_factory=dict)


class Bucket:
    """Objects by path below a prefix; safe for several threads.

    All methods raise ``MachineError`` when the store does not answer for ``PATIENCE``, refuses us, or has no such
    bucket: that is never taken for a missing object. Requests that may be repeated are.
    """

    def __init__(self, store: ObjectStore, address: str, patience: timedelta = PATIENCE) -> None:
        self._store = store
        self._patience_s = patience.total_seconds()
        self.address = address
        """As the user wrote it, without any secret."""

    @property
    def is_folder(self) -> bool:
        """Tell whether this is a folder, which has no ``replace``."""
        return isinstance(self._store, LocalStore)

    def read(self, path: str) -> bytes | None:
        """Read the bytes of an object; ``None`` when there is none."""
        return self._do(lambda: bytes(obstore.get(self._store, path).bytes()), absent=None)

    def stat(self, path: str) -> Stat | None:
        """Describe an object; ``None`` when there is none."""
        meta = self._do(lambda: obstore.head(self._store, path), absent=None)
        return meta and Stat(
            path=path,
            size=meta["size"],
            modified=meta["last_modified"],
            version=_version(meta["e_tag"], meta["version"]),
        )

    def download(self, path: str, target: Path) -> bool:
        """Write the bytes of an object to a new file, those of a large one in parts; tell whether there is one.

        Raises ``OSError`` where the file cannot be written.
        """
        nothing: tuple[int, bytes | None] = -1, None
        size, whole = self._do(lambda: self._begin(path), absent=nothing)
        if whole is not None:
            target.write_bytes(whole)
        elif size >= 0:
            with target.open("wb") as file:
                file.truncate(size)
            with ThreadPoolExecutor(_PARTS) as pool:
                starts = range(0, size, PART_BYTES)
                return all(pool.map(lambda start: self._bring(path, target, start, size), starts))
        return size >= 0

    def _begin(self, path: str) -> tuple[int, bytes | None]:
        result = obstore.get(self._store, path)
        size = result.meta["size"]
        return size, bytes(result.bytes()) if size <= PART_BYTES else None

    def _bring(self, path: str, target: Path, start: int, size: int) -> bool:
        end = min(size, start + PART_BYTES)
        part = self._do(lambda: obstore.get_range(self._store, path, start=start, end=end), absent=None)
        if part is None:
            return False
        with target.open("r+b") as file:
            file.seek(start)
            file.write(part)
        return True

    def put(self, path: str, content: Path | bytes, *, mime: str = "", cache: str = "") -> None:
        """Store an object in place of the one before, whole or not at all; a large file goes in parts.

        ``mime`` and ``cache`` become its ``Content-Type`` and ``Cache-Control``.
        """
        attributes = {
            name: value for name, value in (("Content-Type", mime), ("Cache-Control", cache)) if value
        } or None
        self._do(lambda: self._put(path, content, attributes))

    def _put(self, path: str, content: Path | bytes, attributes: Attributes | None) -> None:
        try:
            obstore.put(
                self._store, path, content, attributes=attributes, chunk_size=PART_BYTES, max_concurrency=_PARTS
            )
        except OSError:
            if isinstance(content, Path):  # it may be of our own file, and then says nothing of the store
                with house_errors(content), content.open("rb"):
                    pass
            raise

    def create(self, path: str, content: bytes) -> Stat | None:
        """Store an object where there is none, and return ``None``; else describe the one that is there.

        That may be what this very call has stored: its answer can get lost.
        """
        for pause_s in (0, *_CONFLICT_PAUSES_S):
            time.sleep(pause_s)
            try:
                self._do(lambda: obstore.put(self._store, path, content, mode="create"), answers=AlreadyExistsError)
            except AlreadyExistsError:
                if there := self.stat(path):
                    return there
            else:  # 409 without an object: another writer was at work, and has failed or cannot be seen yet
                return None
        raise MachineError(
            what="The store says that an object is there, and does not have it.",
            where=f"{self.address}/{path}",
            hint="Wait a minute, then run the same command again.",
        )

    def replace(self, path: str, content: bytes, version: Mapping[str, str]) -> Mapping[str, str] | None:
        """Store an object in place of exactly that version of it, and return the new version.

        Returns ``None`` when there is another one by now, which may be what this very call has stored.
        """
        mode: UpdateVersion = {}
        if "e_tag" in version:
            mode["e_tag"] = version["e_tag"]
        if "version" in version:
            mode["version"] = version["version"]
        try:
            result = self._do(lambda: obstore.put(self._store, path, content, mode=mode), answers=PreconditionError)
        except PreconditionError:
            return None
        return _version(result["e_tag"], result["version"])

    def list(self, prefix: str = "") -> Iterator[Stat]:
        """Yield all objects below a prefix, which consists of whole folders."""
        found = self._do(lambda: [each for some in obstore.list(self._store, prefix or None) for each in some])
        for each in found:
            yield Stat(path=each["path"], size=each["size"], modified=each["last_modified"])

    def folders(self, prefix: str) -> Sequence[str]:
        """List the paths of the folders that lie in one."""
        return self._do(lambda: obstore.list_with_delimiter(self._store, prefix))["common_prefixes"]

    def sizes(self) -> dict[str, int]:
        """Return the length in bytes of every object below the prefix, by path."""
        return {each.path: each.size for each in self.list()}

    def delete(self, paths: Sequence[str]) -> None:
        """Remove objects; a missing one is not an error."""
        if self.is_folder:  # a missing one would stop the removal of the others
            for path in paths:
                self._do(lambda path=path: obstore.delete(self._store, path), absent=None)  # type: ignore[misc]
        elif paths:
            self._do(lambda: obstore.delete(self._store, list(paths)))

    def signed_address(self) -> str | None:
        """Return the address that creates this bucket by PUT, valid for some minutes; ``None`` where there is none."""
        if not isinstance(self._store, S3Store):
            return None
        name = urlsplit(self.address).netloc
        return obstore.sign(S3Store(name, client_options=_client_options()), "PUT", "", timedelta(minutes=5))

    @property
    def region(self) -> str:
        """The region of a bucket of S3, as the environment says it."""
        return str(self._store.config.get("region", "")) if isinstance(self._store, S3Store) else ""

    def _do(
        self, call: Callable[[], T], *, absent: T | _Refuse = _Refuse.ABSENT, answers: type[Exception] | None = None
    ) -> T:
        """Send a request, and repeat it while that may help.

        ``absent`` is what "there is no such object" becomes; an exception of the kind ``answers`` is passed on.
        """
        deadline = time.monotonic() + self._patience_s
        pause_s = _FIRST_PAUSE_S
        while True:
            try:
                return call()
            except (BaseError, OSError, NotImplementedError) as error:
                if answers and isinstance(error, answers):
                    raise
                if (
                    isinstance(error, FileNotFoundError)
                    and absent is not _Refuse.ABSENT
                    and not is_without_bucket(error)
                ):
                    return absent
                if is_final(error) or time.monotonic() + pause_s > deadline:
                    raise refused(error, self.address) from error
            time.sleep(pause_s * random.uniform(0.5, 1))  # noqa: S311 -- so that many do not come back at once
            pause_s = min(2 * pause_s, _LONGEST_PAUSE_S)


def open_bucket(address: str, *, patience: timedelta | None = None) -> Bucket:
    """Prepare the bucket of an address such as ``s3://films/rights``; nothing is sent yet.

    A store that does not answer is given up after ``patience``, as a rule ``PATIENCE``. Raises ``UsageError`` for a
    wrong address, and ``MachineError`` for wrong credentials.
    """
    refuse_no_bucket(address)
    patience = patience or PATIENCE
    try:
        store = from_url(
            address,
            client_options=_client_options(patience),
            retry_config={"retry_timeout": patience, "max_retries": _TRIES},
        )
    except ValueError as error:
        raise no_address(address) from error
    except BaseError as error:  # of credentials that are wrong, or missing
        raise refused(error, address) from error
    return Bucket(store, address, patience)


def open_folder(folder: Path) -> Bucket:
    """Prepare a folder, which is made, to be used as a bucket; it has no ``replace``."""
    with house_errors(folder):
        folder.mkdir(parents=True, exist_ok=True)
    return Bucket(LocalStore(folder), str(folder))


def _client_options(patience: timedelta | None = None) -> ClientConfig:
    return {
        "timeout": _REQUEST,
        "read_timeout": min(patience or SILENCE, SILENCE),
        "connect_timeout": _CONNECTING,
        # what is given here takes the place of what the environment says of the same: a store on one's own machine
        "allow_http": os.environ.get("AWS_ALLOW_HTTP", "").lower() == "true",
    }


def _version(e_tag: str | None, version: str | None) -> Mapping[str, str]:
    """Name a version as obstore takes it: without what the store does not report."""
    return {name: value for name, value in (("e_tag", e_tag), ("version", version)) if value is not None}
