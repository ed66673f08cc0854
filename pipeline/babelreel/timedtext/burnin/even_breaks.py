"""Break a line that is too wide for the picture into lines that are as even as they can be."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import TypeAlias

#: In whatever unit: whole numbers take a tenth of the time of fractions.
Length: TypeAlias = Fraction | int | float
Width: TypeAlias = Callable[[str], Length]


def break_evenly(line: str, limit: Length, width: Width) -> tuple[str, ...]:
    """Break a line at spaces into as few lines as fit a width, the widest of them as narrow as possible.

    Where several breaks are equally good, the upper lines are the longer ones. A word that alone is wider than
    ``limit`` (in the unit of ``width``) stays whole.
    """
    words = line.split(" ")
    if width(line) <= limit or len(words) == 1:
        return (line,)
    widths = [width(word) for word in words]
    space = width(" ")
    lines = _filled(widths, space, max(limit, *widths))
    low, high = max(widths), max(limit, *widths)
    for _ in range(10):  # to a thousandth of the line: nobody sees less
        middle = (low + high) / 2
        low, high = (low, middle) if len(_filled(widths, space, middle)) <= len(lines) else (middle, high)
    pieces: list[str] = []
    for count in _filled(widths, space, high):
        pieces.append(" ".join(words[:count]))
        words = words[count:]
    return tuple(piece for piece in pieces if piece)


def _filled(widths: Sequence[Length], space: Length, limit: Length) -> list[int]:
    """Count the words that go on each line when every line takes as many as fit."""
    counts: list[int] = []
    used = limit
    for width in widths:
        if counts and used + space + width <= limit:
            counts[-1] += 1
            used += space + width
        else:
            counts.append(1)
            used = width
    return counts
