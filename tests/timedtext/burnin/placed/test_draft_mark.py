"""Is a draft's mark read beside all that has a place of its own: words in the picture, cards, texts of ASS files?"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from babelreel.languages.find import find_language
from babelreel.model.drafts import DRAFT, marked_track
from babelreel.model.film.bitmap import Bitmap
from babelreel.model.film.cards import ShownCard
from babelreel.model.film.cells import Cell
from babelreel.model.film.composition import Area, compose
from babelreel.model.film.ladder.default_rungs import DEFAULT_RUNGS, EDITION_RUNGS
from babelreel.model.film.ladder.encoding_ladder import Rung, fit_frame
from babelreel.model.film.signs import ShownSign, Sign, SignStyle
from babelreel.model.style import Look, Position, Style
from babelreel.model.timecode import Span
from babelreel.model.track import Align, Format
from babelreel.timedtext.burnin.cell_cues import cut_drawing
from babelreel.timedtext.burnin.drawing import Drawing, lay_burnin
from babelreel.timedtext.burnin.placed.areas import do_overlap
from babelreel.timedtext.burnin.typeface import choose_font
from babelreel.timedtext.formats.substation.reader import read_substation
from support.burned import draw, inked_area
from support.tracks import track

PHONE, POST = DEFAULT_RUNGS[-1], EDITION_RUNGS[1]
SECOND = Span(start_ms=0, end_ms=1000)
SAID = {"fr": "Appelle le 116 000", "ar": "اتصل بالرقم 116 000", "ps": "۱۱۶ ته زنګ ووهه", "zh-Hans": "请打 116 000"}
SCRIPT = (
    "[Script Info]\nScriptType: v4.00+\nPlayResX: 640\nPlayResY: 360\n\n"
    "[V4+ Styles]\nFormat: Name, Fontname, Fontsize, Alignment\nStyle: Default,Arial,36,2\n\n"
    "[Events]\nFormat: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n"
)
LOGO = Bitmap(width_px=40, height_px=20, rgba=bytes((255, 255, 255, 255)) * 800)


def sign(text: str) -> ShownSign:
    said = Sign(name="tel", span=SECOND, style=SignStyle.TITLE, place=Align.TOP, texts=(("fr", text),))
    return ShownSign(sign=said, text=text)


def card(text: str) -> ShownCard:
    return ShownCard(span=SECOND, heading=text, foot=text, ground="#000000", color="#ffffff", logo=LOGO)


def laid(  # noqa: PLR0913 - all that a draft may have
    tag: str,
    *,
    rung: Rung = PHONE,
    style: Style | None = None,
    text: str = "",
    title: str = "",
    signs: tuple[ShownSign, ...] = (),
    cards: tuple[ShownCard, ...] = (),
    is_draft: bool = True,
) -> Drawing:
    language = find_language(tag)
    plain = track(path=f"subtitles/{tag}.srt")
    if text:
        event = f"Dialogue: 0,0:00:00.00,0:00:01.00,Default,,0,0,0,,{text}\n"
        plain = read_substation(SCRIPT + event, language=tag, path=f"subtitles/{tag}.ass", format=Format.ASS)
    return lay_burnin(
        plain if rung.edition or not is_draft else marked_track(plain, 1000, has_text=True),
        language=language,
        frame=fit_frame(rung, 1920, 1080, Fraction(25)),
        type_size=rung.type_size,
        style=style or Style(),
        font=choose_font(language, None),
        composition=compose(rung, 1920, 1080),
        title=title,
        mark=DRAFT if is_draft else "",
        signs=signs,
        cards=cards,
    )


def inked(drawing: Drawing, folder: Path) -> Area:
    (text,) = cut_drawing(drawing, [Cell(first=0, end=25)])
    assert text is not None
    (ink,) = draw(text.document, folder, drawing.layout.frame, 1)
    return inked_area(ink > 0.3)


def parted(drawing: Drawing, folder: Path) -> tuple[Area, Area]:
    """Draw the mark alone, and all that is not the mark."""
    is_mark = [DRAFT in each.body for each in drawing.cues]
    marks = tuple(each for each, found in zip(drawing.cues, is_mark, strict=True) if found)
    others = tuple(each for each, found in zip(drawing.cues, is_mark, strict=True) if not found)
    assert marks or DRAFT in drawing.title
    alone = replace(drawing, cues=marks, signs=())
    return inked(alone, folder), inked(replace(drawing, cues=others, title=""), folder)


@pytest.mark.parametrize("rung", [PHONE, POST], ids=["phone", "post"])
@pytest.mark.parametrize("tag", SAID)
def test_words_in_the_picture_and_cards_stand_below_it(tag: str, rung: Rung, tmp_path: Path) -> None:
    for drawing in (
        laid(tag, rung=rung, signs=(sign(SAID[tag]),)),
        laid(tag, rung=rung, cards=(card(SAID[tag]),)),
    ):
        mark, other = parted(drawing, tmp_path)
        assert not do_overlap(mark, other)
        assert mark.bottom_px <= other.top_px


@pytest.mark.parametrize("style", [Style(look=Look.OWN), Style(look=Look.OWN, position=Position.TOP)])
@pytest.mark.parametrize("at", ["320,0", "320,40", "300,60", "600,350"])
@pytest.mark.parametrize("tag", ["fr", "ar"])
def test_a_text_that_keeps_its_place_makes_room_for_it(tag: str, at: str, style: Style, tmp_path: Path) -> None:
    drawing = laid(tag, style=style, text=rf"{{\an5\pos({at})}}{SAID[tag]}")
    assert not do_overlap(*parted(drawing, tmp_path))


def test_what_leaves_it_room_stays_where_its_author_put_it() -> None:
    low = r"{\an5\pos(320,200)}Appelle le 112"
    own = Style(look=Look.OWN)
    draft, plain = (laid("fr", style=own, text=low, is_draft=is_draft) for is_draft in (True, False))
    assert plain.cues[0].body in {each.body for each in draft.cues}


def test_where_the_title_says_it_nothing_else_moves() -> None:
    shown = (sign(SAID["fr"]),)
    draft, plain = (
        laid("fr", rung=POST, title="DRAFT: Tes droits", signs=shown, is_draft=is_draft) for is_draft in (True, False)
    )
    assert DRAFT in draft.title
    assert draft.signs == plain.signs
