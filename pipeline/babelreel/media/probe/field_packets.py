"""Find when frames are shown whose two fields are packets of their own (H.264 of broadcasters)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice, pairwise

#: Frames enough to tell how far apart they are.
FIRST_FRAMES = 12
#: A second field comes half a frame after the first, and a frame a whole one.
_SECOND_FIELD = 3, 4


def frames_only(ticks: Sequence[int], first_frames: Iterable[int]) -> list[int]:
    """Leave out the timestamps of second fields, in the order of their times.

    ``first_frames`` are the timestamps of the first decoded frames. Where packets are no closer than frames are, all
    stay.
    """
    gaps = sorted(after - before for before, after in pairwise(sorted(islice(first_frames, FIRST_FRAMES))))
    if not gaps:
        return list(ticks)
    least, whole = _SECOND_FIELD
    apart = gaps[len(gaps) // 2] * least
    kept: list[int] = []
    for tick in sorted(ticks):
        if not kept or (tick - kept[-1]) * whole >= apart:
            kept.append(tick)
    return kept
