"""Lines on which the times of a track may lie beside those of its reference, and a count of the in-times on one."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

#: In-times that lie this near to one another are taken for the same: five frames of a film of 25 frames a second.
TOLERANCE_MS = 200

#: How much longer the time of the reference is than that of a track that was timed at another rate, and why.
KNOWN_SLOPES = {
    Fraction(1): "",
    Fraction(24, 25): "24 frames a second, and the film runs at 25",
    Fraction(25, 24): "25 frames a second, and the film runs at 24",
    Fraction(1000, 1001): "23.976 frames a second, and the film runs at 24 (or 29.97 and 30)",
    Fraction(1001, 1000): "24 frames a second, and the film runs at 23.976 (or 30 and 29.97)",
    Fraction(960, 1001): "23.976 frames a second, and the film runs at 25",
    Fraction(1001, 960): "25 frames a second, and the film runs at 23.976",
}


class Line(NamedTuple):
    """Where a time of the track lies in the reference: ``slope * time + shift_ms``."""

    slope: Fraction
    shift_ms: int

    def at(self, time_ms: int) -> int:
        """Compute the time in the reference, rounded down."""
        return time_ms * self.slope.numerator // self.slope.denominator + self.shift_ms

    def delay_ms(self, time_ms: int) -> int:
        """Measure how much later the track is than the reference at one of its own times; earlier is negative."""
        return time_ms - self.at(time_ms)


IN_STEP = Line(Fraction(1), 0)


def count_near(ours: Sequence[int], theirs: Sequence[int], line: Line, *, within_ms: int = TOLERANCE_MS) -> int:
    """Count the in-times of a track that a line lays near to one of the reference."""
    slope, divisor, shift_ms, count = line.slope.numerator, line.slope.denominator, line.shift_ms, 0
    for time in ours:  # as ``residual`` has it: hundreds of lines are tried on each of two long tracks
        first = bisect_left(theirs, time * slope // divisor + shift_ms - within_ms)
        count += first < len(theirs) and theirs[first] <= time * slope // divisor + shift_ms + within_ms
    return count


def residual(time_ms: int, theirs: Sequence[int], line: Line) -> int:
    """Measure how far the nearest in-time of the reference lies after the place where a line lays a time."""
    place = line.at(time_ms)
    index = bisect_left(theirs, place)
    return min((each - place for each in theirs[max(0, index - 1) : index + 1]), key=abs)


def settle(ours: Sequence[int], theirs: Sequence[int], line: Line) -> Line:
    """Shift a line by the middle of what is left between it and the in-times that lie near it."""
    near = sorted(left for time in ours if abs(left := residual(time, theirs, line)) <= TOLERANCE_MS)
    return Line(line.slope, line.shift_ms + near[len(near) // 2]) if near else line
