"""Which calls bring a track to the times of its reference?"""

from __future__ import annotations

from fractions import Fraction

import pytest

from babelreel.rules.alignment.alignment import Alignment
from babelreel.rules.alignment.lines import Line
from babelreel.rules.parity.moves import move_call


@pytest.mark.parametrize(
    ("first_ms", "call"),
    [
        (0, "babelreel shift fr --by=-3.5s --from=00:00:22.000"),
        (-25, "babelreel shift fr --by=-3.5s --from=00:00:22.000"),  # nobody sees a fortieth of a second
        (-500, "babelreel shift fr --by=-0.5s, then babelreel shift fr --by=-3.0s --from=00:00:21.500"),
    ],
)
def test_where_a_scene_was_cut_the_rest_moves_and_the_beginning_only_if_it_is_off(first_ms: int, call: str) -> None:
    first, later = (Line(slope=Fraction(1), shift_ms=shift) for shift in (first_ms, -3500))
    assert move_call("fr", Alignment(line=first, later=later, turn_ms=22_000)) == call
