"""Name a result by everything that may change a byte of it: one document, and the number made from it."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from json.encoder import encode_basestring

from babelreel.graph.task import Json, Task

#: Raised when babelreel itself changes so that the same document would give other bytes.
SCHEMA_VERSION = 1

#: The usual kinds first: asking about abstract kinds is slow.
_MAPPINGS, _SEQUENCES = (dict, Mapping), (tuple, list, Sequence)
_CONSTANTS = {None: "null", True: "true", False: "false"}
#: Lists and mappings with as many words as this are rendered once: shorter ones cost nothing, longer ones are of a
#: single task.
_SHARED = range(8, 257)


def canonical_json(value: Json) -> bytes:
    """Write a value as the one JSON text it can have: keys sorted, no spaces, UTF-8.

    Raises ``TypeError`` for anything that is not exact JSON, floats above all: their text is not the same everywhere.
    """
    # a file name that is not UTF-8 holds lone surrogates; json.loads reads them back from bytes
    return _text(value).encode("utf-8", "surrogatepass")


def _text(value: object) -> str:
    if isinstance(value, str):
        return encode_basestring(value)
    if value is None or isinstance(value, bool):
        return _CONSTANTS[value]
    if isinstance(value, int):
        return int.__repr__(value)
    if not isinstance(value, tuple) and isinstance(value, _MAPPINGS):  # asking a tuple whether it is one is slow
        items = tuple(value.items())
        return _text_of_words(items) if _are_words(value.values()) else _mapping_text(items)
    if isinstance(value, _SEQUENCES) and not isinstance(value, bytes | bytearray):
        return _list_of_words(value) if isinstance(value, tuple) and _are_words(value) else _list_text(value)
    raise TypeError(f"{value!r} has no exact JSON form")


def _are_words(values: Collection[object]) -> bool:
    """Tell whether this may be a command line, or the settings that thousands of tasks share."""
    return len(values) in _SHARED and set(map(type, values)) == {str}


def _mapping_text(items: tuple[tuple[str, object], ...]) -> str:
    if {type(key) for key, _ in items} != {str} and not all(isinstance(key, str) for key, _ in items):
        raise TypeError(f"the keys of {dict(items)!r} must be text")
    return "{" + ",".join([f"{encode_basestring(key)}:{_text(each)}" for key, each in sorted(items, key=_key)]) + "}"


def _list_text(values: Iterable[object]) -> str:
    return "[" + ",".join(map(_text, values)) + "]"


def _key(item: tuple[str, object]) -> str:
    return item[0]


#: Only of text: 1 and True are equal, and have other texts.
_text_of_words = lru_cache(maxsize=256)(_mapping_text)
_list_of_words = lru_cache(maxsize=256)(_list_text)


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
    """Compute the SHA-256 of a key document's canonical JSON, hexadecimal."""
    return hashlib.sha256(canonical_json(document)).hexdigest()
