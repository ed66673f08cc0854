"""Write findings for a program that reads line by line; ``check.schema.json`` describes the objects."""

from __future__ import annotations

from babelreel.report.findings.json import finding_object, summary_object
from babelreel.report.safe_text import render_json
from babelreel.rules.check import CheckResult


def render_findings_jsonl(result: CheckResult) -> str:
    """Write a JSON object on each line: the findings (``"kind": "finding"``), then the summary (``"summary"``)."""
    lines = [{"kind": "finding", **finding_object(finding)} for finding in result.findings]
    lines.append({"kind": "summary", **summary_object(result)})
    return "".join(f"{render_json(line, indent=None)}\n" for line in lines)
