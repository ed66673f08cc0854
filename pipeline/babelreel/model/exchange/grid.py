"""The cells of a table, and where each is, as a person finds it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """The cells of one table as text, by row and column from 0.

    ``first_row`` is the number that a person reads beside the first row, ``table`` that of the sheet or the table in
    its file, 0 where there is one. ``merged`` names cells that were made one. ``doubts`` says of cells, by row and
    column, why what stands there may be a program's doing.
    """

    rows: tuple[tuple[str, ...], ...]
    first_row: int = 1
    is_lettered: bool = False
    merged: tuple[str, ...] = ()
    doubts: Mapping[tuple[int, int], str] = field(default_factory=dict)
    table: int = 0

    def place(self, row: int, column: int | None = None) -> str:
        """Name the place of a row or a cell, as a person finds it."""
        if column is None or not self.is_lettered:
            return f"row {row + self.first_row}{self._of_table}"
        return f"cell {letters_of(column)}{row + self.first_row}{self._of_table}"

    @property
    def _of_table(self) -> str:
        return f" of {'sheet' if self.is_lettered else 'table'} {self.table}" if self.table else ""


def letters_of(column: int) -> str:
    """Return the letters above a column of a spreadsheet, from 0: A, B, …, Z, AA."""
    letters, rest = "", column + 1
    while rest:
        rest, place = divmod(rest - 1, 26)
        letters = chr(ord("A") + place) + letters
    return letters
