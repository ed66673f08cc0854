from __future__ import annotations

import pytest

from babelreel.model.film.film_change import FilmChange
from babelreel.model.film.other_film import OtherFilm

NOW = "this is about another film than the one that lies there now, which is"
SHORTER = (
    f"{NOW} 5.0 s shorter (00:00:15.000): the last text ended 4.0 s before the end, and ends 1.0 s after the end now"
)
ASK = "; babelreel conform --dry-run tells what became of each scene"
LONGER = f"{NOW} 6.5 s longer (00:00:26.500)"


@pytest.mark.parametrize(
    ("film_ms", "last_text_ms", "told"),
    [
        (15_000, 16_000, SHORTER + ASK),
        (26_500, 18_000, f"{LONGER}: the last text ended 2.0 s before the end, and ends 8.5 s before the end now{ASK}"),
        (26_500, None, LONGER + ASK),
        (20_040, 18_000, f"{NOW} as long{ASK}"),
        (None, 18_000, "this is about another film than the one that belongs here"),
    ],
)
def test_another_film_is_told_by_its_length_and_its_last_text(
    film_ms: int | None, last_text_ms: int | None, told: str
) -> None:
    assert (
        OtherFilm(before_ms=20_000, film_ms=film_ms, last_text_ms=last_text_ms).tell() == f"{told}: run babelreel probe"
    )


def test_what_seems_to_have_become_of_it_is_told_with_the_call_that_repairs_it() -> None:
    told = OtherFilm(before_ms=20_000, film_ms=22_000, change=FilmChange(by_ms=2000)).tell()
    assert told.startswith(f"{NOW} 2.0 s longer")
    assert told.endswith("(babelreel shift --by=+2.0s): run babelreel probe")


def test_what_is_not_described_wrongly_need_not_be_described() -> None:
    told = OtherFilm(before_ms=20_000, film_ms=22_000, is_described=False, is_kept=False).tell()
    assert told == (
        "the subtitles are of another film than the one that lies there now, which is 2.0 s longer (00:00:22.000); "
        "babelreel conform OLD.mp4 --dry-run, with your old film for OLD.mp4, tells what became of each scene"
    )


def test_what_was_moved_already_is_not_to_be_moved_again() -> None:
    told = OtherFilm(before_ms=20_000, film_ms=22_000, last_text_ms=18_000, is_settled=True).tell()
    assert told == f"{NOW} 2.0 s longer (00:00:22.000): run babelreel probe"


def test_languages_that_were_not_moved_with_the_others_are_named() -> None:
    told = OtherFilm(before_ms=None, film_ms=22_000, is_described=False, only=("fr", "the chapters")).tell()
    assert told == f"fr, the chapters: of another film than the one that lies there now{ASK}"
    told = OtherFilm(before_ms=None, film_ms=22_000, only=("fr", "the chapters")).tell()
    assert told == (
        "this is about another film than the one that lies there now; still to be moved: fr, the chapters"
        f"{ASK}: run babelreel probe"
    )
