"""What stands in the cells of a table, and where is each, as a person finds it?"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """The cells of one table as text, by row and column from 0.

    ``first_row`` is the number that a person reads beside the first row. ``merged`` names cells that were made one.
    """

    rows: tuple[tuple[str, ...], ...]
    first_row: int = 1
    is_lettered: bool = False
    merged: tuple[str, ...] = ()

    def place(self, row: int, column: int | None = None) -> str:
        """Say where a row or a cell is, as a person finds it."""
        if column is None or not self.is_lettered:
            return f"row {row + self.first_row}"
        return f"cell {letters_of(column)}{row + self.first_row}"


def letters_of(column: int) -> str:
    """Give the letters above a column of a spreadsheet, from 0: A, B, …, Z, AA."""
    letters, rest = "", column + 1
    while rest:
        rest, place = divmod(rest - 1, 26)
        letters = chr(ord("A") + place) + letters
    return letters
