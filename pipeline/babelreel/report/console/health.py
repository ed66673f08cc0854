"""What does an examination of the machine say?"""

from __future__ import annotations

import json
from dataclasses import dataclass

from babelreel.report.plain import printable


@dataclass(frozen=True, slots=True, kw_only=True)
class Examination:
    """One thing that was tried: whether it went well, what was found, and what to do when it did not."""

    name: str
    is_good: bool
    found: str
    hint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """Everything that was tried."""

    examinations: tuple[Examination, ...]

    @property
    def is_good(self) -> bool:
        """Tell whether the machine can do all the work."""
        return all(each.is_good for each in self.examinations)


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
