"""How is a plan told: what will run, and why?"""

from __future__ import annotations

import json
from collections.abc import Sequence

from babelreel.graph.plan import State, Step
from babelreel.model.delivery.build_summary import Failure, SkippedRendition
from babelreel.report.console.outcome import render_skipped
from babelreel.report.safe_text import printable, render_error


def render_plan(
    steps: Sequence[Step], refusals: Sequence[Failure], skipped: Sequence[SkippedRendition] = (), *, why: bool
) -> str:
    """Write a line for each task that will run, with its reasons if they are wanted, and a line for the whole."""
    waiting = [step for step in steps if step.state is State.RUN]
    errors = dict.fromkeys(refusal.error for refusal in refusals)
    lines = [*map(render_error, errors), *map(render_skipped, skipped)]
    for step in waiting:
        reasons = f": {printable('; '.join(step.reasons))}" if why and step.reasons else ""
        lines.append(f"{step.task.name}{reasons}")
    lines.append(f"{len(waiting)} to make, {len(steps) - len(waiting)} up to date")
    return "\n".join(lines)


def render_plan_json(
    steps: Sequence[Step], refusals: Sequence[Failure], skipped: Sequence[SkippedRendition] = ()
) -> str:
    """Write a plan as JSON: the tasks that will run, each with its reason, and how many are up to date."""
    waiting = [step for step in steps if step.state is State.RUN]
    document = {
        "version": 1,
        "tasks": [
            {
                "name": step.task.name,
                "kind": step.task.kind,
                "language": step.task.language or None,
                "rendition": step.task.rendition or None,
                "reason": "; ".join(step.reasons),
            }
            for step in waiting
        ],
        "up_to_date": len(steps) - len(waiting),
        "refused": [{"language": refusal.tag, "reason": refusal.error.what} for refusal in refusals],
        "skipped": [{"rendition": each.name, "reason": each.why} for each in skipped],
    }
    return json.dumps(document, indent=2, ensure_ascii=False)
