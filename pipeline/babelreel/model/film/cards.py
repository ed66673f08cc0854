"""The title and the end of a film as cards over its own first and last seconds, as one language shows them."""

from __future__ import annotations

from dataclasses import dataclass

from babelreel.model.timecode import Span

#: The squares of a code that a phone's camera reads, row by row: dark ones are true.
Code = tuple[tuple[bool, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cards:
    """For how long both are shown, in ms; 0 where there is none."""

    title_ms: int = 0
    end_ms: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownCard:
    """A card as it is shown: a heading, numbers to call each with who answers, an address and its code.

    ``foot`` is whose film it is. ``ground`` and ``color`` are ``#rrggbb``, of the card and of what is written on it.
    """

    span: Span
    heading: str
    numbers: tuple[tuple[str, str], ...] = ()
    foot: str = ""
    address: str = ""
    code: Code = ()
    ground: str
    color: str
