"""Does a card fill the film's picture, with numbers that can be dialled and a code that can be read?"""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
import segno

from babelreel.delivery.leaflet.qr import qr_squares
from babelreel.languages.find import find_language
from babelreel.model.film.cards import ShownCard
from babelreel.model.film.cells import Cell
from babelreel.model.film.composition import Area, compose
from babelreel.model.film.encoding_ladder import EDITION_RUNGS, Frame, Rung, fit_frame
from babelreel.model.style import Style
from babelreel.model.timecode import Span
from babelreel.model.track import Cue
from babelreel.timedtext.burnin.cell_cues import CellText, cut_drawing
from babelreel.timedtext.burnin.drawing import Drawing, lay_burnin
from babelreel.timedtext.burnin.placed.cards import left_off
from babelreel.timedtext.burnin.typeface import choose_font
from support.burned import draw_in_colour
from support.tracks import cue, track

STORY, POST = EDITION_RUNGS
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


def laid(tag: str, *cards: ShownCard, cues: tuple[Cue, ...] = (), rung: Rung | None = None) -> Drawing:
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
    )


def cell(drawing: Drawing, first: int = 0, end: int = 25) -> CellText | None:
    (text,) = cut_drawing(drawing, [Cell(first=first, end=end)])
    return text


def seen(drawing: Drawing, folder: Path) -> npt.NDArray[np.int16]:
    """Draw the first frame of a cell over black."""
    text = cell(drawing)
    assert text is not None
    return draw_in_colour(text.document, folder, drawing.layout.frame)


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
    more = tuple((number, "Police") for number in ("112", "113", "114", "115", "116"))
    assert left_off(layout, card("fr", numbers=more)) == ("116",)
    unfit = card("fr", heading="\U0001f642", address=ADDRESS * 9, numbers=(("112", "Que dire ? " * 30),))
    assert left_off(layout, unfit) == ("the title", "who answers 112", "the address")
    assert left_off(layout, card("fr", code=((True,) * 400,) * 400)) == ("the code",)


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
