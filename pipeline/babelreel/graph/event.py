"""What happens while a plan runs, for whoever wants to show it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from babelreel.errors import BabelreelError
from babelreel.graph.task import Task


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanStarted:
    """The work begins: the tasks that will run, and how many are up to date; ``film`` as in ``Task``."""

    tasks: tuple[Task, ...]
    up_to_date: int
    film: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskStarted:
    """A task begins."""

    task: Task


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskProgressed:
    """A task is done to this share, from 0.0 to 1.0."""

    task: Task
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskFinished:
    """A task's result is in the store; ``ran`` is false when it turned out to be there already."""

    task: Task
    ran: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskFailed:
    """A task could not be done; ``error`` says why. Tasks that need it are skipped with the same error."""

    task: Task
    error: BabelreelError


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """The result of one film while others go on: lines that are safe to print."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerJoined:
    """A worker on another machine takes part; it does as many jobs at once as it has slots."""

    worker: str
    slots: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerLost:
    """A worker is gone; so many of its jobs must be done elsewhere. ``address`` is its name in its offers."""

    worker: str
    requeued: int
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerRefused:
    """A worker does not take part, or no longer does; ``address`` as in ``WorkerLost``."""

    worker: str
    why: str
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkPlacedAgain:
    """What was under way on a worker that was lost, or set aside, is begun on another one."""

    worker: str
    tasks: tuple[Task, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterState:
    """How many workers there are, with how many slots, of which so many are busy; what they have stored so far."""

    workers: int
    slots: int
    busy: int
    stored_bytes: int


#: What a pool reports while it works.
PoolEvent = TaskProgressed | WorkerJoined | WorkerLost | WorkerRefused | WorkPlacedAgain | ClusterState | Told
Event = PlanStarted | TaskStarted | TaskFinished | TaskFailed | PoolEvent


class Listener(Protocol):
    """Takes events, one at a time; must not block."""

    def __call__(self, event: Event, /) -> None:
        """Take one event."""
        ...
