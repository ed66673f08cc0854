"""Write down and read the result of a key: its document, and the files that it led to."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Mapping, Sequence
from functools import lru_cache

from babelreel.graph.key import SCHEMA_VERSION, canonical_json
from babelreel.graph.store import Artifact, Entry
from babelreel.graph.task import Json


def write_entry(document: Mapping[str, Json], artifacts: Sequence[Artifact]) -> bytes:
    """Write a key's document, whose SHA-256 is the key, and in a second line the files it led to."""
    stored: dict[str, Json] = {each.name: {"digest": each.digest, "size": each.size} for each in artifacts}
    return canonical_json(document) + b"\n" + canonical_json(stored)


def read_entry(content: bytes, key: str) -> Entry | None:
    """Read the result that ``write_entry`` wrote under a key; ``None`` for anything else."""
    document, _, stored = content.partition(b"\n")
    if hashlib.sha256(document).hexdigest() != key:
        return None
    try:
        outputs = json.loads(stored.decode("utf-8", "surrogatepass"))
        # the results of all tasks have a few names: they are kept once
        artifacts = tuple(
            Artifact(name=sys.intern(name), digest=str(each["digest"]), size=int(each["size"]))
            for name, each in sorted(outputs.items())
        )
        is_whole = _makes(document, tuple(sorted(outputs)))
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    return Entry(key=key, artifacts=artifacts) if is_whole else None


def read_document(content: bytes, key: str) -> dict[str, Json] | None:
    """Read the key document that ``write_entry`` wrote under a key, where the result is whole."""
    if read_entry(content, key) is None:
        return None
    document: dict[str, Json] = json.loads(content.partition(b"\n")[0])  # it has the SHA-256 of what we wrote
    return document


def _makes(document: bytes, outputs: tuple[str, ...]) -> bool:
    """Tell whether a document is that of a task with these outputs."""
    # it ends with them, and reading it all would take longer than everything else
    is_ours: bool = document.endswith(_ending(outputs)) or json.loads(document)["outputs"] == list(outputs)
    return is_ours


@lru_cache(maxsize=256)
def _ending(outputs: tuple[str, ...]) -> bytes:
    """Write how the documents of all tasks with these outputs end."""
    return b"," + canonical_json({"outputs": outputs, "schema": SCHEMA_VERSION})[1:]
