"""Write findings file by file."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from babelreel.model.finding import Finding
from babelreel.report.findings.wording import closing, rule_label, told
from babelreel.report.safe_text import printable
from babelreel.rules.check import CheckResult


def render_findings_grouped(result: CheckResult) -> str:
    """Write each file with a finding, its findings indented below it, what was not checked, and a summary."""
    return "".join(f"{line}\n" for line in _lines(result)) + closing(result)


def _lines(result: CheckResult) -> Iterator[str]:
    for path, findings in groupby(result.findings, key=lambda finding: finding.location.path):
        yield printable(path)
        yield from _rows(list(findings))
        yield ""


def _rows(findings: list[Finding]) -> Iterator[str]:
    """Write the findings of one file, the severities one below the other."""
    places = [_place(finding) for finding in findings]
    width = max(map(len, places))
    for where, finding in zip(places, findings, strict=True):
        yield f"  {where:>{width}}  {finding.severity:<7}  {rule_label(finding)}: {told(finding)}"


def _place(finding: Finding) -> str:
    where = finding.location
    return f"{where.line}:{where.column}" if where.line else "file"
