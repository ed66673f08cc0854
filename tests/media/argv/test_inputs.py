from __future__ import annotations

from fractions import Fraction
from itertools import accumulate

from hypothesis import given
from hypothesis import strategies as st

from babelreel.media.argv.inputs import render_pieces
from babelreel.model.timecode import STANDARD_RATES


@given(st.lists(st.integers(1, 360), min_size=1, max_size=800), st.sampled_from(STANDARD_RATES))
def test_the_lengths_of_many_pieces_add_up_to_the_exact_time(frames: list[int], rate: Fraction) -> None:
    text = render_pieces([f"cells/{place}.mp4" for place in range(len(frames))], frames, rate)
    lengths = [
        int(line.removeprefix("duration ").removesuffix("us")) for line in text.splitlines() if "duration" in line
    ]
    ends, exact = accumulate(lengths), accumulate(frames)
    assert all(abs(end - total * 1_000_000 / rate) <= Fraction(1, 2) for end, total in zip(ends, exact, strict=True))
