"""What a card is made of, and in which ways its room is shared out."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from fractions import Fraction
from itertools import product
from typing import NamedTuple

#: What a heading takes of the height, or takes where there is little room.
_HEADING, _LOW_HEADING = Fraction(22, 100), Fraction(15, 100)


class Worth(IntEnum):
    """What a part of a card is, the one that has room before all others last."""

    ADDRESS = 1
    HEADING = 2
    CODE = 3
    WHO = 4
    NUMBER = 5


class Part(NamedTuple):
    """A part of a card, as people call it, and what is drawn of it: nothing where it is left out."""

    name: str
    worth: Worth
    drawn: tuple[str, ...]


class Arrangement(NamedTuple):
    """How a card shares its room out: what the heading takes of the height, and in how many columns numbers stand.

    ``is_close``: with less room between numbers. The first one is the usual one, and a later one is taken where more
    has room in it.
    """

    has_code: bool
    heading: Fraction
    columns: int
    is_close: bool
    has_who: bool = True


ARRANGEMENTS = (
    *(
        Arrangement(*each)
        for each in product((True, False), (_HEADING, _LOW_HEADING, Fraction(0)), (1, 2), (False, True))
    ),
    *(Arrangement(has_code, Fraction(0), 2, is_close=True, has_who=False) for has_code in (True, False)),
)


def later_arrangements(arrangement: Arrangement) -> tuple[Arrangement, ...]:
    """List the arrangements that come after one: each has room for more."""
    return ARRANGEMENTS[ARRANGEMENTS.index(arrangement) + 1 :]


def worth_of(parts: Sequence[Part]) -> tuple[int, ...]:
    """Count what is drawn, of what matters most first."""
    return tuple(sum(part.worth is worth and bool(part.drawn) for part in parts) for worth in reversed(Worth))
