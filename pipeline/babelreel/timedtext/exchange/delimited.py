"""Read the cells of a table that was exported as .csv or .tsv.

Excel writes semicolons where a comma parts decimals, and tabs in UTF-16 as "Unicode text"; Google writes commas.
"""

from __future__ import annotations

import csv
import io

from babelreel.model.exchange.grid import Grid
from babelreel.model.exchange.sheets import Returned
from babelreel.timedtext.encoding.decode import unicode_text
from babelreel.timedtext.exchange.archives import refuse_file
from babelreel.timedtext.exchange.grid import MOST_COLUMNS, Column, find_columns, rows_of_all

_DELIMITERS = (",", ";", "\t")
#: A line that Excel takes for what parts the cells.
_SEPARATOR = "sep="
#: The sheet of the longest film that we know of has a twentieth of this.
_MOST_BYTES, _MOST_ROWS = 1 << 22, 100_000
_HINT = "Save it as .xlsx, or as “CSV UTF-8”."


def read_delimited(data: bytes, name: str) -> Returned:
    """Read the rows of a table in Unicode, whatever parts its cells; raises ``UsageError`` for anything else."""
    if len(data) > _MOST_BYTES or max(data.count(b"\n"), data.count(b"\r")) > _MOST_ROWS:
        refuse_file(name, "it is far larger than the lines of any film", "Delete the empty rows, and save it anew.")
    text = unicode_text(data)
    if text is None:
        refuse_file(name, "it is not in Unicode, so nobody can tell which letters it holds", _HINT)
    if "\0" in text:
        refuse_file(name, "it is no text", _HINT)
    grids = [grid for delimiter in _DELIMITERS if (grid := _grid(text, delimiter)) is not None]
    if not grids:
        refuse_file(name, "there is no table in it", _HINT)
    return rows_of_all([max(grids, key=lambda each: (Column.KEY in find_columns(each), _cells(each)))], name)


def _grid(text: str, delimiter: str) -> Grid | None:
    """Read the table if such a sign parts the cells of most rows; ``None`` where the quotes do not close."""
    first, _, rest = text.partition("\n")
    is_named = first.lower().startswith(_SEPARATOR)
    try:
        cells = csv.reader(io.StringIO(rest if is_named else text), delimiter=delimiter, strict=True)
        rows = tuple(tuple(row[:MOST_COLUMNS]) for row in cells)
    except csv.Error:
        return None
    return Grid(rows=rows, first_row=2 if is_named else 1, is_lettered=True) if rows else None


def _cells(grid: Grid) -> int:
    return sum(len(row) - 1 for row in grid.rows if row)
