r"""A cue in the look that the author of its ASS file gave it, as far as everybody can read it.

Its place is kept inside of the margins, its size no smaller than all text may be, its outline one from which the
letters can be told. Letters, fonts and directions stay ours.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from babelreel.model.colour import LEAST_CONTRAST, contrast, text_on
from babelreel.model.style import LARGEST_SIZE, LEAST_TYPE
from babelreel.model.track import Cue, CueLook
from babelreel.timedtext.burnin.ass_text import render_line
from babelreel.timedtext.burnin.band import line_px
from babelreel.timedtext.burnin.even_breaks import break_evenly
from babelreel.timedtext.burnin.layout import Layout, Line, broken_lines
from babelreel.timedtext.burnin.line_width import find_shaper


def draw_in_own_look(layout: Layout, cue: Cue, look: CueLook) -> str:
    """Write a cue in ASS with its author's place, colours and size; libass breaks none of its lines."""
    sized = _sized(layout, cue, look)
    lines = tuple(_lines(sized, cue))
    place = rf"\an{look.align.value}"
    if look.point:
        x, y = _kept_in(sized, cue, look, lines)
        place += rf"\pos({x},{y})"
    size = rf"\fs{sized.font_size(sized.font)}" if sized != layout else ""
    text = r"\N".join(render_line(sized, line) for line in lines)
    return rf"{{{place}\q2{size}{_colors(layout, look)}}}{text}"


def _sized(layout: Layout, cue: Cue, look: CueLook) -> Layout:
    """Lay out with the author's size, between the least that can be read and the largest that a style may ask for.

    A larger one is not taken where it would take more lines: it would cover the picture.
    """
    short_px = min(layout.frame.width_px, layout.frame.height_px)
    factor = Fraction(look.size * layout.frame.height_px).limit_denominator(1000) / layout.type_px
    least = min(Fraction(1), LEAST_TYPE * short_px / layout.type_px)
    sized = _times(layout, min(max(factor, least), LARGEST_SIZE))
    if len(tuple(_lines(sized, cue))) > len(tuple(_lines(layout, cue))):
        return layout
    return sized


def _times(layout: Layout, factor: Fraction) -> Layout:
    return replace(layout, style=replace(layout.style, size=layout.style.size * factor))


def _lines(layout: Layout, cue: Cue) -> Iterator[Line]:
    width = find_shaper(layout.font, layout.language).width_em
    for line in broken_lines(layout, cue):
        is_spaced = layout.language.breaks_at_spaces
        yield from line.cut(break_evenly(line.text, layout.width_em, width)) if is_spaced else (line,)


def _kept_in(layout: Layout, cue: Cue, look: CueLook, lines: tuple[Line, ...]) -> tuple[int, int]:
    """Find the point nearest to the author's at which nothing of the text stands outside of the margins, in pixels.

    A draft's mark stands at the upper margin, and is not covered.
    """
    assert look.point, "only what has a point is moved to another"  # noqa: S101 - for mypy
    row, column = divmod(int(look.align.value) - 1, 3)
    shape = find_shaper(layout.font, layout.language).width_em
    width = float(max((shape(line.text) for line in lines), default=Fraction(0)) * layout.em_px)
    height = float(len(lines) * line_px(layout, cue.text))
    frame, side, margin = layout.frame, layout.side_margin_px, layout.margin_px
    # rows are counted from below
    x = _within(look.point[0] * frame.width_px, width * column / 2, width, side, frame.width_px - side)
    top, bottom = margin + layout.mark_px, frame.height_px - margin
    y = _within(look.point[1] * frame.height_px, height * (2 - row) / 2, height, top, bottom)
    return round(x), round(y)


def _within(point: float, before: float, length: float, first: float, last: float) -> float:
    """Move a point so that what begins ``before`` it lies between two others; in their middle where it is too long."""
    if length > last - first:
        return (first + last - length) / 2 + before
    return min(max(point - before, first), last - length) + before


def _colors(layout: Layout, look: CueLook) -> str:
    is_clear = contrast(look.color, look.outline_color) >= LEAST_CONTRAST
    outline = look.outline_color if is_clear else text_on(look.color)
    pairs = ((1, look.color, layout.style.color), (3, outline, layout.style.outline_color))
    return "".join(rf"\{part}c{_bgr(color)}" for part, color, usual in pairs if color != usual)


def _bgr(color: str) -> str:
    red, green, blue = bytes.fromhex(color.removeprefix("#"))
    return f"&H{blue:02X}{green:02X}{red:02X}&"
