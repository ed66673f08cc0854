"""Show a plan: what will run, and why."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from babelreel.errors import BabelreelError
from babelreel.graph.plan import State, Step
from babelreel.model.counted import count
from babelreel.model.delivery.build_summary import Failure, SkippedRendition
from babelreel.report.console.build.outcome import render_skipped
from babelreel.report.console.columns import wrapped
from babelreel.report.reader.speaking import in_table, labelled
from babelreel.report.safe_text import error_document, printable, render_error

#: What people call the kinds of work.
_WORDS = {
    "captions": "subtitle files",
    "picture": "parts of the picture",
    "mix": "voices over the film's sound",
    "sound": "sounds",
    "pictures": "pictures",
    "poster": "posters",
    "storyboard": "small pictures for the player",
    "name": "spoken names of languages",
    "leaflet": "leaflets",
    "leaflet pdf": "leaflets as PDF",
    "stream": "parts of the stream",
    "file": "films",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldPlan:
    """What is shown of one film's plan."""

    steps: Sequence[Step]
    refusals: Sequence[Failure] = ()
    skipped: Sequence[SkippedRendition] = ()

    @property
    def waiting(self) -> Sequence[Step]:
        """The steps that will run."""
        return [step for step in self.steps if step.state is State.RUN]


def render_plan(plan: ToldPlan, *, why: bool) -> str:
    """Sum up, then write a line for each task that will run, with its reasons if they are wanted."""
    return "\n".join([_sum([plan]), *_parts(plan.waiting), *_lines(plan, why=why)])


def render_plans(plans: Mapping[str, ToldPlan], *, why: bool) -> str:
    """Sum up over several films, then write the plan of each below the film's name."""
    lines = [f"{count(len(plans), 'film')}: {_sum(plans.values())}"]
    for film, plan in plans.items():
        lines += [f"{printable(film)}: {_sum([plan])}", *_parts(plan.waiting)]
        lines += [f"  {line}" for each in _lines(plan, why=why) for line in each.splitlines()]
    return "\n".join(lines)


def _parts(steps: Sequence[Step]) -> Iterator[str]:
    """Count what is to be made of each kind and size; the list that follows may be hundreds of lines long."""
    kinds = dict.fromkeys(step.task.kind for step in steps)
    for kind in kinds:
        sizes = Counter(step.task.rendition for step in steps if step.task.kind == kind)
        told = ", ".join(f"{size} {number}" for size, number in sizes.items() if size)
        more = f" ({told})" if told and kind != "stream" else ""
        yield wrapped(labelled(f"  {in_table(_WORDS.get(kind, kind))}", f"{sizes.total()}{more}"))


def _lines(plan: ToldPlan, *, why: bool) -> list[str]:
    errors = dict.fromkeys(refusal.error for refusal in plan.refusals)
    lines = [*map(render_error, errors), *map(render_skipped, plan.skipped)]
    for step in plan.waiting:
        reasons = f": {printable('; '.join(step.reasons))}" if why and step.reasons else ""
        lines.append(f"{step.task.name}{reasons}")
    return lines


def _sum(plans: Iterable[ToldPlan]) -> str:
    plans = tuple(plans)
    waiting = sum(len(plan.waiting) for plan in plans)
    return f"{count(waiting, 'step')} to do, {sum(len(plan.steps) for plan in plans) - waiting} done already"


def render_plan_json(plan: ToldPlan) -> str:
    """Write a plan as JSON: the tasks that will run, each with its reason, and how many are up to date."""
    return _render(_document(plan))


def render_plans_json(plans: Mapping[str, ToldPlan | BabelreelError]) -> str:
    """Write the plans of several films as a JSON list, each with its ``project``, or the ``error`` that stops it."""
    return _render(
        [
            {"project": film} | (error_document(plan) if isinstance(plan, BabelreelError) else _document(plan))
            for film, plan in plans.items()
        ]
    )


def _document(plan: ToldPlan) -> dict[str, object]:
    return {
        "version": 1,
        "tasks": [
            {
                "name": step.task.name,
                "kind": step.task.kind,
                "language": step.task.language or None,
                "rendition": step.task.rendition or None,
                "reason": "; ".join(step.reasons),
            }
            for step in plan.waiting
        ],
        "up_to_date": len(plan.steps) - len(plan.waiting),
        "refused": [{"language": refusal.tag, "reason": refusal.error.what} for refusal in plan.refusals],
        "skipped": [{"rendition": each.name, "reason": each.why} for each in plan.skipped],
    }


def _render(document: object) -> str:
    return json.dumps(document, indent=2, ensure_ascii=False)
