"""Write a text in a TOML file of ours, in one line whatever it holds."""

from __future__ import annotations

import json


def quoted(text: str) -> str:
    """Write a basic string of TOML: as in JSON, but DEL must be escaped and lone surrogates cannot be."""
    return "".join(_escaped(char) for char in json.dumps(text, ensure_ascii=False))


def _escaped(char: str) -> str:
    if char == "\x7f":
        return "\\u007F"
    return "\ufffd" if "\ud800" <= char <= "\udfff" else char
