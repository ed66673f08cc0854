"""Draw the squares of a code with libass, so that no picture of it has to be made and brought along."""

from __future__ import annotations

from itertools import groupby

from babelreel.model.film.cards import Code
from babelreel.model.film.composition import Area
from babelreel.timedtext.burnin.placed.signs import draw_plate

#: White around a code, in squares (ISO/IEC 18004).
_QUIET = 4


def square_px_in(code: Code, width_px: int, height_px: int) -> int:
    """Measure how large the squares of a code are at most, with the white around it, in a room; 0: not one pixel."""
    return min(width_px, height_px) // (len(code) + 2 * _QUIET)


def code_area(code: Code, square_px: int, room: Area) -> Area:
    """Place a code and the white around it at the top of a room, in the middle of its width."""
    side = square_px * (len(code) + 2 * _QUIET)
    left = room.left_px + (room.width_px - side) // 2
    return Area(left_px=left, top_px=room.top_px, width_px=side, height_px=side)


def draw_code(code: Code, square_px: int, area: Area) -> tuple[str, ...]:
    """Write a code in ASS, black on white whatever the card's colours are."""
    left, top = (edge + _QUIET * square_px for edge in (area.left_px, area.top_px))
    return draw_plate(area, "#ffffff", 0), _squares(code, left, top, square_px)


def _squares(code: Code, left_px: int, top_px: int, square: int) -> str:
    """Write the dark squares of a code as one drawing, those of a row that touch as one."""
    shapes = []
    for row, squares in enumerate(code):
        column = 0
        for is_dark, run in groupby(squares):
            length = len(list(run))
            if is_dark:
                x, y, width = column * square, row * square, length * square
                shapes.append(f"m {x} {y} l {x + width} {y} {x + width} {y + square} {x} {y + square}")
            column += length
    return rf"{{\an7\pos({left_px},{top_px})\1c&H000000&\1a&H00&\bord0\shad0\p1}}{' '.join(shapes)}{{\p0}}"
