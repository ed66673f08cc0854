"""Make texts and lists short enough for a message."""

from __future__ import annotations

from collections.abc import Sequence

#: So much of a text is enough to recognise it.
_SHOWN_CHARACTERS = 60
#: So many lines or files are named in one message.
_MOST_NAMED = 5


def quoted(text: str) -> str:
    """Write the text of a line in one line between quotes, its end left out where it is long."""
    plain = " ".join(text.split())
    return f"“{plain if len(plain) <= _SHOWN_CHARACTERS else plain[:_SHOWN_CHARACTERS] + '…'}”"


def some(told: Sequence[str]) -> str:
    """Name the first few of some things."""
    return ", ".join(told[:_MOST_NAMED]) + (" …" if len(told) > _MOST_NAMED else "")
