"""The paths of everything in a shared store.

::

    probe                 shows that the store keeps what is there
    clock                 its time is the store's
    blobs/ab/abcd...      bytes under their SHA-256
    keys/12/1234....jsonl the result of a key, as in a project's own store; put there after all its blobs
    damaged/abcd...       a blob that was read and does not match its digest
    pins/....json         what a run uses, or a run used when this was written
    projects/...          who works on a project now
    gc/marks.json         what has been without use, and since when
"""

from __future__ import annotations

import re

PROBE = "probe"
BLOBS, KEYS, DAMAGED, PINS = "blobs", "keys", "damaged", "pins"
MARKS = "gc/marks.json"

_BLOB = re.compile(r"blobs/([0-9a-f]{2})/(\1[0-9a-f]{62})")
_KEY = re.compile(r"keys/([0-9a-f]{2})/(\1[0-9a-f]{62})\.jsonl")


def blob_path(digest: str) -> str:
    """Return where the bytes of a digest lie."""
    return f"{BLOBS}/{digest[:2]}/{digest}"


def key_path(key: str) -> str:
    """Return where the result of a key lies."""
    return f"{KEYS}/{key[:2]}/{key}.jsonl"


def damage_path(digest: str) -> str:
    """Return where it is noted that the bytes of a digest are not what they should be."""
    return f"{DAMAGED}/{digest}"


def pin_path(name: str) -> str:
    """Return where a pin of this name lies."""
    return f"{PINS}/{name}.json"


def lease_path(project: str) -> str:
    """Return where it is noted who works on a project."""
    return f"projects/{project}/lease.json"


def digest_at(path: str) -> str:
    """Return the digest, or the key, that a path belongs to; empty for a path that is not ours."""
    found = _BLOB.fullmatch(path) or _KEY.fullmatch(path)
    return found[2] if found else ""
