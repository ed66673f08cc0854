"""How do findings look to a person at a terminal?"""

from __future__ import annotations

from collections.abc import Iterator

from babelreel.model.finding import Finding, Severity
from babelreel.report.plain import printable
from babelreel.rules.check import CheckResult
from babelreel.rules.rule import Need, Rule

#: What to say of a rule that could not work, and what to do about it.
MISSING = {
    Need.FILM: "the film is not known; babelreel probe makes it known",
    Need.SHOTS: "the film's shot changes are not known; babelreel probe finds them",
    Need.SPEECH: "it is not known when somebody speaks in the film; babelreel probe finds out",
    Need.REFERENCE: "there is no track in the language that is spoken in the film",
}


def render_findings(result: CheckResult) -> str:
    """Write one line for each finding, one for each rule that was not checked, and a summary; ends with a newline."""
    return "".join(f"{line}\n" for line in _lines(result))


def _lines(result: CheckResult) -> Iterator[str]:
    for finding in result.findings:
        yield printable(_finding_line(finding))
    for rule in result.not_checked:
        yield f"not checked: {rule.code} {rule.name} ({_missing(rule)})"
    yield _summary(result)


def _finding_line(finding: Finding) -> str:
    where = finding.location
    place = f"{where.path}:{where.line}:{where.column}" if where.line else where.path
    numbers = ", ".join(part for part in (finding.measured, f"limit {finding.limit}" if finding.limit else "") if part)
    tail = f" ({numbers})" if numbers else ""
    return f"{place}: {finding.severity} {finding.code} {finding.name}: {finding.message}{tail}"


def _missing(rule: Rule) -> str:
    return "; ".join(MISSING[need] for need in sorted(rule.needs))


def _summary(result: CheckResult) -> str:
    counts = (
        (result.count(Severity.ERROR), "error"),
        (result.count(Severity.WARNING), "warning"),
        (result.count(Severity.INFO), "info"),
    )
    found = ", ".join(_plural(number, noun) for number, noun in counts if number) or "nothing found"
    return f"{_plural(result.tracks, 'track')}, {_plural(result.cues, 'cue')}: {found}"


def _plural(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
