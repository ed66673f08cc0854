"""A film's title on a band over or under a picture, in every script: what link previews and posts show."""

from __future__ import annotations

import re
from fractions import Fraction
from math import ceil

from babelreel.model.film.composition import Area
from babelreel.model.film.encoding_ladder import Frame
from babelreel.model.language import Language
from babelreel.model.style import Style
from babelreel.model.timecode import MS_PER_SECOND, Span
from babelreel.model.track import Align, Cue
from babelreel.timedtext.burnin.ass_document import Event, render_document
from babelreel.timedtext.burnin.ass_text import render_line
from babelreel.timedtext.burnin.band import band_lines, line_px
from babelreel.timedtext.burnin.drawable import undrawable
from babelreel.timedtext.burnin.layout import Layout, Line
from babelreel.timedtext.burnin.line_width import find_shaper
from babelreel.timedtext.burnin.signs import draw_plate, narrowed
from babelreel.timedtext.burnin.typeface import BurninFont

#: The type as a share of the picture's short side: as large as fits, and never so small that a phone's preview, three
#: centimetres wide, makes a smudge of it.
_LARGEST, _SMALLEST, _STEP = Fraction(15, 100), Fraction(7, 100), Fraction(1, 100)
#: What is left free beside and above the title, as a share of the band's width and height.
_SIDE, _ABOVE = Fraction(5, 100), Fraction(10, 100)
_MOST_LINES = 4
#: A space that stands beside French punctuation: no line begins with a colon.
_NO_BREAK = re.compile(r" (?=[:;!?»])|(?<=«) ")
_WHOLE = Span(start_ms=0, end_ms=MS_PER_SECOND)


def draw_title_picture(  # noqa: PLR0913 - a picture, and what stands on it
    title: str,
    *,
    language: Language,
    font: BurninFont,
    width_px: int,
    height_px: int,
    band: Area,
    ground: str,
    color: str,
) -> str | None:
    """Write the ASS document that draws a band of one colour and a title on it, shown for a second from the start.

    ``None`` for a title that no font can draw, or that does not fit in type that can be read.
    """
    text = _NO_BREAK.sub("\u00a0", " ".join(title.split()))
    if not text or undrawable(text, font.path):
        return None
    style = Style(color=color, outline_color=ground, outline=0)
    frame = Frame(width_px=width_px, height_px=height_px, rate=Fraction(25))
    whole = Layout(language=language, frame=frame, style=style, font=font, type_size=_LARGEST)
    found = _fitting(whole, text, band)
    if found is None:
        return None
    layout, lines = found
    words = r"\N".join(render_line(layout, line) for line in lines)
    x, y = band.left_px + band.width_px // 2, band.top_px + band.height_px // 2
    look = rf"{{\an{Align.MIDDLE.value}\pos({x},{y})\q2\fs{layout.font_size(font)}}}"
    events = (draw_plate(band, ground, 0), look + words)
    return render_document(whole, (Event(start_ms=_WHOLE.start_ms, end_ms=_WHOLE.end_ms, body=body) for body in events))


def _fitting(whole: Layout, text: str, band: Area) -> tuple[Layout, tuple[Line, ...]] | None:
    """Find the largest type in which a text fits into a band, and its lines there."""
    room_px = band.width_px - 2 * ceil(band.width_px * _SIDE)
    height_px = band.height_px - 2 * ceil(band.height_px * _ABOVE)
    short_px = min(whole.frame.width_px, whole.frame.height_px)
    shaper = find_shaper(whole.font, whole.language)
    share = _LARGEST
    while share >= _SMALLEST:
        layout = narrowed(whole, room_px, share * short_px)
        lines = band_lines(layout, Cue(number=0, span=_WHOLE, lines=(text,)))
        is_high = len(lines) * line_px(layout, text) > height_px
        is_wide = any(shaper.width_em(line.text) * layout.em_px > room_px for line in lines)
        if len(lines) <= _MOST_LINES and not is_high and not is_wide:
            return layout, lines
        share -= _STEP
    return None
