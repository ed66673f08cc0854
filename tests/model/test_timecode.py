from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from babelreel.model.timecode import (
    STANDARD_RATES,
    Span,
    frames_to_ms,
    middle_frame,
    ms_to_frame,
    render_timestamp,
    snap_rate,
)

NTSC_FILM = Fraction(24000, 1001)


@given(frame=st.integers(0, 10**7), rate=st.sampled_from(STANDARD_RATES))
def test_a_frame_survives_the_way_through_milliseconds(frame: int, rate: Fraction) -> None:
    assert ms_to_frame(frames_to_ms(frame, rate), rate) == frame


def test_twenty_frames_at_24_are_833_ms_and_not_a_fraction_more() -> None:
    assert frames_to_ms(20, Fraction(24)) == 833


def test_frames_of_ntsc_film_do_not_drift_in_an_hour() -> None:
    # 24000/1001 fps: one hour of timecode frames (86400) lasts 3603.6 s
    assert frames_to_ms(86_400, NTSC_FILM) == 3_603_600


@pytest.mark.parametrize(
    ("measured", "expected"),
    [
        (Fraction(23976, 1000), NTSC_FILM),
        (Fraction(2997, 100), Fraction(30000, 1001)),
        (Fraction(25), Fraction(25)),
        (Fraction(249, 10), Fraction(249, 10)),
        (Fraction(15), Fraction(15)),
    ],
)
def test_a_measured_rate_snaps_to_a_standard_one_only_when_it_is_near(measured: Fraction, expected: Fraction) -> None:
    assert snap_rate(measured) == expected


def test_timestamps_have_three_digits_of_milliseconds_and_as_many_hours_as_needed() -> None:
    assert render_timestamp(3_723_004) == "01:02:03,004"
    assert render_timestamp(360_000_000, ".") == "100:00:00.000"
    assert render_timestamp(-500) == "-00:00:00,500"


def test_spans_that_only_touch_do_not_overlap() -> None:
    first = Span(start_ms=0, end_ms=1000)
    assert not first.overlaps(Span(start_ms=1000, end_ms=2000))
    assert first.overlaps(Span(start_ms=999, end_ms=2000))


def test_a_span_may_run_backwards() -> None:
    assert Span(start_ms=2000, end_ms=1500).duration_ms == -500


@pytest.mark.parametrize(
    ("start_ms", "end_ms", "frame"),
    [
        (0, 200, 2),  # frames 0 to 4 show it
        (200, 360, 6),  # 5 to 8: of two in the middle the earlier
        (9800, 30_000, 247),  # 245 to 249, the film's last
        (400, 300, 10),  # a line that runs backwards is shown for one frame
        (-500, 120, 1),
        (10_000, 11_000, None),  # the film has 250 frames
    ],
)
def test_the_middle_of_a_line_is_that_of_the_frames_that_show_it(start_ms: int, end_ms: int, frame: int | None) -> None:
    assert middle_frame(Span(start_ms=start_ms, end_ms=end_ms), Fraction(25), 250) == frame
