"""By how much is each sample under a voice turned down?

Only multiplications and additions, which give the same bits on every processor: a power or a cosine would not.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from babelreel.model.sound.ducking import DOWN_MS, UP_MS, Stretch
from babelreel.model.sound.recordings import ms_to_samples

_DOWN = ms_to_samples(DOWN_MS)
_UP = ms_to_samples(UP_MS)


def ratio_of_db(gain_db: Decimal | int) -> float:
    """Give the factor that a gain in dB is; the decimal logarithm is worked out in software, the same everywhere."""
    return float(Decimal(10) ** (Decimal(gain_db) / 20))


def duck_gain(stretches: Sequence[Stretch], *, duck_db: int, begin: int, end: int) -> NDArray[np.float64]:
    """Give the factor of each sample from ``begin`` up to ``end``.

    It is exactly that of ``-duck_db`` while a voice is on, 1 before the 300 ms that lead there and after the 500 ms
    that lead away. ``stretches`` are those of ``merge_stretches``: in order, and so far apart that no fades meet.
    """
    low = ratio_of_db(-duck_db)
    places = np.arange(begin, end)
    gain = np.ones(end - begin)
    for each in stretches:
        if each.start - _DOWN < end and begin < each.end + _UP:
            # 0 outside, 1 while the voice is on: the fades are so far apart that one of both is always 1
            down = np.clip((places - (each.start - _DOWN)) / _DOWN, 0.0, 1.0)
            up = np.clip((each.end + _UP - places) / _UP, 0.0, 1.0)
            share = np.minimum(down, up)
            # 3t²-2t³ begins and ends level: no corner that could be heard
            gain -= (1 - low) * (share * share * (3 - 2 * share))
    return gain
