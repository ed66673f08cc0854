"""Count how often each rule finds something."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from babelreel.model.finding import Finding, Severity
from babelreel.report.safe_text import printable, render_json
from babelreel.rules.check import CheckResult


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleCount:
    """How often a rule found something, how grave at the gravest, and how often it can be fixed."""

    code: str
    name: str
    severity: Severity
    count: int
    fixable: int


def count_rules(result: CheckResult) -> tuple[RuleCount, ...]:
    """Count the findings of each rule, the most frequent first, then by code."""
    by_rule: defaultdict[tuple[str, str], list[Finding]] = defaultdict(list)
    for finding in result.findings:
        by_rule[finding.code, finding.name].append(finding)
    counts = (
        RuleCount(
            code=code,
            name=name,
            severity=min((finding.severity for finding in findings), key=lambda severity: severity.rank),
            count=len(findings),
            fixable=sum(finding.is_fixable for finding in findings),
        )
        for (code, name), findings in by_rule.items()
    )
    return tuple(sorted(counts, key=lambda each: (-each.count, each.code)))


def render_statistics(result: CheckResult, *, as_json: bool = False) -> str:
    """Write a line for each rule that found something, or a JSON list; empty text where nothing was found."""
    counts = count_rules(result)
    if as_json:
        return render_json([_object(each) for each in counts]) + "\n"
    width = len(str(counts[0].count)) if counts else 0
    return "".join(f"{printable(_line(each, width))}\n" for each in counts)


def _line(each: RuleCount, width: int) -> str:
    repairable = f" ({each.fixable} can be repaired)" if each.fixable else ""
    return f"{each.count:>{width}}  {each.severity:<7}  {each.code} {each.name}{repairable}"


def _object(each: RuleCount) -> dict[str, str | int]:
    return {
        "code": each.code,
        "name": each.name,
        "severity": each.severity.value,
        "count": each.count,
        "fixable": each.fixable,
    }
