"""What is a rule, and what does it see?"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from babelreel.model.finding import Finding, Location, Severity
from babelreel.model.language import Language
from babelreel.model.media import MediaInfo
from babelreel.model.profile import Profile
from babelreel.model.track import Cue, FaultKind, Track

#: The rate at which frames are counted while the film is unknown: that of European television.
ASSUMED_RATE = Fraction(25)


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

    @property
    def met_needs(self) -> frozenset[Need]:
        """What is known here of all that a rule may need."""
        return frozenset({Need.FILM}) if self.film else frozenset()

    @property
    def film_rate(self) -> Fraction | None:
        """The film's frame rate; ``None`` while there is no film, or none with a picture."""
        return self.film.video.rate if self.film and self.film.video else None

    @property
    def rate(self) -> Fraction:
        """The rate at which frames are counted: the film's own, or the assumed one."""
        return self.film_rate or ASSUMED_RATE

    @property
    def half_frame_ms(self) -> Fraction:
        """Half a frame, which every limit of time allows: a time cannot be told more finely than the film shows it."""
        return 500 / self.rate


@dataclass(frozen=True, slots=True, kw_only=True)
class Breach:
    """What a rule found: the engine adds code, name, severity and language to make a ``Finding`` of it.

    The place is ``line`` and ``column``, or else that of ``cue``; with neither it is the file as a whole. ``severity``
    replaces that of the rule.
    """

    message: str
    cue: Cue | None = None
    line: int = 0
    column: int = 1
    measured: str = ""
    limit: str = ""
    fixable: bool = False
    severity: Severity | None = None

    def location(self, path: str) -> Location:
        """Give the place of the breach in the file at ``path``."""
        number = self.cue.number if self.cue else None
        if self.line:
            return Location(path=path, line=self.line, column=self.column, cue=number)
        if self.cue:
            return Location(path=path, line=self.cue.line, column=self.cue.column, cue=number)
        return Location(path=path)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """One number of a profile that a rule holds a track to.

    ``show`` gives it with its unit. ``source`` says where it comes from; empty means the profile's own source.
    """

    show: Callable[[Profile], str]
    source: str = ""


Check = Callable[[Subject], Iterator[Breach]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule: a code for machines, a name that reads in "allow <name>", and the function that checks.

    ``limit`` is what the rule takes from the profile of a language, ``None`` where one measure holds for all.
    """

    code: str
    name: str
    severity: Severity
    check: Check
    needs: frozenset[Need] = frozenset()
    limit: Limit | None = None

    @property
    def explanation(self) -> str:
        """The docstring of the check, without indentation: the page that ``explain`` prints."""
        return inspect.cleandoc(self.check.__doc__ or "")

    def is_checkable(self, subject: Subject) -> bool:
        """Tell whether everything that the rule needs is known."""
        return self.needs <= subject.met_needs

    def findings(self, subject: Subject) -> Iterator[Finding]:
        """Run the check and give its breaches as findings."""
        for breach in self.check(subject):
            yield Finding(
                code=self.code,
                name=self.name,
                severity=breach.severity or self.severity,
                location=breach.location(subject.track.path),
                message=breach.message,
                language=subject.language.tag,
                measured=breach.measured,
                limit=breach.limit,
                fixable=breach.fixable,
            )


def rule(
    *,
    code: str,
    name: str,
    severity: Severity,
    needs: frozenset[Need] = frozenset(),
    limit: Limit | None = None,
) -> Callable[[Check], Rule]:
    """Make a rule of the function below; its docstring is what ``explain`` prints.

    Nothing is registered by this: a family lists its rules in its own ``RULES``.
    """

    def make(check: Check) -> Rule:
        return Rule(code=code, name=name, severity=severity, check=check, needs=needs, limit=limit)

    return make


def fault_breaches(subject: Subject, kind: FaultKind) -> Iterator[Breach]:
    """Give what the reader found of one kind, at the places where it found it."""
    for fault in subject.track.faults:
        if fault.kind is kind:
            message = f"{fault.detail}: “{fault.text}”" if fault.text else fault.detail
            yield Breach(message=message, line=fault.line, column=fault.column)
