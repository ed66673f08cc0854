"""How do tests write the small file that a translator's page makes, as its script does?"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Mapping
from typing import Any

from babelreel.model.exchange.sheets import Sheet

KIND = "babelreel answer 1"


def answer_of(sheet: Sheet, changes: Mapping[int, Mapping[str, Any]] | None = None, *, by: str = "Zoé") -> bytes:
    """Write the answer of somebody who changed these rows, by their places from 0."""
    lines = [
        {"key": str(row.key), "source": row.source, "text": row.text, "state": None, "comment": None}
        | dict((changes or {}).get(place, {}))
        for place, row in enumerate(sheet.rows)
    ]
    return summed({"kind": KIND, "film": sheet.title, "by": by, "lines": lines})


def summed(document: Mapping[str, Any]) -> bytes:
    """Put the sum under a document: the CRC-32 of what ``JSON.stringify`` makes of it."""
    compact = json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()
    return json.dumps({**document, "sum": f"{zlib.crc32(compact):08x}"}, ensure_ascii=False, indent=1).encode()


def lines_of(keys: Iterable[str]) -> list[dict[str, Any]]:
    """Make lines with these keys."""
    return [{"key": key, "source": "", "text": "x", "state": None, "comment": None} for key in keys]
