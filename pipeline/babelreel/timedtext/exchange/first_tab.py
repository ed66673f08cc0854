"""Write the first page of a sheet: what to fill in, what colours mean, how to send it back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from openpyxl.styles import Alignment, Font

from babelreel.languages.find import find_language
from babelreel.model.exchange.sheets import Sheet
from babelreel.model.language import ENGLISH, Direction
from babelreel.model.language_words import SheetWords
from babelreel.model.ledger.entries import State
from babelreel.timedtext.exchange.grid import YOUR_NAME, Column
from babelreel.timedtext.exchange.xlsx_cells import CHANGED, FILL_IN, MUCH, TOO_MUCH, filled, height_points, text_cell

#: What is said for readers of English of words that no native reader has read.
DRAFT = "draft translation"
_TEXT, _NAME = 3, 4
_WIDTHS = {"A": 3, "B": 3, "C": 95, "D": 36}
#: The colours that stand before what is said of them.
_COLOURS = {"write": (FILL_IN,), "count": (MUCH, TOO_MUCH), "changed": (CHANGED,)}
_ORDER = ("where", "write", "count", "changed", "state", "comment", "sort", "finish")
_NAMES = {
    "text": Column.TEXT,
    "count": Column.COUNT,
    "before": Column.EARLIER,
    "state": Column.STATE,
    "comment": Column.COMMENT,
    "draft": State.DRAFT,
    "translated": State.TRANSLATED,
    "approved": State.APPROVED,
    "key": "A",
    "form": "XLSX",
}


def write_first_tab(page: Any, sheet: Sheet) -> None:  # noqa: ANN401 - of openpyxl
    """Write the page in the translator's language, with a place for the name, and below it in English."""
    language, english = sheet.language, find_language(ENGLISH).sheet
    assert english is not None, "English has a file"  # noqa: S101 - for mypy
    words = language.sheet or english
    page.title = "Read me"
    for letter, width in _WIDTHS.items():
        page.column_dimensions[letter].width = width
    page.sheet_view.rightToLeft = words.direction == Direction.RTL
    page.page_setup.orientation = "landscape"
    page.sheet_properties.pageSetUpPr.fitToPage = True
    title = f"{sheet.title or 'babelreel'}: {language.own_name} ({language.name})"
    _line(page, 1, title, words).font = Font(bold=True, size=14)
    row = _write_block(page, 3, words)
    _line(page, row, YOUR_NAME, words).font = Font(bold=True)
    text_cell(page, row, _NAME, "").fill = filled(FILL_IN)
    if words.tag != ENGLISH:
        _write_block(page, row + 2, english)


def _write_block(page: Any, row: int, words: SheetWords) -> int:  # noqa: ANN401 - of openpyxl
    """Write all sentences of a language; return the number of the next row."""
    if words.draft:
        _line(page, row, f"{words.draft} ({DRAFT})", words).font = Font(italic=True, color="B71C1C")
        row += 1
    for name, text in _sentences(words):
        for column, colour in enumerate(_COLOURS.get(name, ()), start=1):
            page.cell(row=row, column=column).fill = filled(colour)
        _line(page, row, text, words)
        row += 1
    return row


def _sentences(words: SheetWords) -> Iterator[tuple[str, str]]:
    for name in _ORDER:
        text = getattr(words, name)
        for sign, meant in _NAMES.items():  # never str.format: a file of the user's may hold other words
            text = text.replace(f"{{{sign}}}", str(meant))
        yield name, text


def _line(page: Any, row: int, text: str, words: SheetWords) -> Any:  # noqa: ANN401 - of openpyxl
    cell = text_cell(page, row, _TEXT, text)
    is_rtl = words.direction == Direction.RTL
    cell.alignment = Alignment(
        wrap_text=True, vertical="top", horizontal="right" if is_rtl else "left", readingOrder=2 if is_rtl else 1
    )
    page.row_dimensions[row].height = height_points({text: _WIDTHS["C"]})
    return cell
