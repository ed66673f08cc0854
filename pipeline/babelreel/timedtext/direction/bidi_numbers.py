"""Find the numbers that right-to-left text turns round, and how they look then."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from babelreel.timedtext.direction.bidi_algorithm import mirrored, overridden_places, visual_order
from babelreel.timedtext.direction.isolates import NUMBER, is_part_of_a_latin_word


class TurnedNumber(NamedTuple):
    """A stretch of a line that holds a number, and how the number looks there, from left to right."""

    start: int
    end: int
    shown: str


def turned_numbers(line: str) -> Iterator[TurnedNumber]:
    """Find each number that a right-to-left line shows in another order than it is written in.

    Spaces, a leading plus and brackets turn a number round; hyphens do after an Arabic letter; points, colons, slashes
    and no-break spaces do not. Nothing does after a Latin letter, or in a left-to-right isolate or embedding.
    """
    numbers = [match for match in NUMBER.finditer(line) if not match.group().isdecimal()]
    order = visual_order(line, is_rtl=True) if numbers else ()
    seen_as = {each.place: (rank, each.level) for rank, each in enumerate(order)}
    overridden = overridden_places(line)
    for match in numbers:
        start, end = match.span()
        if is_part_of_a_latin_word(match) or line[max(0, start - 1) : start].isdecimal():
            continue
        places = sorted((place for place in range(start, end) if place in seen_as), key=lambda place: seen_as[place][0])
        shown = "".join(mirrored(line[place]) if seen_as[place][1] % 2 else line[place] for place in places)
        if shown != match.group() and start not in overridden:
            yield TurnedNumber(start, end, shown)
