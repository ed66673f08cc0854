from __future__ import annotations

from fractions import Fraction

import pytest

from babelreel.model.film.ladder.default_rungs import DEFAULT_RUNGS, EDITION_RUNGS
from babelreel.model.film.ladder.encoding_ladder import Rung
from babelreel.model.film.signs import Sign
from babelreel.model.style import Style, Styles
from babelreel.model.timecode import Span
from babelreel.rules.check import check_track
from support.subjects import make_subject
from support.tracks import srt


def told(style: Style, rungs: tuple[Rung, ...] = DEFAULT_RUNGS) -> list[tuple[str, str, str]]:
    subject = make_subject(srt("It is free."), styles=Styles(whole=style), rungs=rungs)
    found = check_track(subject, select=["STY"]).findings
    return [(each.code, each.message, each.measured) for each in found]


@pytest.mark.parametrize(
    "style",
    [
        Style(),
        Style(color="#ffff00"),
        Style(outline=0, background="#000000"),
        Style(color="#000000", outline_color="#ffffff"),
        Style(color="#000000", outline=0, background="#ffffff", opacity=0.9),
        Style(outline_color="#ffffff", background="#000000", opacity=0.8),  # the box is enough
    ],
)
def test_text_that_can_be_told_from_what_is_around_it_is_right(style: Style) -> None:
    assert told(style) == []


@pytest.mark.parametrize(
    ("style", "around", "measured"),
    [
        (Style(outline_color="#ffffff"), "its outline: both are #ffffff", "1.0 to 1"),
        (Style(outline_color="#ffff00"), "its outline", "1.1 to 1"),
        (Style(outline=0), "the film: it has neither outline nor box", "1.0 to 1"),
        # white over a white wall that is seen through half of a black box: #808080, which is 3.95 to 1
        (Style(outline=0, background="#000000", opacity=0.5), "its box", "4.0 to 1"),
        (Style(outline_color="#cccccc", background="#ffffff"), "its outline and box", "1.6 to 1"),
    ],
)
def test_text_that_cannot_be_told_is_warned_of(style: Style, around: str, measured: str) -> None:
    assert told(style) == [("STY001", f"in phone-480p, phone-360p the text cannot be told from {around}", measured)]


def test_words_in_the_picture_must_be_told_from_their_plate() -> None:
    sign = Sign(name="court", span=Span(start_ms=0, end_ms=1000), texts=(("en", "Court"),))
    white = Style(background="#ffffff")  # lines have their black outline, words on a plate have none
    subject = make_subject(srt("It is free."), styles=Styles(whole=white), rungs=DEFAULT_RUNGS, signs=(sign,))
    (finding,) = check_track(subject, select=["STY"]).findings
    assert finding.message.endswith("the text cannot be told from the plate of words in the picture")
    assert finding.measured == "1.0 to 1"
    assert told(white) == []
    usual = make_subject(srt("It is free."), rungs=DEFAULT_RUNGS, signs=(sign,))
    assert check_track(usual, select=["STY"]).findings == ()


def test_each_rendition_is_judged_by_its_own_style() -> None:
    styles = Styles(rungs=(("phone-360p", (("outline", 0.0),)),), languages=(("fr", (("outline", 0.0),)),))
    subject = make_subject(srt("It is free."), styles=styles)
    (finding,) = check_track(subject, select=["STY"]).findings
    assert finding.message.startswith("in phone-360p the text")


def test_type_below_the_bbc_s_is_small_and_an_edition_is_held_to_its_width() -> None:
    small = told(Style(size=Fraction(4, 5)), (*DEFAULT_RUNGS, *EDITION_RUNGS))
    # 9 % and 5.5 % of the short side, less a fifth; 10 % less a fifth is what the BBC asks for
    assert sorted(small) == [
        ("STY002", "the text of phone-480p is small", "7.2 %"),
        ("STY002", "the text of post is small", "4.4 %"),
        ("STY002", "the text of story is small", "4.4 %"),
    ]
