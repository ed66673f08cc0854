from __future__ import annotations

import pytest

from babelreel.model.film.change.film_change import FilmChange
from babelreel.model.film.change.other_film import OtherFilm

NEW = "The film in video/ is not the one that the subtitles belong to"
ASK = ". First run babelreel conform --dry-run, which shows what moves"
PROBE = ". Afterwards run babelreel probe"


@pytest.mark.parametrize(
    ("film_ms", "last_text_ms", "told"),
    [
        (
            15_000,
            16_000,
            f"{NEW}: it is 5.0 s shorter (0:15.0). The last text ended 4.0 s before the end, now 1.0 s after the end",
        ),
        (
            26_500,
            18_000,
            f"{NEW}: it is 6.5 s longer (0:26.5). The last text ended 2.0 s before the end, now 8.5 s before the end",
        ),
        (26_500, None, f"{NEW}: it is 6.5 s longer (0:26.5)"),
        (20_040, 18_000, f"{NEW}: it is just as long"),
    ],
)
def test_another_film_is_told_by_its_length_and_its_last_text(
    film_ms: int, last_text_ms: int | None, told: str
) -> None:
    other = OtherFilm(before_ms=20_000, film_ms=film_ms, last_text_ms=last_text_ms)
    assert other.tell() == f"{told}{ASK}{PROBE}"
    assert (other.is_off, other.call) == (True, "babelreel conform")


def test_a_film_that_is_not_there_is_known_to_be_another_one_and_no_more() -> None:
    other = OtherFilm(before_ms=20_000, film_ms=None, last_text_ms=18_000)
    assert other.tell() == "this describes another film than the one that belongs here: run babelreel probe"
    assert not other.is_off


def test_what_seems_to_have_become_of_it_is_told_with_the_call_that_repairs_it() -> None:
    other = OtherFilm(before_ms=20_000, film_ms=22_000, last_text_ms=18_000, change=FilmChange(by_ms=2000))
    assert other.tell() == (
        f"{NEW}: it is 2.0 s longer (0:22.0). All of it seems to come 2.0 s later. "
        f"First run babelreel shift --by=+2.0s{PROBE}"
    )
    assert (other.is_off, other.call) == (True, "babelreel shift --by=+2.0s")


def test_a_film_that_begins_as_before_leaves_the_subtitles_where_they_are() -> None:
    other = OtherFilm(before_ms=20_000, film_ms=22_000, change=FilmChange(), is_described=False)
    assert other.tell() == (
        f"{NEW}: it is 2.0 s longer (0:22.0). It seems to begin as before. "
        "If the subtitles fit it, run babelreel shift --by=0s"
    )
    assert not other.is_off


def test_what_is_not_described_wrongly_need_not_be_described() -> None:
    other = OtherFilm(before_ms=20_000, film_ms=22_000, is_described=False, is_kept=False)
    assert other.tell() == (
        f"{NEW}: it is 2.0 s longer (0:22.0). First run babelreel conform OLD.mp4 --dry-run, with your old film for "
        "OLD.mp4"
    )
    assert other.call == "babelreel conform OLD.mp4"


def test_what_was_moved_already_is_not_to_be_moved_again() -> None:
    other = OtherFilm(before_ms=20_000, film_ms=22_000, last_text_ms=18_000, is_settled=True)
    assert other.tell() == (
        "The film in video/ is not the one that is described: it is 2.0 s longer (0:22.0). Run babelreel probe"
    )
    assert not other.is_off


def test_languages_that_were_not_moved_with_the_others_are_named() -> None:
    told = OtherFilm(before_ms=None, film_ms=22_000, is_described=False, only=("fr", "the chapters")).tell()
    assert told == f"The film in video/ is not the one that fr and the chapters belong to{ASK}"
