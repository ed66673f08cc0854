"""Numbers with their nouns, as people say them."""

from __future__ import annotations


def count(number: int, noun: str, nouns: str = "") -> str:
    """Write a number with its noun, which gets an "s" unless its plural is given."""
    return f"{number} {noun}" if number == 1 else f"{number} {nouns or noun + 's'}"
