"""Draw the lines of a file at which a finding points, with the carets in the right place.

What is drawn is measured in cells of a terminal: an ideograph takes two, a combining mark and a joiner none, an escape
as many as it has characters. Where a line runs from right to left, terminals differ in how they draw it, so that no
caret can be trusted: the place is named by its column and its text instead.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from babelreel.model.file_position import Source
from babelreel.model.finding import Finding
from babelreel.report.safe_text import clipped, is_space_or_joiner, readable, shown
from babelreel.timedtext.direction.isolates import (
    FIRST_STRONG_ISOLATE,
    LEFT_TO_RIGHT_ISOLATE,
    POP_ISOLATE,
    RIGHT_TO_LEFT_ISOLATE,
)

#: Cells of a line that are shown at most, so that it fits into 80 columns behind its number; and characters: combining
#: marks take no cell, however many there are.
CELLS = 70
CHARACTERS = 300
#: Lines of a cue that are shown at most.
LINES = 8

_RTL = frozenset({"R", "AL"})


class Row(NamedTuple):
    """A line of an excerpt: the number that stands before it, what is drawn, and whether that only marks a place."""

    number: int | None
    text: str
    is_mark: bool = False


class _Glyph(NamedTuple):
    text: str
    cells: int


class _View(NamedTuple):
    """The part of a line that is shown: from which index on, and whether something is left out on either side."""

    glyphs: list[_Glyph]
    first: int
    is_cut_before: bool
    is_cut_after: bool
    raw: str


def draw_excerpt(source: Source, finding: Finding) -> Iterator[Row]:
    """Draw the lines that a finding is about, each with a row of carets or words below where it points at something."""
    for number in _numbers(source, finding):
        stretch = _stretch(source, finding, number)
        view = _view(source, number, stretch[0] if stretch else 0)
        is_rtl = any(unicodedata.bidirectional(char) in _RTL for char in view.raw)
        yield Row(number, _drawn(view, is_rtl=is_rtl))
        if stretch:
            yield Row(None, _words(view, *stretch) if is_rtl else _carets(view, *stretch), is_mark=True)


def isolated(text: str) -> str:
    """Keep a text that is quoted in a line from reordering the rest of that line, if it holds right-to-left letters."""
    has_rtl = any(unicodedata.bidirectional(char) in _RTL for char in text)
    return f"{FIRST_STRONG_ISOLATE}{text}{POP_ISOLATE}" if has_rtl else text


def _numbers(source: Source, finding: Finding) -> range:
    """Return the numbers of the cue's lines; of a long cue, of those around the place of the finding."""
    line = finding.location.line
    if not 1 <= line <= len(source.starts):
        return range(0)
    first = max(1, min(finding.first_line or line, line))
    last = min(len(source.starts), max(finding.last_line, finding.location.end_line, line))
    first = max(first, min(line - LINES // 2, last - LINES + 1))
    return range(first, min(last, first + LINES - 1) + 1)


def _stretch(source: Source, finding: Finding, number: int) -> tuple[int, int] | None:
    """Find the stretch of a line that the finding points at, as indexes from 0; of a point, its one character."""
    where = finding.location
    start, end = (where.line, max(0, where.column - 1)), (where.end_line, max(0, where.end_column - 1))
    if end <= start:
        end = (where.line, start[1] + 1)
    if not start[0] <= number <= end[0]:
        return None
    first = start[1] if number == start[0] else 0
    last = end[1] if number == end[0] else len(_bounds(source, number))
    return (first, last) if last > first or number == start[0] else None


def _bounds(source: Source, number: int) -> range:
    """Find the offsets of a line without its end, which is not copied: it may be as long as the file."""
    start, end = source.starts[number - 1], source.start(number)
    while end > start and source.text[end - 1] in "\r\n":
        end -= 1
    return range(start, end)


def _view(source: Source, number: int, focus: int) -> _View:
    """Cut out what fits into a row, with the focus in its first third where the line is long."""
    bounds = _bounds(source, number)
    if len(bounds) <= CHARACTERS and sum(_glyph(char).cells for char in _text(source, bounds)) <= CELLS:
        first = 0
    else:
        focus = min(focus, len(bounds))
        before = _text(source, bounds[max(0, focus - CELLS) : focus])
        first = focus - _fitting(before[::-1], CELLS // 3)
    raw = _text(source, bounds[first : first + CHARACTERS])
    raw = raw[: _fitting(raw, CELLS)]
    return _View([_glyph(char) for char in raw], first, first > 0, first + len(raw) < len(bounds), raw)


def _text(source: Source, bounds: range) -> str:
    return source.text[bounds.start : bounds.stop]


def _fitting(text: str, cells: int) -> int:
    """Count the characters from the start that take so many cells together."""
    for index, char in enumerate(text):
        cells -= _glyph(char).cells
        if cells < 0:
            return index
    return len(text)


@lru_cache(maxsize=4096)
def _glyph(char: str) -> _Glyph:
    category = unicodedata.category(char)
    if category in {"Mn", "Me"} or (category == "Cf" and is_space_or_joiner(char)):
        return _Glyph(char, 0)
    if char.isprintable() or is_space_or_joiner(char):
        return _Glyph(char, 2 if unicodedata.east_asian_width(char) in "WF" else 1)
    escape = shown(char)
    return _Glyph(escape, len(escape))


def _drawn(view: _View, *, is_rtl: bool) -> str:
    text = readable(view.raw)
    if is_rtl:
        right = sum(unicodedata.bidirectional(char) in _RTL for char in view.raw)
        left = sum(unicodedata.bidirectional(char) == "L" for char in view.raw)
        text = f"{RIGHT_TO_LEFT_ISOLATE if right >= left else LEFT_TO_RIGHT_ISOLATE}{text}{POP_ISOLATE}"
    return f"{'…' if view.is_cut_before else ''}{text}{'…' if view.is_cut_after else ''}"


def _carets(view: _View, first: int, last: int) -> str:
    start, end = max(0, first - view.first), max(0, last - view.first)
    before = sum(glyph.cells for glyph in view.glyphs[:start]) + view.is_cut_before
    width = sum(glyph.cells for glyph in view.glyphs[start:end])
    return f"{' ' * before}{'^' * max(1, width)}"


def _words(view: _View, first: int, last: int) -> str:
    start, end = max(0, first - view.first), max(0, last - view.first)
    columns = f"column {first + 1}" if last <= first + 1 else f"columns {first + 1} to {last}"
    text = readable(clipped(view.raw[start:end], 40))
    return f"^ {columns}: {FIRST_STRONG_ISOLATE}“{text}”{POP_ISOLATE}" if text else f"^ {columns}"
