"""Report on an examination of the machine."""

from __future__ import annotations

import json

from babelreel.model.health import Health
from babelreel.report.safe_text import printable


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
        lines.append(f"{'ok  ' if each.is_good else 'FAIL'}  {each.name}: {printable(each.found)}")
        if each.hint and not each.is_good:
            lines.append(f"      hint: {printable(each.hint)}")
    return "\n".join(lines) + "\n"
