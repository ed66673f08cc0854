"""How do findings look, one line each?"""

from __future__ import annotations

from babelreel.report.wording import finding_line, not_checked_lines, summary_line
from babelreel.rules.check import CheckResult


def render_findings_concise(result: CheckResult) -> str:
    """Write one line for each finding, one for each rule that was not checked, and a summary; ends with a newline."""
    lines = [*map(finding_line, result.findings), *not_checked_lines(result), summary_line(result)]
    return "".join(f"{line}\n" for line in lines)
