"""What is told of numbers that a card has no room for, in films of one language and of two."""

from __future__ import annotations

from babelreel.model.film.cards import ShownCard
from babelreel.model.timecode import Span
from support.checking import findings
from support.subjects import make_known_film, paired
from support.tracks import srt

FILM_MS = 20_000
BEFORE, MEANWHILE = (srt((start, start + 1000, "Call 112.")) for start in (4000, 18_000))


def card(count: int) -> ShownCard:
    return ShownCard(
        span=Span(start_ms=14_000, end_ms=FILM_MS),
        heading="Your rights",
        numbers=tuple((str(number), "Police") for number in range(112, 112 + count)),
        ground="#0b5c6b",
        color="#ffffff",
    )


def told(content: str, count: int, *pairs: str, other: str = BEFORE) -> list[str]:
    shown = findings(
        content,
        film=make_known_film(FILM_MS),
        shown_cards=(card(count),),
        pairs=tuple(paired(pair, other, tag="ar") for pair in pairs),
        select="SGN007",
    )
    return [each.message for each in shown]


def test_a_number_without_room_is_told_with_the_sizes_that_are_not_made() -> None:
    (lost,) = (each for each in told(BEFORE, 40) if "is not made" in each)
    assert " 112, 113, 114," in lost
    assert lost.endswith("so this is not made: phone-480p, phone-360p")
    assert not told(BEFORE, 4)


def test_of_two_languages_the_lines_of_both_count() -> None:
    """Above two lines, and two of the other language, there is no room for so many."""
    assert not told(BEFORE, 10, "en+ar")
    for content, other in ((MEANWHILE, BEFORE), (BEFORE, MEANWHILE)):
        (lost,) = (each for each in told(content, 10, "en+ar", other=other) if "is not made" in each)
        assert lost.endswith("so this is not made: phone-360p of en+ar")
    # of this pair the card is that of the other language
    assert not told(BEFORE, 10, "ar+en", other=MEANWHILE)
