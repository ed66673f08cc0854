"""Put texts into cells of a sheet, and choose their colours and heights."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from openpyxl.styles import PatternFill

from babelreel.model.exchange.row_key import tidy

#: What stands above columns, what is to be filled in, what changed, what is hard to read and what is too much.
HEAD, FILL_IN, CHANGED, MUCH, TOO_MUCH = "D9E2EC", "FFFFF0", "FFE0B2", "FFF176", "EF9A9A"
#: An underscore that begins what Excel takes for an escaped character.
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
#: Points of height for a line of text.
_LINE_POINTS = 16


def filled(colour: str) -> Any:  # noqa: ANN401 - a style of openpyxl
    """Make the ground of a cell in a colour (six hexadecimal digits)."""
    return PatternFill("solid", start_color=colour, end_color=colour)


def text_cell(page: Any, row: int, column: int, text: str) -> Any:  # noqa: ANN401 - of openpyxl
    """Put a text into a cell that is one for the program too, and return the cell."""
    cell = page.cell(row=row, column=column)
    cell.number_format = "@"
    set_text(cell, text)
    return cell


def set_text(cell: Any, text: str) -> None:  # noqa: ANN401 - of openpyxl
    """Put a text into a cell as it is: by itself, openpyxl makes a formula of "=1".

    What would be read as an escape is written with one.
    """
    cell._value, cell.data_type = _ESCAPE.sub("_x005F_", tidy(text)), "s"  # noqa: SLF001 - the one way around its guess


def height_points(texts: Mapping[str, int]) -> int:
    """Compute how high a row is with these texts in columns of these widths (characters): not all programs do so."""
    lines = (sum(1 + len(line) // width for line in text.split("\n")) for text, width in texts.items())
    return _LINE_POINTS * max(2, *lines, 0)
