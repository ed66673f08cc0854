"""What is a character called?"""

from __future__ import annotations

import unicodedata


def name_character(character: str) -> str:
    """Give the number and the name that Unicode has for a character: ``U+2764 HEAVY BLACK HEART``."""
    return f"U+{ord(character):04X} {unicodedata.name(character, '')}".rstrip()
