"""What goes to a worker on another machine, and what comes back."""

from __future__ import annotations

import pickle
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from babelreel.engines.ready import memory_of
from babelreel.errors import BabelreelError
from babelreel.graph.store import Entry
from babelreel.graph.task import Input, Produced, SourceFile, TakenIn, Task


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """Tasks to be done in one go: the key of each, and the results of those that they need, by task name.

    No task holds a place on the machine that sends it. ``topic`` is where progress is reported.
    """

    tasks: tuple[Task, ...]
    keys: tuple[str, ...]
    entries: Mapping[str, Entry]
    topic: str = ""

    @property
    def memory_bytes(self) -> int:
        """The memory that the tasks take when they are done in one go."""
        return memory_of(self.tasks)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The result of an order: a result or an error for each of its tasks, or what prevented them all.

    ``fault`` says that this worker can do no work now, ``bug`` is the trace of an error that is ours.
    """

    results: tuple[Entry | BabelreelError, ...] = ()
    fault: BabelreelError | None = None
    bug: str = ""


def pack(value: Order | Answer) -> bytes:
    """Write an order or an answer as bytes that no scheduler looks into."""
    if isinstance(value, Order):
        value = replace(value, tasks=tuple(map(without_place, value.tasks)))
    return pickle.dumps(value, protocol=5)


def unpack_order(content: bytes) -> Order:
    """Read an order; it comes from whoever can reach the scheduler, and who may run code here anyway."""
    value = pickle.loads(content)  # noqa: S301 -- see above
    assert isinstance(value, Order)  # noqa: S101 -- for mypy
    return value


def unpack_answer(content: bytes) -> Answer:
    """Read an answer; it comes from a worker that was let in by its certificate."""
    value = pickle.loads(content)  # noqa: S301 -- see above
    assert isinstance(value, Answer)  # noqa: S101 -- for mypy
    return value


def without_place(task: Task) -> Task:
    """Return a task whose files are named only by what they hold: where they lay is of no use elsewhere."""
    return replace(task, inputs=tuple(map(_without_place, task.inputs)))


def _without_place(each: Input) -> Input:
    return TakenIn(name=each.name, digest=each.digest, part=each.part) if isinstance(each, SourceFile) else each


def sources_of(tasks: Sequence[Task]) -> Mapping[str, Path]:
    """Map the user's files that tasks start from by digest."""
    return {each.digest: each.path for task in tasks for each in task.inputs if isinstance(each, SourceFile)}


def products_of(tasks: Sequence[Task], entries: Mapping[str, Entry]) -> frozenset[str]:
    """List the digests of what tasks need from others."""
    return frozenset(
        entries[each.task].digests[each.output] for task in tasks for each in task.inputs if isinstance(each, Produced)
    )
