"""Is a text told that does not fit below the picture of an edition, and a title that does not fit above?"""

from __future__ import annotations

from fractions import Fraction

from babelreel.model.film.ladder.default_rungs import DEFAULT_RUNGS, EDITION_RUNGS
from babelreel.model.style import Style, Styles
from support.checking import findings
from support.subjects import make_known_film
from support.tracks import srt

RUNGS = (*DEFAULT_RUNGS, *EDITION_RUNGS)
#: 111 letters: four lines of the story's 696 pixels, three of the post's 950.
LONG = "A guardian is somebody who helps you, who speaks for you\nand who makes sure that nobody decides without you."


def test_a_text_too_long_for_one_edition_is_told_of_that_one() -> None:
    (found,) = findings(srt((1000, 9000, LONG)), film=make_known_film(), rungs=RUNGS, select="WID002")
    assert "story" in found.message
    assert (found.measured, found.limit) == ("4 rows", "3 rows")


def test_lines_as_long_as_a_cue_may_have_fit_everywhere() -> None:
    full = "Every child who comes to Belgium alone has\nthe right to a guardian and to a safe home"
    assert not findings(srt((1000, 9000, full)), film=make_known_film(), rungs=RUNGS, select="WID")


def test_nothing_is_said_of_editions_that_are_not_made() -> None:
    film = make_known_film()
    assert not findings(srt((1000, 9000, LONG)), film=film, select="WID002")
    assert not findings(srt("Yes."), film=film, title="Title " * 20, select="WID003")


def test_a_title_too_long_or_without_letters_of_ours_is_told() -> None:
    def told(title: str) -> list[str]:
        found = findings(srt("Yes."), film=make_known_film(), rungs=RUNGS, title=title, select="WID003")
        return sorted(each.message.split(" of ")[1].split(",")[0] for each in found)

    assert told("Your rights in Belgium") == []
    assert told("") == []
    assert told("Your rights if you are under eighteen in Belgium") == ["story"]
    assert told("What you need to know of your rights " * 3) == ["post", "story"]
    assert told("Your rights \U0001f642") == ["post", "story"]


def test_editions_make_no_line_too_wide_for_the_film_itself() -> None:
    line = "Every child who comes to Belgium alone has"
    assert not findings(srt((1000, 9000, line)), film=make_known_film(), rungs=RUNGS, select="WID001")


def test_texts_that_are_drawn_smaller_than_the_style_asks_for_are_counted() -> None:
    large, texts = Styles(whole=Style(size=Fraction(13, 10))), srt((0, 5000, LONG[:80]), (5000, 9000, "It is free."))
    (found,) = findings(texts, film=make_known_film(), rungs=RUNGS, styles=large, select="WID004")
    assert found.message == "1 of 2 texts of story are drawn smaller than size = 1.3 asks for: there is no room"
    assert not findings(texts, film=make_known_film(), rungs=RUNGS, styles=large, select="WID002")
    assert not findings(texts, film=make_known_film(), rungs=RUNGS, select="WID004")
