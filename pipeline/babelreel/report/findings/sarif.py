"""Write findings as SARIF 2.1.0, which code hosts and editors read.

Sections are those of the OASIS standard "Static Analysis Results Interchange Format (SARIF) Version 2.1.0".
"""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import babelreel as package
from babelreel.model.finding import Edit, Finding, Fix, Severity
from babelreel.report.findings.wording import missing, numbers
from babelreel.report.safe_text import clipped, legible, readable, render_json
from babelreel.rules.base.rule import Rule
from babelreel.rules.check import CheckResult
from babelreel.rules.registry import RULES

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

#: The root of the checked out repository, by the name that code hosts know it by.
_ROOT = "%SRCROOT%"

#: Places of a fault that runs through a file are given up to this number; code hosts refuse a thousand.
MOST_RELATED = 100

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
#: Characters of a sentence at most, and of one about a further place.
_LONGEST, _LONGEST_RELATED = 1000, 300


def render_findings_sarif(result: CheckResult) -> str:
    """Write a log of one run: the rules that found something, the files, the findings, and what was not checked."""
    codes = _codes(result)
    paths = _paths(result)
    run = {
        "tool": {"driver": _driver(codes)},
        "invocations": [_invocation(result, codes)],
        "columnKind": "unicodeCodePoints",
        "newlineSequences": ["\r\n", "\n", "\r"],
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The folder with subtitles/ and video/ in it."}}},
        "artifacts": [{"location": _artifact_location(path)} for path in paths],
        "results": [_result(finding, codes, paths) for finding in result.findings],
    }
    return render_json({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}) + "\n"


def _codes(result: CheckResult) -> dict[str, int]:
    """Assign a number to each rule that is spoken of, in the order of their codes."""
    spoken_of = {finding.code for finding in result.findings} | {rule.code for rule in result.not_checked}
    return {code: index for index, code in enumerate(sorted(spoken_of))}


def _paths(result: CheckResult) -> dict[str, int]:
    """Assign a number to each file: those that were checked, and those with a finding."""
    known = {*result.sources, *(finding.location.path for finding in result.findings)}
    return {path: index for index, path in enumerate(sorted(known))}


def _driver(codes: dict[str, int]) -> dict[str, Any]:
    known = {rule.code: rule for rule in RULES}
    rules = [_descriptor(known[code]) if code in known else {"id": code} for code in codes]
    return {"name": "babelreel", "semanticVersion": package.__version__, "rules": rules}


def _descriptor(rule: Rule) -> dict[str, Any]:
    """Describe a rule with the page that ``explain`` prints (3.49)."""
    first, _, rest = rule.explanation.partition("\n\n")
    why = " ".join(rest.partition("\n\n")[0].split())
    return {
        "id": rule.code,
        "name": "".join(word.capitalize() for word in rule.name.split("-")),
        "shortDescription": {"text": first},
        "fullDescription": {"text": f"{first} {why}".rstrip()},
        "help": {"text": rule.explanation, "markdown": rule.explanation},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }


def _invocation(result: CheckResult, codes: dict[str, int]) -> dict[str, Any]:
    """Tell that the program ran, and which rules could not work (3.20.21)."""
    notifications = [
        {
            "level": "note",
            "message": {"text": f"{rule.code} {rule.name} was not checked: {missing(rule, result)}"},
            "associatedRule": {"id": rule.code, "index": codes[rule.code]},
        }
        for rule in result.not_checked
    ]
    return {"executionSuccessful": True, "toolConfigurationNotifications": notifications}


def _result(finding: Finding, codes: dict[str, int], paths: dict[str, int]) -> dict[str, Any]:
    where = finding.location
    artifact = {**_artifact_location(where.path), "index": paths[where.path]}
    properties = {"cue": where.cue, "language": finding.language, "measured": finding.measured, "limit": finding.limit}
    written: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": codes[finding.code],
        "level": _LEVELS[finding.severity],
        "message": {"text": _sentence(finding, _LONGEST)},
        "locations": [{"physicalLocation": {"artifactLocation": artifact, "region": _region(finding)}}],
        "properties": {key: readable(value) if isinstance(value, str) else value for key, value in properties.items()},
    }
    if finding.fingerprint:
        written["partialFingerprints"] = {"babelreel/v1": finding.fingerprint}
    if finding.repeated:
        written["occurrenceCount"] = len(finding.repeated)
        written["relatedLocations"] = [
            {
                "physicalLocation": {"artifactLocation": artifact, "region": _region(each)},
                "message": {"text": _sentence(each)},
            }
            for each in finding.repeated[1:][:MOST_RELATED]
        ]
    if finding.fix and finding.fix.edits:
        written["fixes"] = [_fix(finding.fix, artifact)]
    return written


def _sentence(finding: Finding, length: int = _LONGEST_RELATED) -> str:
    """Write what was found; a message is never empty, not even one that nothing is seen of."""
    return legible(clipped(f"{finding.message}{numbers(finding)}", length)) or finding.code


def _region(finding: Finding) -> dict[str, int]:
    """Describe the place; without a last column it goes on to the end of the line (3.30.6).

    A finding about the file as a whole is put on the first line: code hosts refuse one without a line.
    """
    where = finding.location
    start = (max(1, where.line), max(1, where.column))
    if not where.line:
        return {"startLine": 1}
    region = {"startLine": start[0], "startColumn": start[1]}
    if (where.end_line, where.end_column) > start:
        region |= {"endLine": where.end_line, "endColumn": max(1, where.end_column)}
    return region


def _fix(fix: Fix, artifact: dict[str, Any]) -> dict[str, Any]:
    change = {"artifactLocation": artifact, "replacements": [_replacement(edit) for edit in fix.edits]}
    kind = "A safe fix" if fix.is_safe else "A fix to be looked at"
    return {"description": {"text": kind}, "artifactChanges": [change]}


def _replacement(edit: Edit) -> dict[str, Any]:
    written: dict[str, Any] = {"deletedRegion": {"charOffset": edit.start, "charLength": max(0, edit.end - edit.start)}}
    if edit.text:
        written["insertedContent"] = {"text": edit.text}
    return written


def _artifact_location(path: str) -> dict[str, Any]:
    """Write a path as a URI, relative to the repository unless it is absolute (3.4)."""
    try:
        data = path.encode("utf-8", "surrogateescape")  # the bytes of the name, as the file system has them
    except UnicodeEncodeError:
        data = path.encode("utf-8", "surrogatepass")
    # a colon before the first slash would make a scheme of what stands before it
    uri = quote(data, safe="/")
    return {"uri": f"file://{uri}"} if path.startswith("/") else {"uri": uri, "uriBaseId": _ROOT}
