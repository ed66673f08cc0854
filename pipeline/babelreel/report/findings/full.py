"""Write findings for a person at a terminal, with the lines that they are about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import click

from babelreel.model.file_position import Source
from babelreel.model.finding import Finding, Severity
from babelreel.report.console.columns import wrapped
from babelreel.report.findings.excerpt import Row, draw_excerpt, isolated
from babelreel.report.findings.wording import closing, other_places, place, rule_label, told_numbers
from babelreel.report.reader.speaking import in_readers_language
from babelreel.report.safe_text import clipped, legible, printable
from babelreel.rules.check import CheckResult

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}


def render_findings_full(result: CheckResult, *, colour: bool = False, columns: int | None = None) -> str:
    """Write each finding with its lines, carets, and what helps; then what was not checked, and a summary.

    Escape sequences for colours are written only with ``colour``; nothing in a file or a name can bring in others.
    With ``columns``, those of a terminal, sentences are broken between words.
    """
    lines = _lines(result, colour=colour, columns=columns)
    return "".join(f"{line}\n" for line in lines) + closing(result, columns)


def _broken(sentence: str, columns: int | None) -> str:
    return wrapped(sentence, columns) if columns else sentence


def _lines(result: CheckResult, *, colour: bool, columns: int | None) -> Iterator[str]:
    for finding in result.findings:
        yield _header(finding, colour=colour, columns=columns)
        source = result.sources.get(finding.location.path)
        rows = draw_excerpt(source, finding) if source and source.text else _spoken(finding)
        yield from _excerpt(list(rows), finding, colour=colour)
        if finding.repeated:
            yield _broken(in_readers_language(f"  {other_places(finding)}"), columns)
        yield in_readers_language(f"  help: babelreel explain {printable(finding.code)}")
        if finding.fix:
            option = "--fix" if finding.fix.is_safe else "--fix --unsafe-fixes"
            yield in_readers_language(f"  can be repaired: babelreel check {option}")
        yield ""


def _header(finding: Finding, *, colour: bool, columns: int | None) -> str:
    """Write the same line as the concise format, with the message kept apart from what stands around it."""
    where, severity = printable(place(finding)), finding.severity.value
    message = isolated(in_readers_language(legible(clipped(finding.message))))
    rest = _broken(f"{where}: {severity} {printable(rule_label(finding))}: {message}{told_numbers(finding)}", columns)
    painted = _painted(severity, _COLOURS[finding.severity], colour=colour)
    return rest.replace(f"{where}: {severity}", f"{_painted(where, '', colour=colour)}: {painted}", 1)


def _spoken(finding: Finding) -> Iterator[Row]:
    """Draw the text of the cue that a finding is about in a sound, or in a file that is read only."""
    source, where = Source.of(finding.context), finding.location
    if finding.context and where.cue is not None:
        first = replace(where, line=1, column=1)
        shown = replace(finding, location=first, first_line=1, last_line=len(source.starts))
        yield from (Row(None, row.text) for row in draw_excerpt(source, shown) if not row.is_mark)


def _excerpt(rows: list[Row], finding: Finding, *, colour: bool) -> Iterator[str]:
    width = max((len(str(row.number)) for row in rows if row.number), default=0)
    for row in rows:
        yield _row(row, width, _COLOURS[finding.severity], colour=colour)


def _row(row: Row, width: int, mark: str, *, colour: bool) -> str:
    gutter = _painted(f"{row.number or '':>{width}} |", "blue", colour=colour)
    text = _painted(row.text, mark, colour=colour) if row.is_mark else row.text
    return f"{gutter} {text}".rstrip(" ")


def _painted(text: str, foreground: str, *, colour: bool) -> str:
    return click.style(text, fg=foreground or None, bold=True) if colour else text
