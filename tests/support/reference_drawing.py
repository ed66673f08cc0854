"""What must a line of text look like, drawn without ffmpeg, libass or anything of babelreel?

The order comes from python-bidi, the letters from HarfBuzz, the ink from FreeType. A picture is a 2-D array of ink from
0.0 to 1.0, cropped to what is inked.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from fractions import Fraction
from itertools import groupby
from pathlib import Path
from typing import Any, TypeAlias

import freetype
import numpy as np
import uharfbuzz
from bidi import get_display
from fontTools.ttLib import TTFont
from numpy.typing import NDArray

Ink: TypeAlias = NDArray[np.float64]

_ZERO_WIDTH_JOINERS = "\u200c\u200d"
_F26DOT6 = 64


def draw_line(text: str, font: Path, em_px: float, *, is_rtl: bool, language: str = "") -> Ink:
    """Draw a line in reading order; isolates in it may say how a number is read."""
    return draw_visual(get_display(text, base_dir="R" if is_rtl else "L"), font, em_px, language=language)


def draw_visual(order: str, font: Path, em_px: float, *, language: str = "", joined: bool = True) -> Ink:
    """Draw characters from left to right exactly as ordered; ``joined=False`` leaves every letter on its own."""
    shaper = uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(font))))
    pieces = _directed_pieces(order) if joined else ((character, False) for character in _visible(order))
    face = freetype.Face(str(font))
    face.set_char_size(round(em_px * _F26DOT6), 0, 72, 72)
    px = em_px / shaper.face.upem
    canvas = np.zeros((int(4 * em_px), int(em_px * (len(order) + 4))))
    pen_x = 2.0 * em_px
    for piece, runs_left in pieces:
        buffer = uharfbuzz.Buffer()
        buffer.add_str(piece)
        buffer.guess_segment_properties()
        buffer.direction = "rtl" if runs_left else "ltr"
        if language:
            buffer.language = language
        uharfbuzz.shape(shaper, buffer)
        for info, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
            _stamp(canvas, face, info.codepoint, pen_x + place.x_offset * px, 2.5 * em_px - place.y_offset * px)
            pen_x += place.x_advance * px
    return crop(np.minimum(canvas, 1.0))


def _visible(text: str) -> str:
    return "".join(each for each in text if unicodedata.category(each) != "Cf" or each in _ZERO_WIDTH_JOINERS)


def _directed_pieces(order: str) -> Iterator[tuple[str, bool]]:
    """Give stretches of right-to-left letters, turned back into reading order, and the stretches between them."""
    for runs_left, stretch in groupby(_visible(order), key=_belongs_to_arabic):
        characters = list(stretch)
        yield "".join(reversed(characters) if runs_left else characters), runs_left


def _belongs_to_arabic(character: str) -> bool:
    return unicodedata.bidirectional(character) in {"AL", "R", "NSM"} or character in _ZERO_WIDTH_JOINERS


def _stamp(canvas: Ink, face: Any, glyph: int, x: float, y: float) -> None:  # noqa: ANN401 - freetype has no types
    """Add one glyph at a place given to a 64th of a pixel."""
    part_of_pixel = freetype.Vector(round((x % 1) * _F26DOT6), round((-y % 1) * _F26DOT6))
    face.set_transform(freetype.Matrix(0x10000, 0, 0, 0x10000), part_of_pixel)
    face.load_glyph(glyph, freetype.FT_LOAD_NO_HINTING | freetype.FT_LOAD_NO_BITMAP | freetype.FT_LOAD_RENDER)
    bitmap = face.glyph.bitmap
    if not bitmap.rows:
        return
    ink = np.array(bitmap.buffer, dtype=np.float64).reshape(bitmap.rows, bitmap.pitch)[:, : bitmap.width] / 255
    left = int(x // 1) + face.glyph.bitmap_left
    top = -int(-y // 1) - face.glyph.bitmap_top
    canvas[top : top + bitmap.rows, left : left + bitmap.width] += ink


def em_px_of(font: Path, font_size: Fraction) -> float:
    """Give the em at a Fontsize: libass makes the height given by the Windows metrics of the font that many pixels."""
    with TTFont(font, lazy=True) as opened:
        os2 = opened["OS/2"]
        return float(font_size * opened["head"].unitsPerEm / (os2.usWinAscent + os2.usWinDescent))


def crop(picture: Ink, floor: float = 0.1) -> Ink:
    """Cut a picture down to the rectangle that holds all its ink."""
    rows, columns = np.where(picture > floor)
    assert rows.size, "nothing was drawn"
    return picture[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]


def likeness(one: Ink, other: Ink, *, wider: float = 0.01) -> float:
    """Tell how much of the ink of two pictures falls on the same pixels, 0.0 to 1.0, at the best of nine offsets.

    It is the Dice coefficient of grey pictures laid with their left upper corners together: whatever is wider, higher
    or in another order loses ink. libass rounds advances (at another size), so that a line comes out up to 1 % wider or
    narrower: where the widths differ by no more than that (``wider``), the other picture is stretched to the width of
    the one.
    """
    if abs(one.shape[1] - other.shape[1]) <= one.shape[1] * wider:
        other = _stretched(other, one.shape[1])
    height = max(one.shape[0], other.shape[0]) + 2
    width = max(one.shape[1], other.shape[1]) + 2
    base = _laid(one, height, width, 1, 1)
    return max(_dice(base, _laid(other, height, width, y, x)) for y in range(3) for x in range(3))


def _stretched(picture: Ink, width: int) -> Ink:
    columns = np.linspace(0, picture.shape[1] - 1, width)
    own = np.arange(picture.shape[1])
    return np.array([np.interp(columns, own, row) for row in picture])


def _laid(picture: Ink, height: int, width: int, top: int, left: int) -> Ink:
    sheet = np.zeros((height, width))
    sheet[top : top + picture.shape[0], left : left + picture.shape[1]] = picture
    return sheet


def _dice(one: Ink, other: Ink) -> float:
    return float(2 * np.minimum(one, other).sum() / (one.sum() + other.sum()))
