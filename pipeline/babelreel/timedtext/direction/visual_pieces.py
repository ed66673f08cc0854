"""Cut a line into pieces for a program that must not decide on their order itself.

The pieces stand from left to right as a reader sees them. Each runs one way whatever stands beside it: letters from
right to left are in logical order, so that they can be joined, all else is in visual order with its brackets mirrored.
A number in the digits of Arabic is a piece of its own: two of them turn what stands between them (rule N1).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from babelreel.timedtext.direction.bidi_algorithm import Placed, mirrored, visual_order

_MARKS = frozenset({"Mn", "Me"})
#: Bidi classes of letters that run from right to left, and of the digits of Arabic (U+0660 to U+0669).
_LETTERS, _DIGITS = frozenset({"R", "AL"}), "AN"
#: They say whether the letters beside them join, and belong to the one before them.
JOINERS = frozenset("\u200c\u200d")


class Piece(NamedTuple):
    """A stretch of a line as it is seen; ``is_rtl``: its letters run from right to left."""

    text: str
    is_rtl: bool


def visual_pieces(line: str, *, is_rtl: bool) -> tuple[Piece, ...]:
    """Cut one line, whose own direction is given, into pieces from left to right."""
    clusters = _clusters(line, visual_order(line, is_rtl=is_rtl))
    return tuple(
        Piece("".join(text for text, _ in (list(group)[::-1] if kind in _LETTERS else group)), kind in _LETTERS)
        for kind, group in groupby(clusters, key=lambda cluster: cluster[1])
    )


def _clusters(line: str, order: Sequence[Placed]) -> Iterator[tuple[str, str]]:
    """Yield each letter with its marks and joiners, from left to right, and which kind of piece it belongs to."""
    levels = {each.place: each.level for each in order}
    heads: dict[int, int] = {}
    for place in sorted(levels):
        follows = place and (line[place] in JOINERS or is_mark(line[place])) and levels.get(place - 1) == levels[place]
        heads[place] = heads[place - 1] if follows else place
    texts: dict[int, str] = {}
    for place, head in heads.items():
        texts[head] = texts.get(head, "") + line[place]
    for head in dict.fromkeys(heads[each.place] for each in order):
        text = texts[head]
        kind = unicodedata.bidirectional(text[0])
        if kind in _LETTERS:
            yield text, "AL"
        else:
            yield (mirrored(text[0]) if levels[head] % 2 else text[0]) + text[1:], kind if kind == _DIGITS else ""


def is_mark(character: str) -> bool:
    """Tell whether a character is drawn on or around the letter before it."""
    return unicodedata.category(character) in _MARKS
