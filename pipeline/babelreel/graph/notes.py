"""Remember what an earlier run found out, so that nobody needs to look again.

Each fact is a file of its own, ``notes/<topic>/<digest of the key>.json``, with the version of the topic, the key, the
value and the sum of these. A note that is missing, damaged, of another version or of another key does not count:
whoever asks looks again.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Generic, TypeVar

from babelreel.errors import MachineError, NoSpaceError
from babelreel.graph.files import make_way, write_atomically
from babelreel.model.json_codec import encode, parse_json
from babelreel.regular_files import read_regular

#: A larger file is not a note of ours: what is known of the cells of a film of two hours has some 2 MB.
_MOST_BYTES = 1 << 25
#: Hexadecimal digits of a file's name: two keys never share so many, and a key that does is a miss.
_NAME_CHARS = 32

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic(Generic[Value]):
    """One kind of facts: the folder ``name`` in which they lie, and how a value is read from its document.

    ``version`` counts up when the same thing would be found otherwise than before. ``read`` raises ``ValueError`` for
    anything else.
    """

    name: str
    version: int
    read: Callable[[object], Value]


class Notes:
    """The notes of a project, in a folder that is made with the first of them; safe for several threads."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @property
    def folder(self) -> Path:
        """Where they lie; it may not be there yet."""
        return self._folder

    def recall(self, topic: Topic[Value], key: str) -> Value | None:
        """Return what is known under a key, if anything is."""
        path = self._path(topic, key)
        try:
            note = parse_json(read_regular(path, _MOST_BYTES))
            is_of_ours = (note["version"], note["key"]) == (topic.version, key) and note["sum"] == _sum(note)
            return topic.read(note["value"]) if is_of_ours else None
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def keep(self, topic: Topic[Value], key: str, value: Value) -> None:
        """Note a value under a key, in the place of an earlier one.

        Where nothing can be written, nothing is kept: a note is a help to the next run, and no more.
        """
        note = {"version": topic.version, "key": key, "value": encode(value)}
        note["sum"] = _sum(note)
        make_way(self._path(topic, key))
        with suppress(MachineError, NoSpaceError):
            # in ASCII: a path that is not UTF-8 is written as what it is
            write_atomically(self._path(topic, key), json.dumps(note).encode("ascii"))

    def forget(self, topic: Topic[Value], key: str) -> None:
        """Take a note away, if there is one; on a read-only disk it stays."""
        make_way(self._path(topic, key))
        with suppress(OSError):
            self._path(topic, key).unlink(missing_ok=True)

    def has_any(self, topic: Topic[Value]) -> bool:
        """Tell whether anything at all was noted on a topic."""
        return any((self._folder / topic.name).glob("*.json"))

    def _path(self, topic: Topic[Value], key: str) -> Path:
        name = sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:_NAME_CHARS]
        return self._folder / topic.name / f"{name}.json"


def _sum(note: Mapping[str, Any]) -> str:
    """Compute the SHA-256 of a note's version, key and value: a flipped bit may leave a value of the right kind."""
    told = [note["version"], note["key"], note["value"]]
    return sha256(json.dumps(told, sort_keys=True, separators=(",", ":")).encode("ascii")).hexdigest()
