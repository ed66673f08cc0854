"""Order the work of a long first build so that people can watch something long before its end, and publish that.

Pages and films whose text is a stream share one picture for all languages. They come first; then films with the text in
their picture, of which each language needs its own; then streams, archives and leaflets.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from babelreel.graph.plan import Plan
from babelreel.graph.task import Task
from babelreel.model.delivery.manifest import Deliverable, Manifest, Role
from babelreel.model.film.ladder.encoding_ladder import Text
from babelreel.stages.deliverables import Blueprint

_FIRST, _NEXT, _LAST = range(3)
#: By how much work the rest has to be longer than nothing, in pixels of frames: some minutes on two cores.
WORTH = 5_000_000_000


def take_turns(plan: Plan, blueprint: Blueprint, asked: Collection[str], before: Manifest | None) -> Mapping[str, int]:
    """Say which tasks come before others: nothing where it is not worth it, or where something is published.

    What is published is whole, and nothing in part takes its place. ``asked`` are the names of what is to be made.
    """
    if before is not None:
        return {}
    turns = _turns(blueprint.tasks, blueprint.deliverables)
    later = sum(step.task.weight for step in plan.to_run if step.task.name in asked and turns[step.task.name])
    return turns if later >= WORTH and _has_films(blueprint.deliverables) else {}


def _turns(tasks: Iterable[Task], deliverables: Iterable[Deliverable]) -> Mapping[str, int]:
    """Find for each task the first turn in which it is needed; ``tasks`` are in an order in which they could run."""
    turns: dict[str, int] = {}
    for each in deliverables:
        turns[each.task] = min(_turn(each), turns.get(each.task, _LAST))
    for task in reversed(tuple(tasks)):
        turn = turns.setdefault(task.name, _LAST)
        for need in task.needs:
            turns[need] = min(turn, turns.get(need, _LAST))
    return turns


def _turn(deliverable: Deliverable) -> int:
    if deliverable.role in {Role.STREAM, Role.ARCHIVE, Role.LEAFLET}:
        return _LAST
    is_own = deliverable.role is Role.SIGNED or deliverable.text is Text.BURN_IN
    return _NEXT if is_own else _FIRST


def _has_films(deliverables: Iterable[Deliverable]) -> bool:
    """Tell whether there is something to watch among what comes first."""
    return any(each.role is Role.VIDEO and _turn(each) == _FIRST for each in deliverables)
