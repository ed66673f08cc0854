from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from babelreel.model.film.ladder.default_rungs import DEFAULT_RUNGS
from babelreel.model.film.ladder.encoding_ladder import Frame, Rung, fit_frame, select_rungs

RUNGS = {rung.name: rung for rung in DEFAULT_RUNGS}
RATE = Fraction(25)

#: Macroblocks a frame and a second that each level of H.264 allows (ITU-T H.264, table A-1).
LEVELS = {"3.0": (1620, 40_500), "3.1": (3600, 108_000), "3.2": (5120, 216_000), "4.2": (8704, 522_240)}

sizes = st.integers(16, 4096)


def test_a_full_hd_film_has_the_sizes_that_the_names_promise() -> None:
    found = {name: fit_frame(rung, 1920, 1080, RATE) for name, rung in RUNGS.items()}
    assert {name: (frame.width_px, frame.height_px) for name, frame in found.items()} == {
        "web-1080p": (1920, 1080),
        "web-720p": (1280, 720),
        "phone-480p": (854, 480),
        "phone-360p": (640, 360),
    }


def test_an_upright_film_stands_upright() -> None:
    frame = fit_frame(RUNGS["web-720p"], 1080, 1920, RATE)
    assert (frame.width_px, frame.height_px) == (720, 1280)


@given(width=sizes, height=sizes, rung=st.sampled_from(DEFAULT_RUNGS))
def test_a_film_is_never_made_larger_nor_odd_nor_squeezed(width: int, height: int, rung: Rung) -> None:
    frame = fit_frame(rung, width, height, RATE)
    # one more than the film: an odd size may round up to the next even one
    assert 2 <= frame.width_px <= width + 1
    assert 2 <= frame.height_px <= height + 1
    assert frame.width_px % 2 == frame.height_px % 2 == 0
    factor = min(1, max(rung.long_px, rung.short_px) / max(width, height), rung.short_px / min(width, height))
    assert abs(frame.width_px - width * factor) <= max(1, width * 0.01) + 1


@pytest.mark.parametrize(("rate", "expected"), [(50, 25), (60, 30), (25, 25), (120, 30)])
def test_phones_get_at_most_thirty_frames_a_second(rate: int, expected: int) -> None:
    assert fit_frame(RUNGS["phone-360p"], 1920, 1080, Fraction(rate)).rate == expected


def test_the_web_keeps_the_exact_rate_of_the_film() -> None:
    rate = Fraction(60000, 1001)
    assert fit_frame(RUNGS["web-1080p"], 1920, 1080, rate).rate == rate


@pytest.mark.parametrize("name", list(RUNGS))
def test_every_rung_keeps_to_its_level(name: str) -> None:
    rung = RUNGS[name]
    frame = fit_frame(rung, 7680, 4320, rung.max_rate)
    blocks = -(-frame.width_px // 16) * -(-frame.height_px // 16)
    most, most_a_second = LEVELS[rung.level]
    assert blocks <= most
    assert blocks * frame.rate <= most_a_second


def test_a_small_film_gets_one_web_and_one_phone_size() -> None:
    assert [rung.name for rung in select_rungs(DEFAULT_RUNGS, 320, 180)] == ["web-720p", "phone-360p"]


def test_a_full_hd_film_gets_every_size_in_the_order_of_the_ladder() -> None:
    assert select_rungs(DEFAULT_RUNGS, 1920, 1080) == DEFAULT_RUNGS


def test_frames_are_values() -> None:
    assert Frame(width_px=2, height_px=2, rate=RATE) == Frame(width_px=2, height_px=2, rate=RATE)
