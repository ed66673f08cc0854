"""Write findings as diagnostics for reviewdog, which posts them on any code host, with suggestions."""

from __future__ import annotations

from typing import Any

from babelreel.model.file_position import Source
from babelreel.model.finding import Finding, Fix, Severity
from babelreel.report.findings.wording import numbers
from babelreel.report.safe_text import clipped, legible, render_json
from babelreel.rules.check import CheckResult

_SEVERITIES = {Severity.ERROR: "ERROR", Severity.WARNING: "WARNING", Severity.INFO: "INFO"}

#: Characters of the file that a suggestion replaces at most: nobody reviews more at once.
LONGEST_SUGGESTION = 2000


def render_findings_rdjson(result: CheckResult) -> str:
    """Write a ``DiagnosticResult`` of the Reviewdog Diagnostic Format; it knows no rules that were not checked."""
    diagnostics = [_diagnostic(finding, result.sources.get(finding.location.path)) for finding in result.findings]
    return render_json({"source": {"name": "babelreel"}, "diagnostics": diagnostics}) + "\n"


def _diagnostic(finding: Finding, source: Source | None) -> dict[str, Any]:
    where = finding.location
    location: dict[str, Any] = {"path": where.path}
    if where.line:
        start = (where.line, where.column)
        end = (where.end_line, where.end_column)
        location["range"] = _range(source, start, max(start, end))
    written = {
        "message": legible(clipped(f"{finding.name}: {finding.message}{numbers(finding)}", 1000)),
        "location": location,
        "severity": _SEVERITIES[finding.severity],
        "code": {"value": finding.code},
    }
    suggestion = _suggestion(source, finding.fix) if source and finding.fix else None
    return written | ({"suggestions": [suggestion]} if suggestion else {})


def _suggestion(source: Source, fix: Fix) -> dict[str, Any] | None:
    """Make one replacement of all edits of a fix: several suggestions could be taken one without the other."""
    edits = sorted(fix.edits, key=lambda edit: edit.start)
    if not edits or edits[-1].end - edits[0].start > LONGEST_SUGGESTION:
        return None
    text, at = "", edits[0].start
    for edit in edits:
        text += source.text[at : edit.start] + edit.text
        at = edit.end
    return {"range": _range(source, source.place(edits[0].start), source.place(at)), "text": text}


def _range(source: Source | None, start: tuple[int, int], end: tuple[int, int]) -> dict[str, Any]:
    return {"start": _position(source, *start), "end": _position(source, *end)}


def _position(source: Source | None, line: int, column: int) -> dict[str, int]:
    """Return a position with its column counted in bytes of UTF-8, as the format wants it."""
    index = max(0, column - 1)
    if source and not source.text.isascii() and 1 <= line <= len(source.starts):
        start = source.starts[line - 1]
        index = len(source.text[start : start + index].encode("utf-8", "surrogatepass"))
    return {"line": max(1, line), "column": index + 1}
