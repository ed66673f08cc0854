from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from babelreel.media.probe.frame_rate import LEAST_RATE, measure_timing, repeating_rate
from babelreel.model.timecode import STANDARD_RATES


@settings(deadline=None, max_examples=60)
@given(
    rate=st.sampled_from(STANDARD_RATES),
    frames=st.integers(min_value=1, max_value=400),
    scale=st.sampled_from([1000, 12800, 16000, 90000]),
    start=st.integers(min_value=0, max_value=10**9),
)
def test_a_constant_rate_is_found_through_rounded_timestamps(
    rate: Fraction, frames: int, scale: int, start: int
) -> None:
    ticks = [start + round(index / rate * scale) for index in range(frames)]

    timing = measure_timing(ticks, time_base=Fraction(1, scale), last_duration=0, header_rates=(rate,))

    assert (timing.rate, timing.is_variable, timing.frames) == (rate, False, frames)
    assert timing.end - timing.first == frames / rate


@pytest.mark.parametrize("rate", STANDARD_RATES)
def test_a_wrong_header_is_not_believed(rate: Fraction) -> None:
    ticks = [round(index / rate * 90000) for index in range(250)]

    timing = measure_timing(
        ticks, time_base=Fraction(1, 90000), last_duration=0, header_rates=(Fraction(90000), Fraction(59))
    )

    assert timing.rate == rate


def test_a_rate_nobody_uses_is_kept() -> None:
    timing = measure_timing(range(0, 1000, 80), time_base=Fraction(1, 1000), last_duration=80, header_rates=())

    assert (timing.rate, timing.is_variable) == (Fraction(25, 2), False)


def test_missing_frames_make_the_rate_variable_and_it_stays_what_it_is_between_them() -> None:
    ticks = [tick for tick in range(0, 4000, 40) if tick not in {400, 440, 480}]

    timing = measure_timing(ticks, time_base=Fraction(1, 1000), last_duration=60, header_rates=(Fraction(25),))

    assert timing.is_variable
    assert timing.frames == 97
    assert timing.rate == Fraction(25)  # and not 24, though 96 intervals in 3.96 s are 24.24
    assert timing.end == Fraction(4020, 1000)


@pytest.mark.parametrize("rate", STANDARD_RATES)
def test_a_film_that_stands_still_for_a_while_keeps_the_rate_at_which_it_moves(rate: Fraction) -> None:
    # a recording of a screen: ten seconds, of which four show one picture; times are rounded to milliseconds
    frames = [index for index in range(int(10 * rate)) if not 3 * rate < index < 7 * rate]
    ticks = [round(index / rate * 1000) for index in frames]

    timing = measure_timing(ticks, time_base=Fraction(1, 1000), last_duration=0, header_rates=())

    assert (timing.rate, timing.is_variable) == (rate, True)


def test_a_film_of_two_rates_is_brought_to_the_one_between() -> None:
    ticks = [*range(0, 3000, 50), *range(3000, 6000, 33)]  # 20 a second, then 30

    timing = measure_timing(ticks, time_base=Fraction(1, 1000), last_duration=33, header_rates=())

    assert (timing.rate, timing.is_variable) == (Fraction(25), True)


def test_frames_shown_twice_at_one_time_count_once() -> None:
    timing = measure_timing([0, 0, 40, 80], time_base=Fraction(1, 1000), last_duration=40, header_rates=())

    assert timing.frames == 3


def test_one_frame_without_a_header_is_taken_as_a_standard_rate() -> None:
    timing = measure_timing([7], time_base=Fraction(1, 1000), last_duration=0, header_rates=())

    assert (timing.frames, timing.is_variable) == (1, False)
    assert timing.rate in STANDARD_RATES


@pytest.mark.parametrize(
    ("slow", "shown"),
    [
        ("1/8", "25"),
        ("1/2", "25"),
        ("1", "25"),
        ("5", "25"),
        ("8", "24"),
        ("10", "30"),
        ("11", "25"),  # no standard rate is a multiple of it
        ("30000/3003", "30000/1001"),
    ],
)
def test_a_few_frames_a_second_are_repeated_equally_often_where_that_can_be(slow: str, shown: str) -> None:
    assert repeating_rate(Fraction(slow)) == Fraction(shown)


def test_the_last_of_a_few_frames_is_as_long_as_its_packet_says() -> None:
    timing = measure_timing(
        [0, 5000], time_base=Fraction(1, 1000), last_duration=1500, header_rates=(), least_rate=LEAST_RATE
    )
    assert (timing.rate, timing.slow_rate, timing.frames) == (Fraction(25), Fraction(1, 5), 2)
    assert timing.end == Fraction(13, 2)


@pytest.mark.parametrize("rate", [Fraction(12), Fraction(12.5), Fraction(15), *STANDARD_RATES])
def test_a_film_of_enough_frames_keeps_its_rate(rate: Fraction) -> None:
    ticks = [round(index / rate * 90_000) for index in range(60)]
    timing = measure_timing(
        ticks, time_base=Fraction(1, 90_000), last_duration=0, header_rates=(), least_rate=LEAST_RATE
    )
    assert (timing.rate, timing.slow_rate) == (rate, None)


def test_a_film_that_stands_still_at_its_end_is_as_long_as_its_last_packet_says() -> None:
    timing = measure_timing(
        range(0, 2000, 40), time_base=Fraction(1, 1000), last_duration=8000, header_rates=(Fraction(25),)
    )
    assert (timing.rate, timing.is_variable) == (Fraction(25), True)
    assert timing.end == Fraction(1960 + 8000, 1000)


def test_a_last_frame_that_is_a_little_longer_makes_no_other_film() -> None:
    timing = measure_timing(
        range(0, 2000, 40), time_base=Fraction(1, 1000), last_duration=540, header_rates=(Fraction(25),)
    )
    assert (timing.rate, timing.is_variable, timing.end) == (Fraction(25), False, Fraction(2))
