"""How do findings look to a program? ``check.schema.json`` beside this module describes the form."""

from __future__ import annotations

import json
from typing import Any

from babelreel.model.finding import Finding, Severity
from babelreel.rules.check import CheckResult
from babelreel.rules.rule import Rule

#: Rises when a field changes its meaning or goes away; new fields do not change it.
VERSION = 1


def render_findings_json(result: CheckResult) -> str:
    """Write the findings as JSON in pure ASCII, so that no terminal and no code page can spoil it."""
    document = {
        "version": VERSION,
        "findings": [_finding(finding) for finding in result.findings],
        "summary": {
            "errors": result.count(Severity.ERROR),
            "warnings": result.count(Severity.WARNING),
            "infos": result.count(Severity.INFO),
            "tracks": result.tracks,
            "cues": result.cues,
            "not_checked": [_not_checked(rule) for rule in result.not_checked],
        },
    }
    return json.dumps(document, indent=2) + "\n"


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "code": finding.code,
        "name": finding.name,
        "severity": finding.severity.value,
        "path": finding.location.path,
        "line": finding.location.line,
        "column": finding.location.column,
        "cue": finding.location.cue,
        "language": finding.language,
        "message": finding.message,
        "measured": finding.measured,
        "limit": finding.limit,
        "fixable": finding.is_fixable,
    }


def _not_checked(rule: Rule) -> dict[str, Any]:
    return {"code": rule.code, "name": rule.name, "needs": sorted(need.value for need in rule.needs)}
