"""Find what must run, what is up to date, and why."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cache, lru_cache, partial
from graphlib import CycleError, TopologicalSorter
from pathlib import PurePosixPath
from types import MappingProxyType

from babelreel.graph.key import key_document, key_of
from babelreel.graph.late import LateItems
from babelreel.graph.reason import NAMED_ITEMS, explain_change
from babelreel.graph.store import NOTHING_PUBLISHED, Entry, Published, Store
from babelreel.graph.task import Input, Json, Literal, Produced, SourceFile, TakenIn, Task


class State(StrEnum):
    """Whether a task's result is in the store."""

    UP_TO_DATE = "up-to-date"
    RUN = "run"
    """It must run, or may have to: a task whose inputs turn out to be what they were does not run after all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One task of a plan.

    ``key`` is unknown (``None``) while a task before it has no result. ``entry`` is the result, of an up-to-date task
    only; ``reasons`` are plain words for what is to run, found when somebody asks.
    """

    task: Task
    state: State
    key: str | None
    reasons: Sequence[str] = ()
    entry: Entry | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """All tasks, each after those it needs; ``film`` says whose they are where one run has several films.

    ``published`` are digests, by task name, of what was handed over and lies whole where it was published. ``turns``
    says, by task name, what is done before what is heavier: 0 first, as what it does not name.
    """

    steps: tuple[Step, ...]
    film: str = ""
    published: Published = field(default_factory=dict)
    turns: Mapping[str, int] = field(default_factory=dict)

    @property
    def to_run(self) -> tuple[Step, ...]:
        """The steps that are not up to date."""
        return tuple(step for step in self.steps if step.state is State.RUN)

    @property
    def up_to_date(self) -> int:
        """How many steps are up to date."""
        return len(self.steps) - len(self.to_run)


def for_film(plan: Plan, film: str) -> Plan:
    """Return the plan as that of one film among several."""
    steps = (replace(step, task=replace(step.task, film=film)) for step in plan.steps)
    return replace(plan, steps=tuple(steps), film=film)


def make_plan(
    tasks: Iterable[Task],
    store: Store,
    recipes: Mapping[str, str] = MappingProxyType({}),
    published: Published = NOTHING_PUBLISHED,
) -> Plan:
    """Compare tasks with the store; nothing runs, and nothing is written except what the store repairs.

    ``recipes`` are those of the tasks, as far as they are known: no key is computed twice. ``published`` is as in
    ``Plan``. Raises ``ValueError`` when the tasks do not make a plan: an error in the program, not of its user.
    """
    known = _Known(last=cache(store.last_keys), recipes=recipes, published=published)
    steps: dict[str, Step] = {}
    for wave in _waves(list(tasks)):
        steps |= {step.task.name: step for step in _plan_wave(wave, steps, store, known)}
    return Plan(steps=tuple(steps.values()), published=published)


def published_by_key(keys: Mapping[str, str], published: Published) -> Published:
    """Find what need not be in the store of each key: what lies published for every task that has it, by task name."""
    found: dict[str, frozenset[str]] = {}
    for name, key in keys.items() if published else ():
        there = frozenset(published.get(name, ()))
        found[key] = found.get(key, there) & there
    return found


def task_document(task: Task, entries: Mapping[str, Entry]) -> dict[str, Json]:
    """Return a task's key document, once the entries of all tasks it needs are known (by task name)."""
    return key_document(task, {each.name: _digest(each, entries) for each in task.inputs})


def _digest(each: Input, entries: Mapping[str, Entry]) -> str:
    if isinstance(each, Produced):
        return entries[each.task].digests[each.output]
    return (isinstance(each, SourceFile | TakenIn) and each.part) or each.digest


def _waves(tasks: Sequence[Task]) -> Iterator[Sequence[Task]]:
    """Split tasks so that each wave needs only those before it: a store is asked once for a whole wave."""
    place: dict[str, int] = {}
    waves: dict[int, list[Task]] = {}
    for task in _in_order(tasks):
        wave = max(place[name] for name in task.needs) + 1 if task.needs else 0
        place[task.name] = wave
        waves.setdefault(wave, []).append(task)
    return (waves[each] for each in sorted(waves))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """What is known of tasks by their names: the key of the last run, the recipe, and what lies published.

    ``last`` is asked where something is to run: for a hundred thousand tasks it reads sixteen megabytes.
    """

    last: Callable[[], Mapping[str, str]]
    recipes: Mapping[str, str]
    published: Published


def _plan_wave(
    wave: Sequence[Task],
    before: Mapping[str, Step],
    store: Store,
    known: _Known,
) -> Iterator[Step]:
    entries = {name: step.entry for name, step in before.items() if step.entry}
    # no document is kept: for a hundred thousand tasks, they are larger than everything else
    needs = {task.name: task.needs for task in wave}
    recipes = known.recipes
    at_once = {task.name: recipes[task.name] for task in wave if not needs[task.name] and task.name in recipes}
    keys = at_once | {
        task.name: key_of(task_document(task, entries))
        for task in wave
        if task.name not in at_once and needs[task.name] <= entries.keys()
    }
    found = store.find(keys.values(), published_by_key(keys, known.published))
    for task in wave:
        key = keys.get(task.name)
        if key is None:
            yield Step(task=task, state=State.RUN, key=None, reasons=_waits(sorted(needs[task.name] - entries.keys())))
        elif key in found:
            yield Step(task=task, state=State.UP_TO_DATE, key=key, entry=found[key])
        else:
            why = partial(_reasons, task, entries, key, store, known.last().get(task.name))
            yield Step(task=task, state=State.RUN, key=key, reasons=LateItems(why))


def _waits(names: Sequence[str]) -> tuple[str, ...]:
    """Name what a task waits for, but not dozens of pieces."""
    named = len(names) if len(names) <= NAMED_ITEMS + 1 else NAMED_ITEMS
    more = [f"waits for {len(names) - named} more"] if len(names) > named else []
    return (*(f"waits for {name}" for name in names[:named]), *more)


def _reasons(task: Task, entries: Mapping[str, Entry], key: str, store: Store, last: str | None) -> tuple[str, ...]:
    if last is None:
        return ("first build",)
    if last == key:
        is_file = bool(task.handed_over)
        return ("its published file was changed or removed" if is_file else "its result was damaged or removed",)
    old = store.document(last)
    if old is None:
        return ("what it was made from last time is no longer known",)
    literals = frozenset(each.name for each in task.inputs if isinstance(each, Literal))
    return explain_change(old, task_document(task, entries), derived=literals, numbers=dict(task.numbers))


def _in_order(tasks: Sequence[Task]) -> Sequence[Task]:
    """Put each task after those it needs: as given, where that is so."""
    _refuse_repeats("tasks", [task.name for task in tasks])
    by_name = {task.name: task for task in tasks}
    for fault in (fault for task in tasks for fault in _faults(task, by_name)):
        raise ValueError(fault)
    done: set[str] = set()
    for task in tasks:
        if not task.needs <= done:
            break
        done.add(task.name)
    else:
        return tasks
    sorter = TopologicalSorter({task.name: sorted(task.needs) for task in tasks})
    try:
        return [by_name[name] for name in sorter.static_order()]
    except CycleError as error:
        raise ValueError(f"tasks wait for one another: {' -> '.join(error.args[1])}") from error


def _faults(task: Task, by_name: Mapping[str, Task]) -> Iterator[str]:
    names = [each.name for each in task.inputs]
    _refuse_repeats("inputs", names, task.name)
    _refuse_repeats("outputs", task.outputs, task.name)
    if not task.recipe:  # else they were looked at when it was computed
        _refuse_repeats("facts", [name for name, _ in task.facts], task.name)
    for name in (*names, *task.outputs):
        if not _stays_inside(name):
            yield f"{task.name}: {name!r} is no path inside the work folder"
    for each in task.inputs:
        if isinstance(each, Produced) and (each.task not in by_name or each.output not in by_name[each.task].outputs):
            yield f"{task.name}: no task {each.task!r} in the plan makes {each.output!r}"
    for each in task.inputs if not set(task.outputs).isdisjoint(names) else ():
        if isinstance(each, SourceFile | Produced) and each.name in task.outputs:
            yield f"{task.name}: {each.name!r} is an input that must not be written to, and an output"


def _refuse_repeats(what: str, names: Sequence[str], task: str = "") -> None:
    if len(set(names)) < len(names):
        name = next(name for place, name in enumerate(names) if name in names[:place])
        raise ValueError(f"two {what}{f' of {task}' if task else ''} are named {name!r}")


@lru_cache(maxsize=4096)  # pieces have the same names in all languages
def _stays_inside(name: str) -> bool:
    path = PurePosixPath(name)
    return bool(path.parts) and not path.is_absolute() and ".." not in path.parts and "\\" not in name
