"""In which words is a finding told, whatever the format?"""

from __future__ import annotations

from collections.abc import Iterator

from babelreel.model.finding import Finding, Severity
from babelreel.report.plain import clipped, printable
from babelreel.rules.check import CheckResult
from babelreel.rules.rule import Need, Rule

#: What to say of a rule that could not work, and what to do about it.
MISSING = {
    Need.FILM: "the film is not known; babelreel probe makes it known",
    Need.SHOTS: "the film's shot changes are not known; babelreel probe finds them",
    Need.SPEECH: "it is not known when somebody speaks in the film; babelreel probe finds out",
    Need.REFERENCE: "there is no track in the language that is spoken in the film",
}


def finding_line(finding: Finding) -> str:
    """Tell a finding in one line that can be printed anywhere: place, severity, rule, message and numbers."""
    told = f"{finding.message}{numbers(finding)}"
    return printable(f"{place(finding)}: {finding.severity} {rule_label(finding)}: {clipped(told)}")


def place(finding: Finding) -> str:
    """Give ``path:line:column``, or the path alone where the finding is about the file as a whole."""
    where = finding.location
    return f"{where.path}:{where.line}:{where.column}" if where.line else where.path


def rule_label(finding: Finding) -> str:
    """Give code and name of the broken rule."""
    return f"{finding.code} {finding.name}"


def numbers(finding: Finding) -> str:
    """Give what was measured and the limit in brackets, with a space before them; empty where there is neither."""
    limit = f"limit {finding.limit}" if finding.limit else ""
    parts = ", ".join(part for part in (finding.measured, limit) if part)
    return f" ({parts})" if parts else ""


def not_checked_lines(result: CheckResult) -> Iterator[str]:
    """Tell of each rule that could not work, and what to do about it."""
    for rule in result.not_checked:
        yield f"not checked: {rule.code} {rule.name} ({missing(rule)})"


def missing(rule: Rule) -> str:
    """Tell what a rule lacks."""
    return "; ".join(MISSING[need] for need in sorted(rule.needs))


def summary_line(result: CheckResult) -> str:
    """Count tracks, cues, and the findings of each severity."""
    return f"{plural(result.tracks, 'track')}, {plural(result.cues, 'cue')}: {found(result)}"


def found(result: CheckResult) -> str:
    """Count the findings of each severity that occurs."""
    counts = ((result.count(severity), severity.value) for severity in Severity)
    return ", ".join(plural(number, noun) for number, noun in counts if number) or "nothing found"


def plural(number: int, noun: str) -> str:
    """Give a number with its noun."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def worst_first(result: CheckResult) -> list[Finding]:
    """Sort the findings by severity, those of one severity by place: for whom only the first ones are shown."""
    return sorted(result.findings, key=lambda finding: finding.severity.rank)
