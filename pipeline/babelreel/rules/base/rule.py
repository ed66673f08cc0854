"""Define rules on tracks and on recordings, and make findings of their breaches."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Flag, auto
from itertools import islice
from typing import Any, Protocol, TypeVar

from babelreel.model.file_position import Source
from babelreel.model.finding import Finding, Location, Severity
from babelreel.model.reading_limits import Profile
from babelreel.model.timecode import render_clock
from babelreel.model.track import Cue
from babelreel.rules.base.breach import Breach, RecordingBreach, context_of
from babelreel.rules.base.need import OF_FILM, Need
from babelreel.rules.base.recording_subject import (
    DescriptionSubject,
    LostVoiceSubject,
    MixSubject,
    MusicSubject,
    RecordingSubject,
    SettingsSubject,
    StayedSubject,
    VoiceSubject,
)
from babelreel.rules.base.subject import TrackSubject

#: How much blank space below a cue is looked through for its last line.
_MOST_BLANK = 1000

#: Of one rule in one file. No track has as many cues; what has is no track, and must not take hours.
_MOST_FINDINGS = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """What a rule holds a track to: numbers of the profile, by the names of their fields.

    What stands in no field is shown with its unit by ``show``; ``source`` says where it comes from.
    """

    names: tuple[str, ...] = ()
    show: Callable[[Profile], str] | None = None
    source: str = "proposal of this project"


def limits(*names: str) -> Limit:
    """Name the numbers of a profile that a rule uses; each brings its own unit and source."""
    return Limit(names=names)


class Purpose(Flag):
    """What the fixes of a rule are for, of all that no other fix may change."""

    NONE = 0
    LETTERS = auto()
    """To write other letters than those that stand there."""
    ORDER = auto()
    """To let the text be seen in another order."""
    BREAKS = auto()
    """To let the lines of a cue end elsewhere."""
    READING = auto()
    """To let more of the file be read; what is found then was hidden before."""
    SYNC = auto()
    """To let all cues be shown at other times; what is found of single cues then could not be seen before."""


class Subject(Protocol):
    """What every subject says of itself."""

    @property
    def met_needs(self) -> frozenset[Need]:
        """What is known here of all that a rule may need."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Rule:
    """What all rules have: a code for machines, a name that reads in "allow <name>", and the function that checks.

    There is one of each: two are the same if they are the very same, which every check asks thousands of times.

    ``limit`` is what the rule takes from the profile of a language, ``None`` where one measure holds for all.
    ``purpose`` is what its fixes may do that those of others may not.
    """

    code: str
    name: str
    severity: Severity
    check: Callable[..., Iterator[Breach] | Iterator[RecordingBreach]]
    needs: frozenset[Need] = frozenset()
    limit: Limit | None = None
    purpose: Purpose = Purpose.NONE

    @property
    def explanation(self) -> str:
        """The docstring of the check, without indentation: the page that ``explain`` prints."""
        return inspect.cleandoc(self.check.__doc__ or "")

    def __reduce__(self) -> tuple[Callable[[str, str], Rule], tuple[str, str]]:
        """Travel to another process as a place in the code: there, too, there is one of each."""
        return _rule_at, (self.check.__module__, self.check.__name__)

    def lacks(self, subject: Subject) -> frozenset[Need]:
        """List what the rule needs and nobody knows; the rule can be checked if there is nothing.

        For a recording that nobody listened to, it is not said as well that nobody knows when somebody speaks in it.
        """
        if not self.needs:
            return self.needs
        unmet = self.needs - subject.met_needs
        return unmet - {Need.VOICE} if Need.DUB in unmet else unmet


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class TrackRule(Rule):
    """A rule on the track of a language."""

    check: Callable[[TrackSubject], Iterator[Breach]]

    def findings(self, subject: TrackSubject) -> Iterator[Finding]:
        """Run the check and yield its breaches as findings, the first ten thousand of them."""
        return (finding for _, finding in self.found(subject))

    def found(self, subject: TrackSubject) -> Iterator[tuple[Breach, Finding]]:
        """Run the check and yield each of its breaches, the first ten thousand of them, with its finding."""
        source = subject.track.source
        shown: tuple[Cue | None, str] = (None, "")
        for breach in islice(self.check(subject), _MOST_FINDINGS):
            location = breach.location(subject.track)
            cue = breach.about
            is_read_only = subject.track.format.is_read_only
            is_unsettled = not subject.is_of_film and bool(self.needs & OF_FILM)
            first, last = _cue_lines(cue, source) if cue and not is_read_only else (location.line, location.line)
            if cue is None or cue is not shown[0]:  # a cue with many findings has one context, and keeps it once
                shown = (cue, breach.context(source))
            yield (
                breach,
                Finding(
                    code=self.code,
                    name=self.name,
                    severity=breach.severity or self.severity,
                    location=location,
                    message=f"{_named(cue)}: {breach.message}" if cue and is_read_only else breach.message,
                    language=subject.language.tag,
                    measured=breach.measured,
                    limit=breach.limit,
                    fix=None if is_read_only or is_unsettled else breach.fix,
                    context=shown[1],
                    first_line=first,
                    last_line=last,
                    start_ms=cue.span.start_ms if cue else None,
                    end_ms=cue.span.end_ms if cue else None,
                    chances=breach.chances,
                ),
            )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RecordingRule(Rule):
    """A rule on recorded or finished sound: its errors stop the dub of a language, and not the language.

    ``of`` is the kind of subject that it looks at.
    """

    check: Callable[[Any], Iterator[RecordingBreach]]
    of: type[RecordingSubject]

    def is_about(self, subject: RecordingSubject) -> bool:
        """Tell whether the rule looks at subjects of this kind."""
        return isinstance(subject, self.of)

    def findings(self, subject: RecordingSubject) -> Iterator[Finding]:
        """Run the check and yield its breaches as findings, the first ten thousand of them."""
        for breach in islice(self.check(subject), _MOST_FINDINGS):
            cue = breach.cue
            yield Finding(
                code=self.code,
                name=self.name,
                severity=breach.severity or self.severity,
                location=Location(path=breach.path, cue=cue.number if cue else None),
                message=breach.message,
                language=subject.language,
                measured=breach.measured,
                limit=breach.limit,
                context=context_of(cue) if cue else "",
                start_ms=cue.span.start_ms if cue else None,
                end_ms=cue.span.end_ms if cue else None,
            )


def _rule_at(module: str, name: str) -> Rule:
    rule: Rule = getattr(sys.modules[module], name)
    return rule


def _named(cue: Cue) -> str:
    """Name a cue of a file without lines as people find it again: by its number and its time."""
    return f"line {cue.number} at {render_clock(cue.span.start_ms)}"


def _cue_lines(cue: Cue, source: Source) -> tuple[int, int]:
    """Find the first and the last line of a cue in its file, blank lines after the text left out."""
    start, end = max(cue.body.start, cue.body.end - _MOST_BLANK), cue.body.end
    length = len(source.text[start:end].rstrip())
    return cue.line, max(cue.line, source.place(start + max(0, length - 1))[0])


_Of = TypeVar(
    "_Of", VoiceSubject, LostVoiceSubject, MusicSubject, MixSubject, DescriptionSubject, StayedSubject, SettingsSubject
)


def track_rule(  # noqa: PLR0913 - what a rule has
    *,
    code: str,
    name: str,
    severity: Severity,
    needs: frozenset[Need] = frozenset(),
    limit: Limit | None = None,
    purpose: Purpose = Purpose.NONE,
) -> Callable[[Callable[[TrackSubject], Iterator[Breach]]], TrackRule]:
    """Make a rule of the function below; its docstring is what ``explain`` prints.

    Nothing is registered by this: a family lists its rules in its own ``RULES``.
    """

    def make(check: Callable[[TrackSubject], Iterator[Breach]]) -> TrackRule:
        return TrackRule(
            code=code, name=name, severity=severity, check=check, needs=needs, limit=limit, purpose=purpose
        )

    return make


def recording_rule(  # noqa: PLR0913 - what a rule has, and what it looks at
    *,
    of: type[_Of],
    code: str,
    name: str,
    severity: Severity,
    needs: frozenset[Need] = frozenset(),
    limit: Limit | None = None,
) -> Callable[[Callable[[_Of], Iterator[RecordingBreach]]], RecordingRule]:
    """Make a rule on one kind of recordings of the function below, as ``track_rule`` does."""

    def make(check: Callable[[_Of], Iterator[RecordingBreach]]) -> RecordingRule:
        return RecordingRule(code=code, name=name, severity=severity, check=check, needs=needs, limit=limit, of=of)

    return make
