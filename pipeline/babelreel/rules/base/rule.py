"""What is a rule?"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

from babelreel.model.file_position import Source
from babelreel.model.finding import Finding, Severity
from babelreel.model.reading_limits import Profile
from babelreel.model.track import Cue
from babelreel.rules.base.breach import Breach
from babelreel.rules.base.subject import OPTIONAL, Need, TrackSubject

#: How much blank space below a cue is looked through for its last line.
_MOST_BLANK = 1000

#: Of one rule in one file. No track has as many cues; what has is no track, and must not take hours.
_MOST_FINDINGS = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """What a rule holds a track to: numbers of the profile, by the names of their fields.

    What stands in no field is given with its unit by ``show``; ``source`` says where it comes from.
    """

    names: tuple[str, ...] = ()
    show: Callable[[Profile], str] | None = None
    source: str = "proposal of this project"


def limits(*names: str) -> Limit:
    """Name the numbers of a profile that a rule uses; each brings its own unit and source."""
    return Limit(names=names)


Check = Callable[[TrackSubject], Iterator[Breach]]


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

    def is_checkable(self, subject: TrackSubject) -> bool:
        """Tell whether everything that the rule needs is known."""
        return self.needs <= subject.met_needs

    def lacks(self, subject: TrackSubject) -> frozenset[Need]:
        """Give what the rule needs and nobody knows, where something is there to be checked; else nothing."""
        unmet = self.needs - subject.met_needs
        if unmet & OPTIONAL - subject.unheard:
            return frozenset()
        return unmet - {Need.VOICE} if Need.DUB in unmet else unmet

    def findings(self, subject: TrackSubject) -> Iterator[Finding]:
        """Run the check and give its breaches as findings, the first ten thousand of them."""
        source = subject.track.source
        shown: tuple[Cue | None, str] = (None, "")
        for breach in islice(self.check(subject), _MOST_FINDINGS):
            location = breach.location(subject.track)
            cue = breach.about
            has_lines = cue is not None and not breach.path
            first, last = _cue_lines(cue, source) if cue and has_lines else (location.line, location.line)
            if cue is None or cue is not shown[0]:  # a cue with many findings has one context, and keeps it once
                shown = (cue, breach.context(source))
            yield Finding(
                code=self.code,
                name=self.name,
                severity=breach.severity or self.severity,
                location=location,
                message=breach.message,
                language=breach.language or subject.language.tag,
                measured=breach.measured,
                limit=breach.limit,
                fix=breach.fix,
                context=shown[1],
                first_line=first,
                last_line=last,
                start_ms=cue.span.start_ms if cue else None,
                end_ms=cue.span.end_ms if cue else None,
            )


def _cue_lines(cue: Cue, source: Source) -> tuple[int, int]:
    """Give the first and the last line of a cue in its file, blank lines after the text left out."""
    start, end = max(cue.body.start, cue.body.end - _MOST_BLANK), cue.body.end
    length = len(source.text[start:end].rstrip())
    return cue.line, max(cue.line, source.place(start + max(0, length - 1))[0])


def track_rule(
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
