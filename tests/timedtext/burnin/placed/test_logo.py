"""Is a logo seen on a card as it is: its pixels, its proportions, its colours, at most its own size?"""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from babelreel.languages.find import find_language
from babelreel.model.film.bitmap import Bitmap
from babelreel.model.film.cards import ShownCard
from babelreel.model.film.cells import Cell
from babelreel.model.film.composition import compose
from babelreel.model.film.ladder.default_rungs import DEFAULT_RUNGS, EDITION_RUNGS
from babelreel.model.film.ladder.encoding_ladder import Rung, fit_frame
from babelreel.model.style import Style
from babelreel.model.timecode import Span
from babelreel.model.track import Cue
from babelreel.timedtext.burnin.cell_cues import CellText, cut_drawing
from babelreel.timedtext.burnin.drawing import Drawing, lay_burnin
from babelreel.timedtext.burnin.placed.bitmap import bitmap_shapes
from babelreel.timedtext.burnin.placed.cards import left_off
from babelreel.timedtext.burnin.typeface import choose_font
from support.burned import draw_in_colour
from support.tracks import cue, track

STORY, POST = EDITION_RUNGS
PHONE = DEFAULT_RUNGS[-1]
GROUND = "#0b5c6b"
TEAL, RED, GOLD, WHITE = (0x0B, 0x5C, 0x6B), (200, 20, 30), (240, 180, 0), (255, 255, 255)
TITLES = {"ar": "حقوقك في بلجيكا", "ps": "ستا حقونه", "zh-Hans": "你的权利", "fr": "Tes droits"}


def bitmap(pixels: npt.NDArray[np.uint8]) -> Bitmap:
    return Bitmap(width_px=pixels.shape[1], height_px=pixels.shape[0], rgba=pixels.tobytes())


def halves(
    left: tuple[int, int, int], right: tuple[int, int, int], *, width: int, height: int, clear: int = 0
) -> Bitmap:
    """Draw two halves beside each other, with so many clear pixels around them."""
    pixels = np.zeros((height, width, 4), np.uint8)
    inner = pixels[clear : height - clear, clear : width - clear]
    inner[:, : inner.shape[1] // 2] = (*left, 255)
    inner[:, inner.shape[1] // 2 :] = (*right, 255)
    return bitmap(pixels)


def card(tag: str, logo: Bitmap | None, **more: object) -> ShownCard:
    title = ShownCard(
        span=Span(start_ms=0, end_ms=1000), heading=TITLES[tag], foot="Child Focus", ground=GROUND, color="#ffffff"
    )
    return replace(title, logo=logo, **more)  # type: ignore[arg-type] # as it is called


def end_card(tag: str, logo: Bitmap | None) -> ShownCard:
    numbers = tuple((number, TITLES[tag]) for number in ("116 000", "+32 2 555 12 34"))
    return card(
        tag, logo, numbers=numbers, code=((True, False) * 12 + (True,),) * 25, address="rights.example.org/film"
    )


def laid(tag: str, shown: ShownCard, rung: Rung = PHONE, cues: tuple[Cue, ...] = ()) -> Drawing:
    language = find_language(tag)
    return lay_burnin(
        track(*cues, path=f"subtitles/{tag}.srt"),
        language=language,
        frame=fit_frame(rung, 1920, 1080, Fraction(25)),
        type_size=rung.type_size,
        style=Style(),
        font=choose_font(language, None),
        composition=compose(rung, 1920, 1080),
        cards=(shown,),
    )


def cell(drawing: Drawing, first: int) -> CellText | None:
    (text,) = cut_drawing(drawing, [Cell(first=first, end=first + 25)])
    return text


def seen(drawing: Drawing, folder: Path) -> npt.NDArray[np.int16]:
    text = cell(drawing, 0)
    assert text is not None
    return draw_in_colour(text.document, folder, drawing.layout.frame)


def place_of(picture: npt.NDArray[np.int16], color: tuple[int, int, int]) -> tuple[int, int, int, int]:
    """Find where a colour is seen: left, top, width, height."""
    near = np.abs(picture - color).max(axis=2) <= 12
    rows, columns = (np.flatnonzero(near.any(axis=axis)) for axis in (1, 0))
    return int(columns[0]), int(rows[0]), int(columns[-1] - columns[0]) + 1, int(rows[-1] - rows[0]) + 1


def test_a_small_logo_is_drawn_pixel_by_pixel_in_its_own_size_and_colours(tmp_path: Path) -> None:
    picture = seen(laid("fr", card("fr", halves(RED, GOLD, width=40, height=16))), tmp_path)
    red, gold = place_of(picture, RED), place_of(picture, GOLD)
    # four pixels share a colour, so an edge may be one pixel off
    assert red[2:] == pytest.approx((20, 16), abs=1)
    assert gold[2:] == pytest.approx((20, 16), abs=1)
    assert gold[0] - red[0] == pytest.approx(20, abs=1)
    assert red[0] + 20 == pytest.approx(640 // 2, abs=1), "in the middle"


@pytest.mark.parametrize(("tag", "rung"), [("ar", PHONE), ("ps", STORY), ("zh-Hans", POST), ("fr", PHONE)])
def test_a_large_logo_is_as_large_as_it_costs_no_text_above_all_of_it_in_its_proportions(tag: str, rung: Rung) -> None:
    logo = halves(RED, GOLD, width=900, height=300)
    for shown in (card(tag, logo), end_card(tag, logo)):
        drawing, without = laid(tag, shown, rung), laid(tag, replace(shown, logo=None), rung)
        assert len(texts(drawing)) == len(texts(without)), "no text is left out for it"
        assert codes(drawing) == codes(without), "nor is the code"
        edges = [edges_of(each.body) for each in drawing.signs if has_color(each.body, RED, GOLD)]
        left, top, right, bottom = (
            edge(each[place] for each in edges) for place, edge in enumerate((min, min, max, max))
        )
        assert (right - left) / (bottom - top) == pytest.approx(3, rel=0.05)
        assert all(int(re.findall(r"\\pos\(\d+,(\d+)\)", body)[0]) > bottom for body in texts(drawing))
        assert bottom - top >= drawing.layout.frame.height_px // 20 or rung is not PHONE


def test_a_logo_without_room_is_left_out_and_named() -> None:
    logo = halves(RED, GOLD, width=900, height=300)
    # any logo would make the squares of such a code too small for a camera
    full = replace(end_card("fr", logo), code=((True, False) * 30 + (True,),) * 61)
    drawing = laid("fr", full)
    assert not any(has_color(each.body, RED, GOLD) for each in drawing.signs)
    assert left_off(drawing.layout, full) == ("the logo",)
    assert left_off(drawing.layout, end_card("fr", logo)) == ()
    clear = halves(RED, GOLD, width=60, height=24, clear=12)
    assert left_off(drawing.layout, replace(full, logo=clear)) == (), "that is told by another rule"


def test_a_logo_that_its_ground_would_hide_stands_on_a_plate(tmp_path: Path) -> None:
    hidden = halves(TEAL, GOLD, width=60, height=24, clear=2)
    picture = seen(laid("fr", card("fr", hidden)), tmp_path)
    left, top, width, height = place_of(picture[:80], WHITE)
    assert width > 60 - 4
    inner = picture[top : top + height, left : left + width]
    assert np.abs(inner - TEAL).max(axis=2).min() <= 12, "its own colour is seen on white"
    for plain in (halves(WHITE, GOLD, width=60, height=24, clear=2), halves(TEAL, GOLD, width=60, height=24)):
        # of one that is a whole rectangle, the ground is its own
        assert len(laid("fr", card("fr", plain)).signs) == 5


def test_only_the_cells_of_the_card_change_with_the_logo() -> None:
    cues = (cue(0, 900, "Bonjour"), cue(2000, 3000, "Adieu"))
    one, other = (laid("fr", card("fr", halves(RED, right, width=40, height=16)), cues=cues) for right in (GOLD, WHITE))
    assert cell(one, 0) != cell(other, 0)
    assert cell(one, 25) is None
    assert cell(one, 50) == cell(other, 50)


def test_half_seen_pixels_keep_their_colour_and_clear_ones_have_none() -> None:
    pixels = np.zeros((2, 4, 4), np.uint8)
    pixels[:, 0] = (*RED, 255)
    pixels[:, 1:] = (0, 255, 0, 0)  # a colour that nobody sees
    (shape,) = bitmap_shapes(bitmap(pixels), 2, 1)
    assert (shape.color, shape.seen, shape.pixels) == ("#c8141e", 128, 1)


def test_a_photograph_is_drawn_in_fewer_colours_and_stays_within_bounds() -> None:
    noise = np.random.default_rng(1).integers(0, 256, (60, 200, 4), dtype=np.uint8)
    noise[..., 3] = 255
    shapes = bitmap_shapes(bitmap(noise), 200, 60)
    assert len(shapes) == 8
    assert sum(shape.pixels for shape in shapes) == 200 * 60


def texts(drawing: Drawing) -> list[str]:
    return [each.body for each in drawing.signs if r"\p1" not in each.body]


def codes(drawing: Drawing) -> int:
    return sum(has_color(each.body, (0, 0, 0)) for each in drawing.signs)


def has_color(body: str, *colors: tuple[int, int, int]) -> bool:
    return any(f"\\1c&H{blue:02X}{green:02X}{red:02X}&" in body for red, green, blue in colors)


def edges_of(body: str) -> tuple[int, int, int, int]:
    left, top = map(int, re.findall(r"\\pos\((\d+),(\d+)\)", body)[0])
    xs, ys = zip(*re.findall(r"(\d+) (\d+)", body.partition("}")[2]), strict=True)
    return left + min(map(int, xs)), top + min(map(int, ys)), left + max(map(int, xs)), top + max(map(int, ys))
