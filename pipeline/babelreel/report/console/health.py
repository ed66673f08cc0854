"""Report on an examination of the machine."""

from __future__ import annotations

import json

from babelreel.model.health import Health
from babelreel.report.console.columns import COLUMNS, wrapped
from babelreel.report.safe_text import printable

#: The columns that a verdict takes.
_VERDICT = 6


def render_health(health: Health, *, as_json: bool) -> str:
    """Write a line for each thing that was tried, with a hint below the ones that did not go well, or JSON."""
    if as_json:
        document = {
            "version": 1,
            "good": health.is_good,
            "examinations": [
                {"name": each.name, "good": each.is_good, "found": each.found, "hint": each.hint}
                for each in health.examinations
            ],
        }
        return json.dumps(document, indent=2, ensure_ascii=False) + "\n"
    lines = []
    for each in health.examinations:
        lines += _rows("ok" if each.is_good else "FAIL", f"{each.name}: {printable(each.found)}")
        if each.hint and not each.is_good:
            lines += _rows("", f"hint: {printable(each.hint)}")
    return "\n".join(lines) + "\n"


def _rows(verdict: str, text: str) -> list[str]:
    """Break a text into rows of 80 columns, beside its verdict."""
    first, *rest = wrapped(text, COLUMNS - _VERDICT).splitlines()
    return [f"{verdict:<{_VERDICT}}{first}", *(" " * _VERDICT + row for row in rest)]
