"""Which result is this: what may change a byte of it, as one document and one number?"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence

from babelreel.graph.task import Json, Task

#: Raised when babelreel itself changes so that the same document would give other bytes.
SCHEMA_VERSION = 1


def canonical_json(value: Json) -> bytes:
    """Write a value as the one JSON text it can have: keys sorted, no spaces, UTF-8.

    Raises ``TypeError`` for anything that is not exact JSON, floats above all: their text is not the same everywhere.
    """
    text = json.dumps(_plain(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    # a file name that is not UTF-8 holds lone surrogates; json.loads reads them back from bytes
    return text.encode("utf-8", "surrogatepass")


def _plain(value: object) -> object:
    if value is None or isinstance(value, str | int):
        return value
    if isinstance(value, Mapping):
        if not all(isinstance(key, str) for key in value):
            raise TypeError(f"the keys of {value!r} must be text")
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, bytes | bytearray):
        return [_plain(each) for each in value]
    raise TypeError(f"{value!r} has no exact JSON form")


def key_document(task: Task, digests: Mapping[str, str]) -> dict[str, Json]:
    """Gather everything that can change a byte of a task's outputs; ``digests`` holds that of each input by name.

    Left out are the task's name, language and rendition (labels: two tasks that differ in nothing else share one
    result), its weight, and where its inputs lie.
    """
    return {
        "schema": SCHEMA_VERSION,
        "kind": task.kind,
        "action": task.action.document(),
        "inputs": {each.name: digests[each.name] for each in task.inputs},
        "outputs": sorted(task.outputs),
        "facts": dict(task.facts),
    }


def key_of(document: Mapping[str, Json]) -> str:
    """Give the SHA-256 of a key document's canonical JSON, hexadecimal."""
    return hashlib.sha256(canonical_json(document)).hexdigest()
