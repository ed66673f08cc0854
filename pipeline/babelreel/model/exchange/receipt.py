"""What became of a file that came back."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Fate(StrEnum):
    """What became of a row."""

    TAKEN = "taken"
    STATE = "state"
    COMMENT = "comment"
    """Somebody wrote a comment on the line, which is kept with it."""
    KEPT = "kept"
    CONFLICT = "conflict"
    LEFT = "left"
    """Nothing was done with it, and a person has to look."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldRow:
    """What became of a row (``place``: as a person finds it), of which line (``None``: of none), and why in words."""

    place: str
    fate: Fate
    line: int | None = None
    why: str = ""
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What was done with the rows of one language.

    ``rows`` are those that are worth a word, ``unnamed`` the numbers of the lines that no row was about,
    ``empty`` the places of those that nobody translated yet. ``problems`` are what the rules say of the lines that
    changed, by the places of their rows. ``paths`` were written.
    """

    language: str
    rows: tuple[ToldRow, ...]
    notes: tuple[str, ...] = ()
    unnamed: tuple[int, ...] = ()
    empty: int = 0
    problems: tuple[tuple[str, str], ...] = ()
    stale: int = 0
    unapproved: int = 0
    lines: int = 0
    paths: tuple[str, ...] = ()

    def count(self, fate: Fate) -> int:
        """Count the rows of a fate."""
        return sum(row.fate is fate for row in self.rows)

    @property
    def is_clean(self) -> bool:
        """Tell whether nothing is left that a person has to decide."""
        return not any(row.fate in {Fate.CONFLICT, Fate.LEFT} for row in self.rows)
