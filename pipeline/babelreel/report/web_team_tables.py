"""Write tables of what a web team may rely on, from what the program does."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from importlib.resources import files
from typing import Any


def render_manifest_keys() -> str:
    """Write the keys of ``manifest.json`` as a Markdown table, from its JSON Schema."""
    schema = json.loads((files("babelreel.delivery") / "manifest.schema.json").read_text("utf-8"))
    definitions = schema["$defs"]
    rows = [
        *_rows("", schema),
        *_rows("languages[].", definitions["language"]),
        *_rows("files[].", definitions["file"]),
    ]
    return "\n".join(("| key | always there | what it is |", "| --- | --- | --- |", *rows))


def render_types(types: Mapping[str, str]) -> str:
    """Write media types by ending as a Markdown table."""
    rows = (f"| `{ending}` | `{kind}` |" for ending, kind in sorted(types.items()))
    return "\n".join(("| ending | `Content-Type` |", "| --- | --- |", *rows))


def _rows(prefix: str, definition: Mapping[str, Any]) -> Iterator[str]:
    required = frozenset(definition.get("required", ()))
    for name, value in definition["properties"].items():
        yield f"| `{prefix}{name}` | {'yes' if name in required else ''} | {_meaning(value)} |"


def _meaning(value: Mapping[str, Any]) -> str:
    parts = []
    if "const" in value:
        parts.append(f"`{value['const']}`")
    if "enum" in value:
        parts.append(", ".join(f"`{each}`" if each else "empty" for each in value["enum"]))
    if "description" in value:
        parts.append(value["description"])
    if not parts:
        parts.append({"array": "a list, see below", "integer": "a whole number", "string": "text"}[value["type"]])
    return ": ".join(parts)
