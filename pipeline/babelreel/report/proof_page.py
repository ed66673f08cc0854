"""Show a language line by line, as a page to send and to print."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable
from hashlib import sha256
from pathlib import PurePosixPath

from babelreel.fonts import LATIN, font_path
from babelreel.model.finding import Finding, Severity
from babelreel.model.ledger.entries import State
from babelreel.model.proof import ProofSheet, Said
from babelreel.model.timecode import MS_PER_SECOND, render_timestamp
from babelreel.report.findings.wording import numbers, rule_label
from babelreel.report.html_templates import html_template
from babelreel.report.safe_text import printable

#: Stands in every page, so that no file is written over but one of ours.
MARK = b'<meta name="generator" content="babelreel proof">'

_SEVERITIES = {Severity.ERROR: "Error", Severity.WARNING: "Warning", Severity.INFO: "Note"}
_STATES = {
    State.UNKNOWN: "Not reviewed yet",
    State.DRAFT: "Draft",
    State.TRANSLATED: "Translated, not approved",
    State.APPROVED: "Approved",
}


def render_proof_page(sheet: ProofSheet, font_files: Iterable[str] = ()) -> bytes:
    """Write one HTML page, complete in itself, for A4 paper: nothing is loaded and nothing runs, by its own policy.

    Every text is escaped, and stands in its own direction. With files of fonts beside it, these draw the text, in this
    order: that is for printing, where it must not depend on the fonts of a machine.
    """
    template = html_template(
        "proof.html.j2",
        ("timestamp", _timestamp),
        ("told", _told),
        ("data", _data_address),
        ("severity", lambda each: _SEVERITIES[each.severity]),
        ("state", _state),
    )
    fonts = tuple(font_files)
    latin = font_path(LATIN).name
    # our own words are English: the Latin letters of a Chinese font stand too far from one another
    latin_first = sorted(range(1, len(fonts) + 1), key=lambda place: PurePosixPath(fonts[place - 1]).name != latin)
    style = html_template("proof.css.j2").render(fonts=fonts, latin_first=latin_first, tag=sheet.language.tag)
    return template.render(
        sheet=sheet,
        style=style,
        style_digest=b64encode(sha256(style.encode()).digest()).decode(),
        fonts=fonts,
        mark=MARK.decode(),
        errors=sheet.count(Severity.ERROR),
        warnings=sheet.count(Severity.WARNING),
    ).encode()


def _timestamp(time_ms: int) -> str:
    """Write minutes, seconds and tenths; hours only where there are any."""
    written = render_timestamp(time_ms, ".")[:-2]
    has_hours = time_ms < 0 or time_ms >= 3600 * MS_PER_SECOND
    return written if has_hours else written.removeprefix("00:")


def _told(finding: Finding) -> str:
    return printable(f"{finding.message}{numbers(finding)} · {rule_label(finding)}")


def _data_address(picture: bytes) -> str:
    return f"data:image/jpeg;base64,{b64encode(picture).decode()}"


def _state(said: Said) -> str:
    by = f" by {said.by}" if said.by else ""
    return f"{_STATES[said.state]}{by}{f', {said.on}' if said.on else ''}"
