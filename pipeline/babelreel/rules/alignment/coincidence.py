"""Find the line on which the cues of a track and of the reference begin together more often than by chance.

This is for tracks whose cues are cut at other places: most of them begin where no cue of the reference does, but those
that follow a pause begin with it. It is the way in which a track is laid beside the voices of a film.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from babelreel.rules.alignment.lines import IN_STEP, TOLERANCE_MS, Line, settle

#: Looked for as far as this: the length of a long opening.
_REACH_MS = 60_000
#: A track that was timed at another rate began at the right time, or nearly so.
_REACH_OF_SLOPES_MS = 5_000
#: Slopes that move the last of a few minutes by seconds; the others are too near to 1 to be told from chance.
_SLOPES = (Fraction(24, 25), Fraction(25, 24), Fraction(960, 1001), Fraction(1001, 960))

#: Standard deviations by which chance must be beaten, since thousands of lines are tried, and any other line.
#: On 396 pairs of public captions and their translations these found no line that was wrong.
_ABOVE_CHANCE = 5
_ABOVE_OTHERS = 2

#: Fewer in-times lie on a line by the chance of a few that are all there are.
_FEWEST = 12

#: Lines this near to one another are one.
_APART_MS = 1000
#: A nearer one than this is as good as equal times: cuts of another hand are up to 380 ms off, all to one side.
_SMALLEST_SHIFT_MS = 400

_BIN_MS = 50
_BINS = 2 * TOLERANCE_MS // _BIN_MS
#: More cues than this are not looked at; they are taken from all over the track.
_SAMPLE = 500
#: With more in-times within reach of each cue, chance lays some on any line.
_MOST_WITHIN_REACH = 200


class _Peak(NamedTuple):
    """How many in-times the best shift of a slope lays near one of the reference, and how many the next best one."""

    matched: int
    line: Line
    second: int


def likeliest_line(ours: Sequence[int], theirs: Sequence[int]) -> Line | None:
    """Find the line on which clearly more in-times coincide than on any other; ``None`` where none stands out.

    Both are in order, without doubles. A line within 400 ms of equal times is that of equal times.
    """
    sample = ours[:: -(-len(ours) // _SAMPLE)]
    length = theirs[-1] - theirs[0]
    if length <= 0 or 2 * _REACH_MS * len(theirs) > _MOST_WITHIN_REACH * length:
        return None
    bins = _bins(sample, theirs, IN_STEP.slope, _REACH_MS)
    peaks = [
        _peak(bins, IN_STEP.slope),
        *(_peak(_bins(sample, theirs, each, _REACH_OF_SLOPES_MS), each) for each in _SLOPES),
    ]
    best = max(peaks)
    second = max(best.second, *(each.matched for each in peaks if not _is_kin(each.line.slope, best.line.slope)))
    by_chance = max(Fraction(1), Fraction(len(sample) * len(theirs) * 2 * TOLERANCE_MS, length))
    is_clear = _beats(best.matched, second, _ABOVE_OTHERS, by_chance)
    if best.matched < _FEWEST or not (is_clear and _beats(best.matched, by_chance, _ABOVE_CHANCE, by_chance)):
        return None
    line = settle(ours, theirs, best.line)
    is_shift = line.slope == 1
    if is_shift and abs(line.shift_ms) < _SMALLEST_SHIFT_MS:
        return IN_STEP
    in_step = max(_window(bins, place) for place in range(-_BINS, 1))
    return line if not is_shift or _beats(best.matched, in_step, _ABOVE_OTHERS, by_chance) else None


def _is_kin(one: Fraction, other: Fraction) -> bool:
    """Tell whether two slopes are so near (24 and 23.976 for 25) that a short track lies on lines of both."""
    return abs(one - other) < Fraction(1, 500)


def _beats(count: int, other: Fraction | int, deviations: int, by_chance: Fraction) -> bool:
    """Tell whether a count is greater than another by so many standard deviations of what chance produces."""
    return count > other and (count - other) ** 2 >= deviations**2 * by_chance


def _bins(ours: Sequence[int], theirs: Sequence[int], slope: Fraction, reach_ms: int) -> Counter[int]:
    """Count, for each shift in steps of 50 ms, the pairs of in-times that it would lay on one another."""
    bins: Counter[int] = Counter()
    for time in ours:
        moved = time * slope.numerator // slope.denominator
        near = theirs[bisect_left(theirs, moved - reach_ms) : bisect_right(theirs, moved + reach_ms)]
        bins.update((each - moved) // _BIN_MS for each in near)
    return bins


def _window(bins: Counter[int], place: int) -> int:
    return sum(bins[place + each] for each in range(_BINS))


def _peak(bins: Counter[int], slope: Fraction) -> _Peak:
    sums = {place: _window(bins, place) for place in bins}
    best = max(sums, key=lambda place: (sums[place], -abs(place)), default=0)
    far = (count for place, count in sums.items() if abs(place - best) * _BIN_MS > _APART_MS)
    return _Peak(sums.get(best, 0), Line(slope, best * _BIN_MS + TOLERANCE_MS), max(far, default=0))
