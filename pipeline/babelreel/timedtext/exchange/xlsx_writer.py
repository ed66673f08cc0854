"""What does the sheet look like that a translator opens in Excel, LibreOffice or Google?

Every text is a text for the program too: it makes no number of 0800, no date of 1-2, and no formula of what begins with
an equals sign. openpyxl takes 0.3 s to load, so ``forms`` loads this module only where a sheet is written.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.drawing.image import Image
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Alignment, Border, PatternFill, Side
from openpyxl.worksheet.datavalidation import DataValidation

from babelreel.model.exchange.grid import letters_of
from babelreel.model.exchange.row_key import tidy
from babelreel.model.exchange.sheets import SentRow, Sheet
from babelreel.model.ledger.entries import State
from babelreel.model.timecode import render_clock
from babelreel.timedtext.exchange.grid import YOUR_NAME, Column

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
#: An underscore that begins what Excel takes for an escaped character.
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
#: Points of height for a row with a picture, and for a line of text.
_ROW_POINTS, _LINE_POINTS = 70, 16
HEAD_COLOUR, _FILL_IN, _CHANGED, _MUCH, _TOO_MUCH = "D9E2EC", "FFFFF0", "FFE0B2", "FFF176", "EF9A9A"


def write_xlsx(sheet: Sheet) -> bytes:
    """Write a workbook: a page on what to do, with a place for the name, and the table of all lines."""
    book = Workbook()
    _write_first_tab(book, sheet)
    page = book.create_sheet(sheet.language.tag)
    book.active = page
    _write_table(page, sheet)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def columns_of(sheet: Sheet) -> tuple[Column, ...]:
    """Give the columns that a sheet has: only those in which anything stands."""
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


_HELP = (
    "{title}: {language}",
    "",
    "Go to the second sheet. Write into the column “Translation”. A line break in a cell is one in the picture.",
    "“Characters” counts. Yellow: hard to read in the time. Red: too much for anybody, make it shorter.",
    "Orange: the film says something else since this was translated; “Original before” is what it said then.",
    "“State”: draft, translated or approved. Leave it empty if you have nothing to say about a line.",
    "You may sort the rows. Leave the hidden column A as it is: it tells which line a row is about.",
    "Write your name here, save the file in the same form (.xlsx), and send it back.",
)


def _write_first_tab(book: Workbook, sheet: Sheet) -> None:
    page: Any = book.active
    page.title = "Read me"
    page.column_dimensions["A"].width = 24
    page.page_setup.orientation = "landscape"
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.column_dimensions["B"].width = 60
    for number, line in enumerate(_HELP, start=1):
        _text_cell(page, number, 1, line.format(title=sheet.title or "babelreel", language=sheet.language.name))
    _text_cell(page, len(_HELP) + 1, 1, YOUR_NAME)
    _text_cell(page, len(_HELP) + 1, 2, "").fill = filled(_FILL_IN)


def _write_table(page: Any, sheet: Sheet) -> None:  # noqa: ANN401 - of openpyxl
    columns = columns_of(sheet)
    letter = {column: letters_of(place) for place, column in enumerate(columns)}
    for place, column in enumerate(columns, start=1):
        head = _text_cell(page, 1, place, head_of(column, sheet))
        head.fill = filled(HEAD_COLOUR)
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


def height_points(texts: Mapping[str, int]) -> int:
    """Give how high a row is that holds these texts in columns of these widths (characters): not all programs ask."""
    lines = (sum(1 + len(line) // width for line in text.split("\n")) for text, width in texts.items())
    return _LINE_POINTS * max(2, *lines, 0)


def _values(row: SentRow, letter: dict[Column, str], number: int, sheet: Sheet) -> dict[Column, Any]:
    text = f"{letter[Column.TEXT]}{number}"
    seconds = max(0, row.span.duration_ms) / 1000
    return {
        Column.KEY: str(row.key),
        Column.NUMBER: row.number,
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
    page.conditional_formatting.add(area, FormulaRule(formula=[too_much], fill=filled(_TOO_MUCH), stopIfTrue=True))
    page.conditional_formatting.add(area, FormulaRule(formula=[f"{count}>{limit}"], fill=filled(_MUCH)))
    if Column.EARLIER in letter:
        area = f"{letter[Column.SOURCE]}2:{letter[Column.EARLIER]}{last}"
        changed = f'${letter[Column.EARLIER]}2<>""'
        page.conditional_formatting.add(area, FormulaRule(formula=[changed], fill=filled(_CHANGED)))
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
        cell.fill = filled(_FILL_IN)
    return cell._style  # noqa: SLF001 - as above


class _Still(Image):  # type: ignore[misc] # of a library without types
    """A JPEG whose size is known: openpyxl's own asks another library for it."""

    def __init__(self, jpeg: bytes, size: tuple[int, int]) -> None:
        (self.width, self.height), self.format = size, "jpeg"
        self._jpeg = jpeg

    def _data(self) -> bytes:
        return self._jpeg


def filled(colour: str) -> Any:  # noqa: ANN401 - a style of openpyxl
    """Give the ground of a cell in a colour (six hexadecimal digits)."""
    return PatternFill("solid", start_color=colour, end_color=colour)


def _text_cell(page: Any, row: int, column: int, text: str) -> Any:  # noqa: ANN401 - of openpyxl
    cell = page.cell(row=row, column=column)
    cell.number_format = "@"
    set_text(cell, text)
    return cell


def set_text(cell: Any, text: str) -> None:  # noqa: ANN401 - of openpyxl
    """Put a text into a cell as it is: by itself, openpyxl makes a formula of "=1".

    What would be read as an escape is written with one.
    """
    cell._value, cell.data_type = _ESCAPE.sub("_x005F_", tidy(text)), "s"  # noqa: SLF001 - the one way around its guess
