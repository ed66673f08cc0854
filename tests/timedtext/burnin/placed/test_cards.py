"""Does a card fill the film's picture, with numbers that can be dialled and a code that can be read?"""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from itertools import combinations
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
import segno

from babelreel.delivery.leaflet.qr import qr_squares
from babelreel.languages.find import find_language
from babelreel.model.film.cards import ShownCard, with_room_for
from babelreel.model.film.cells import Cell
from babelreel.model.film.composition import Area, compose
from babelreel.model.film.ladder.default_rungs import DEFAULT_RUNGS, EDITION_RUNGS
from babelreel.model.film.ladder.encoding_ladder import Frame, Rung, fit_frame
from babelreel.model.style import Style
from babelreel.model.timecode import Span
from babelreel.model.track import Cue
from babelreel.timedtext.burnin.cell_cues import CellText, cut_drawing
from babelreel.timedtext.burnin.drawing import Drawing, lay_burnin
from babelreel.timedtext.burnin.placed.areas import do_overlap
from babelreel.timedtext.burnin.placed.cards import left_off, lost_numbers
from babelreel.timedtext.burnin.placed.signs import free_of_subtitles, shown_picture
from babelreel.timedtext.burnin.typeface import choose_font
from support.burned import draw_in_colour, inked_area
from support.tracks import cue, track

STORY, POST = EDITION_RUNGS
PHONE = DEFAULT_RUNGS[-1]
WIDE = Frame(width_px=854, height_px=480, rate=Fraction(25))
ADDRESS = "https://rights.example.org/film/ar/"
GROUND = (0x0B, 0x5C, 0x6B)
#: The title in each language, and who answers.
SAID = {
    "fr": ("Tes droits", "Enfant disparu"),
    "en": ("Your rights", "Missing child"),
    "nl": ("Jouw rechten", "Vermist kind"),
    "de": ("Deine Rechte", "Vermisstes Kind"),
    "ar": ("حقوقك في بلجيكا", "طفل مفقود"),
    "vi": ("Quyền của em", "Trẻ em mất tích"),
    "zh-Hans": ("你的权利", "儿童失踪"),
    "sq": ("Të drejtat e tua", "Fëmijë i zhdukur"),
    "ro": ("Drepturile tale", "Copil dispărut"),
    "bg": ("Твоите права", "Изчезнало дете"),
    "ps": ("ستا حقونه", "ورک شوی ماشوم"),
    "fa": ("حقوق تو", "کودک گمشده"),
    "pcm": ("Your rights", "Pikin wey lost"),
}


def card(tag: str, **more: object) -> ShownCard:
    title, who = SAID[tag]
    end = ShownCard(
        span=Span(start_ms=0, end_ms=1000),
        heading=title,
        numbers=(("116 000", who), ("+32 2 555 12 34", who)),
        address=ADDRESS.removeprefix("https://").rstrip("/"),
        code=qr_squares(ADDRESS),
        ground="#0b5c6b",
        color="#ffffff",
    )
    return replace(end, **more)  # type: ignore[arg-type] # as it is called


def laid(
    tag: str, *cards: ShownCard, cues: tuple[Cue, ...] = (), rung: Rung | None = None, is_pair: bool = False
) -> Drawing:
    language = find_language(tag)
    return lay_burnin(
        track(*cues, path=f"subtitles/{tag}.srt"),
        language=language,
        frame=fit_frame(rung, 1920, 1080, Fraction(25)) if rung else WIDE,
        type_size=rung.type_size if rung else Fraction(1, 14),
        style=Style(),
        font=choose_font(language, None),
        composition=compose(rung, 1920, 1080) if rung else None,
        cards=cards,
        is_pair=is_pair,
    )


def cell(drawing: Drawing, first: int = 0, end: int = 25) -> CellText | None:
    (text,) = cut_drawing(drawing, [Cell(first=first, end=end)])
    return text


def seen(drawing: Drawing, folder: Path) -> npt.NDArray[np.int16]:
    """Draw the first frame of a cell over black."""
    text = cell(drawing)
    assert text is not None
    return draw_in_colour(text.document, folder, drawing.layout.frame)


def inked(drawing: Drawing, folder: Path) -> Area:
    """Draw the first frame over black, and find the part of it in which anything light is seen."""
    return inked_area(np.asarray((seen(drawing, folder) > 120).any(axis=2)))


def code_in(drawing: Drawing) -> tuple[int, int, int]:
    """Give where the squares of the code begin, and how large one is."""
    body = next(each.body for each in drawing.signs if each.body.count("m ") > 50)
    left, top = map(int, re.findall(r"\\pos\((\d+),(\d+)\)", body)[0])
    widths = [int(each[1]) - int(each[0]) for each in re.findall(r"m (\d+) \d+ l (\d+)", body)]
    return left, top, min(widths)


@pytest.mark.parametrize(("tag", "rung"), [("ar", None), ("fr", None), ("ar", STORY), ("zh-Hans", POST)])
def test_the_code_that_is_seen_is_that_of_the_address(tag: str, rung: Rung | None, tmp_path: Path) -> None:
    drawing = laid(tag, card(tag), rung=rung)
    picture = seen(drawing, tmp_path)
    left, top, square = code_in(drawing)
    code = segno.make_qr(ADDRESS, error="m", boost_error=False)
    count = len(code.matrix)
    middles = square * np.arange(-4, count + 4) + square // 2
    found = picture[top + middles][:, left + middles].mean(axis=2) < 128
    expected = np.pad(np.array(code.matrix, dtype=bool), 4)  # four squares of quiet around it
    assert np.array_equal(found, expected)
    assert square >= 4, "large enough for a camera"


@pytest.mark.parametrize("tag", SAID)
def test_everything_is_written_in_every_script_in_the_colour_of_the_card(tag: str, tmp_path: Path) -> None:
    drawing = laid(tag, card(tag))
    # the ground, the heading, two numbers, two who answer, white behind the code, its squares, the address
    assert len(drawing.signs) == 9
    picture = seen(drawing, tmp_path)
    assert np.abs(picture[2, 2] - GROUND).max() <= 4
    assert np.abs(picture[-3, -3] - GROUND).max() <= 4
    white = picture.min(axis=2) > 200
    half = WIDE.width_px // 2
    numbers = white[150:, half + 60 :] if find_language(tag).is_rtl else white[150:, : half - 60]
    assert numbers.any(), "numbers stand on the side on which the language begins"


def test_in_an_edition_a_card_fills_the_film_s_picture_and_no_more(tmp_path: Path) -> None:
    composition = compose(STORY, 1920, 1080)
    assert composition is not None
    picture = seen(laid("ar", card("ar"), rung=STORY), tmp_path)
    shown = picture.max(axis=2) > 30
    rows, columns = (np.flatnonzero(shown.any(axis=axis)) for axis in (1, 0))
    found = Area(
        left_px=int(columns[0]),
        top_px=int(rows[0]),
        width_px=int(columns[-1] - columns[0]) + 1,
        height_px=int(rows[-1] - rows[0]) + 1,
    )
    assert found == composition.picture


@pytest.mark.parametrize("tag", ["ar", "ps", "fa", "fr"])
def test_a_number_is_never_broken_and_runs_from_left_to_right(tag: str) -> None:
    bodies = [each.body for each in laid(tag, card(tag)).signs]
    for number in ("116\u00a0000", "+32\u00a02\u00a0555\u00a012\u00a034"):
        (body,) = (each for each in bodies if number in each or number.replace("\u00a0", " ") in each)
        assert r"\N" not in body


def test_what_cannot_be_drawn_is_left_out_and_the_rest_stays() -> None:
    plain = laid("fr", card("fr"))
    without = laid("fr", card("fr", heading="\U0001f642", address="", code=()))
    assert len(without.signs) == len(plain.signs) - 4
    title = laid("fr", card("fr", numbers=(), code=(), address="", foot="Child Focus"))
    assert len(title.signs) == 3


def test_what_is_left_out_is_named() -> None:
    layout = laid("fr", card("fr")).layout
    assert left_off(layout, card("fr")) == ()
    unfit = card("fr", heading="\U0001f642", address=ADDRESS * 9, numbers=(("112", "Que dire ? " * 30),))
    assert left_off(layout, unfit) == ("the title", "who answers 112", "the address")
    assert left_off(layout, card("fr", code=((True,) * 400,) * 400)) == ("the code",)


NUMBERS = ("+32 2 555 12 34", "116 000", "112", "+32 2 555 98 76")


def many(tag: str, count: int, **more: object) -> ShownCard:
    """Give a card with numbers, each with hours behind who answers."""
    said = (f"{SAID[tag][1]} 9:00–17:00", "24/7", "", SAID[tag][1])
    return card(tag, numbers=tuple(zip(NUMBERS, said, strict=True))[:count], **more)


def bodies_of(drawing: Drawing, number: str) -> list[str]:
    bodies = (each.body for each in drawing.signs)
    return [each for each in bodies if re.sub(r"\{[^}]*\}", "", each).replace("\u00a0", " ") == number]


def type_share(drawing: Drawing, body: str) -> float:
    """Measure the type of a text as a share of the picture's short side: libass' size, less the font's own scale."""
    (size,) = re.findall(r"\\fs([0-9.]+)", body)
    frame = drawing.layout.frame
    return float(size) / float(drawing.layout.font.scale) / min(frame.width_px, frame.height_px)


@pytest.mark.parametrize("count", [2, 3, 4])
@pytest.mark.parametrize("tag", ["en", "ar", "ps", "zh-Hans", "vi"])
def test_above_the_lines_of_two_languages_no_number_is_lost_or_too_small_to_be_read(
    tag: str, count: int, tmp_path: Path
) -> None:
    shown = many(tag, count)
    drawing = laid(tag, shown, rung=PHONE, is_pair=True)
    assert not lost_numbers(drawing.layout, shown)
    texts = [each for each in drawing.signs if r"\p1" not in each.body]
    for number in NUMBERS[:count]:
        (body,) = bodies_of(drawing, number)
        assert type_share(drawing, body) >= 0.0799, "as large as the smallest text"
    _, bottom = free_of_subtitles(drawing.layout, shown_picture(drawing.layout), 0)
    places = [inked(replace(drawing, signs=(each,)), tmp_path) for each in texts]
    assert all(each.bottom_px <= bottom for each in places)
    assert not [pair for pair in combinations(places, 2) if do_overlap(*pair)]


@pytest.mark.parametrize("tag", ["fr", "ar"])
def test_numbers_have_room_before_the_title_and_who_answers(tag: str) -> None:
    numbers = tuple((str(number), SAID[tag][1]) for number in range(112, 120))
    shown = card(tag, numbers=numbers)
    drawing = laid(tag, shown, rung=PHONE)
    assert not lost_numbers(drawing.layout, shown)
    assert "the title" in left_off(drawing.layout, shown)
    assert all(type_share(drawing, bodies_of(drawing, number)[0]) >= 0.0799 for number, _ in numbers)


def test_numbers_for_which_there_is_no_room_are_named() -> None:
    shown = card("fr", numbers=tuple((str(number), "") for number in range(112, 142)))
    layout = laid("fr", shown, rung=PHONE).layout
    assert lost_numbers(layout, shown) == tuple(str(number) for number in range(112, 142))
    assert not set(left_off(layout, shown)) & set(lost_numbers(layout, shown)), "told by another sentence"


def test_a_card_leaves_room_for_lines_only_where_one_is_shown_meanwhile(tmp_path: Path) -> None:
    end = replace(card("fr"), span=Span(start_ms=1000, end_ms=2000))
    (before,) = with_room_for((end,), (cue(0, 1000, "Adieu"), cue(1200, 1800, " ")), Fraction(25))
    (during,) = with_room_for((end,), (cue(0, 1040, "Adieu"),), Fraction(25))
    assert (before.has_lines, during.has_lines) == (False, True)
    lowest = {
        has_lines: inked(laid("fr", card("fr", ground="#000000", has_lines=has_lines)), tmp_path).bottom_px
        for has_lines in (False, True)
    }
    assert lowest[True] < 480 - 24 - 2 * 34 < lowest[False] <= 480 - 28


def test_subtitles_are_read_over_a_card_and_only_its_cells_differ() -> None:
    cues = (cue(0, 900, "Bonjour"), cue(2000, 3000, "Adieu"))
    without, with_card = laid("fr", cues=cues), laid("fr", card("fr"), cues=cues)
    first = cell(with_card)
    assert first is not None
    assert "Bonjour" in str(first.facts[-1]), "drawn last"
    assert cell(with_card, 50, 75) == cell(without, 50, 75)
    assert cell(with_card, 25, 50) is None
    below = max(map(int, re.findall(r"\\pos\(\d+,(\d+)\)", " ".join(each.body for each in with_card.signs))))
    assert below < 480 - 24 - 2 * 34, "room for two lines is left"
