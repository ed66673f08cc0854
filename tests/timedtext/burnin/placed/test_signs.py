"""Where do words in the picture stand, in every script, and what of a language do they change?"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

from babelreel.languages.find import find_language
from babelreel.model.film.cells import Cell
from babelreel.model.film.composition import Area, compose
from babelreel.model.film.ladder.default_rungs import EDITION_RUNGS
from babelreel.model.film.ladder.encoding_ladder import Frame, Rung, fit_frame
from babelreel.model.film.signs import Box, ShownSign, Sign, SignStyle
from babelreel.model.style import Position, Style
from babelreel.model.timecode import Span
from babelreel.model.track import Align, Cue
from babelreel.timedtext.burnin.cell_cues import CellText, cut_drawing
from babelreel.timedtext.burnin.drawing import Drawing, lay_burnin
from babelreel.timedtext.burnin.placed.areas import do_overlap
from babelreel.timedtext.burnin.placed.signs import LaidSign, draw_sign, free_of_subtitles, lay_sign, shown_picture
from babelreel.timedtext.burnin.placed.stacked_signs import lay_signs
from babelreel.timedtext.burnin.typeface import choose_font
from support.burned import draw, inked_area
from support.tracks import cue, track

#: What stands over the door of the court, in each language.
COURT = {
    "fr": "Tribunal de la famille",
    "en": "Family court",
    "nl": "Familierechtbank",
    "de": "Familiengericht",
    "ar": "محكمة الأسرة",
    "vi": "Tòa án gia đình",
    "zh-Hans": "家庭法庭",
    "sq": "Gjykata e familjes",
    "ro": "Tribunalul familiei",
    "bg": "Семеен съд",
    "ps": "د کورنۍ محکمه",
    "fa": "دادگاه خانواده",
    "pcm": "Court for family",
}
STORY, POST = EDITION_RUNGS
WIDE = Frame(width_px=854, height_px=480, rate=Fraction(25))
TYPE_SIZE = Fraction(1, 14)
USUAL = Style()


def sign(text: str, *, at: tuple[int, int] = (0, 1000), **look: object) -> ShownSign:
    span = Span(start_ms=at[0], end_ms=at[1])
    return ShownSign(sign=Sign(name="court", span=span, **look), text=text)  # type: ignore[arg-type] # as it is called


def laid(
    tag: str,
    *signs: ShownSign,
    cues: tuple[Cue, ...] = (),
    rung: Rung | None = None,
    style: Style = USUAL,
) -> Drawing:
    language = find_language(tag)
    return lay_burnin(
        track(*cues, path=f"subtitles/{tag}.srt"),
        language=language,
        frame=fit_frame(rung, 1920, 1080, Fraction(25)) if rung else WIDE,
        type_size=rung.type_size if rung else TYPE_SIZE,
        style=style,
        font=choose_font(language, None),
        composition=compose(rung, 1920, 1080) if rung else None,
        signs=signs,
    )


def plate(tag: str, shown: ShownSign, rung: Rung | None = None) -> LaidSign:
    return lay_sign(laid(tag, rung=rung).layout, shown)


def cell(drawing: Drawing, first: int = 0, end: int = 25) -> CellText | None:
    (text,) = cut_drawing(drawing, [Cell(first=first, end=end)])
    return text


def inked(drawing: Drawing, folder: Path) -> Area:
    """Draw the first frame over black, and give the part of it in which anything is seen."""
    text = cell(drawing)
    assert text is not None
    (ink,) = draw(text.document, folder, drawing.layout.frame, 1)
    return inked_area(ink > 0.3)


def holds(outer: Area, inner: Area) -> bool:
    return (
        outer.left_px <= inner.left_px
        and outer.top_px <= inner.top_px
        and inner.left_px + inner.width_px <= outer.left_px + outer.width_px
        and inner.bottom_px <= outer.bottom_px
    )


@pytest.mark.parametrize("tag", COURT)
def test_words_stand_on_their_plate_in_every_script(tag: str, tmp_path: Path) -> None:
    shown = sign(COURT[tag])
    found, on = inked(laid(tag, shown), tmp_path), plate(tag, shown).plate
    assert holds(on, found)
    # as much room to the left of the words as to the right: they were measured as they are drawn
    left, right = found.left_px - on.left_px, on.left_px + on.width_px - found.left_px - found.width_px
    assert abs(left - right) <= 0.06 * on.width_px
    assert found.width_px >= 0.5 * on.width_px


@pytest.mark.parametrize("tag", ["fr", "ar"])
def test_words_of_a_larger_style_with_a_box_keep_to_their_own_plate(tag: str, tmp_path: Path) -> None:
    shown, style = sign(COURT[tag]), Style(size=Fraction(5, 4), color="#ffffff", background="#808080", opacity=1)
    drawing = laid(tag, shown, style=style)
    on, usual = lay_sign(drawing.layout, shown).plate, plate(tag, shown).plate
    assert on.height_px == pytest.approx(1.25 * usual.height_px, abs=3)
    assert holds(on, inked(drawing, tmp_path))


@pytest.mark.parametrize("rung", EDITION_RUNGS, ids=lambda rung: rung.name)
@pytest.mark.parametrize("tag", ["fr", "ar", "zh-Hans"])
@pytest.mark.parametrize("place", [Align.TOP, Align.BOTTOM_RIGHT, Align.MIDDLE_LEFT])
def test_in_an_edition_words_stand_inside_of_the_film_s_picture(tag: str, rung: Rung, place: Align) -> None:
    found = plate(tag, sign(COURT[tag], place=place), rung)
    composition = compose(rung, 1920, 1080)
    assert composition is not None
    assert holds(composition.picture, found.plate)
    assert found.fits


def test_words_in_an_edition_are_drawn_there(tmp_path: Path) -> None:
    shown = sign(COURT["ar"])
    assert holds(plate("ar", shown, POST).plate, inked(laid("ar", shown, rung=POST), tmp_path))


def test_a_box_says_where_words_stand_as_shares_of_the_picture(tmp_path: Path) -> None:
    box = Box(Fraction(6, 10), Fraction(1, 4), Fraction(3, 10), Fraction(1, 4))
    shown = sign(COURT["fr"], box=box)
    place = Area(left_px=512, top_px=120, width_px=256, height_px=120)  # of 854 x 480
    assert plate("fr", shown).plate == place
    assert holds(place, inked(laid("fr", shown), tmp_path))


def test_words_at_the_bottom_stand_above_two_lines_of_subtitles(tmp_path: Path) -> None:
    for tag in ("fr", "ar"):
        lines = cue(0, 1000, COURT[tag], COURT[tag])
        below = inked(laid(tag, cues=(lines,)), tmp_path)
        assert plate(tag, sign(COURT[tag], place=Align.BOTTOM)).plate.bottom_px <= below.top_px


@pytest.mark.parametrize("style", list(SignStyle))
def test_in_a_film_of_two_languages_words_stand_above_the_lines_of_both(style: SignStyle) -> None:
    place = Align.BOTTOM if style is SignStyle.SIGN else None
    words = sign("محكمة الأسرة", style=style, place=place)
    layout = replace(laid("ar").layout, is_pair=True)
    # two lines of Arabic, and two of four fifths of their size above them, each as high as Arabic's font is
    lines_px = 2 * layout.type_px * layout.font.scale * Fraction(18, 10)
    found = lay_sign(layout, words)
    assert found.fits
    assert found.plate.bottom_px <= layout.frame.height_px - layout.margin_px - lines_px


@pytest.mark.parametrize("rung", [None, STORY], ids=["wide", "story"])
@pytest.mark.parametrize("tag", ["fr", "ar", "ps", "zh-Hans", "vi"])
@pytest.mark.parametrize("place", [Align.TOP, Align.MIDDLE, Align.BOTTOM_LEFT])
def test_signs_that_are_seen_at_once_stand_clear_of_one_another(tag: str, place: Align, rung: Rung | None) -> None:
    early = sign(COURT[tag], at=(0, 4000), place=place)
    late = replace(early, sign=replace(early.sign, name="room", span=Span(start_ms=1000, end_ms=2000)))
    layout = laid(tag, rung=rung).layout
    alone, (first, second) = lay_sign(layout, early), lay_signs(layout, (early, late))
    assert first == alone, "what is there already stays where it is"
    is_above = second.plate.bottom_px <= first.plate.top_px
    assert is_above if place is Align.BOTTOM_LEFT else first.plate.bottom_px <= second.plate.top_px
    assert second.plate.left_px == first.plate.left_px
    top, bottom = free_of_subtitles(layout, shown_picture(layout), 0)
    assert top <= second.plate.top_px < second.plate.bottom_px <= bottom
    after = replace(late, sign=replace(late.sign, span=Span(start_ms=4000, end_ms=5000)))
    assert lay_signs(layout, (early, after)) == (alone, alone), "one after the other, both have their place"


def test_a_sign_makes_room_for_a_box_which_stays_where_it_is_whenever_it_begins(tmp_path: Path) -> None:
    box = sign(COURT["fr"], at=(500, 1000), box=Box(Fraction(0), Fraction(0), Fraction(1), Fraction(1, 4)))
    free = replace(box, sign=replace(box.sign, name="room", box=None, span=Span(start_ms=0, end_ms=2000)))
    layout = laid("fr").layout
    below, fixed = lay_signs(layout, (free, box))
    assert fixed == lay_sign(layout, box)
    assert below.plate.top_px >= fixed.plate.bottom_px
    assert holds(below.plate, inked(laid("fr", free, box), tmp_path)), "in the first frame it stands there already"


def test_where_there_is_no_room_for_another_sign_it_stays_where_it_is() -> None:
    tall = "\n".join([COURT["ar"]] * 3)
    signs = [sign(tall) for _ in range(12)]
    signs = [replace(each, sign=replace(each.sign, name=f"sign-{at:02}")) for at, each in enumerate(signs)]
    laid_out = lay_signs(laid("ar").layout, signs)
    assert laid_out[-1] == laid_out[0]


def test_in_a_film_of_two_languages_no_digit_lies_under_the_plate_of_another_sign(tmp_path: Path) -> None:
    """Of a lower third that stands high, above four lines, as of signs at the top: they are measured as drawn."""
    words = {
        "court": sign("د کورنۍ محکمه 116 000"),
        "tel": sign("02 555 12 34 موږ ته همدا اوس زنګ ووهئ"),
        "who": sign("اینیس دوپون\nوکیله 02 555 12 34", style=SignStyle.LOWER_THIRD),
    }
    language = find_language("ps")
    drawing = lay_burnin(
        track(path="subtitles/ps.srt"),
        language=language,
        frame=Frame(width_px=640, height_px=360, rate=Fraction(25)),
        type_size=TYPE_SIZE,
        style=Style(background="#808080", opacity=1),  # plates that are seen
        font=choose_font(language, None),
        signs=[
            replace(each, sign=replace(each.sign, name=name, span=Span(start_ms=0, end_ms=1000 + at)))
            for at, (name, each) in enumerate(words.items())
        ],
        is_pair=True,
    )
    of_each = [drawing.signs[at : at + 2] for at in (0, 2, 4)]  # a plate and its words
    drawn = [inked(replace(drawing, signs=each), tmp_path) for each in of_each]
    _, bottom = free_of_subtitles(drawing.layout, shown_picture(drawing.layout), 0)
    assert all(0 <= each.top_px < each.bottom_px <= bottom for each in drawn)
    assert not [pair for pair in combinations(drawn, 2) if do_overlap(*pair)]


def test_signs_that_find_no_room_in_their_size_are_all_drawn_smaller_and_a_box_keeps_its_size() -> None:
    wide = Box(Fraction(0), Fraction(0), Fraction(1), Fraction(1, 3))
    tall = "\n".join([" ".join([COURT["fr"]] * 2)] * 3)
    shown = (sign(COURT["fr"], box=wide), sign(tall), sign(tall))
    layout = laid("fr").layout
    usual = [lay_sign(layout, each).layout.type_px for each in shown]
    boxed, *free = lay_signs(layout, [replace(e, sign=replace(e.sign, name=str(at))) for at, e in enumerate(shown)])
    assert boxed == lay_sign(layout, shown[0])
    assert all(each.layout.type_px < before for each, before in zip(free, usual[1:], strict=True))
    assert not [pair for pair in combinations((boxed.drawn, *(each.drawn for each in free)), 2) if do_overlap(*pair)]


def test_where_subtitles_stand_at_the_top_words_stand_below_two_lines_of_them() -> None:
    shown = sign(COURT["ar"])
    usual = laid("ar").layout
    at_top = replace(usual, style=replace(usual.style, position=Position.TOP))
    lines = 2 * usual.type_px * Fraction(143, 100)
    assert lay_sign(usual, shown).plate.top_px < usual.margin_px + lines
    assert lay_sign(at_top, shown).plate.top_px >= at_top.margin_px + lines


def test_who_speaks_is_named_from_the_side_on_which_the_language_begins(tmp_path: Path) -> None:
    for tag, is_left in (("fr", True), ("ar", False), ("fa", False), ("zh-Hans", True)):
        shown = sign(f"{COURT[tag]}\n112", style=SignStyle.LOWER_THIRD)
        found = inked(laid(tag, shown), tmp_path)
        middle = found.left_px + found.width_px / 2
        assert (middle < WIDE.width_px / 2) == is_left


def test_what_is_long_is_drawn_smaller_and_what_is_too_long_is_told() -> None:
    box = Box(Fraction(0), Fraction(0), Fraction(1, 3), Fraction(1, 6))
    sizes = [plate("fr", sign(" ".join([COURT["fr"]] * times), box=box)) for times in (1, 3, 9)]
    assert [each.fits for each in sizes] == [True, True, False]
    large, small, smallest = (each.layout.type_px for each in sizes)
    assert large > small > smallest
    assert small >= Fraction(6, 10) * large


def test_a_telephone_number_is_never_broken_and_keeps_its_order_in_arabic() -> None:
    box = Box(Fraction(0), Fraction(0), Fraction(1, 4), Fraction(1, 2))
    shown = sign("اتصل مجانًا بالرقم 116 000 ليلًا ونهارًا", box=box)
    lines = [line.text for line in plate("ar", shown).lines]
    assert len(lines) > 1
    assert sum("116\u00a0000" in line for line in lines) == 1
    drawn = "".join(draw_sign(laid("ar").layout, shown, plate("ar", shown)))
    assert "116\u00a0000" in drawn  # in visual order, and as it is dialled


@pytest.mark.parametrize(
    ("tag", "text", "whole"),
    [
        ("fr", "Appelle le 116 000", "116\u00a0000"),
        ("ar", "اتصل بالرقم 116 000", "116\u00a0000"),
        ("ps", "زنګ ووهئ 116 000", "116\u00a0000"),
        ("zh-Hans", "请拨打 116 000", "116\u00a0000"),
        ("vi", "Gọi +32 475 12 34 56", "+32\u00a0475\u00a012\u00a034\u00a056"),
        ("de", "Zum Familiengericht", "Familiengericht"),
        ("fr", "À qui parler ?", "parler\u00a0?"),
    ],
)
def test_no_number_or_word_is_cut_as_long_as_smaller_type_holds_it(tag: str, text: str, whole: str) -> None:
    widths = [Fraction(share, 100) for share in range(3, 45)]
    found = [plate(tag, sign(text, box=Box(Fraction(0), Fraction(0), width, Fraction(1, 2)))) for width in widths]
    held = [each for each in found if each.fits]
    assert len({each.layout.type_px for each in held}) > 1, "some are drawn smaller for it"
    assert all(sum(whole in line.text for line in each.lines) == 1 for each in held)
    assert not found[0].fits, "it is told where even the smallest type would cut it"


def test_text_of_a_sign_never_acts_as_a_command() -> None:
    words = sign(r"{\fs200}A\NB")
    (_, drawn) = draw_sign(laid("fr").layout, words, plate("fr", words))
    assert r"{\fs200}" not in drawn
    assert drawn.count(r"\N") == 0 or r"\N" not in drawn.split("}", 1)[1]


def test_only_cells_that_show_a_sign_differ_and_cues_stay_as_they_were() -> None:
    cues = (cue(0, 1000, "Bonjour"), cue(5000, 6000, "Adieu"))
    without, with_sign = laid("fr", cues=cues), laid("fr", sign(COURT["fr"], at=(2000, 5500)), cues=cues)
    cells = [(0, 50), (50, 75), (75, 125), (125, 150), (150, 200)]
    before = [cell(without, *each) for each in cells]
    after = [cell(with_sign, *each) for each in cells]
    assert [one == other for one, other in zip(before, after, strict=True)] == [True, False, False, False, True]
    assert before[4] is None
    last = after[3]
    assert last is not None
    assert last.facts[-1] == before[3].facts[0]  # type: ignore[union-attr] # it shows a cue
    assert last.lead == 0  # a sign with a place of its own keeps no cue where it was


def test_a_cue_during_a_sign_is_drawn_as_without_it(tmp_path: Path) -> None:
    said = cue(0, 1000, "Voici le tribunal")
    frames = []
    for drawing in (laid("fr", cues=(said,)), laid("fr", sign(COURT["fr"]), cues=(said,))):
        text = cell(drawing)
        assert text is not None
        frames.append(draw(text.document, tmp_path, WIDE, 1)[0])
    alone, both = frames
    assert np.array_equal(alone[240:], both[240:])
    assert alone[:240].max() == 0 < both[:240].max()
