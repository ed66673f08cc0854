"""How is the result of a key written down: its document, and the files it led to?"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence

from babelreel.graph.key import canonical_json
from babelreel.graph.store import Artifact, Entry
from babelreel.graph.task import Json


def write_entry(document: Mapping[str, Json], artifacts: Sequence[Artifact]) -> bytes:
    """Write a key's document, whose SHA-256 is the key, and in a second line the files it led to."""
    stored: dict[str, Json] = {each.name: {"digest": each.digest, "size": each.size} for each in artifacts}
    return canonical_json(document) + b"\n" + canonical_json(stored)


def read_entry(content: bytes, key: str) -> tuple[Entry, dict[str, Json]] | None:
    """Read what ``write_entry`` wrote under a key; anything else is nothing."""
    try:
        first, second = content.split(b"\n")
        document, outputs = json.loads(first), json.loads(second)
        artifacts = tuple(
            Artifact(name=name, digest=str(each["digest"]), size=int(each["size"]))
            for name, each in sorted(outputs.items())
        )
        is_whole = hashlib.sha256(first).hexdigest() == key and sorted(outputs) == document["outputs"]
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    return (Entry(key=key, artifacts=artifacts), document) if is_whole else None
