"""Is it told where two languages at once do not fit, are too much to read, or one of them is missing?"""

from __future__ import annotations

from babelreel.model.film.ladder.default_rungs import DEFAULT_RUNGS, EDITION_RUNGS
from babelreel.model.finding import Finding
from support.checking import findings
from support.subjects import make_known_film, paired
from support.tracks import srt

THREE, TWO = "- Who?\n- You.\n- Me?", "- Qui ?\n- Toi."
RUNGS = (*DEFAULT_RUNGS, *EDITION_RUNGS)


def told(own: str, other: str | None, select: str, *, is_first: bool = True) -> tuple[Finding, ...]:
    """Check English beside French, where English is the first or the second of the pair."""
    pair = "en+fr" if is_first else "fr+en"
    beside = (paired(pair, other, tag="fr"),)
    return findings(own, select=select, film=make_known_film(), rungs=RUNGS, pairs=beside)


def test_a_fifth_line_is_told_of_each_cue_that_has_a_part_in_it() -> None:
    own, other = srt((1000, 4000, THREE)), srt((1000, 4000, TWO))
    for is_first in (True, False):
        (found,) = told(own, other, "PAI001", is_first=is_first)
        assert (found.measured, found.limit, found.location.cue) == ("5 rows", "4 rows", 1)
        assert "French" in found.message
        assert ("en+fr" if is_first else "fr+en") in found.message


def test_four_lines_fit_and_so_do_five_one_after_the_other() -> None:
    assert not told(srt((1000, 4000, TWO)), srt((1000, 4000, TWO)), "PAI001")
    assert not told(srt((1000, 4000, THREE)), srt((1000, 4000, "Toi.")), "PAI001")
    assert not told(srt((1000, 4000, THREE)), srt((4500, 6000, TWO)), "PAI001")


def test_nothing_is_said_of_fit_where_no_size_has_text_in_its_picture() -> None:
    beside = (paired("en+fr", srt((1000, 4000, TWO)), tag="fr"),)
    own = srt((1000, 4000, THREE))
    assert not findings(own, select="PAI001", film=make_known_film(), rungs=DEFAULT_RUNGS[:2], pairs=beside)


#: 40 and 34 characters: at 20 and 17 characters a second, two seconds of an adult's time each.
ENGLISH, FRENCH = "You may ask for somebody to help you, x.", "Tu peux demander que l’on t’aide.x"


def test_both_texts_count_each_at_the_pace_of_its_own_language() -> None:
    assert (len(ENGLISH), len(FRENCH)) == (40, 34)
    # 4 s of reading in 2 s, in 2.6 s, and in 3 s
    (found,) = told(srt((1000, 3000, ENGLISH)), srt((1000, 3000, FRENCH)), "PAI002")
    assert (found.measured, found.limit) == ("200 % of what an adult reads", "150 %")
    assert told(srt((1000, 3600, ENGLISH)), srt((1000, 3600, FRENCH)), "PAI002")
    assert not told(srt((1000, 4000, ENGLISH)), srt((1000, 4000, FRENCH)), "PAI002")


def test_what_is_shown_before_or_after_does_not_count() -> None:
    # of the four seconds of French, two are shown with English: 2 s and 1 s of reading in 2 s
    assert not told(srt((1000, 3000, ENGLISH)), srt((1000, 5000, FRENCH)), "PAI002")
    assert not told(srt((1000, 3000, ENGLISH)), srt((3000, 5000, FRENCH)), "PAI002")


def test_reading_is_told_once_with_the_first_language() -> None:
    assert not told(srt((1000, 3000, ENGLISH)), srt((1000, 3000, FRENCH)), "PAI002", is_first=False)


def test_a_pair_of_which_one_is_missing_is_told() -> None:
    (found,) = told(srt("Yes."), None, "PAI003")
    assert "en+fr" in found.message
    assert "fr has no subtitles" in found.message
    assert not told(srt("Yes."), srt("Oui."), "PAI003")
