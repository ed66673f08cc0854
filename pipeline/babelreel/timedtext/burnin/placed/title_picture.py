"""A film's title on a band over or under a picture, in every script: what link previews and posts show."""

from __future__ import annotations

from fractions import Fraction
from math import ceil

from babelreel.model.film.composition import Area
from babelreel.model.film.ladder.encoding_ladder import Frame
from babelreel.model.language import Language
from babelreel.model.style import Style
from babelreel.model.timecode import MS_PER_SECOND
from babelreel.model.track import Align
from babelreel.timedtext.burnin.ass_document import Event, render_document
from babelreel.timedtext.burnin.layout import Layout
from babelreel.timedtext.burnin.placed.fitted import fit_type
from babelreel.timedtext.burnin.placed.signs import draw_plate
from babelreel.timedtext.burnin.typeface import BurninFont

#: The type as a share of the picture's short side: as large as fits, and never so small that a phone's preview, three
#: centimetres wide, makes a smudge of it.
_LARGEST, _SMALLEST = Fraction(15, 100), Fraction(7, 100)
#: What is left free beside and above the title, as a share of the band's width and height.
_SIDE, _ABOVE = Fraction(5, 100), Fraction(10, 100)
_MOST_LINES = 4


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
    style = Style(color=color, outline_color=ground, outline=0)
    frame = Frame(width_px=width_px, height_px=height_px, rate=Fraction(25))
    whole = Layout(language=language, frame=frame, style=style, font=font, type_size=_LARGEST)
    short_px = min(width_px, height_px)
    found = fit_type(
        whole,
        title,
        width_px=band.width_px - 2 * ceil(band.width_px * _SIDE),
        height_px=band.height_px - 2 * ceil(band.height_px * _ABOVE),
        largest_px=_LARGEST * short_px,
        smallest_px=_SMALLEST * short_px,
        most_lines=_MOST_LINES,
    )
    if found is None:
        return None
    x, y = band.left_px + band.width_px // 2, band.top_px + band.height_px // 2
    events = (draw_plate(band, ground, 0), found.drawn(x, y, Align.MIDDLE, color))
    return render_document(whole, (Event(start_ms=0, end_ms=MS_PER_SECOND, body=body) for body in events))
