"""Find where the cues of a SubRip file begin, and the number of each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from babelreel.model.file_position import Spot
from babelreel.timedtext.formats.timestamp import (
    GAP,
    SUBRIP,
    Timing,
    has_arrow,
    has_bare_pair,
    read_time,
    read_timing,
)

# Nine digits at most: a number, not a line of digits that would take long to convert.
NUMBER = re.compile(rf"{GAP}(\d{{1,9}}){GAP}")


# "2." and "#2": read as a number where nothing else can have been meant.
_DRESSED_NUMBER = re.compile(rf"{GAP}([#(\[]?(?P<digits>\d{{1,9}})[.):\]]?){GAP}")


class Head(NamedTuple):
    """Where a block begins: indices (from 0) of its first line and of its timestamps; ``timing`` if readable.

    ``number_spot`` says where in the first line the number is; it is empty when there is none.
    """

    first: int
    at: int
    number: int | None
    number_spot: Spot
    timing: Timing | None


def blocks_of(lines: list[str]) -> Iterator[tuple[Head, int]]:
    """Yield the head of each block with the index (from 0) behind its last line."""
    before: Head | None = None
    for head in _heads(lines):
        if before:
            yield before, head.first
        before = head
    if before:
        yield before, len(lines)


def _heads(lines: list[str]) -> Iterator[Head]:
    body_start, before = 0, _Numbers()
    for index, line in enumerate(lines):
        if ":" not in line and ">" not in line:  # four lines of five
            continue
        is_arrow = has_arrow(line)
        if not is_arrow and not has_bare_pair(line):
            continue
        timing = read_timing(line, line=index + 1, form=SUBRIP)
        first, number, spot = _number_before(lines, index, body_start, before)
        is_at_head = first < index or is_blank(lines, index - 1)
        if not is_arrow and not (is_at_head and is_blank(lines, first - 1)):
            continue  # a text may hold two times
        if timing is not None or _is_broken_timing(line, is_at_head=is_at_head):
            yield Head(first=first, at=index, number=number, number_spot=spot, timing=timing)
            body_start, before = index + 1, _Numbers(before.above + 1, number)


class _Numbers(NamedTuple):
    """How many cues there are above a place, and the number of the last; ``None`` for one without."""

    above: int = 0
    last: int | None = None

    def may_go_on_with(self, number: int, *, is_apart: bool) -> bool:
        """Tell a number of a cue from a number that somebody says.

        In a file without numbers it would be the place of the cue. One that is ``is_apart`` from the times counts on.
        """
        if self.above == 0:
            return True
        if self.last is None:
            return number == self.above + 1
        return not is_apart or number == self.last + 1


def _number_before(lines: list[str], index: int, body_start: int, before: _Numbers) -> tuple[int, int | None, Spot]:
    """Find a cue's number: digits just before its timestamps, or a block of its own before blank lines."""
    above = index - 1
    while above >= body_start and is_blank(lines, above):
        above -= 1
    is_apart = above < index - 1
    if above >= body_start and (not is_apart or above == 0 or (above > body_start and is_blank(lines, above - 1))):
        has_blank = is_blank(lines, above - 1)
        match = NUMBER.fullmatch(lines[above])
        dressed = None if match or not has_blank else _DRESSED_NUMBER.fullmatch(lines[above])
        number = int(match[1]) if match else int(dressed["digits"]) if dressed else None
        found = match or dressed
        if found and number is not None and before.may_go_on_with(number, is_apart=is_apart):
            return above, number, Spot(*found.span(1))
    return index, None, Spot(0, 0)


def is_blank(lines: list[str], index: int) -> bool:
    """Tell whether a line has nothing on it that is seen; above the first line is nothing."""
    return index < 0 or not lines[index] or lines[index].isspace()


def _is_broken_timing(line: str, *, is_at_head: bool) -> bool:
    """Tell broken timestamps from a text that holds an arrow: by their place, or by one side that is a time."""
    if "-->" not in line or not any(character.isdigit() for character in line):
        return False
    return is_at_head or any(read_time(side, 0, line=0, form=SUBRIP) for side in line.split("-->", 1))
