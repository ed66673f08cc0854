"""Write findings in one line each."""

from __future__ import annotations

from babelreel.report.findings.wording import closing, finding_line
from babelreel.rules.check import CheckResult


def render_findings_concise(result: CheckResult) -> str:
    """Write one line for each finding, what was not checked, and a summary; ends with a newline."""
    return "".join(f"{finding_line(finding)}\n" for finding in result.findings) + closing(result)
