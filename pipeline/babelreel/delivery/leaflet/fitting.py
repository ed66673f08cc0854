"""Choose the type size of a leaflet so that all its text stands on one sheet.

The lengths here are those of ``leaflet.css``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from math import ceil
from types import MappingProxyType

from babelreel.model.language import Language
from babelreel.timedtext.burnin.line_width import Shaper
from babelreel.timedtext.burnin.unspaced_breaks import may_break

#: From a size for young readers down to one that tired eyes still read; a text too long for it goes on on a new sheet.
TYPE_SIZES_PT = (16, 15, 14, 13, 12, 11, 10, 9)

_MM_PER_PT = Fraction(254, 720)
#: Half an A4 sheet, landscape, without margins of 14 mm.
PANEL_WIDTH_MM, PANEL_HEIGHT_MM = Fraction(241, 2), 182
#: Two pictures side by side over each column, with a gap between them and room below.
_PICTURE_GAP_MM, _BELOW_PICTURES_MM, _HIGHEST_PICTURE_MM = 4, 6, 46
#: Arabic has high and deep marks, Han characters fill their squares: both need more room between lines than others.
_LINE_HEIGHTS = {"Arab": Fraction(17, 10), "Hans": Fraction(16, 10), "Hant": Fraction(16, 10)}
_LINE_HEIGHT = Fraction(145, 100)
_BETWEEN_PARAGRAPHS_EM = Fraction(6, 10)
_COLUMNS = 2
#: Headings are larger than the text, and nearer to what they belong to.
_HEADING_EM, _BELOW_HEADING_EM = Fraction(125, 100), Fraction(1, 10)
#: A browser breaks lines a little differently from a sum of words, and shapes them in a line of their own.
_SPARE = Fraction(97, 100)
#: What stays free at the end of a column, and how many lines of a paragraph stay together before and behind a break.
_SPARE_LINES, _KEPT_LINES = Fraction(1, 2), 2

#: Above and below each row of two languages, with the line between them.
_BETWEEN_ROWS_EM = Fraction(3, 10)

#: Those of both languages of a pair.
Shapers = tuple[Shaper, Shaper]

#: The widths of what may stand on a line each, of a heading, if there is one, and of its paragraph.
_Block = tuple[tuple[Fraction, ...], tuple[Fraction, ...]]


def choose_type_size_pt(  # noqa: PLR0913 - a sheet has these sides
    texts: Iterable[str],
    language: Language,
    shaper: Shaper,
    width_px: int,
    height_px: int,
    *,
    headings: Mapping[int, str] = MappingProxyType({}),
) -> int:
    """Choose the largest size, in points, at which all paragraphs fit below pictures of a size.

    Where none does, it is the smallest. Each of the ``headings`` stands before the paragraph at its place.
    """
    blocks = [
        (
            tuple(_words(headings[place], language, shaper)) if place in headings else (),
            tuple(_words(text, language, shaper)),
        )
        for place, text in enumerate(texts)
    ]
    for size_pt in TYPE_SIZES_PT:
        if _is_fitting(blocks, size_pt, language, pictures_height_mm(width_px, height_px)):
            return size_pt
    return TYPE_SIZES_PT[-1]


def choose_pair_size_pt(rows: Iterable[tuple[str, str]], languages: tuple[Language, Language], shapers: Shapers) -> int:
    """Choose the largest size, in points, at which all rows of two languages fit on one page; else the smallest."""
    measured = [
        tuple(
            tuple(_words(text, language, shaper))
            for text, language, shaper in zip(row, languages, shapers, strict=True)
        )
        for row in rows
    ]
    for size_pt in TYPE_SIZES_PT:
        em_mm = size_pt * _MM_PER_PT
        width_em, room_em = PANEL_WIDTH_MM / em_mm * _SPARE, PANEL_HEIGHT_MM / em_mm - _SPARE_LINES
        heights = (
            max(
                _count_lines(words, width_em) * line_height(language)
                for words, language in zip(row, languages, strict=True)
            )
            for row in measured
        )
        if sum(each + _BETWEEN_ROWS_EM for each in heights) <= room_em:
            return size_pt
    return TYPE_SIZES_PT[-1]


def pictures_height_mm(width_px: int, height_px: int) -> Fraction:
    """Compute the height of the row of pictures, 0 when there are none."""
    if not width_px:
        return Fraction(0)
    each_mm = (PANEL_WIDTH_MM - _PICTURE_GAP_MM) / 2
    return min(Fraction(_HIGHEST_PICTURE_MM), each_mm * height_px / width_px) + _BELOW_PICTURES_MM


def line_height(language: Language) -> Fraction:
    """Return the distance of lines as a factor of the type size."""
    return _LINE_HEIGHTS.get(language.script, _LINE_HEIGHT)


def _is_fitting(blocks: list[_Block], size_pt: int, language: Language, pictures_mm: Fraction) -> bool:
    """Lay the paragraphs into two columns as a browser does: whole, or with two lines at least on either side."""
    em_mm, line = size_pt * _MM_PER_PT, line_height(language)
    width_em = PANEL_WIDTH_MM / em_mm * _SPARE
    room_em = (PANEL_HEIGHT_MM - pictures_mm) / em_mm - _SPARE_LINES * line
    columns, used = 1, Fraction(0)
    for title, words in blocks:
        lines, above = _count_lines(words, width_em), _BETWEEN_PARAGRAPHS_EM
        head = Fraction(0)
        if title:
            head = _count_lines(title, width_em / _HEADING_EM) * _HEADING_EM * line + _BELOW_HEADING_EM
            above *= _HEADING_EM
        start = used + above + head if used else head
        whole = int((room_em - start) / line)  # lines that still have room here
        if lines <= whole:
            used = start + lines * line
            continue
        here = min(whole, lines - _KEPT_LINES)
        columns += 1
        used = (lines - here) * line if here >= _KEPT_LINES else head + lines * line
        if columns > _COLUMNS or used > room_em:
            return False
    return True


def _words(text: str, language: Language, shaper: Shaper) -> Iterator[Fraction]:
    """Measure the parts, in em, between which a line may be broken, each with the space behind it."""
    if language.breaks_at_spaces:
        yield from (shaper.width_em(word + " ") for word in text.split(" "))
        return
    start = 0
    for place in range(1, len(text)):
        if may_break(text, place):
            yield shaper.width_em(text[start:place])
            start = place
    yield shaper.width_em(text[start:])


def _count_lines(words: tuple[Fraction, ...], width_em: Fraction) -> int:
    lines, used = 1, Fraction(0)
    for word in words:
        if used and used + word > width_em:
            lines, used = lines + 1, Fraction(0)
        used += word
        if used > width_em:  # a word wider than a line is broken anywhere
            lines, used = lines + ceil(used / width_em) - 1, used % width_em
    return lines
