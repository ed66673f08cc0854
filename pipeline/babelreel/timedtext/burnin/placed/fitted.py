"""The largest type in which a text fits into a part of a picture, and its lines there."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from babelreel.model.timecode import Span
from babelreel.model.track import Align, Cue
from babelreel.timedtext.burnin.ass_text import render_line
from babelreel.timedtext.burnin.band import band_lines, keeps_words, line_px
from babelreel.timedtext.burnin.drawable import undrawable
from babelreel.timedtext.burnin.layout import Layout, Line
from babelreel.timedtext.burnin.line_width import find_shaper
from babelreel.timedtext.burnin.placed.signs import narrowed
from babelreel.timedtext.words.whole_numbers import marks_beside_words

#: From one size that is tried to the next smaller one.
_STEP = Fraction(94, 100)
#: How high what is seen of a line is at most, as a multiple of the type size; a line of the font for Arabic is higher,
#: with nothing above and below.
_INK = Fraction(120, 100)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitted:
    """A text in a size of type; ``layout`` is as wide as its lines may be."""

    layout: Layout
    lines: tuple[Line, ...]

    def drawn(self, x: int, y: int, align: Align, color: str) -> str:
        """Write it in ASS at a place, in one colour, without an outline."""
        red, green, blue = bytes.fromhex(color.removeprefix("#"))
        look = rf"\bord0\shad0\1c&H{blue:02X}{green:02X}{red:02X}&\fs{self.layout.font_size(self.layout.font)}"
        text = r"\N".join(render_line(self.layout, line) for line in self.lines)
        return rf"{{\an{align.value}\pos({x},{y})\q2{look}}}{text}"


def fit_type(  # noqa: PLR0913 - a text, its room, and the sizes that it may have
    layout: Layout,
    text: str,
    *,
    width_px: int,
    height_px: int,
    largest_px: Fraction,
    smallest_px: Fraction,
    most_lines: int,
) -> Fitted | None:
    """Find the largest type that fits; ``None`` for a text that no font can draw, or that fits in none of these."""
    text = marks_beside_words(" ".join(text.split()))
    if not text or undrawable(text, layout.font.path):
        return None
    shaper, type_px = find_shaper(layout.font, layout.language), largest_px
    while type_px >= smallest_px:
        narrow = narrowed(layout, width_px, type_px)
        lines = band_lines(narrow, Cue(number=0, span=Span(start_ms=0, end_ms=0), lines=(text,)))
        line = line_px(narrow, text)
        high_px = ceil((len(lines) - 1) * line + min(line, type_px * _INK))
        is_wide = any(shaper.width_em(line.text) * narrow.em_px > width_px for line in lines)
        if len(lines) <= most_lines and high_px <= height_px and not is_wide and keeps_words(layout, (text,), lines):
            return Fitted(layout=narrow, lines=lines)
        type_px *= _STEP
    return None
