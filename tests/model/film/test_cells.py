from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from babelreel.model.film.cells import Cell, cell_grid, cells_at, count_frames
from babelreel.model.film.media import MediaInfo
from babelreel.model.timecode import STANDARD_RATES
from support.subjects import make_known_film


def film(frames: int, rate: Fraction = Fraction(25), shots: tuple[int, ...] | None = None) -> MediaInfo:
    known = make_known_film(round(frames * 1000 / rate), rate, shots=shots)
    assert known.video is not None
    # exactly so many frames, whatever whole milliseconds say
    return replace(known, video=replace(known.video, frames=frames))


def firsts(*arguments: object, **named: object) -> list[int]:
    return [cell.first for cell in cell_grid(film(*arguments, **named))]  # type: ignore[arg-type]


FILMS = st.builds(
    film,
    frames=st.integers(1, 20_000),
    rate=st.sampled_from(STANDARD_RATES),
    shots=st.none() | st.lists(st.integers(1, 20_000), unique=True, max_size=60).map(lambda each: tuple(sorted(each))),
)


@given(FILMS)
def test_cells_follow_one_another_from_the_first_frame_to_the_last(film: MediaInfo) -> None:
    cells = cell_grid(film)
    assert film.video
    assert (cells[0].first, cells[-1].end) == (0, film.video.frames)
    assert [cell.end for cell in cells[:-1]] == [cell.first for cell in cells[1:]]


@given(FILMS)
def test_each_cell_lasts_three_to_six_seconds(film: MediaInfo) -> None:
    assert film.video
    seconds = [cell.frames / film.video.rate for cell in cell_grid(film)]
    frame = 1 / film.video.rate
    assert max(seconds) <= 6
    assert len(seconds) == 1 or min(seconds) >= 3 - frame


@given(FILMS, st.sampled_from(STANDARD_RATES))
def test_the_cells_of_a_rung_are_those_of_the_film_to_the_nearest_frame(film: MediaInfo, rate: Fraction) -> None:
    assert film.video
    own, rung = cell_grid(film), cells_at(film, rate)
    assert (rung[0].first, rung[-1].end) == (0, count_frames(film, rate))
    assert [cell.end for cell in rung[:-1]] == [cell.first for cell in rung[1:]]
    if len(own) == len(rung):
        for mine, its in zip(own, rung, strict=True):
            assert abs(mine.first / film.video.rate - its.first / rate) <= 1 / rate / 2


def test_a_film_without_changes_of_shot_is_cut_evenly() -> None:
    assert firsts(375) == firsts(375, shots=()) == [0, 125, 250]  # 15 s: three times 5 s
    assert firsts(150) == [0]
    assert firsts(151) == [0, 75]


def test_the_last_change_of_shot_within_six_seconds_is_taken() -> None:
    assert firsts(400, shots=(80, 140, 155, 260)) == [0, 140, 260]


def test_a_change_of_shot_that_would_leave_a_stump_is_not() -> None:
    # 10 frames (0.4 s) after the start, and 10 before the end
    assert firsts(200, shots=(10, 190)) == [0, 100]


def test_a_long_shot_is_divided_up_to_its_end() -> None:
    assert firsts(500, shots=(300,)) == [0, 150, 300, 400]


def test_cuts_after_a_change_of_shot_do_not_depend_on_what_came_before() -> None:
    before = firsts(1000, shots=(100, 230, 330, 500, 640, 800))
    # the first scene is other, and 40 frames shorter
    after = firsts(960, shots=(60, 190, 290, 460, 600, 760))
    assert [first - 40 for first in before if first >= 330] == [first for first in after if first >= 290]


@pytest.mark.parametrize(("rate", "half"), [("50", "25"), ("60000/1001", "30000/1001"), ("60", "30")])
def test_a_rung_of_half_the_rate_has_the_same_cuts(rate: str, half: str) -> None:
    whole = film(1201, Fraction(rate), shots=(211, 480, 720))
    halved = [Cell(first=(cell.first + 1) // 2, end=(cell.end + 1) // 2) for cell in cell_grid(whole)]
    assert list(cells_at(whole, Fraction(half))) == halved
