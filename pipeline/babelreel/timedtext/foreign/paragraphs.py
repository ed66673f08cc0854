"""Find the texts in a document that ttconv has read, with their times and places.

ttconv's own way to cues cuts a text wherever anything on the screen changes. Here a paragraph stays one cue, as its
author meant it; only parts that follow one another in time become cues of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import groupby, zip_longest
from typing import Any

from ttconv import model
from ttconv.style_properties import (
    DisplayAlignType,
    DisplayType,
    FontStyleType,
    StyleProperties,
    VisibilityType,
)

from babelreel.model.timecode import MS_PER_SECOND
from babelreel.model.track import Align
from babelreel.timedtext.foreign.cues import Timed

_SPACE = re.compile(r"[ \t\r\n]+")
#: In per cent of the picture, from above: where the middle of it begins and ends.
_TOP_ENDS, _BOTTOM_BEGINS = 40, 60
#: A hundred hours: what begins later is no time of a film, and what ends later has no end.
LATEST_S = 360_000

#: ttconv publishes no types.
_Element = Any


@dataclass(frozen=True, slots=True, kw_only=True)
class _Inherited:
    """What holds inside of an element: times in seconds from the start, ``end`` ``None`` where none is said."""

    begin: Fraction = Fraction(0)
    end: Fraction | None = None
    is_italic: bool = False
    is_hidden: bool = False
    keeps_space: bool = False
    region: _Element = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Piece:
    text: str
    inherited: _Inherited


def read_paragraphs(document: _Element) -> list[Timed]:
    """Read the texts in the order of their times; a text whose end is not said has no duration.

    Ruby, and what is hidden or begins after a hundred hours, is left out.
    """
    body = document.get_body()
    found = [] if body is None else list(_within(body, _inherited(body, _Inherited()), document))
    return sorted(found, key=lambda text: text.start_ms)


def _within(element: _Element, inherited: _Inherited, document: _Element) -> Iterator[Timed]:
    for child in element:
        inner = _inherited(child, inherited)
        if isinstance(child, model.P):
            yield from _of_paragraph(list(_pieces(child, inner)), _align(inner.region, document))
        else:
            yield from _within(child, inner, document)


def _inherited(element: _Element, outer: _Inherited) -> _Inherited:
    begin = outer.begin + (element.get_begin() or 0)
    own_end = element.get_end()
    ends = [end for end in (outer.end, None if own_end is None else outer.begin + own_end) if end is not None]
    ends = [end for end in ends if end <= LATEST_S]
    own_region = element.get_region()
    region = outer.region if own_region is None else own_region  # one without children is false
    styles = (element,) if region is outer.region else (region, element)
    italic = [each.get_style(StyleProperties.FontStyle) for each in styles]
    slant = next((each for each in reversed(italic) if each is not None), None)
    return _Inherited(
        begin=begin,
        end=min(ends, default=None),
        is_italic=outer.is_italic if slant is None else slant is not FontStyleType.normal,
        is_hidden=outer.is_hidden
        or element.get_style(StyleProperties.Display) is DisplayType.none
        or element.get_style(StyleProperties.Visibility) is VisibilityType.hidden,
        keeps_space=element.get_space() is model.WhiteSpaceHandling.PRESERVE,
        region=region,
    )


def _pieces(element: _Element, inherited: _Inherited) -> Iterator[_Piece]:
    """Yield the texts of a paragraph with what holds for each."""
    for child in element:
        if isinstance(child, model.Text):
            text = child.get_text()
            yield _Piece(text=text if inherited.keeps_space else _SPACE.sub(" ", text), inherited=inherited)
        elif isinstance(child, model.Br):
            yield _Piece(text="\n", inherited=inherited)
        elif not isinstance(child, model.Rt | model.Rtc | model.Rp):
            yield from _pieces(child, _inherited(child, inherited))


def _of_paragraph(pieces: list[_Piece], align: Align) -> Iterator[Timed]:
    """Make one cue of texts that end together, as lines that are added one by one do; else one for each time."""
    shown = [each for each in pieces if not each.inherited.is_hidden]
    texts = [each for each in shown if each.text.strip()]
    if not texts:
        return
    if len({each.inherited.end for each in texts}) == 1:
        begin = min(each.inherited.begin for each in texts)
        first = replace(texts[0].inherited, begin=begin)
        yield from _cue(shown, first, align)
        return
    for inherited, part in groupby(texts, key=lambda each: (each.inherited.begin, each.inherited.end)):
        group = list(part)
        yield from _cue(group, replace(group[0].inherited, begin=inherited[0], end=inherited[1]), align)


def _cue(pieces: list[_Piece], time: _Inherited, align: Align) -> Iterator[Timed]:
    if time.begin <= LATEST_S:
        start_ms = round(time.begin * MS_PER_SECOND)
        end_ms = start_ms if time.end is None else round(time.end * MS_PER_SECOND)
        said = tuple(_trimmed(pieces))
        yield Timed(start_ms=start_ms, end_ms=end_ms, pieces=said, align=align)


def _trimmed(pieces: list[_Piece]) -> Iterator[tuple[str, bool]]:
    """Take away the spaces at both ends of each line, which are there for the eye of the author."""
    said = [piece for piece in pieces if piece.text]
    is_at_start = True
    for piece, after in zip_longest(said, said[1:]):
        text = piece.text
        if not piece.inherited.keeps_space:
            text = text.lstrip(" ") if is_at_start else text
            text = text.rstrip(" ") if after is None or after.text.startswith("\n") else text
        if text:
            is_at_start = text.endswith(("\n", " "))
            yield text, piece.inherited.is_italic


def _align(region: _Element, document: _Element) -> Align:
    """Tell in which third of the picture a region shows its text; without one, at the bottom."""
    if region is None:
        return Align.BOTTOM
    origin, extent = (region.get_style(each) for each in (StyleProperties.Origin, StyleProperties.Extent))
    place = region.get_style(StyleProperties.DisplayAlign)
    top = _percent(origin.y, document) if origin else Fraction(0)
    if (origin is None and extent is None and place is None) or top is None:
        return Align.BOTTOM
    height = _percent(extent.height, document) if extent else 100 - top
    if height is None:
        return Align.BOTTOM
    shares = {DisplayAlignType.center: Fraction(1, 2), DisplayAlignType.after: Fraction(1)}
    y = top + height * shares.get(place, Fraction(0))
    return Align.TOP if y < _TOP_ENDS else Align.BOTTOM if y > _BOTTOM_BEGINS else Align.MIDDLE


def _percent(length: _Element, document: _Element) -> Fraction | None:
    """Convert a height to per cent of the picture; ``None`` for one in units of letters."""
    cells, pixels = document.get_cell_resolution(), document.get_px_resolution()
    whole = {"%": 100, "rh": 100, "c": cells.rows if cells else 0, "px": pixels.height if pixels else 0}
    size = whole.get(length.units.value, 0)
    return Fraction(length.value) * 100 / size if size else None
