"""Tell whether an address names a bucket or a folder, without asking whether it is there."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

from babelreel.errors import UsageError

#: How addresses of buckets begin; obstore knows more ways to say the same.
SCHEMES = ("s3", "gs", "az")
#: What begins like an address may be a mistyped one, but is not a folder: "./s3:" is how to name a folder so. One
#: letter and a colon is a disk of Windows.
_LIKE_AN_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:|(?:s3|gs|az)//", re.ASCII)
#: Names of buckets and containers, of all three clouds together; a folder's name may have almost any character.
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{1,221}", re.ASCII)
#: Where an S3 store other than Amazon's is, by the names that obstore knows.
_ENDPOINTS = ("AWS_ENDPOINT_URL", "AWS_ENDPOINT", "AWS_ENDPOINT_URL_S3")


def is_bucket(address: str) -> bool:
    """Tell whether an address is meant for a bucket, not for a folder."""
    return bool(_LIKE_AN_ADDRESS.match(address))


def refuse_no_bucket(address: str) -> None:
    """Raise ``UsageError`` for an address that cannot be a bucket's, or whose store the environment names wrongly."""
    try:
        parts = urlsplit(address)
    except ValueError as error:
        raise no_address(address) from error
    is_plain = parts.netloc and not parts.query and not parts.fragment and _NAME.fullmatch(parts.netloc)
    if parts.scheme not in SCHEMES or not is_plain or not _is_path(parts.path):
        raise no_address(address)
    if parts.scheme == "s3":
        for name in _ENDPOINTS:
            _refuse_endpoint(name, os.environ.get(name, ""))


def _is_path(path: str) -> bool:
    """Tell whether a path leads through folders that all have names; a last slash does not count."""
    folders = path.removeprefix("/").removesuffix("/")
    return not folders or all(each not in {"", ".", ".."} for each in folders.split("/"))


def _refuse_endpoint(name: str, endpoint: str) -> None:
    if not endpoint or endpoint.startswith("https://"):
        return
    if not endpoint.startswith("http://"):
        raise UsageError(
            what=f"{name} in the environment is no address of a store.",
            where=without_secret(endpoint),
            hint="It begins with https://, or with http:// for a store that nobody else can listen to.",
        )
    if os.environ.get("AWS_ALLOW_HTTP", "").lower() != "true":
        raise UsageError(
            what=f"{name} in the environment is an address by http://, which anybody on the way can read.",
            where=without_secret(endpoint),
            hint="Use https://, or set AWS_ALLOW_HTTP=true for a store on this machine or in a network of your own.",
        )


def no_address(address: str) -> UsageError:
    """Return the error for what is not an address of a bucket."""
    return UsageError(
        what="This is no address of a bucket.",
        where=without_secret(address),
        hint="Write s3://BUCKET/FOLDER, gs://BUCKET/FOLDER or az://CONTAINER/FOLDER, or a folder's path; "
        "credentials come from the environment.",
    )


def folder_of(address: str, root: Path | None = None) -> Path:
    """Return the folder at the path that an address is; it may be absent, and counts from ``root``, or from here.

    Raises ``UsageError`` where there is something else, or no folder can have the path.
    """
    folder = None
    with suppress(ValueError, RuntimeError):  # a name that none can have; no user has the one after "~"
        folder = (root or Path.cwd()) / Path(address).expanduser()
        if not address.strip() or "\0" in address or (folder.exists() and not folder.is_dir()):
            folder = None
    if folder is None:
        raise UsageError(
            what="This is no folder.",
            where=address,
            hint="Give the path of a folder, or an address such as s3://BUCKET/FOLDER.",
        )
    return folder


def without_secret(address: str) -> str:
    """Return an address without the name and password that may stand in it."""
    head, at, tail = address.rpartition("@")
    return f"…@{tail}" if at and head else address
