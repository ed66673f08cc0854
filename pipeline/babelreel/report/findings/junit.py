"""Write findings as a JUnit report, which every CI service reads."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from babelreel.model.finding import Finding
from babelreel.report.findings.wording import missing, numbers, other_places, place, rule_label
from babelreel.report.safe_text import clipped, legible, readable
from babelreel.rules.check import CheckResult


def render_findings_junit(result: CheckResult) -> str:
    """Write one suite for each track: a failed test for each finding, or one that passed where there is none.

    A last suite holds the rules that were not checked, as skipped tests.
    """
    return "".join(f"{line}\n" for line in _lines(result))


def _lines(result: CheckResult) -> Iterator[str]:
    by_path: dict[str, list[Finding]] = {path: [] for path in sorted(result.sources)}
    for finding in result.findings:
        by_path.setdefault(finding.location.path, []).append(finding)
    failures = len(result.findings)
    tests = sum(max(1, len(findings)) for findings in by_path.values()) + len(result.not_checked)
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield f'<testsuites name="babelreel check" tests="{tests}" failures="{failures}" errors="0">'
    for path, findings in by_path.items():
        yield from _track(path, findings)
    if result.not_checked:
        yield from _not_checked(result)
    yield "</testsuites>"


def _track(path: str, findings: list[Finding]) -> Iterator[str]:
    name, tests = _attribute(path), max(1, len(findings))
    yield f'  <testsuite name={name} tests="{tests}" failures="{len(findings)}" errors="0" skipped="0">'
    for finding in findings:
        failure = f'failure type="{finding.severity}" message={_attribute(_told(finding))}'
        yield f"    <testcase classname={name} name={_attribute(_test_name(finding))}>"
        yield f"      <{failure}>{_details(finding)}</failure>"
        yield "    </testcase>"
    if not findings:
        yield f'    <testcase classname={name} name="no findings"/>'
    yield "  </testsuite>"


def _not_checked(result: CheckResult) -> Iterator[str]:
    tests = len(result.not_checked)
    yield f'  <testsuite name="not checked" tests="{tests}" failures="0" errors="0" skipped="{tests}">'
    for rule in result.not_checked:
        yield f'    <testcase classname="not checked" name={_attribute(f"{rule.code} {rule.name}")}>'
        yield f"      <skipped message={_attribute(missing(rule, result))}/>"
        yield "    </testcase>"
    yield "  </testsuite>"


def _test_name(finding: Finding) -> str:
    """Name a test without line or cue, so that a CI service knows it again after an edit elsewhere in the file."""
    return f"{rule_label(finding)} {finding.fingerprint[:8]}".rstrip()


def _told(finding: Finding) -> str:
    return legible(clipped(f"{finding.message}{numbers(finding)}"))


def _details(finding: Finding) -> str:
    first = f"{place(finding)}: {finding.severity} {rule_label(finding)}"
    return "\n".join(
        _text(line)
        for line in (first, _told(finding), other_places(finding), *clipped(finding.context).split("\n"))
        if line
    )


def _attribute(value: str) -> str:
    return f'"{_text(value)}"'


def _text(value: str) -> str:
    """Escape for XML; what XML cannot hold (control characters, lone surrogates) is shown as a visible escape."""
    return escape(readable(value))
