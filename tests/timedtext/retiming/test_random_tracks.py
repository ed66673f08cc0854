"""Is no line of a random track lost, or laid over another one, by a shift or a new speed? A hundred of each."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from support.moved_tracks import faults_of_shift, faults_of_shift_from, faults_of_stretch

#: benchmarks/retiming.py tries ten thousand of each.
TRACKS = 100


@pytest.mark.parametrize("trial", [faults_of_shift, faults_of_shift_from, faults_of_stretch])
def test_no_line_is_lost_or_overlaps_and_the_way_back_restores_every_byte(
    trial: Callable[[random.Random], list[str]],
) -> None:
    assert {seed: faults for seed in range(TRACKS) if (faults := trial(random.Random(seed)))} == {}  # noqa: S311 - the same tracks each time
