"""Tell which column of a table is which, and read its rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from itertools import islice

from babelreel.errors import UsageError
from babelreel.model.exchange.grid import Grid
from babelreel.model.exchange.row_key import parse_key
from babelreel.model.exchange.sheets import Returned, ReturnedRow
from babelreel.model.ledger.entries import State


class Column(StrEnum):
    """The columns of a sheet, by what stands above them."""

    KEY = "Key (leave as it is)"
    NUMBER = "Line"
    PICTURE = "Picture"
    TIME = "Time"
    SECONDS = "Seconds"
    SOURCE = "Original"
    EARLIER = "Original before"
    TEXT = "Translation"
    COUNT = "Characters"
    LIMIT = "At most"
    STATE = "State"
    COMMENT = "Comment"


#: So many keys show in which column they stand; where none of so many cells is one, there are none.
_ENOUGH_KEYS, _MOST_LOOKED_AT = 20, 2000
#: No sheet has so many columns that a person fills in.
MOST_COLUMNS = 200
#: Above what a translator writes her name in, on the first sheet of a file.
YOUR_NAME = "Your name:"


def find_columns(grid: Grid) -> dict[Column, int]:
    """Find the columns by what stands above them, and that of the keys by what stands in it."""
    found: dict[Column, int] = {}
    for row in grid.rows[:20]:
        named = {each: place for place, cell in enumerate(row[:MOST_COLUMNS]) for each in [_named(cell)] if each}
        if len(named) > len(found):
            found = named
    maybe = ((place, cell) for row in grid.rows for place, cell in enumerate(row[:MOST_COLUMNS]) if "_" in cell)
    found_keys = (place for place, cell in islice(maybe, _MOST_LOOKED_AT) if parse_key(cell))
    if keys := list(islice(found_keys, _ENOUGH_KEYS)):
        found[Column.KEY] = max(set(keys), key=keys.count)
    return found


def _named(cell: str) -> Column | None:
    head = " ".join(cell.split()).partition(" (")[0]
    return next((each for each in Column if each.partition(" (")[0] == head), None)


def rows_of_all(grids: Sequence[Grid], name: str) -> Returned:
    """Read the rows of all tables with keys; without any, return the longest table as it is. Raises ``UsageError``."""
    keyed = [grid for grid in grids if Column.KEY in find_columns(grid)]
    if len(keyed) < 2:  # noqa: PLR2004 - then nobody has to know in which
        return rows_of(keyed[0] if keyed else max(grids, key=lambda each: len(each.rows)), name)
    # a table that was cut in two has its heads once
    whole = next((found for grid in keyed if Column.TEXT in (found := find_columns(grid))), {})
    read = [rows_of(replace(grid, table=at), name, whole) for at, grid in enumerate(grids, start=1) if grid in keyed]
    return Returned(
        rows=tuple(row for each in read for row in each.rows), notes=tuple(note for each in read for note in each.notes)
    )


def rows_of(grid: Grid, name: str, others: Mapping[Column, int] | None = None) -> Returned:
    """Read the rows of a table that we made; one without keys of ours is returned as it is.

    ``others`` are the columns of a table with heads, which one without has if its keys stand in the same. Raises
    ``UsageError`` where the column of the translation cannot be found.
    """
    columns = find_columns(grid)
    if others and Column.TEXT not in columns and columns.get(Column.KEY) == others.get(Column.KEY):
        columns = dict(others)
    if Column.KEY not in columns or not any(parse_key(cell_of(row, columns[Column.KEY])) for row in grid.rows):
        return Returned(rows=(), grid=grid)
    if Column.TEXT not in columns:
        heads = ", ".join(f"“{cell}”" for cell in (grid.rows[0] if grid.rows else ()) if cell.strip())
        raise UsageError(
            what="The column of the translation cannot be found.",
            where=name,
            why=f"what stands above the columns: {heads[:200] or 'nothing'}",
            hint=f"Write “{Column.TEXT}” above it, and “{Column.SOURCE}” above the original.",
        )
    return Returned(rows=tuple(_rows(grid, columns)), notes=tuple(_notes(grid, columns)))


def _notes(grid: Grid, columns: Mapping[Column, int]) -> Iterator[str]:
    """Report what people did beside the columns that are read."""
    keys = [at for at, row in enumerate(grid.rows) if parse_key(cell_of(row, columns[Column.KEY]))]
    for place in grid.merged:
        rows = [int(each) for each in re.findall(r"\d+", place)]
        if rows and max(rows) > keys[0]:  # above the lines stand heads
            yield f"{place}: these cells were made one; the text of the first of them counts"
    width = max(len(grid.rows[at]) for at in keys)
    for column in sorted(set(range(width)) - set(columns.values())):
        filled = [at for at in keys if cell_of(grid.rows[at], column).strip()]
        head = cell_of(grid.rows[keys[0] - 1], column) if keys[0] else ""
        if filled and _named(head) is None:
            yield f"{grid.place(filled[0], column)}: this column is none of ours, and nothing of it is read"


def _rows(grid: Grid, columns: Mapping[Column, int]) -> Iterator[ReturnedRow]:
    for place, row in enumerate(grid.rows):
        text = cell_of(row, columns[Column.TEXT])
        if _named(text) is Column.TEXT or not any(cell.strip() for cell in row):
            continue
        yield ReturnedRow(
            place=grid.place(place, columns[Column.TEXT]),
            key=parse_key(cell_of(row, columns.get(Column.KEY))),
            text=text,
            source=cell_of(row, columns.get(Column.SOURCE)),
            state=state_of(cell_of(row, columns.get(Column.STATE))),
            comment=cell_of(row, columns[Column.COMMENT]) if Column.COMMENT in columns else None,
            doubt=grid.doubts.get((place, columns[Column.TEXT]), ""),
        )


def cell_of(row: Sequence[str], column: int | None) -> str:
    """Read a cell; empty where there is no such column."""
    return row[column] if column is not None and column < len(row) else ""


def state_of(written: str) -> State | None:
    """Read a state; ``None`` for anything else."""
    return next((each for each in State if each == written.strip().lower()), None)
