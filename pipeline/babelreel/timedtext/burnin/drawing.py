r"""How is a track drawn into the picture: as which text, from which frame to which, in which look?

The document is ours from the first to the last character: nothing that a stranger wrote can act as an ASS command.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby

from babelreel.model.film.encoding_ladder import Frame
from babelreel.model.language import Language
from babelreel.model.project import Style
from babelreel.model.timecode import ms_to_frame
from babelreel.model.track import Align, Cue, Track
from babelreel.timedtext.burnin.layout import Layout, Line, broken_lines
from babelreel.timedtext.burnin.typeface import BurninFont
from babelreel.timedtext.direction.isolates import RIGHT_TO_LEFT_MARK, isolate_numbers

_WORD_JOINER = "\u2060"
_CENTISECONDS = 100
_STYLE_FIELDS = (
    "Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, Italic, Underline, "
    "StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, Alignment, MarginL, MarginR, MarginV, "
    "Encoding"
)
_EVENT_FIELDS = "Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text"
#: libass' ``Encoding``: -1 finds the direction of each line (here by the mark that stands first), 1 is left to right.
_BY_FIRST_LETTER, _LEFT_TO_RIGHT = -1, 1


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnCue:
    """A cue as it is shown: from ``first`` up to, not including, ``end`` (frames); ``body`` is its text in ASS."""

    number: int
    first: int
    end: int
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """A track laid out for pictures of one size and rate: the head of its ASS document, and its cues by their start."""

    head: str
    rate: Fraction
    cues: tuple[DrawnCue, ...]


def lay_burnin(  # noqa: PLR0913 - each is a value of its own in the plan
    track: Track, *, language: Language, frame: Frame, type_size: Fraction, style: Style, font: BurninFont
) -> Drawing:
    """Lay a track out for pictures of a size and rate; cues without text are left out.

    A cue is shown from the frame nearest its start up to the frame nearest its end, for one frame at least: an edit
    within a frame changes nothing. ``type_size`` is a share of the picture's short side.
    """
    layout = Layout(language=language, frame=frame, style=style, font=font, type_size=type_size)
    drawn = [_draw(layout, cue) for cue in track.cues if cue.text.strip()]
    return Drawing(
        head="\n".join(_render_header(layout)),
        rate=frame.rate,
        cues=tuple(sorted(drawn, key=lambda each: each.first)),
    )


def render_drawing(drawing: Drawing) -> str:
    """Write the ASS document that draws cues into pictures.

    Centiseconds tell frames apart up to 60 frames a second. libass must be given the files of the fonts.
    """
    return "\n".join([drawing.head, *(_render_event(drawn, drawing.rate) for drawn in drawing.cues), ""])


def _draw(layout: Layout, cue: Cue) -> DrawnCue:
    rate = layout.frame.rate
    first = max(0, ms_to_frame(cue.span.start_ms, rate))
    place = "" if cue.align is Align.BOTTOM else f"{{\\an{cue.align.value}}}"
    text = r"\N".join(_render_line(layout, line) for line in broken_lines(layout, cue))
    end = max(first + 1, ms_to_frame(cue.span.end_ms, rate))
    return DrawnCue(number=cue.number, first=first, end=end, body=place + text)


# --- the document ---------------------------------------------------------------------------------------------------


def _render_header(layout: Layout) -> Iterator[str]:
    primary = layout.language.tag.split("-", 1)[0]
    yield "[Script Info]"
    yield "ScriptType: v4.00+"
    yield f"PlayResX: {layout.frame.width_px}"
    yield f"PlayResY: {layout.frame.height_px}"
    yield "WrapStyle: 0"  # lines too wide are broken at spaces, into lines of like length
    yield "ScaledBorderAndShadow: yes"
    yield "Kerning: yes"  # libass leaves "To" and "L’a" wide open unless told to
    if len(primary) == 2:  # noqa: PLR2004 - libass cuts the value to two letters, which would make "pc" of "pcm"
        yield f"Language: {primary}"  # chooses letter forms: Bulgarian ones are not Russian ones
    yield ""
    yield "[V4+ Styles]"
    yield f"Format: {_STYLE_FIELDS}"
    yield f"Style: {_render_style(layout)}"
    yield ""
    yield "[Events]"
    yield f"Format: {_EVENT_FIELDS}"


def _render_style(layout: Layout) -> str:
    style, font = layout.style, layout.font
    color, outline_color = _render_color(style.color), _render_color(style.outline_color)
    values = (
        ("Default", font.family, layout.font_size(font), color, color, outline_color, outline_color),
        (0, 0, 0, 0, 100, 100, 0, 0),  # neither bold, italic, underlined nor struck out; as wide, high, even as it is
        (1, f"{float(layout.type_px) * style.outline:.2f}", f"{float(layout.type_px) * style.shadow:.2f}"),
        (Align.BOTTOM.value, layout.side_margin_px, layout.side_margin_px),
        (round(layout.frame.height_px * style.margin),),
        (_BY_FIRST_LETTER if layout.language.is_rtl else _LEFT_TO_RIGHT,),
    )
    return ",".join(str(value) for group in values for value in group)


def _render_color(color: str) -> str:
    """Turn ``#rrggbb`` into ASS's opaque ``&H00BBGGRR``."""
    return f"&H00{color[5:7]}{color[3:5]}{color[1:3]}".upper()


def _render_event(drawn: DrawnCue, rate: Fraction) -> str:
    start, end = _render_time(drawn.first, rate), _render_time(drawn.end, rate)
    return f"Dialogue: 0,{start},{end},Default,,0,0,0,,{drawn.body}"


def _render_time(frame: int, rate: Fraction) -> str:
    """Write the centisecond nearest the middle between a frame and the one before.

    libass shows an event from its start up to, not including, its end, and ffmpeg hands it the frame's time cut to
    whole milliseconds, which a rounding error may make one too small. Half a frame is the safest distance from both.
    """
    middle = max(Fraction(0), Fraction(2 * frame - 1, 2) * _CENTISECONDS / rate)
    seconds, centiseconds = divmod(round(middle), _CENTISECONDS)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{seconds:02d}.{centiseconds:02d}"


# --- the text of a cue ----------------------------------------------------------------------------------------------


def _render_line(layout: Layout, line: Line) -> str:
    text = line.text
    if layout.language.is_rtl:
        # the mark makes the line run from right to left even where a Latin word comes first
        text = RIGHT_TO_LEFT_MARK + isolate_numbers(text)
    text = "".join(_render_runs(layout, text))
    return f"{{\\i1}}{text}{{\\i0}}" if line.is_italic and layout.language.has_italics else text


def _render_runs(layout: Layout, text: str) -> Iterator[str]:
    """Name the font of each stretch that the language's own font lacks: libass' choice would depend on the machine."""
    own = layout.font
    for font, characters in groupby(text, key=lambda each: own.drawing(each) or own):
        run = _harmless("".join(characters))
        yield run if font == own else f"{_use_font(layout, font)}{run}{_use_font(layout, own)}"


def _use_font(layout: Layout, font: BurninFont) -> str:
    return f"{{\\fn{font.family}\\fs{layout.font_size(font)}}}"


def _harmless(text: str) -> str:
    r"""Keep ``\N``, ``{\fs200}`` and the like from acting; they are drawn as they are written.

    libass draws ``\{`` as a brace, but has no way to write a backslash: an invisible character after it parts it from
    what follows.
    """
    return re.sub(r"[\\{}]", lambda found: f"\\{_WORD_JOINER}" if found[0] == "\\" else f"\\{found[0]}", text)
