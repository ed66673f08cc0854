"""Name a character."""

from __future__ import annotations

import unicodedata


def name_character(character: str) -> str:
    """Name a character by its number and name in Unicode: ``U+2764 HEAVY BLACK HEART``."""
    return f"U+{ord(character):04X} {unicodedata.name(character, '')}".rstrip()
