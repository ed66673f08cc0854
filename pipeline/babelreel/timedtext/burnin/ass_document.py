"""Write the ASS document that draws cues into pictures; pysubs2 writes its sections, its style and its events.

The document is an input of tasks, so each of its bytes belongs to their keys: a pysubs2 that writes other bytes means
that all burned-in pieces are made again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import NamedTuple, Self

import pysubs2

from babelreel.timedtext.burnin.layout import Layout

#: libass' ``Encoding``: lines run from left to right, in whatever language, for their text is in visual order.
_LEFT_TO_RIGHT = 1
#: A colour that a text has of its own.
_FILL = re.compile(r"\\1c&H([0-9A-F]{6})&")
#: ``BorderStyle``. The box is libass' own: one for all lines of a cue, and letters keep their outline. That of ASS (3)
#: is one for each line, which darken twice where they meet, and its letters have no outline.
_OUTLINE, _BOX = 1, 4
#: The room beside text in its box, as a share of the type size.
_BOX_ROOM = 0.12
#: The alpha of ASS for what is not seen.
_CLEAR = 255


class Event(NamedTuple):
    """A text in ASS, shown from ``start_ms`` up to, not including, ``end_ms``; both are multiples of 10."""

    start_ms: int
    end_ms: int
    body: str


def render_document(layout: Layout, events: Iterable[Event]) -> str:
    """Write the document that draws events in one look into pictures of one size; times of up to ten hours."""
    bare = pysubs2.SSAFile()
    bare.events = [pysubs2.SSAEvent(start=each.start_ms, end=each.end_ms, text=each.body) for each in events]
    is_coloured = any(map(_is_coloured, (each for event in bare.events for each in _FILL.findall(event.text))))
    return _head(layout, is_coloured=is_coloured) + bare.to_string("ass", header_notice="").removeprefix(_bare_head())


@lru_cache(maxsize=256)
def _head(layout: Layout, *, is_coloured: bool) -> str:
    """Write what stands above the events: the same for thousands of cells."""
    script = pysubs2.SSAFile()
    script.info = dict(_info(layout, is_coloured=is_coloured))
    script.styles = {"Default": _style(layout)}
    return script.to_string("ass", header_notice="")


@cache
def _bare_head() -> str:
    return pysubs2.SSAFile().to_string("ass", header_notice="")


def _info(layout: Layout, *, is_coloured: bool) -> Iterator[tuple[str, str]]:
    yield "ScriptType", "v4.00+"
    yield "PlayResX", str(layout.frame.width_px)
    yield "PlayResY", str(layout.frame.height_px)
    yield "WrapStyle", "0"  # lines too wide are broken at spaces, into lines of like length
    yield "ScaledBorderAndShadow", "yes"
    yield "Kerning", "yes"  # libass leaves "To" and "L’a" wide open unless told to
    if is_coloured or any(map(_is_coloured, (layout.style.color, layout.style.outline_color, layout.style.background))):
        yield (
            "YCbCr Matrix",
            "None",
        )  # colours are meant as they are: else ffmpeg takes them for those of old television
    if layout.language.iso639_1:  # libass cuts the value to two letters, which would make "pc" of "pcm"
        yield "Language", layout.language.iso639_1  # chooses letter forms: Bulgarian ones are not Russian ones


def _is_coloured(color: str) -> bool:
    """Tell whether a colour, ``#rrggbb`` or empty, is none between black and white."""
    return len(set(bytes.fromhex(color.removeprefix("#")))) > 1


def _style(layout: Layout) -> pysubs2.SSAStyle:
    """Make a look that is neither italic, underlined nor struck out; as wide, high and even as the font is."""
    style, font = layout.style, layout.font
    color, outline_color = _color(style.color), _color(style.outline_color)
    has_box = bool(style.background)
    shadow = _BOX_ROOM if has_box else style.shadow  # with a box, "Shadow" is the room around it
    return pysubs2.SSAStyle(
        fontname=font.family,
        fontsize=_Decimals(layout.font_size(font)),
        primarycolor=color,
        secondarycolor=color,
        outlinecolor=outline_color,
        backcolor=_color(style.background, style.opacity) if has_box else outline_color,
        bold=style.bold,
        borderstyle=_BOX if has_box else _OUTLINE,
        outline=_Decimals(f"{float(layout.type_px) * style.outline:.2f}"),
        shadow=_Decimals(f"{float(layout.type_px) * shadow:.2f}"),
        alignment=pysubs2.Alignment(int(layout.align.value)),
        marginl=layout.side_margin_px,
        marginr=layout.right_margin_px,
        marginv=layout.margin_px,
        encoding=_LEFT_TO_RIGHT,
    )


def _color(color: str, opacity: float = 1) -> pysubs2.Color:
    """Read ``#rrggbb``; the alpha of ASS counts from 0, which hides all, to 255."""
    red, green, blue = bytes.fromhex(color.removeprefix("#"))
    return pysubs2.Color(red, green, blue, _CLEAR - round(_CLEAR * opacity))


class _Decimals(float):
    """A number that pysubs2 writes with the decimals it was given with: ``32.0`` stays ``32.0``, and no ``32``."""

    _written: str

    def __new__(cls, written: str) -> Self:
        number = super().__new__(cls, written)
        number._written = written
        return number

    def is_integer(self) -> bool:
        return False

    def __str__(self) -> str:
        return self._written
