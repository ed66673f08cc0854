"""Let the cues of two languages change at the same moments, so that the picture does not flicker between them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from fractions import Fraction
from math import floor
from typing import NamedTuple

from babelreel.model.timecode import MS_PER_SECOND, shown_frames
from babelreel.model.track import Cue

#: Changes as near to one another as this are one change. An eye takes about 200 ms to turn to what has changed: two
#: that follow sooner are seen as a flicker, and nobody reads between them. A proposal of this project; rules take
#: in-times that are as near for the same (``rules/alignment``).
SNAP_MS = 200


class ShownCue(NamedTuple):
    """A cue that is shown from one frame up to, not including, another one."""

    first: int
    end: int
    cue: Cue


def shown_cues(cues: Iterable[Cue], rate: Fraction) -> list[ShownCue]:
    """List the cues that have text, by the frames that show them."""
    found = (ShownCue(*shown_frames(cue.span, rate), cue) for cue in cues if cue.text.strip())
    return sorted(found, key=lambda each: each[:2])


def snapped(cues: Sequence[ShownCue], to: Sequence[ShownCue], rate: Fraction) -> list[ShownCue]:
    """Let cues begin and end with those of another language where the two are no more than ``SNAP_MS`` apart.

    A cue that begins meets a beginning if one is near, else an end; so the other way round. Both are by their first
    frame. Cues that did not overlap before do not overlap then.
    """
    reach = floor(SNAP_MS * rate / MS_PER_SECOND)
    firsts, ends = sorted({each.first for each in to}), sorted({each.end for each in to})
    moved = [_moved(each, firsts, ends, reach) for each in cues]
    while crossing := _crossing(cues, moved, reach):
        for place in crossing:
            moved[place] = cues[place]
    return moved


def _moved(cue: ShownCue, firsts: Sequence[int], ends: Sequence[int], reach: int) -> ShownCue:
    first, end = _nearest(cue.first, (firsts, ends), reach), _nearest(cue.end, (ends, firsts), reach)
    return cue._replace(first=first, end=end) if first < end else cue


def _crossing(cues: Sequence[ShownCue], moved: Sequence[ShownCue], reach: int) -> set[int]:
    """Find the places of cues that were moved into another; where none is moved any more, there are none."""
    found: set[int] = set()
    firsts = [each.first for each in cues]
    for place, before in enumerate(cues):
        for other in range(place + 1, bisect_right(firsts, before.end + 2 * reach)):
            if before.end <= firsts[other] and moved[place].end > moved[other].first:
                found |= {place, other}
    return found


def _nearest(frame: int, kinds: tuple[Sequence[int], Sequence[int]], reach: int) -> int:
    """Choose the nearest place of the first kind within reach, else of the second, else the frame itself."""
    for places in kinds:
        at = bisect_left(places, frame)
        near = [place for place in places[max(0, at - 1) : at + 1] if abs(place - frame) <= reach]
        if near:
            return min(near, key=lambda place: (abs(place - frame), place))
    return frame
