"""Which column of a table is which, and what stands in its rows?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
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


#: So many tell in which column the keys stand.
_ENOUGH_KEYS = 20
#: Above what a translator writes her name in, on the first sheet of a file.
YOUR_NAME = "Your name:"


def find_columns(grid: Grid) -> dict[Column, int]:
    """Find the columns by what stands above them, and that of the keys by what stands in it."""
    found: dict[Column, int] = {}
    for row in grid.rows[:20]:
        named = {each: place for place, cell in enumerate(row) for each in [_named(cell)] if each}
        if len(named) > len(found):
            found = named
    found_keys = (place for row in grid.rows for place, cell in enumerate(row) if "_" in cell and parse_key(cell))
    if keys := list(islice(found_keys, _ENOUGH_KEYS)):
        found[Column.KEY] = max(set(keys), key=keys.count)
    return found


def _named(cell: str) -> Column | None:
    head = " ".join(cell.split()).partition(" (")[0]
    return next((each for each in Column if each.partition(" (")[0] == head), None)


def rows_of(grid: Grid, name: str) -> Returned:
    """Read the rows of a table that we made; one without keys of ours is given as it is.

    ``UsageError`` where the column of the translation cannot be found.
    """
    columns = find_columns(grid)
    if Column.KEY not in columns or not any(parse_key(cell_of(row, columns[Column.KEY])) for row in grid.rows):
        return Returned(rows=(), grid=grid)
    if Column.TEXT not in columns:
        heads = ", ".join(f"“{cell}”" for cell in (grid.rows[0] if grid.rows else ()) if cell.strip())
        raise UsageError(
            what="the column of the translation cannot be found",
            where=name,
            why=f"what stands above the columns: {heads[:200] or 'nothing'}",
            hint=f"write “{Column.TEXT}” above it, and “{Column.SOURCE}” above what it was translated from",
        )
    notes = [f"{place}: these cells were made one; the text of the first of them counts" for place in grid.merged]
    return Returned(rows=tuple(_rows(grid, columns)), notes=tuple(notes))


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
        )


def cell_of(row: Sequence[str], column: int | None) -> str:
    """Give a cell; empty where there is no such column."""
    return row[column] if column is not None and column < len(row) else ""


def state_of(written: str) -> State | None:
    """Read a state; ``None`` for what is none."""
    return next((each for each in State if each == written.strip().lower()), None)
