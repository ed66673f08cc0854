"""Lay the times of a track on those of the reference, and find the stretches that only one of them has.

Pure arithmetic on whole milliseconds. A translation merges and splits cues freely, so nothing here pairs cue with cue:
in-times are compared with the nearest ones, and stretches by the time they cover.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import accumulate, pairwise, product
from math import ceil
from operator import itemgetter
from typing import NamedTuple

from babelreel.model.timecode import Span
from babelreel.rules.alignment.coincidence import likeliest_line
from babelreel.rules.alignment.lines import IN_STEP, KNOWN_SLOPES, TOLERANCE_MS, Line, count_near, residual, settle

#: Fewer cues than this fit many lines, and prove none.
FEWEST_CUES = 10

#: Slopes further from 1 than any mistake of rates: such a line fits by chance.
_SLOPES = (Fraction(9, 10), Fraction(11, 10))

#: So near to a line lie in-times that were set by another rate alone: a frame of a film of 25 frames a second.
_EXACT_MS = 40

_SAMPLE = 64
_ANCHORS = 4


class Alignment(NamedTuple):
    """``line`` holds for in-times before ``turn_ms``, ``later`` from there on; both are one where nothing turns.

    One that is not ``is_sure`` is that of equal times because nothing speaks for any line.
    """

    line: Line = IN_STEP
    later: Line = IN_STEP
    turn_ms: int = 0
    is_sure: bool = True

    def line_at(self, time_ms: int) -> Line:
        """Choose the line that holds at a time of the track."""
        return self.line if time_ms < self.turn_ms else self.later

    def at(self, span: Span) -> Span:
        """Compute where in the reference a cue of the track belongs."""
        line = self.line_at(span.start_ms)
        return Span(start_ms=line.at(span.start_ms), end_ms=line.at(span.end_ms))


@lru_cache(maxsize=4)  # several rules ask for the same one in a row
def align(track: tuple[int, ...], reference: tuple[int, ...]) -> Alignment:
    """Find the line on which most in-times of a track lie on in-times of the reference.

    Without good evidence for another one it is the line of equal times. Three fifths of the cues must lie on it, for a
    slope of no known cause three quarters, and a fifth more than lie on equal times. Where the cues are cut at other
    places, so that no line has so many, it is the one that clearly has more than chance would give it. Work is linear
    in the cues.
    """
    ours, theirs = sorted(set(track)), sorted(set(reference))
    if min(len(ours), len(theirs)) < FEWEST_CUES:
        return Alignment()
    in_step = count_near(ours, theirs, IN_STEP)
    if 5 * in_step >= 4 * len(ours):
        return Alignment()
    line, near = _best_line(ours, theirs)
    turn = _best_turn(ours, theirs)
    if turn and 5 * (turn[1] - max(near, in_step)) >= len(ours) and 5 * turn[1] >= 4 * len(ours):
        return turn[0]
    needed = Fraction(3, 5) if line.slope in KNOWN_SLOPES else Fraction(3, 4)
    if near >= needed * len(ours) and 5 * (near - in_step) >= len(ours):
        return Alignment(line, line)
    if 5 * in_step >= 3 * len(ours):
        return Alignment()
    likeliest = likeliest_line(ours, theirs)
    return Alignment(likeliest, likeliest) if likeliest else Alignment(is_sure=False)


def _best_line(ours: Sequence[int], theirs: Sequence[int]) -> tuple[Line, int]:
    """Try all lines through one of the first and one of the last cues, and settle the best among its neighbours.

    In-times that were set by hand lie a little beside any line, and with some luck a few more of them lie near to one
    that drifts: a mere shift is taken as long as no drift has clearly more. Where most lie on a drift to a frame, more
    are counted as finely: over a few minutes, a shift is everywhere near to a drift of a thousandth.
    """
    sample = ours[:: -(-len(ours) // _SAMPLE)]
    lines = {line: count_near(sample, theirs, line) for line in dict.fromkeys(_candidates(ours, theirs))}
    best = max(lines, key=lambda each: (lines[each], each.slope in KNOWN_SLOPES))
    shift = max((each for each in lines if each.slope == 1), key=lines.__getitem__)
    (best, near), (shift, shifted) = (_settled(ours, theirs, each) for each in (best, shift))
    clearly = ceil(Fraction(len(ours), 5))
    exact, shift_exact = (count_near(ours, theirs, each, within_ms=_EXACT_MS) for each in (best, shift))
    is_exact = 4 * exact >= 3 * len(ours) and exact - shift_exact >= clearly
    return (best, near) if is_exact or near - shifted >= clearly else (shift, shifted)


def _settled(ours: Sequence[int], theirs: Sequence[int], line: Line) -> tuple[Line, int]:
    settled = settle(ours, theirs, line)
    return settled, count_near(ours, theirs, settled)


def _candidates(ours: Sequence[int], theirs: Sequence[int]) -> Iterator[Line]:
    starts = tuple(product(ours[:_ANCHORS], theirs[:_ANCHORS]))
    ends = tuple(product(ours[-_ANCHORS:], theirs[-_ANCHORS:]))
    for time, place in (*starts, *ends):
        for slope in KNOWN_SLOPES:
            yield _through(time, place, slope)
    low, high = _SLOPES
    for (time, place), (last, last_place) in product(starts, ends):
        if last > time and low <= (slope := Fraction(last_place - place, last - time)) <= high:
            yield _through(time, place, slope)


def _through(time_ms: int, place_ms: int, slope: Fraction) -> Line:
    return Line(slope, place_ms - time_ms * slope.numerator // slope.denominator)


def _best_turn(ours: Sequence[int], theirs: Sequence[int]) -> tuple[Alignment, int] | None:
    """Find two shifts, one for the first cues and one for the last, and where the one gives way to the other."""
    third = len(ours) // 3
    first = _best_shift(ours[:third], theirs, product(ours[:_ANCHORS], theirs[: 2 * _ANCHORS]))
    last = _best_shift(ours[-third:], theirs, product(ours[-_ANCHORS:], theirs[-2 * _ANCHORS :]))
    if first == last:
        return None
    before = [abs(residual(time, theirs, first)) <= TOLERANCE_MS for time in ours]
    after = [abs(residual(time, theirs, last)) <= TOLERANCE_MS for time in ours]
    gains = accumulate((one - other for one, other in zip(before, after, strict=True)), initial=0)
    index, gain = max(enumerate(gains), key=itemgetter(1))
    if not third // 2 <= index <= len(ours) - third // 2:
        return None
    return Alignment(first, last, ours[index]), sum(after) + gain


def _best_shift(ours: Sequence[int], theirs: Sequence[int], anchors: Iterable[tuple[int, int]]) -> Line:
    sample = ours[:: -(-len(ours) // _SAMPLE)]
    shifts = sorted({0, *(place - time for time, place in anchors)}, key=abs)
    lines = [Line(Fraction(1), shift) for shift in shifts]
    return settle(ours, theirs, max(lines, key=lambda line: count_near(sample, theirs, line)))


def covered_ms(spans: Sequence[Span], by: Iterable[Span]) -> list[int]:
    """Measure for each span how much of it is covered by others, which may overlap one another."""
    cover = _joined(by)
    starts, ends = [each[0] for each in cover], [each[1] for each in cover]
    sums = list(accumulate((end - start for start, end in cover), initial=0))

    def before(time_ms: int) -> int:
        index = bisect_right(starts, time_ms)
        return sums[index] - max(0, ends[index - 1] - time_ms) if index else 0

    return [before(span.end_ms) - before(span.start_ms) for span in spans]


def _joined(spans: Iterable[Span]) -> list[list[int]]:
    joined: list[list[int]] = []
    for start, end in sorted((span.start_ms, span.end_ms) for span in spans if span.duration_ms > 0):
        if joined and start <= joined[-1][1]:
            joined[-1][1] = max(joined[-1][1], end)
        else:
            joined.append([start, end])
    return joined


def runs(flags: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Yield the first and the last index of each run of ``True``."""
    edges = [index for index, (one, other) in enumerate(pairwise((False, *flags, False))) if one != other]
    yield from ((start, end - 1) for start, end in zip(edges[::2], edges[1::2], strict=True))
