"""Tell whether a stretch of time meets one of many, such as those in which somebody speaks, or how far the nearest is.

The many are in order, and apart from one another.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from babelreel.model.timecode import Span


def overlaps(stretches: Sequence[Span], span: Span) -> bool:
    """Tell whether a stretch shares a moment with one of the others."""
    place = bisect_left(stretches, span.start_ms + 1, key=lambda each: each.end_ms)
    return place < len(stretches) and stretches[place].start_ms < span.end_ms


def distance_ms(stretches: Sequence[Span], span: Span) -> int:
    """Measure how far the nearest of the others (there is at least one) is from a stretch that meets none."""
    place = bisect_left(stretches, span.start_ms, key=lambda each: each.end_ms)
    before = [span.start_ms - each.end_ms for each in stretches[max(0, place - 1) : place]]
    after = [each.start_ms - span.end_ms for each in stretches[place : place + 1]]
    return max(0, min(before + after))
