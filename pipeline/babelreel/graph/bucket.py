"""Keep objects in a bucket of S3, Google Cloud Storage, Azure or a service that speaks like one of them.

The only module that imports obstore, which is an extra: import this one where a bucket is used, and not before.
Credentials come from the environment or the cloud's own chain, as obstore finds them; they are never stored, printed or
passed on.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import obstore
from obstore.exceptions import BaseError
from obstore.store import from_url

from babelreel.errors import MachineError, UsageError

if TYPE_CHECKING:
    from obstore.store import ClientConfig, ObjectStore

#: How addresses of buckets begin; obstore knows more ways to say the same.
_SCHEMES = ("s3", "gs", "az")
#: A request that brings nothing for so long is tried again.
_SILENCE = timedelta(seconds=30)
#: A whole request: a part of a film on a slow line (5 MB at 100 kbit/s).
_REQUEST = timedelta(minutes=7)
#: After this long a store that does not answer is given up.
_PATIENCE = timedelta(minutes=5)
#: Parts of one file on their way at once: a slow line is shared by few.
_PARTS = 4


class Bucket:
    """Objects by path below a prefix; safe for several threads.

    All methods raise ``MachineError`` when the store does not answer, refuses us, or has no such bucket: that is never
    taken for an object that is not there.
    """

    def __init__(self, store: ObjectStore, address: str) -> None:
        self._store = store
        self.address = address
        """As the user wrote it, without any secret."""

    def read(self, path: str) -> bytes | None:
        """Give the bytes of an object, or ``None`` when there is none."""
        with self._errors():
            try:
                return bytes(obstore.get(self._store, path).bytes())
            except FileNotFoundError as error:
                if _is_without_bucket(error):
                    raise
                return None

    def put(self, path: str, content: Path | bytes, *, mime: str, cache: str) -> None:
        """Store an object in place of the one before, whole or not at all; a large file goes in parts.

        ``mime`` and ``cache`` become its ``Content-Type`` and ``Cache-Control``.
        """
        with self._errors():
            obstore.put(
                self._store,
                path,
                content,
                attributes={"Content-Type": mime, "Cache-Control": cache},
                max_concurrency=_PARTS,
            )

    def sizes(self) -> dict[str, int]:
        """Give the length in bytes of every object below the prefix, by path."""
        with self._errors():
            return {each["path"]: each["size"] for some in obstore.list(self._store) for each in some}

    def delete(self, paths: Sequence[str]) -> None:
        """Remove objects; one that is not there is no fault."""
        with self._errors():
            if paths:
                obstore.delete(self._store, list(paths))

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except (BaseError, OSError) as error:
            what, hint = _described(error)
            raise MachineError(what=what, where=self.address, why=_reason(error), hint=hint) from error


def open_bucket(address: str) -> Bucket:
    """Make ready to use the bucket of an address such as ``s3://films/rights``; nothing is sent yet.

    Raises ``UsageError`` for an address that is none.
    """
    parts = urlsplit(address)
    if parts.scheme not in _SCHEMES or not parts.netloc or "@" in parts.netloc or parts.query or parts.fragment:
        raise UsageError(
            what="This is no address of a bucket.",
            where=_without_secret(address),
            hint="Write s3://BUCKET/FOLDER, gs://BUCKET/FOLDER or az://ACCOUNT/CONTAINER/FOLDER, or a folder's path; "
            "credentials come from the environment.",
        )
    options: ClientConfig = {
        "timeout": _REQUEST,
        "read_timeout": _SILENCE,
        # what is given here takes the place of what the environment says of the same: a store on one's own machine
        "allow_http": os.environ.get("AWS_ALLOW_HTTP", "").lower() == "true",
    }
    return Bucket(from_url(address, client_options=options, retry_config={"retry_timeout": _PATIENCE}), address)


def _described(error: Exception) -> tuple[str, str]:
    """Say what an error of obstore means, and what to do; some of its kinds are told in its text only."""
    if isinstance(error, FileNotFoundError) or _is_without_bucket(error):
        return "There is no such bucket.", "Create the bucket, or correct its name."
    if any(code in str(error) for code in ("403 Forbidden", "401 Unauthorized")):
        names = "AWS_..., GOOGLE_..., AZURE_..."
        return (
            "The store does not let us in.",
            f"See that the credentials in your environment ({names}) may read, write, list and delete there.",
        )
    return (
        "The store does not do what it was asked for.",
        "Look at the connection and the address of the store, then run the same command again.",
    )


def _is_without_bucket(error: Exception) -> bool:
    """Tell "no such bucket" from "no such object": each cloud says it in the body of its answer."""
    return any(code in str(error) for code in ("NoSuchBucket", "ContainerNotFound", "bucket does not exist"))


def _reason(error: Exception) -> str:
    """Give what obstore says, without the addresses, bodies and chains of causes in it."""
    return str(error).split("\n", maxsplit=1)[0].split("<?xml", maxsplit=1)[0].strip()[:200]


def _without_secret(address: str) -> str:
    head, at, tail = address.rpartition("@")
    return f"…@{tail}" if at and head else address
