"""Write findings as a code quality report for GitLab."""

from __future__ import annotations

from typing import Any

from babelreel.model.finding import Finding, Severity
from babelreel.report.findings.wording import numbers
from babelreel.report.safe_text import clipped, legible, render_json
from babelreel.rules.check import CheckResult

#: GitLab knows info, minor, major, critical and blocker. An error keeps a language from being published.
_SEVERITIES = {Severity.ERROR: "critical", Severity.WARNING: "minor", Severity.INFO: "info"}


def render_findings_gitlab(result: CheckResult) -> str:
    """Write the list of GitLab's code quality format; it knows neither columns nor rules that were not checked."""
    return render_json([_issue(finding) for finding in result.findings]) + "\n"


def _issue(finding: Finding) -> dict[str, Any]:
    where = finding.location
    return {
        "description": legible(clipped(f"{finding.name}: {finding.message}{numbers(finding)}")),
        "check_name": finding.code,
        "fingerprint": finding.fingerprint,
        "severity": _SEVERITIES[finding.severity],
        # what is about the file as a whole is shown at its first line
        "location": {"path": where.path, "lines": {"begin": max(1, where.line)}},
    }
