"""Write findings as a spreadsheet, for translators."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from babelreel.model.finding import Finding
from babelreel.model.timecode import render_timestamp
from babelreel.report.safe_text import clipped, legible, readable
from babelreel.report.spreadsheet import BYTE_ORDER_MARK, harmless
from babelreel.rules.check import CheckResult

#: The first row.
HEADER = (
    *("language", "file", "cue", "time in", "time out", "text"),
    *("severity", "code", "rule", "message", "measured", "limit"),
)

#: Characters in a cell at most; Excel takes 32 767.
LONGEST_CELL = 2000


def render_findings_csv(result: CheckResult) -> str:
    """Write a row for each place of each finding, with CRLF and a byte order mark: it is a list of work.

    The lines of a cue are parted by a slash.
    An apostrophe is put before what a spreadsheet program could take for a formula.
    """
    rows = io.StringIO()
    writer = csv.writer(rows, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(HEADER)
    writer.writerows([_cell(value) for value in _row(one)] for finding in result.findings for one in finding.each)
    return BYTE_ORDER_MARK + rows.getvalue()


def _row(finding: Finding) -> Iterator[str]:
    where = finding.location
    yield finding.language
    yield where.path
    yield "" if where.cue is None else str(where.cue)
    yield "" if finding.start_ms is None else render_timestamp(finding.start_ms)
    yield "" if finding.end_ms is None else render_timestamp(finding.end_ms)
    yield " / ".join(finding.context.split("\n"))
    yield finding.severity.value
    yield finding.code
    yield finding.name
    yield legible(finding.message)
    yield finding.measured
    yield finding.limit


def _cell(value: str) -> str:
    return harmless(readable(clipped(value, LONGEST_CELL)))
