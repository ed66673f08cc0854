"""Compute by how much each sample is turned up or down.

Only multiplications and additions, which give the same bits on every processor: a power or a cosine would not.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from babelreel.model.sound.decibels import ratio_of_db
from babelreel.model.sound.ducking import DOWN_MS, UP_MS, Duck
from babelreel.model.sound.recordings import ms_to_samples

_DOWN = ms_to_samples(DOWN_MS)
_UP = ms_to_samples(UP_MS)


def duck_gain(ducks: Sequence[Duck], *, begin: int, end: int) -> NDArray[np.float64]:
    """Compute the factor of each sample from ``begin`` up to ``end``.

    It is exactly that of ``-depth_db`` while a voice is on, 1 before the 300 ms that lead there and after the 500 ms
    that lead away. The stretches are those of ``merge_stretches``: in order, and so far apart that no fades meet.
    """
    places = np.arange(begin, end)
    gain = np.ones(end - begin)
    for duck in ducks:
        each = duck.stretch
        if each.start - _DOWN < end and begin < each.end + _UP:
            # 0 outside, 1 while the voice is on: the fades are so far apart that one of both is always 1
            down = np.clip((places - (each.start - _DOWN)) / _DOWN, 0.0, 1.0)
            up = np.clip((each.end + _UP - places) / _UP, 0.0, 1.0)
            share = np.minimum(down, up)
            # 3t²-2t³ begins and ends level: no corner that could be heard
            gain -= (1 - ratio_of_db(-duck.depth_db)) * (share * share * (3 - 2 * share))
    return gain


def voice_gain(points: Sequence[tuple[int, float]], *, begin: int, end: int) -> NDArray[np.float64]:
    """Compute the factor of each sample from ``begin`` up to ``end`` of a voice with factors from certain samples on.

    Before the first it is that of the first, and between two it changes evenly.
    """
    gain = np.full(end - begin, points[0][1] if points else 1.0)
    places = np.arange(begin, end)
    for (before, low), (after, high) in pairwise(points):
        if before < end and low != high:
            gain += (high - low) * np.clip((places - before) / (after - before), 0.0, 1.0)
    return gain
