"""Pools do jobs; the loop in ``run.py`` decides which job goes where."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from babelreel.engines.ready import memory_of
from babelreel.errors import BabelreelError
from babelreel.graph.event import PoolEvent
from babelreel.graph.store import Entry, Store
from babelreel.graph.task import Program, Task


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """Tasks that are done in one go, the key of each, and the results of the tasks that they need, by task name."""

    tasks: tuple[Task, ...]
    keys: tuple[str, ...]
    entries: Mapping[str, Entry]

    @property
    def film(self) -> str:
        """Whose tasks they are: a job never has those of two films."""
        return self.tasks[0].film

    @property
    def memory_bytes(self) -> int:
        """The memory that the tasks take when they are done in one go."""
        return memory_of(self.tasks)


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A worker with a free slot.

    ``room_bytes`` is the memory it has left; ``None`` while it does nothing else: a job that takes more than all it has
    can still be done alone. ``share_bytes`` is the memory that the tasks of one batch may take together there.
    ``is_cheap`` is set where the worker does only what is cheap, or only what is not. ``films`` are those that it has
    worked for, and holds.
    """

    worker: str
    room_bytes: int | None
    share_bytes: int
    is_cheap: bool | None = None
    films: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """A job that has ended: with a result or an error for each of its tasks, in their order, or with ``fault``.

    ``fault`` ends the whole run: a full disk, a stop, or a bug.
    """

    job: Job
    results: tuple[Entry | BabelreelError, ...] = ()
    fault: BaseException | None = None


class Pool(Protocol):
    """Does jobs, as many at once as its workers have slots for. Only the loop's thread uses it.

    Each method may raise a ``BabelreelError`` that ends the run: there is nobody left to do the work.
    """

    def offers(self) -> Sequence[Offer]:
        """List the workers that could begin a job now, the one to ask first in front."""
        ...

    def start(self, job: Job, offer: Offer) -> None:
        """Begin a job on the worker that offered to do it."""
        ...

    def next_events(self, timeout_s: float) -> Sequence[Ended | PoolEvent]:
        """Wait until something happens, but not longer than ``timeout_s``; return all events since the last call.

        A job's progress comes before its end.
        """
        ...

    def cancel(self) -> None:
        """End all jobs soon, with ``StoppedError`` where they were not done; each end is still returned."""
        ...


class EquippedPool(Pool, Protocol):
    """A pool that learns, from any thread, what the tasks of a film work with, before its plan is handed over.

    ``digest`` is asked for the digest of source files as they are now: a ``DigestCache``'s reads large ones once.
    ``programs`` says where the programs lie that actions run here.
    """

    def equip(
        self, film: str, store: Store, digest: Callable[[Path], str] = ..., programs: Mapping[Program, Path] = ...
    ) -> None:
        """Take note of it."""
        ...
