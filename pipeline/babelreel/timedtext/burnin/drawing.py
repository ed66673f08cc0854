r"""Draw a track into the picture: as which text, from which frame to which, in which look.

The document is ours from the first to the last character: nothing that a stranger wrote can act as an ASS command.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil

from babelreel.model.film.cards import ShownCard
from babelreel.model.film.composition import TITLE_SHARE, Composition
from babelreel.model.film.ladder.encoding_ladder import Frame
from babelreel.model.film.signs import ShownSign, SignStyle
from babelreel.model.language import Language
from babelreel.model.style import Look, Style
from babelreel.model.timecode import MS_PER_SECOND, shown_frames
from babelreel.model.track import Align, Cue, Track
from babelreel.timedtext.burnin.ass_document import Event, render_document
from babelreel.timedtext.burnin.ass_text import render_line
from babelreel.timedtext.burnin.band import band_lines, line_px, sized_layouts, title_lines
from babelreel.timedtext.burnin.layout import Layout, Line, broken_lines
from babelreel.timedtext.burnin.own_look import draw_in_own_look
from babelreel.timedtext.burnin.placed.areas import kept_align
from babelreel.timedtext.burnin.placed.cards import draw_card
from babelreel.timedtext.burnin.placed.signs import draw_sign
from babelreel.timedtext.burnin.placed.stacked_signs import lay_signs
from babelreel.timedtext.burnin.titles import in_its_own_size, shows_title
from babelreel.timedtext.burnin.typeface import BurninFont
from babelreel.timedtext.direction.line_direction import runs_from_right

#: The box of a cue is as high as its lines: so two that stand above each other meet, and do not darken twice.
_ROOM_BESIDE = r"{\yshad0}"
_NO_BOX = r"{\4a&HFF&}"
_CENTISECONDS = 100  # a second: ASS has no finer times


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnCue:
    """A cue as it is shown: from ``first`` up to, not including, ``end`` (frames); ``body`` is its text in ASS."""

    number: int
    first: int
    end: int
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """A track laid out for pictures of one size and rate, its cues by their start.

    ``title`` is a text in ASS that is shown all the time, at a place where no cue is; empty where there is none.
    ``signs`` are words in the picture, and cards: each has its place, and cues are drawn over them.
    """

    layout: Layout
    cues: tuple[DrawnCue, ...]
    title: str = ""
    signs: tuple[DrawnCue, ...] = ()


def lay_burnin(  # noqa: PLR0913 - each is a value of its own in the plan
    track: Track,
    *,
    language: Language,
    frame: Frame,
    type_size: Fraction,
    style: Style,
    font: BurninFont,
    composition: Composition | None = None,
    title: str = "",
    mark: str = "",
    signs: Iterable[ShownSign] = (),
    cards: Iterable[ShownCard] = (),
    is_pair: bool = False,
) -> Drawing:
    """Lay a track out for pictures of a size and rate; cues without text are left out.

    A cue is shown from the frame nearest its start up to the frame nearest its end, for one frame at least: an edit
    within a frame changes nothing. ``type_size`` is a share of the picture's short side. An edition has a
    ``composition``, and the film's ``title`` where there is room for it and a font that can draw it; else a
    draft's ``mark`` is drawn over its picture. ``signs`` and ``cards`` are drawn where and when they say, clear of the
    lines of two languages where the picture ``is_pair``, and of the ``mark``: in the film's own shape, that is a cue.
    """
    layout = Layout(
        language=language,
        frame=frame,
        style=style,
        font=font,
        type_size=type_size,
        composition=composition,
        is_pair=is_pair,
    )
    layout = replace(layout, mark_px=_mark_px(layout, title, mark))
    drawn = _draw_cues(layout, [cue for cue in track.cues if cue.text.strip()])
    return Drawing(
        layout=layout,
        cues=tuple(sorted(drawn, key=lambda each: each.first)),
        title=_draw_title(layout, title, mark),
        signs=(
            *_draw_signs(layout, tuple(signs)),
            *(drawn for card in cards for drawn in _draw_card(layout, card)),
        ),
    )


def render_drawing(drawing: Drawing) -> str:
    """Write the ASS document that draws cues into pictures.

    Centiseconds can part frames up to 60 frames a second. libass must be given the files of the fonts.
    """
    rate = drawing.layout.frame.rate
    room = _ROOM_BESIDE if drawing.layout.style.background else ""
    events = (Event(_frame_ms(cue.first, rate), _frame_ms(cue.end, rate), room + cue.body) for cue in drawing.cues)
    return render_document(drawing.layout, events)


def _draw_cues(layout: Layout, cues: Sequence[Cue]) -> Iterator[DrawnCue]:
    if layout.composition is None:
        yield from (_draw(layout, cue) for cue in cues)
        return
    for cue, sized in zip(cues, sized_layouts(layout, cues), strict=True):
        first, end = shown_frames(cue.span, layout.frame.rate)
        yield DrawnCue(number=cue.number, first=first, end=end, body=_draw_in_band(layout, sized, cue))


def _draw(layout: Layout, cue: Cue) -> DrawnCue:
    first, end = shown_frames(cue.span, layout.frame.rate)
    if cue.look and layout.style.look is Look.OWN:
        return DrawnCue(number=cue.number, first=first, end=end, body=draw_in_own_look(layout, cue, cue.look))
    place = _kept_place(layout, cue.align)
    lines = tuple(broken_lines(layout, cue))
    if any(line.is_reordered for line in lines):
        place += r"{\q2}"  # its lines are broken already; libass must not break what is in visual order
    text = r"\N".join(render_line(layout, line) for line in lines)
    return DrawnCue(number=cue.number, first=first, end=end, body=place + text)


def _kept_place(layout: Layout, align: Align) -> str:
    """Write the place of a cue, where the style does not say it."""
    align = kept_align(layout, align)
    return "" if align is layout.align else f"{{\\an{align.value}}}"


def _draw_in_band(layout: Layout, sized: Layout, cue: Cue) -> str:
    """Draw a cue into its band: nothing is to be seen there that it would cover, so it keeps no place of its own."""
    place = _kept_place(layout, cue.align)
    size = "" if sized == layout else rf"\fs{sized.font_size(sized.font)}"
    return rf"{place}{{\q2{size}}}" + r"\N".join(render_line(sized, line) for line in band_lines(sized, cue))


def _draw_title(layout: Layout, title: str, mark: str) -> str:
    if layout.composition is None:
        return ""
    area = layout.composition.title
    if area is None or not shows_title(layout, title):
        return f"{{{placed(layout, Align.TOP, layout.composition.picture.top_px)}}}{mark}" if mark else ""
    layout = in_its_own_size(layout)
    smaller = replace(layout, type_size=layout.type_size * TITLE_SHARE)
    is_rtl = runs_from_right(title, is_rtl=layout.language.is_rtl)
    lines = (Line(text=text, is_italic=False, is_rtl=is_rtl) for text in title_lines(layout, title))
    text = r"\N".join(render_line(smaller, line) for line in lines)
    return rf"{{{placed(layout, Align.BOTTOM, area.bottom_px)}\q2\fs{smaller.font_size(layout.font)}}}{text}"


def _draw_signs(layout: Layout, signs: tuple[ShownSign, ...]) -> Iterator[DrawnCue]:
    for shown, laid in zip(signs, lay_signs(layout, signs), strict=True):
        first, end = shown_frames(shown.sign.span, layout.frame.rate)
        is_on_plate = shown.sign.style is not SignStyle.TITLE
        bare = _NO_BOX if layout.style.background and is_on_plate else ""
        for body in draw_sign(layout, shown, laid):
            yield DrawnCue(number=0, first=first, end=end, body=bare + body)


def _draw_card(layout: Layout, card: ShownCard) -> Iterator[DrawnCue]:
    first, end = shown_frames(card.span, layout.frame.rate)
    bare = _NO_BOX if layout.style.background else ""
    return (DrawnCue(number=0, first=first, end=end, body=bare + body) for body in draw_card(layout, card))


def _mark_px(layout: Layout, title: str, mark: str) -> int:
    """Measure what a draft's mark takes at the top of the film's picture: nothing where the title says it."""
    is_in_title = layout.composition and layout.composition.title and shows_title(layout, title)
    return 0 if is_in_title or not mark else ceil(line_px(layout, mark))


def placed(layout: Layout, align: Align, y_px: int) -> str:
    """Tell a place in the middle; what has one is not taken into account when cues make room for one another."""
    middle = (layout.side_margin_px + layout.frame.width_px - layout.right_margin_px) // 2
    return rf"\an{align.value}\pos({middle},{y_px})"


def _frame_ms(frame: int, rate: Fraction) -> int:
    """Compute the centisecond, in ms, that is nearest to the middle between a frame and the one before.

    libass shows an event from its start up to, not including, its end, and ffmpeg hands it the frame's time cut to
    whole milliseconds, which a rounding error may make one too small. Half a frame is the safest distance from both.
    """
    middle = max(Fraction(0), Fraction(2 * frame - 1, 2) * _CENTISECONDS / rate)
    return round(middle) * MS_PER_SECOND // _CENTISECONDS
