"""Write the sheet in which all languages stand side by side."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Side

from babelreel.model.exchange.side_by_side import SaidText, SideBySide
from babelreel.model.finding import Severity
from babelreel.model.language import Language
from babelreel.model.timecode import render_clock
from babelreel.timedtext.exchange.xlsx_cells import HEAD, MUCH, TOO_MUCH, filled, height_points, set_text

_COLOURS = {Severity.ERROR: TOO_MUCH, Severity.WARNING: MUCH, Severity.INFO: "E3F2FD"}
_WIDTH, _TIME_WIDTH = 32, 9
#: More of a note is read by nobody.
_MOST_NOTED = 8


def write_side_by_side(side: SideBySide) -> bytes:
    """Write one sheet, A3 on its side: times, then a column for each language, coloured where a rule is broken."""
    book = Workbook()
    page: Any = book.active
    page.title = "All languages"
    heads = ["", *(f"{each.name} ({each.tag})" for each in side.languages)]
    for column, head in enumerate(heads, start=1):
        cell = page.cell(row=1, column=column)
        set_text(cell, head)
        cell.fill = filled(HEAD)
        page.column_dimensions[cell.column_letter].width = _WIDTH if column > 1 else _TIME_WIDTH
    for row, (span, texts) in enumerate(side.rows, start=2):
        time = page.cell(row=row, column=1)
        set_text(time, render_clock(span.start_ms))
        time.alignment = Alignment(vertical="top")
        page.row_dimensions[row].height = height_points({each.text: _WIDTH for each in texts})
        for column, (language, said) in enumerate(zip(side.languages, texts, strict=True), start=2):
            _set(page.cell(row=row, column=column), said, language)
    page.freeze_panes = "C2"
    page.print_title_rows, page.print_title_cols = "1:1", "A:A"
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", page.PAPERSIZE_A3
    page.oddFooter.center.text = "&P / &N"
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _set(cell: Any, said: SaidText, language: Language) -> None:  # noqa: ANN401 - of openpyxl
    set_text(cell, said.text)
    cell.alignment = Alignment(
        wrap_text=True,
        vertical="top",
        horizontal="right" if language.is_rtl else "left",
        readingOrder=2 if language.is_rtl else 1,
    )
    cell.border = Border(*[Side("hair", "9E9E9E")] * 4)
    if said.severity is not None:
        cell.fill = filled(_COLOURS[said.severity])
        cell.comment = Comment("\n".join(said.findings[:_MOST_NOTED]), "babelreel", height=120, width=320)
