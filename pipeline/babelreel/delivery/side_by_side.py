"""Put the cues of two languages beside each other, as they are shown at the same time."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from babelreel.model.timecode import Span
from babelreel.model.track import Cue

#: Two cues that share so much of the shorter one's time belong together; less is how translators cut their lines.
_SHARED_PERCENT = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What is said in two languages at the same time; one of them may say nothing meanwhile."""

    first: tuple[Cue, ...]
    second: tuple[Cue, ...]

    @property
    def span(self) -> Span:
        """When it is said, in either language."""
        cues = (*self.first, *self.second)
        return Span(start_ms=min(cue.span.start_ms for cue in cues), end_ms=max(cue.span.end_ms for cue in cues))


def rows_of(first: Sequence[Cue], second: Sequence[Cue]) -> tuple[Row, ...]:
    """List rows by their time; each cue with text stands in one of them, in the order of its track's times.

    A line that stands for two of the other language stands beside both.
    """
    ours, theirs = ([cue for cue in _by_time(cues) if cue.text.strip()] for cues in (first, second))
    starts, ends = [cue.span.start_ms for cue in theirs], list(accumulate((cue.span.end_ms for cue in theirs), max))
    rows: list[tuple[list[int], list[int]]] = []  # the places of both languages' cues in a row
    row_of: dict[int, int] = {}  # the row of each cue of the second language
    for place, cue in enumerate(ours):
        near = range(bisect_right(ends, cue.span.start_ms), bisect_left(starts, cue.span.end_ms))
        beside = [each for each in near if _belong_together(cue, theirs[each])]
        at = min((row_of[each] for each in beside if each in row_of), default=len(rows))
        rows[at:] = [_merged([*rows[at:], ([place], beside)])]  # rows from there on are one: time goes one way only
        row_of |= dict.fromkeys(rows[at][1], at)
    alone = [Row(first=(), second=(cue,)) for place, cue in enumerate(theirs) if place not in row_of]
    found = [Row(first=_cues(ours, one), second=_cues(theirs, other)) for one, other in rows]
    return tuple(sorted([*found, *alone], key=lambda row: (row.span.start_ms, row.span.end_ms)))


def _merged(rows: Sequence[tuple[list[int], list[int]]]) -> tuple[list[int], list[int]]:
    firsts, seconds = (sorted({place for row in rows for place in row[side]}) for side in (0, 1))
    return firsts, seconds


def _cues(cues: Sequence[Cue], places: Sequence[int]) -> tuple[Cue, ...]:
    return tuple(cues[place] for place in places)


def _by_time(cues: Sequence[Cue]) -> list[Cue]:
    return sorted(cues, key=lambda cue: (cue.span.start_ms, cue.span.end_ms))


def _belong_together(one: Cue, other: Cue) -> bool:
    together_ms = min(one.span.end_ms, other.span.end_ms) - max(one.span.start_ms, other.span.start_ms)
    shortest_ms = min(one.span.duration_ms, other.span.duration_ms)
    return together_ms > 0 and 100 * together_ms >= _SHARED_PERCENT * shortest_ms
