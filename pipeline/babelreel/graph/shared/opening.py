"""Prepare a shared store: its bucket is made when it is absent, and it must keep what is there."""

from __future__ import annotations

import hashlib
import secrets
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from datetime import timedelta
from urllib.parse import urlsplit

from babelreel.errors import MachineError, UsageError
from babelreel.graph.bucket import Bucket, open_bucket, open_folder
from babelreel.graph.bucket_address import folder_of, is_bucket
from babelreel.graph.bucket_errors import NoBucketError
from babelreel.graph.folder_store import FolderStore
from babelreel.graph.shared.bucket_store import BucketStore
from babelreel.graph.shared.layout import PROBE

#: A store that is asked for the first time and does not answer is likely to have another address.
_FIRST_PATIENCE = timedelta(seconds=30)
_CREATING_S = 30
#: A bucket that was just made is there for everybody after some seconds.
_PAUSES_S = (0.2, 1, 2, 4)
#: Where no region is set, S3 puts a bucket here and refuses to be given its name.
_FIRST_REGION = "us-east-1"
_COMMANDS = {
    "s3": "aws s3 mb s3://{name}",
    "gs": "gcloud storage buckets create gs://{name}",
    "az": "az storage container create --name {name}",
}


def open_shared_store(
    address: str, local: FolderStore, *, warn: Callable[[str], None], cache_bytes: int | None = None
) -> BucketStore:
    """Open the store at an address (``s3://``, ``gs://``, ``az://``), or in a folder that all machines see.

    Raises ``UsageError`` for a wrong address, and ``MachineError`` for a store that does not answer, cannot be made,
    or overwrites what it should keep.
    """
    bucket = open_shared(address)
    return BucketStore(bucket, local, identity=_identity(bucket), warn=warn, cache_bytes=cache_bytes)


def _identity(bucket: Bucket) -> str:
    """Name a store by a random text that its first user has put there: no two stores have the same."""
    return hashlib.sha256(bucket.read(PROBE) or b"").hexdigest()[:16]


def open_shared(address: str) -> Bucket:
    """Open the bucket, or the folder, of a shared store, as ``open_shared_store`` says."""
    if not is_bucket(address):
        bucket = open_folder(folder_of(address))
        _refuse_overwriting(bucket)
        return bucket
    first = open_bucket(address, patience=_FIRST_PATIENCE)
    try:
        _refuse_overwriting(first)
    except NoBucketError:
        _make_bucket(first)
        _refuse_overwriting(first)
    return open_bucket(address)


def open_existing(address: str) -> Bucket:
    """Open the bucket or the folder of a shared store without making anything; raises what ``open_shared`` raises."""
    if is_bucket(address):
        open_bucket(address, patience=_FIRST_PATIENCE).read(PROBE)
        return open_bucket(address)
    folder = folder_of(address)
    if not folder.is_dir():
        raise UsageError(
            what="There is no such folder.", where=str(folder), hint="Correct its name, or connect its disk."
        )
    return open_folder(folder)


def _refuse_overwriting(bucket: Bucket) -> None:
    """Ask a store twice to create an object that may be there already: it must refuse at least once."""
    if any(bucket.create(PROBE, secrets.token_bytes(16)) for _ in range(2)):
        return
    raise MachineError(
        what="This store overwrites what it was told to keep: two machines would take each other's results away.",
        where=bucket.address,
        why='it does not know "If-None-Match: *", or takes no notice of it',
        hint='Use one that does: S3, Google, Azure, SeaweedFS >= 4.48, or a shared folder; "rclone serve s3" does not.',
    )


def _make_bucket(bucket: Bucket) -> None:
    """Make the bucket of an address, which is possible with S3 and what speaks like it."""
    parts = urlsplit(bucket.address)
    address = bucket.signed_address()
    why = "only buckets of S3 can be made from here"
    if address:
        region = bucket.region
        body = "" if region in {"", _FIRST_REGION} else _place_in(region)
        request = urllib.request.Request(address, data=body.encode(), method="PUT")  # noqa: S310 -- of the store itself
        try:
            with urllib.request.urlopen(request, timeout=_CREATING_S):  # noqa: S310 -- see above
                _wait_for(bucket)
                return
        except urllib.error.HTTPError as error:
            if error.code == 409:  # noqa: PLR2004 -- another has made it just now
                return
            why = f"{error.code} {error.reason}"
        except OSError as error:
            why = str(error.args[0]) if error.args else type(error).__name__
    raise MachineError(
        what="There is no such bucket, and it cannot be made.",
        where=bucket.address,
        why=why,
        hint=f"Make it: {_COMMANDS[parts.scheme].format(name=parts.netloc)}",
    )


def _wait_for(bucket: Bucket) -> None:
    for pause_s in _PAUSES_S:
        try:
            bucket.read(PROBE)
        except MachineError:
            time.sleep(pause_s)
        else:
            return


def _place_in(region: str) -> str:
    return (
        '<CreateBucketConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/">'
        f"<LocationConstraint>{region}</LocationConstraint></CreateBucketConfiguration>"
    )
