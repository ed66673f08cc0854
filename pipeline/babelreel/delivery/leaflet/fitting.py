"""How large may the type of a leaflet be so that all its text stands on one sheet?

The lengths here are those of ``leaflet.css``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from math import ceil

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
#: Headings are larger than the text, and nearer to what they belong to.
_HEADING_EM, _BELOW_HEADING_EM = Fraction(125, 100), Fraction(1, 10)
#: The browser breaks lines a little otherwise, and leaves no single line of a paragraph alone.
_SPARE = Fraction(93, 100)
_SPARE_LINES = 2


def choose_type_size_pt(  # noqa: PLR0913 - a sheet has these sides
    texts: Iterable[str],
    language: Language,
    shaper: Shaper,
    width_px: int,
    height_px: int,
    *,
    headings: Iterable[str] = (),
) -> int:
    """Give the largest size, in points, at which all paragraphs and headings fit below pictures of a size.

    Where none does, it is the smallest.
    """
    rows = [tuple(_words(text, language, shaper)) for text in texts]
    titles = [tuple(_words(text, language, shaper)) for text in headings]
    for size_pt in TYPE_SIZES_PT:
        if _is_fitting(rows, titles, size_pt, language, width_px, height_px):
            return size_pt
    return TYPE_SIZES_PT[-1]


def pictures_height_mm(width_px: int, height_px: int) -> Fraction:
    """Give the height of the row of pictures, 0 when there are none."""
    if not width_px:
        return Fraction(0)
    each_mm = (PANEL_WIDTH_MM - _PICTURE_GAP_MM) / 2
    return min(Fraction(_HIGHEST_PICTURE_MM), each_mm * height_px / width_px) + _BELOW_PICTURES_MM


def line_height(language: Language) -> Fraction:
    """Give the distance of lines as a factor of the type size."""
    return _LINE_HEIGHTS.get(language.script, _LINE_HEIGHT)


def _is_fitting(  # noqa: PLR0913, PLR0917 - a sheet has these sides
    rows: list[tuple[Fraction, ...]],
    titles: list[tuple[Fraction, ...]],
    size_pt: int,
    language: Language,
    width_px: int,
    height_px: int,
) -> bool:
    em_mm = size_pt * _MM_PER_PT
    lines = sum(_count_lines(words, PANEL_WIDTH_MM / em_mm * _SPARE) for words in rows)
    height_em = lines * line_height(language) + max(0, len(rows) - 1) * _BETWEEN_PARAGRAPHS_EM
    title_lines = sum(_count_lines(words, PANEL_WIDTH_MM / em_mm * _SPARE / _HEADING_EM) for words in titles)
    height_em += title_lines * _HEADING_EM * line_height(language) + len(titles) * _BELOW_HEADING_EM
    # a heading does not stand alone at the end of a column: it goes on with its paragraph
    height_em += (_HEADING_EM + 1) * line_height(language) if titles else 0
    room_em = (PANEL_HEIGHT_MM - pictures_height_mm(width_px, height_px)) / em_mm
    return height_em <= 2 * (room_em - _SPARE_LINES * line_height(language))


def _words(text: str, language: Language, shaper: Shaper) -> Iterator[Fraction]:
    """Give the widths, in em, of the parts between which a line may be broken, each with the space behind it."""
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
