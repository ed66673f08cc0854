"""Write the sheet that a translator opens in Excel, LibreOffice or Google.

Every text is a text for the program too: it makes no number of 0800, no date of 1-2, and no formula of what begins with
an equals sign. openpyxl takes 0.3 s to load, so ``forms`` loads this module only where a sheet is written.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.drawing.image import Image
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Alignment, Border, Side
from openpyxl.worksheet.datavalidation import DataValidation

from babelreel.model.exchange.grid import letters_of
from babelreel.model.exchange.sheets import SentRow, Sheet
from babelreel.model.ledger.entries import State
from babelreel.model.timecode import render_clock
from babelreel.timedtext.exchange.first_tab import write_first_tab
from babelreel.timedtext.exchange.grid import Column
from babelreel.timedtext.exchange.xlsx_cells import (
    CHANGED,
    FILL_IN,
    HEAD,
    MUCH,
    TOO_MUCH,
    filled,
    height_points,
    set_text,
    text_cell,
)

_WIDTHS = {
    Column.KEY: 4,
    Column.NUMBER: 6,
    Column.PICTURE: 23,
    Column.TIME: 11,
    Column.SECONDS: 9,
    Column.SOURCE: 42,
    Column.EARLIER: 30,
    Column.TEXT: 46,
    Column.COUNT: 11,
    Column.LIMIT: 9,
    Column.STATE: 12,
    Column.COMMENT: 32,
}
_TEXTS = frozenset({Column.KEY, Column.TIME, Column.SOURCE, Column.EARLIER, Column.TEXT, Column.STATE, Column.COMMENT})
_TO_FILL_IN = frozenset({Column.TEXT, Column.STATE, Column.COMMENT})
#: Points of height for a row with a picture.
_ROW_POINTS = 70


def write_xlsx(sheet: Sheet) -> bytes:
    """Write a workbook: a page on what to do, with a place for the name, and the table of all lines."""
    book = Workbook()
    write_first_tab(book.active, sheet)
    page = book.create_sheet(sheet.language.tag)
    book.active = page
    _write_table(page, sheet)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def columns_of(sheet: Sheet) -> tuple[Column, ...]:
    """Choose the columns that a sheet has: only those in which anything stands."""
    left_out = set()
    if not any(row.still for row in sheet.rows):
        left_out.add(Column.PICTURE)
    if not any(row.earlier for row in sheet.rows):
        left_out.add(Column.EARLIER)
    if sheet.reference is None:
        left_out.add(Column.SOURCE)
    return tuple(each for each in Column if each not in left_out)


def head_of(column: Column, sheet: Sheet) -> str:
    """Say what stands above a column."""
    if column is Column.SOURCE and sheet.reference:
        return f"{column} ({sheet.reference.name})"
    return f"{column} ({sheet.language.name})" if column is Column.TEXT else column.value


def _write_table(page: Any, sheet: Sheet) -> None:  # noqa: ANN401 - of openpyxl
    columns = columns_of(sheet)
    letter = {column: letters_of(place) for place, column in enumerate(columns)}
    for place, column in enumerate(columns, start=1):
        head = text_cell(page, 1, place, head_of(column, sheet))
        head.fill = filled(HEAD)
        page.column_dimensions[letter[column]].width = _WIDTHS[column]
    styles = {column: _style(page, column, sheet) for column in columns}
    for number, row in enumerate(sheet.rows, start=2):
        _write_row(page, number, row, columns, letter, styles, sheet)
    page.column_dimensions["A"].hidden = True
    page.sheet_view.rightToLeft = sheet.language.is_rtl
    page.freeze_panes = "A2"
    page.print_title_rows = "1:1"
    page.page_setup.orientation = "landscape"
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    if sheet.rows:
        _add_colours(page, letter, sheet)


def _write_row(  # noqa: PLR0913, PLR0917 - a row of a page, and how each of its columns is set
    page: Any,  # noqa: ANN401 - of openpyxl
    number: int,
    row: SentRow,
    columns: tuple[Column, ...],
    letter: dict[Column, str],
    styles: dict[Column, Any],
    sheet: Sheet,
) -> None:
    values = _values(row, letter, number, sheet)
    for place, column in enumerate(columns, start=1):
        cell = page.cell(row=number, column=place)
        cell._style = styles[column]  # noqa: SLF001 - one style for a column: setting it anew for each cell takes seconds
        if column not in _TEXTS:
            cell.value = values.get(column)
        elif values[column]:
            set_text(cell, str(values[column]))
    texts = {str(values[column]): _WIDTHS[column] for column in (Column.SOURCE, Column.EARLIER, Column.TEXT)}
    height = height_points(texts)
    page.row_dimensions[number].height = max(height, _ROW_POINTS) if row.still else height
    if row.still:
        page.add_image(_Still(row.still, sheet.still_px), f"{letter[Column.PICTURE]}{number}")


def _values(row: SentRow, letter: dict[Column, str], number: int, sheet: Sheet) -> dict[Column, Any]:
    text = f"{letter[Column.TEXT]}{number}"
    seconds = max(0, row.span.duration_ms) / 1000
    return {
        Column.KEY: str(row.key),
        Column.NUMBER: row.label,
        Column.TIME: render_clock(row.span.start_ms),
        Column.SECONDS: round(seconds, 2),
        Column.SOURCE: row.source,
        Column.EARLIER: row.earlier,
        Column.TEXT: row.text,
        Column.COUNT: f'=LEN(SUBSTITUTE(SUBSTITUTE({text},CHAR(10),""),CHAR(13),""))',
        Column.LIMIT: int(max(0, row.span.duration_ms) * sheet.cps / 1000),
        Column.STATE: row.state.value if row.state and row.state is not State.UNKNOWN else "",
        Column.COMMENT: row.comment,
    }


def _add_colours(page: Any, letter: dict[Column, str], sheet: Sheet) -> None:  # noqa: ANN401 - of openpyxl
    last = len(sheet.rows) + 1
    count, limit, seconds = (f"${letter[each]}2" for each in (Column.COUNT, Column.LIMIT, Column.SECONDS))
    area = f"{letter[Column.COUNT]}2:{letter[Column.COUNT]}{last}"
    too_much = f"{count}>{seconds}*{float(sheet.cps_error):g}"
    page.conditional_formatting.add(area, FormulaRule(formula=[too_much], fill=filled(TOO_MUCH), stopIfTrue=True))
    page.conditional_formatting.add(area, FormulaRule(formula=[f"{count}>{limit}"], fill=filled(MUCH)))
    if Column.EARLIER in letter:
        area = f"{letter[Column.SOURCE]}2:{letter[Column.EARLIER]}{last}"
        changed = f'${letter[Column.EARLIER]}2<>""'
        page.conditional_formatting.add(area, FormulaRule(formula=[changed], fill=filled(CHANGED)))
    states = f'"{State.DRAFT},{State.TRANSLATED},{State.APPROVED}"'
    choice = DataValidation(type="list", formula1=states, allow_blank=True)
    choice.add(f"{letter[Column.STATE]}2:{letter[Column.STATE]}{last}")
    page.add_data_validation(choice)


def _style(page: Any, column: Column, sheet: Sheet) -> Any:  # noqa: ANN401 - openpyxl's own numbers of styles
    # one that stands in no row: what is set for it is known to the workbook, and its numbers serve all cells
    cell: Any = Cell(page, row=1, column=1)
    is_rtl = (column is Column.TEXT and sheet.language.is_rtl) or (
        column in {Column.SOURCE, Column.EARLIER} and sheet.reference is not None and sheet.reference.is_rtl
    )
    order = 0 if column not in {Column.TEXT, Column.SOURCE, Column.EARLIER} else 2 if is_rtl else 1
    side = {0: "center", 1: "left", 2: "right"}[order]
    cell.alignment = Alignment(wrap_text=True, vertical="top", horizontal=side, readingOrder=order)
    if column in _TEXTS:
        cell.number_format = "@"
    cell.border = Border(*[Side("hair", "9E9E9E")] * 4)
    if column in _TO_FILL_IN:
        cell.fill = filled(FILL_IN)
    return cell._style  # noqa: SLF001 - as above


class _Still(Image):  # type: ignore[misc] # of a library without types
    """A JPEG whose size is known: openpyxl's own asks another library for it."""

    def __init__(self, jpeg: bytes, size: tuple[int, int]) -> None:
        (self.width, self.height), self.format = size, "jpeg"
        self._jpeg = jpeg

    def _data(self) -> bytes:
        return self._jpeg
