from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from babelreel.model.film.stills import lay_sheet, picture_candidates, picture_size, poster_candidates, poster_sizes

NTSC = Fraction(30_000, 1001)


def sizes(width_px: int, height_px: int) -> list[tuple[str, int, int]]:
    return [(each.file_name, each.width_px, each.height_px) for each in poster_sizes(width_px, height_px)]


def test_posters_have_the_shape_of_the_film_and_one_that_of_shared_links() -> None:
    assert sizes(1920, 1080) == [
        ("poster-1280.jpg", 1280, 720),
        ("poster-640.jpg", 640, 360),
        ("share-1200x630.jpg", 1200, 630),
    ]


def test_posters_of_an_upright_film_stand_and_are_never_larger_than_it() -> None:
    assert sizes(607, 1080)[:2] == [("poster-1280.jpg", 608, 1080), ("poster-640.jpg", 360, 640)]


def test_a_poster_comes_from_the_middle_of_a_shot_in_the_heart_of_the_film() -> None:
    # shots 0-80, 80-400, 400-450, 450-750, 750-1000: the first middle is in the opening, the last in the last fifth
    assert poster_candidates((80, 400, 450, 750), 1000) == (240, 425, 600)


def test_a_film_of_one_shot_shows_its_middle() -> None:
    assert poster_candidates((), 50) == (25,)


@given(st.integers(1, 5000), st.lists(st.integers(1, 5000), max_size=60))
def test_candidates_are_frames_of_the_film(frames: int, shots: list[int]) -> None:
    found = poster_candidates(tuple(sorted(set(shots))), frames)
    assert 1 <= len(found) <= 24
    assert all(0 <= each < frames for each in found)


def test_a_short_film_has_a_tile_a_second() -> None:
    sheet = lay_sheet(62, Fraction(25), 1920, 1080)
    assert sheet.frames == (0, 25, 50)
    assert (sheet.columns, sheet.rows, sheet.tile_width_px, sheet.tile_height_px) == (3, 1, 160, 90)
    assert [(span.start_ms, span.end_ms, left, top) for span, left, top in sheet.tiles] == [
        (0, 1000, 0, 0),
        (1000, 2000, 160, 0),
        (2000, 2480, 320, 0),
    ]


def test_a_long_film_has_a_hundred_tiles_in_ten_rows() -> None:
    sheet = lay_sheet(90_000, Fraction(25), 1080, 1920)
    assert (len(sheet.frames), sheet.columns, sheet.rows) == (100, 10, 10)
    assert sheet.frames[1] == 900
    assert (sheet.tile_width_px, sheet.tile_height_px) == (90, 160)


@pytest.mark.parametrize("rate", [NTSC, Fraction(24_000, 1001), Fraction(50)])
@given(frames=st.integers(1, 300_000))
def test_tiles_follow_one_another_up_to_the_end_of_the_film(rate: Fraction, frames: int) -> None:
    sheet = lay_sheet(frames, rate, 1920, 1080)
    spans = [span for span, _, _ in sheet.tiles]
    assert len(spans) == len(sheet.frames) <= sheet.columns * sheet.rows
    assert spans[0].start_ms == 0
    assert all(before.end_ms == after.start_ms for before, after in pairwise(spans))
    assert abs(spans[-1].end_ms - frames * 1000 / rate) <= Fraction(1, 2)


@given(st.integers(1, 500), st.lists(st.integers(0, 500), max_size=20))
def test_each_sixth_of_a_film_gives_candidates_of_its_own(frames: int, shots: list[int]) -> None:
    parts = picture_candidates(tuple(sorted(shots)), frames)
    assert len(parts) == min(6, frames)
    for place, part in enumerate(parts):
        assert 1 <= len(part) <= 4
        assert list(part) == sorted(set(part))
        assert all(frames * place // len(parts) <= each < frames * (place + 1) // len(parts) for each in part)


def test_pictures_are_those_of_the_middles_of_shots_where_there_are_any() -> None:
    # shots 0-20, 20-90 and 90-120: their middles 10, 55 and 105 lie in the first, third and sixth part of 20 frames
    parts = picture_candidates((20, 90), 120)
    assert parts == ((10,), (25, 30, 35), (55,), (65, 70, 75), (85, 90, 95), (105,))


def test_pictures_for_print_are_at_most_900_pixels_long_and_never_enlarged() -> None:
    assert picture_size(1920, 1080) == (900, 506)
    assert picture_size(1080, 1920) == (506, 900)
    assert picture_size(320, 180) == (320, 180)
