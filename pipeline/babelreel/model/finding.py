"""What a rule says when a track breaks it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from babelreel.model.film.change.time_map import TimeMap


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
    Line 0 means the file as a whole. ``end_line`` and ``end_column`` are just behind the last character; 0 where only a
    point is meant.
    """

    path: str
    line: int = 0
    column: int = 0
    cue: int | None = None
    end_line: int = 0
    end_column: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """Put ``text`` in the place of a stretch of the file's decoded text (offsets: ``model.file_position``)."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Fix:
    """How a finding can be fixed without a person: edits that do not touch one another, made all or none.

    A safe fix changes neither what is read nor when, or restores the only thing that can have been meant; any other is
    made only with ``--unsafe-fixes``. ``to_utf8`` saves the file as UTF-8 without a byte order mark. ``moves`` says how
    all times of the track move, where they do: what is kept of its takes moves along.
    """

    edits: tuple[Edit, ...] = ()
    is_safe: bool = True
    to_utf8: bool = False
    moves: TimeMap | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One broken rule at one place.

    ``measured`` and ``limit`` are values with their unit ("640 ms", "17 cps"), empty where the rule has none.
    ``language`` is a BCP 47 tag, empty when unknown. ``context`` is the text that the finding is about: of the cue,
    else of the line. ``first_line`` and ``last_line`` are those of the cue, from its timestamps to its text.
    ``fingerprint`` names the finding in a way that does not change when cues or lines are added elsewhere in the file.
    ``start_ms`` and ``end_ms`` are the times of the cue, ``None`` where the finding is about none. ``chances`` counts
    the places of the file that could have the same fault, 0 where nobody counts them. ``repeated`` are the findings
    that this one stands for, at the place of the first, where one fault runs through the file.
    """

    code: str
    name: str
    severity: Severity
    location: Location
    message: str
    language: str = ""
    measured: str = ""
    limit: str = ""
    fix: Fix | None = None
    context: str = ""
    first_line: int = 0
    last_line: int = 0
    fingerprint: str = ""
    start_ms: int | None = None
    end_ms: int | None = None
    chances: int = 0
    repeated: tuple[Finding, ...] = ()

    @property
    def each(self) -> tuple[Finding, ...]:
        """The findings that this one stands for, or this one."""
        return self.repeated or (self,)

    @property
    def is_fixable(self) -> bool:
        """Tell whether ``check --fix``, or ``--unsafe-fixes``, can fix it."""
        return self.fix is not None

    @property
    def sort_key(self) -> tuple[str, int, int, str, int, str]:
        """Order by place in the project, by code, then by cue: the same findings print in the same order."""
        place = self.location
        return (place.path, place.line, place.column, self.code, place.cue or 0, self.message)
