"""What does a rule say when a track breaks it?"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How grave a finding is: an error stops a language, a warning should be looked at, an info may be."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for the gravest, so that sorting puts errors first."""
        return list(Severity).index(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """A place in a file: ``path`` relative to the project with ``/``; line and column count from 1.

    ``cue`` is the cue's number as written in the file, or its place in the track where the format has none.
    Line 0 means the file as a whole.
    """

    path: str
    line: int = 0
    column: int = 0
    cue: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One broken rule at one place.

    ``measured`` and ``limit`` are values with their unit ("640 ms", "17 cps"), empty where the rule has none.
    ``language`` is a BCP 47 tag, empty when unknown. ``fixable`` says that ``check --fix`` can mend it.
    """

    code: str
    name: str
    severity: Severity
    location: Location
    message: str
    language: str = ""
    measured: str = ""
    limit: str = ""
    fixable: bool = False

    @property
    def sort_key(self) -> tuple[str, int, int, str, str]:
        """Order by place in the project, then by code: the same findings print in the same order."""
        place = self.location
        return (place.path, place.line, place.column, self.code, self.message)
