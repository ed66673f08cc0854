"""Write findings for a page of a code host, such as the summary of a CI job."""

from __future__ import annotations

import re
from collections.abc import Iterator

from babelreel.model.finding import Finding
from babelreel.report.findings.wording import found, looked_at, not_checked, place, rule_label, worst_first
from babelreel.report.safe_text import clipped, legible, readable
from babelreel.rules.check import CheckResult

#: Rows of the table at most: a code host takes a megabyte for a summary, a reader less.
ROWS = 100

_BACKTICKS = re.compile("`+")


def render_findings_markdown(result: CheckResult) -> str:
    """Write a heading, the counts, a table with the gravest findings first, and what was not checked.

    All that comes from files stands in code spans, where neither markup nor links nor mentions work.
    """
    return "".join(f"{line}\n" for line in _lines(result))


def _lines(result: CheckResult) -> Iterator[str]:
    yield "### babelreel check"
    yield ""
    yield f"{looked_at(result)}: **{found(result)}**"
    if result.findings:
        yield ""
        yield from _table(worst_first(result)[:ROWS])
    if len(result.findings) > ROWS:
        yield ""
        yield f"and {len(result.findings) - ROWS} more"
    if result.not_checked:
        yield ""
        yield from (f"- {line}" for line in not_checked(result))


def _table(findings: list[Finding]) -> Iterator[str]:
    yield "| severity | rule | place | line | what | measured | limit |"
    yield "| --- | --- | --- | --- | --- | --- | --- |"
    for finding in findings:
        cue = "" if finding.location.cue is None else str(finding.location.cue)
        texts = (legible(finding.message), finding.measured, finding.limit)
        cells = (finding.severity.value, _code(rule_label(finding)), _code(place(finding)), cue, *map(_code, texts))
        yield f"| {' | '.join(cells)} |"


def _code(text: str) -> str:
    """Put a text into a code span, with more backticks around it than it has in it; a bar would part the cell."""
    text = readable(clipped(text, 250)).replace("|", "\\x7c")
    if not text.strip():
        return ""
    fence = "`" * (max(map(len, _BACKTICKS.findall(text)), default=0) + 1)
    return f"{fence} {text} {fence}" if "`" in text else f"{fence}{text}{fence}"
