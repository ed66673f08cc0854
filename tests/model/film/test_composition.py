"""Is the whole film seen in an edition, as large as can be, and does no text stand where an app has its buttons?"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from babelreel.model.film.composition import Area, Composition, compose, is_signer_large, signer_area
from babelreel.model.film.ladder.default_rungs import DEFAULT_RUNGS, EDITION_RUNGS
from babelreel.model.film.ladder.editions import ZONES, Corner, Edition
from babelreel.model.film.ladder.encoding_ladder import Rung, fit_frame, select_rungs
from babelreel.model.film.signed import SIGNED_PICTURE_RUNG

STORY, POST = EDITION_RUNGS
LENGTHS = st.integers(min_value=16, max_value=8192)


def composed(rung: Rung, width_px: int, height_px: int) -> Composition:
    found = compose(rung, width_px, height_px)
    assert found
    return found


def overlap(one: Area, other: Area) -> bool:
    beside = one.left_px + one.width_px <= other.left_px or other.left_px + other.width_px <= one.left_px
    return not (beside or one.bottom_px <= other.top_px or other.bottom_px <= one.top_px)


@pytest.mark.parametrize("rung", EDITION_RUNGS, ids=lambda each: each.name)
def test_a_wide_film_is_as_wide_as_the_edition_with_its_title_above_and_its_text_below(rung: Rung) -> None:
    for width_px, height_px in ((1920, 1080), (640, 360), (1998, 1080), (2048, 858)):
        found = composed(rung, width_px, height_px)
        assert (found.picture.left_px, found.picture.width_px) == (0, 1080)
        assert found.title
        assert found.title.bottom_px <= found.picture.top_px
        assert found.is_below
        assert found.picture.bottom_px <= found.text.top_px


def test_a_film_of_television_is_whole_in_both_and_leaves_no_room_for_a_title() -> None:
    story, post = composed(STORY, 768, 576), composed(POST, 768, 576)
    assert (story.picture.width_px, story.picture.height_px) == (1080, 810)
    # a square of 1080 holds the picture of 4:3 and three lines only if the picture is made a little smaller
    assert 950 < post.picture.width_px < 1080
    assert (story.title, post.title) == (None, None)
    assert story.is_below
    assert post.is_below


def test_a_film_for_upright_phones_fills_the_story_and_has_its_text_beside_it_nowhere_but_in_the_post() -> None:
    story, post = composed(STORY, 1080, 1920), composed(POST, 1080, 1920)
    assert story.picture == Area(left_px=0, top_px=0, width_px=1080, height_px=1920)
    assert not story.is_below
    assert post.is_below
    assert post.picture.height_px > 700


@pytest.mark.parametrize("rung", EDITION_RUNGS, ids=lambda each: each.name)
@given(width_px=LENGTHS, height_px=LENGTHS, short_px=st.integers(min_value=180, max_value=2160))
def test_every_film_is_whole_and_in_shape_and_its_text_is_clear_of_all_buttons(
    rung: Rung, width_px: int, height_px: int, short_px: int
) -> None:
    rung = replace(rung, short_px=short_px, long_px=rung.long_px * short_px // rung.short_px)
    found, frame = composed(rung, width_px, height_px), fit_frame(rung, width_px, height_px, Fraction(25))
    picture = found.picture
    assert not any(each % 2 for each in (picture.left_px, picture.top_px, picture.width_px, picture.height_px))
    for area in (picture, found.text, *([found.title] if found.title else [])):
        assert area.left_px >= 0
        assert area.left_px + area.width_px <= frame.width_px
        assert area.top_px >= 0
        assert area.bottom_px <= frame.height_px
    # rounding to even lengths changes each by one pixel at most
    if picture.width_px >= picture.height_px:
        assert abs(picture.width_px * Fraction(height_px, width_px) - picture.height_px) <= 2
    else:
        assert abs(picture.height_px * Fraction(width_px, height_px) - picture.width_px) <= 2
    if found.is_below:
        assert not overlap(picture, found.text)
    assert not (found.title and overlap(picture, found.title))


@pytest.mark.parametrize("zone", ZONES, ids=lambda each: each.app)
@pytest.mark.parametrize("size", [(1920, 1080), (768, 576), (1080, 1080), (1080, 1920), (2048, 858)])
def test_no_text_and_no_title_stands_in_the_zone_of_an_app_on_phones_of_either_direction(
    zone: object, size: tuple[int, int]
) -> None:
    known = next(each for each in ZONES if each is zone)
    rung = STORY if known.edition is Edition.UPRIGHT else POST
    found = composed(rung, *size)
    for area in (found.text, *([found.title] if found.title else [])):
        for left, right in ((known.left, known.right), (known.right, known.left)):
            assert area.left_px >= left * rung.short_px
            assert area.left_px + area.width_px <= (1 - right) * rung.short_px
        assert area.top_px >= known.top * rung.long_px
        assert area.bottom_px <= (1 - known.bottom) * rung.long_px


def test_every_zone_tells_its_source_and_its_day() -> None:
    assert all(zone.source and zone.seen >= "2026-11-30" for zone in ZONES)
    assert {zone.edition for zone in ZONES} == {Edition.UPRIGHT, Edition.SQUARE}, "those made for apps"
    assert [zone.app for zone in ZONES if zone.is_mirrored] == ["YouTube Shorts", "TikTok"]


def test_an_edition_is_never_left_out_and_leaves_no_other_size_out() -> None:
    plain = select_rungs(DEFAULT_RUNGS, 640, 360)
    assert select_rungs((*DEFAULT_RUNGS, *EDITION_RUNGS), 640, 360) == (*plain, *EDITION_RUNGS)
    assert compose(DEFAULT_RUNGS[0], 640, 360) is None


@pytest.mark.parametrize("place", Corner)
@pytest.mark.parametrize("film", [(1920, 1080), (1080, 1920), (640, 480)])
@pytest.mark.parametrize("signer", [(640, 360), (640, 480), (480, 480), (360, 640)])
def test_an_interpreter_stands_in_a_corner_whole_a_sixth_of_the_picture_and_over_nothing(
    place: Corner, film: tuple[int, int], signer: tuple[int, int]
) -> None:
    rung = replace(SIGNED_PICTURE_RUNG, place=place)
    composition, area = compose(rung, *film), signer_area(rung, *signer)
    assert composition
    assert 6 * area.width_px * area.height_px >= 1280 * 720
    assert is_signer_large(rung, *signer)
    assert area.width_px / area.height_px == pytest.approx(signer[0] / signer[1], rel=0.01)
    assert (area.left_px == 0, area.top_px == 0) == (place.is_left, place.is_top or area.height_px == 720)
    assert (area.left_px + area.width_px, area.bottom_px) == (
        area.width_px if place.is_left else 1280,
        area.height_px if place.is_top else 720,
    )
    picture, text = composition.picture, composition.text
    assert picture.width_px / picture.height_px == pytest.approx(film[0] / film[1], rel=0.02)
    for each in (picture, text):
        assert each.left_px >= 0
        assert each.top_px >= 0
        assert each.left_px + each.width_px <= 1280
        assert each.bottom_px <= 720
        is_apart = each.left_px + each.width_px <= area.left_px or each.left_px >= area.left_px + area.width_px
        assert is_apart, "neither the film nor a line of text touches the interpreter"
    assert text.top_px >= picture.bottom_px
    assert text.height_px >= 3 * 50.4, "three lines"


def test_an_interpreter_whose_film_is_very_wide_would_be_too_small() -> None:
    assert not is_signer_large(SIGNED_PICTURE_RUNG, 2100, 900)
