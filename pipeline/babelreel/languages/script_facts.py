"""Derive facts of a language from its script."""

from __future__ import annotations

from typing import Any

from babelreel.model.language import Counting, Direction

#: ISO 15924 scripts that run from right to left (Unicode Standard, scripts of bidi class R or AL in present use).
_RTL_SCRIPTS = frozenset({"Arab", "Aran", "Adlm", "Hebr", "Mand", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa"})

#: Scripts whose characters fill a square and whose lines may break between any two of them.
_SQUARE_SCRIPTS = frozenset({"Hans", "Hant", "Hani", "Jpan"})

#: Scripts written without spaces between words; Korean has spaces.
_UNSPACED_SCRIPTS = _SQUARE_SCRIPTS | {"Thai", "Laoo", "Khmr", "Mymr"}


def facts_of_script(script: str) -> dict[str, Any]:
    """Return what a script (ISO 15924) says of the languages that are written in it."""
    return {
        "direction": (Direction.RTL if script in _RTL_SCRIPTS else Direction.LTR).value,
        "counting": (Counting.EAST_ASIAN if script in _SQUARE_SCRIPTS else Counting.GRAPHEMES).value,
        "has_italics": script in {"Latn", "Cyrl", "Grek"},
        "breaks_at_spaces": script not in _UNSPACED_SCRIPTS,
    }
