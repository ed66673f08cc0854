"""Write findings as annotations beside the lines of a change at GitHub."""

from __future__ import annotations

from collections.abc import Iterator

from babelreel.model.finding import Finding, Severity
from babelreel.report.findings.wording import missing, numbers, rule_label, summary_line, worst_first
from babelreel.report.safe_text import clipped, legible, printable
from babelreel.rules.check import CheckResult

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def render_findings_github(result: CheckResult) -> str:
    """Write a workflow command for each finding and each rule that was not checked, then a summary for the log.

    GitHub shows ten annotations of each kind for a step, so the gravest come first.
    """
    lines = [*map(_annotation, worst_first(result)), *_not_checked(result), summary_line(result)]
    return "".join(f"{line}\n" for line in lines)


def _annotation(finding: Finding) -> str:
    where = finding.location
    properties: dict[str, str | int] = {"file": where.path}
    if where.line:
        properties |= {"line": where.line, "col": where.column}
    if where.end_line == where.line and where.end_column > where.column:
        properties["endColumn"] = where.end_column
    properties["title"] = rule_label(finding)
    return _command(_COMMANDS[finding.severity], properties, f"{finding.message}{numbers(finding)}")


def _not_checked(result: CheckResult) -> Iterator[str]:
    for rule in result.not_checked:
        yield _command("notice", {"title": f"{rule.code} {rule.name} not checked"}, missing(rule, result))


def _command(name: str, properties: dict[str, str | int], message: str) -> str:
    written = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    return f"::{name} {written}::{_escaped(legible(clipped(message)))}"


def _data(text: str) -> str:
    """Show control characters, so that the log stays one line each."""
    return _escaped(printable(text))


def _escaped(text: str) -> str:
    """Escape as the runner unescapes."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(value: str | int) -> str:
    return _data(str(value)).replace(":", "%3A").replace(",", "%2C")
