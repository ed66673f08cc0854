"""Write findings for a program; ``check.schema.json`` beside this module describes the form."""

from __future__ import annotations

from typing import Any

from babelreel.model.finding import Finding, Fix, Severity
from babelreel.report.safe_text import render_json
from babelreel.rules.base.rule import Rule
from babelreel.rules.check import CheckResult

#: Rises when a field changes its meaning or goes away; new fields do not change it.
VERSION = 1


def render_findings_json(result: CheckResult) -> str:
    """Write the findings as one JSON document in pure ASCII."""
    document = {
        "version": VERSION,
        "findings": [finding_object(finding) for finding in result.findings],
        "summary": summary_object(result),
    }
    return render_json(document) + "\n"


def finding_object(finding: Finding) -> dict[str, Any]:
    """Put all that is known of a finding into an object."""
    where = finding.location
    return {
        "code": finding.code,
        "name": finding.name,
        "severity": finding.severity.value,
        "path": where.path,
        "line": where.line,
        "column": where.column,
        "end_line": where.end_line,
        "end_column": where.end_column,
        "cue": where.cue,
        "start_ms": finding.start_ms,
        "end_ms": finding.end_ms,
        "language": finding.language,
        "message": finding.message,
        "measured": finding.measured,
        "limit": finding.limit,
        "fixable": finding.is_fixable,
        "fix": _fix(finding.fix),
        "fingerprint": finding.fingerprint,
        "count": len(finding.each),
        "places": [_place(each) for each in finding.repeated],
    }


def _place(finding: Finding) -> dict[str, Any]:
    """Describe one place of a fault that runs through the file."""
    where = finding.location
    return {
        "line": where.line,
        "column": where.column,
        "cue": where.cue,
        "start_ms": finding.start_ms,
        "end_ms": finding.end_ms,
        "message": finding.message,
        "measured": finding.measured,
        "fingerprint": finding.fingerprint,
    }


def summary_object(result: CheckResult) -> dict[str, Any]:
    """Count findings and what was looked at, and name the rules that were not checked."""
    return {
        "errors": result.count(Severity.ERROR),
        "warnings": result.count(Severity.WARNING),
        "infos": result.count(Severity.INFO),
        "tracks": result.tracks,
        "cues": result.cues,
        "not_checked": [_not_checked(rule) for rule in result.not_checked],
    }


def _fix(fix: Fix | None) -> dict[str, Any] | None:
    if fix is None:
        return None
    edits = [{"start": edit.start, "end": edit.end, "text": edit.text} for edit in fix.edits]
    return {"safe": fix.is_safe, "to_utf8": fix.to_utf8, "edits": edits}


def _not_checked(rule: Rule) -> dict[str, Any]:
    return {"code": rule.code, "name": rule.name, "needs": sorted(need.value for need in rule.needs)}
