"""What is a rule, and what does it see?"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from babelreel.model.finding import Finding, Location, Severity
from babelreel.model.language import Language
from babelreel.model.media import MediaInfo
from babelreel.model.profile import Profile
from babelreel.model.track import Cue, Track


class Need(StrEnum):
    """What a rule cannot work without; a rule whose need is not met is reported as "not checked"."""

    FILM = "film"


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What a rule looks at: one track with its language, its limits, and the film if it is known."""

    track: Track
    language: Language
    profile: Profile
    film: MediaInfo | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Breach:
    """What a rule found: the engine adds code, name, severity and language to make a ``Finding`` of it."""

    message: str
    cue: Cue | None = None
    line: int = 0
    column: int = 1
    measured: str = ""
    limit: str = ""
    fixable: bool = False
    severity: Severity | None = None


Check = Callable[[Subject], Iterator[Breach]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule: a code for machines, a name that reads in "allow <name>", and the function that checks."""

    code: str
    name: str
    severity: Severity
    check: Check
    needs: frozenset[Need] = frozenset()

    @property
    def explanation(self) -> str:
        """The docstring of the check, without indentation: the page that ``explain`` prints."""
        return inspect.cleandoc(self.check.__doc__ or "")

    def is_checkable(self, subject: Subject) -> bool:
        """Tell whether everything that the rule needs is known."""
        return Need.FILM not in self.needs or subject.film is not None

    def findings(self, subject: Subject) -> Iterator[Finding]:
        """Run the check and give its breaches as findings."""
        for breach in self.check(subject):
            yield self._finding(subject, breach)

    def _finding(self, subject: Subject, breach: Breach) -> Finding:
        cue = breach.cue
        location = Location(
            path=subject.track.path,
            line=breach.line or (cue.line if cue else 0),
            column=cue.column if cue and not breach.line else breach.column,
            cue=cue.number if cue else None,
        )
        return Finding(
            code=self.code,
            name=self.name,
            severity=breach.severity or self.severity,
            location=location,
            message=breach.message,
            language=subject.language.tag,
            measured=breach.measured,
            limit=breach.limit,
            fixable=breach.fixable,
        )
