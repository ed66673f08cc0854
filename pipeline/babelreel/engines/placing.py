"""Decide which worker does what, and what becomes of it when a worker dies, or cannot work.

It knows no network: workers are names here, and whoever talks to them reports the results.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from babelreel.engines.handshake import Facts
from babelreel.engines.pool import Ended, Job, Offer
from babelreel.engines.ready import memory_of
from babelreel.engines.travelling import Answer
from babelreel.errors import BabelreelError, DamagedError, MachineError, NoSpaceError, StoppedError, ToolError
from babelreel.graph.store import Entry
from babelreel.graph.task import Task

#: A step that killed so many workers is to blame, and fails. Before the last of them dies it is alone there, so that
#: nothing else is blamed for what it does.
_MOST_KILLED = 3
#: What could not be done on so many machines cannot be done. Workers that share a machine often share what refuses.
_MOST_MACHINES = 3


@dataclass(slots=True, eq=False)
class Parcel:
    """What is sent to a worker in one go: a job, or what is left of one after a worker died of it.

    ``killed`` are the workers that died while they did it, ``failed_on`` those whose disk or store refused. Until it
    ``is_sent`` no worker can have died of it: what it needs may still be on its way to the store.
    """

    job: Job
    tasks: tuple[Task, ...]
    keys: tuple[str, ...]
    killed: frozenset[_Worker] = frozenset()
    failed_on: frozenset[_Worker] = frozenset()
    is_sent: bool = False

    @property
    def memory_bytes(self) -> int:
        """The memory that its tasks take."""
        return memory_of(self.tasks)

    @property
    def is_suspect(self) -> bool:
        """Tell whether it has killed so many workers that it is done alone."""
        return len(self.killed) >= _MOST_KILLED - 1

    @property
    def tried(self) -> frozenset[str]:
        """The machines on which it went wrong."""
        return frozenset(each.facts.machine for each in self.killed | self.failed_on)

    def part(self, place: int) -> Parcel:
        """Return one of its tasks as a parcel of its own."""
        return replace(self, tasks=self.tasks[place : place + 1], keys=self.keys[place : place + 1])


@dataclass(slots=True, eq=False)
class _Worker:
    """One that took part from when it came until it is lost: what comes later at its address is another."""

    address: str
    name: str
    facts: Facts
    running: list[Parcel] = field(default_factory=list)
    films: set[str] = field(default_factory=set)
    is_set_aside: bool = False

    @property
    def free(self) -> int:
        if self.is_set_aside or any(parcel.is_suspect for parcel in self.running):
            return 0
        return self.facts.slots - len(self.running)

    @property
    def room_bytes(self) -> int | None:
        used = sum(parcel.memory_bytes for parcel in self.running)
        return self.facts.memory_bytes - used if self.running else None

    def could_take(self, parcel: Parcel) -> bool:
        """Tell whether it may be given a parcel once it has room for it."""
        return not self.is_set_aside and self not in parcel.failed_on

    def may_take(self, parcel: Parcel) -> bool:
        fits = self.room_bytes is None or parcel.memory_bytes <= self.room_bytes
        return self.free > 0 and fits and self.could_take(parcel) and not (parcel.is_suspect and self.running)


class Placing:
    """The workers that take part, what is under way on each, and what must be placed again."""

    def __init__(self) -> None:
        self._workers: dict[str, _Worker] = {}
        self._again: list[Parcel] = []
        self._jobs: dict[tuple[str, tuple[str, ...]], Job] = {}
        self._results: dict[tuple[str, tuple[str, ...]], dict[str, Entry | BabelreelError]] = {}
        """What is known of each job, by its film and keys."""

    @property
    def is_idle(self) -> bool:
        """Tell whether nothing is under way."""
        return not any(worker.running for worker in self._workers.values())

    @property
    def usable(self) -> int:
        """Count the workers that could be given work."""
        return sum(not worker.is_set_aside for worker in self._workers.values())

    @property
    def slots(self) -> tuple[int, int]:
        """Count the slots of these workers, and those that are busy."""
        usable = [worker for worker in self._workers.values() if not worker.is_set_aside]
        return sum(worker.facts.slots for worker in usable), sum(len(worker.running) for worker in usable)

    def __contains__(self, address: str) -> bool:
        return address in self._workers

    def __iter__(self) -> Iterator[str]:
        return iter(tuple(self._workers))

    def name(self, address: str) -> str:
        """Name a worker after its machine, with a number where there are several on it."""
        return self._workers[address].name

    def join(self, address: str, facts: Facts) -> None:
        """Let a worker take part."""
        taken = {worker.name for worker in self._workers.values()}
        numbered = (f"{facts.machine}-{number}" for number in itertools.count(2))
        name = next(name for name in itertools.chain([facts.machine], numbered) if name not in taken)
        self._workers[address] = _Worker(address=address, name=name, facts=facts)

    def offers(self) -> Sequence[Offer]:
        """List the workers with a free slot, the least busy first, except those kept for what must be alone."""
        kept = self._kept()
        free = sorted((each for each in self._workers.values() if each.free > 0 and each not in kept), key=_load)
        return [
            Offer(
                worker=each.address,
                room_bytes=each.room_bytes,
                share_bytes=each.facts.memory_bytes // each.facts.slots,
                is_cheap=False,
                films=frozenset(each.films),
            )
            for each in free
        ]

    def _kept(self) -> set[_Worker]:
        """Choose the workers that get nothing else until they are idle: one for each parcel that must be alone."""
        kept: set[_Worker] = set()
        for parcel in self._again:
            able = [each for each in self._workers.values() if each.could_take(parcel) and each not in kept]
            if parcel.is_suspect and able:
                kept.add(min(able, key=partial(_rank, parcel)))
        return kept

    def place(self, job: Job, address: str) -> Parcel:
        """Note that a worker begins a job."""
        self._jobs[job.film, job.keys], self._results[job.film, job.keys] = job, {}
        parcel = Parcel(job=job, tasks=job.tasks, keys=job.keys)
        self._begin(parcel, self._workers[address])
        return parcel

    def place_again(self) -> Iterator[tuple[Parcel, str]]:
        """Place what was lost on workers that have room for it, and yield what goes where."""
        for parcel in tuple(self._again):
            kept = set() if parcel.is_suspect else self._kept()
            fitting = [each for each in self._workers.values() if each.may_take(parcel) and each not in kept]
            if fitting:
                worker = min(fitting, key=partial(_rank, parcel))
                self._again.remove(parcel)
                self._begin(parcel, worker)
                yield parcel, worker.address

    def _begin(self, parcel: Parcel, worker: _Worker) -> None:
        parcel.is_sent = False
        worker.running.append(parcel)
        worker.films.add(parcel.job.film)

    def lose(self, address: str, *, is_blamed: bool) -> tuple[int, tuple[Ended, ...]]:
        """Drop a worker; return how many of its parcels must be placed again, and the jobs that end with it.

        An unexpected death counts against what the worker did, not against what was not sent to it yet.
        """
        worker = self._workers.pop(address)
        innocent = [each for each in worker.running if not (is_blamed and each.is_sent)]
        blamed = [replace(each, killed=each.killed | {worker}) for each in worker.running if each not in innocent]
        guilty = [each for each in blamed if len(each.killed) >= _MOST_KILLED]
        parts = [each.part(place) for each in blamed if each not in guilty for place in range(len(each.tasks))]
        ended = [self._settle(each, [_killed(task) for task in each.tasks]) for each in guilty]
        self._again += [*innocent, *parts]
        return len(innocent) + len(parts), tuple(filter(None, ended))

    def answer(self, parcel: Parcel, address: str, answer: Answer) -> tuple[Ended | None, BabelreelError | None]:
        """Record the result of a parcel; return its job if that has ended, and the reason if its worker is set aside.

        What a worker's disk or store refused is done elsewhere, until as many machines refused it.
        """
        worker = self._workers[address]
        worker.running.remove(parcel)
        if isinstance(answer.fault, StoppedError):  # the worker is about to leave
            self._again.append(parcel)
            return None, None
        results = answer.results or tuple(answer.fault for _ in parcel.tasks if answer.fault)
        failed_on = parcel.failed_on | {worker}
        retried = [place for place, made in enumerate(results) if _is_of_machine(made)]
        reason = next((made for made in results if _is_of_machine(made)), None)
        is_news = not worker.is_set_aside
        worker.is_set_aside = worker.is_set_aside or reason is not None
        if self._is_refused(failed_on):
            retried = []
        self._again += [replace(parcel.part(place), failed_on=failed_on) for place in retried]
        rest = [place for place in range(len(results)) if place not in retried]
        ended = self._settle(parcel, [results[place] for place in rest], rest)
        return ended, reason if isinstance(reason, BabelreelError) and is_news else None

    def _is_refused(self, failed_on: frozenset[_Worker]) -> bool:
        """Tell whether enough machines refused, or enough workers where no other machine is left."""
        machines = {each.facts.machine for each in failed_on}
        others = [
            each for each in self._workers.values() if not each.is_set_aside and each.facts.machine not in machines
        ]
        return len(machines if others else failed_on) >= _MOST_MACHINES

    def fail(self, parcel: Parcel, address: str, error: BabelreelError) -> Ended | None:
        """Record that a parcel could not be sent, or was made of what has changed."""
        if address in self._workers:
            self._workers[address].running.remove(parcel)
        return self._settle(parcel, [error for _ in parcel.tasks])

    def _settle(
        self, parcel: Parcel, results: Sequence[Entry | BabelreelError], places: Sequence[int] | None = None
    ) -> Ended | None:
        """Note results of a parcel's tasks, and return its job when all its tasks have theirs."""
        keys = parcel.keys if places is None else [parcel.keys[place] for place in places]
        name = (parcel.job.film, parcel.job.keys)
        known = self._results[name]
        known |= dict(zip(keys, results, strict=True))
        if len(known) < len(parcel.job.keys):
            return None
        del self._jobs[name], self._results[name]
        return Ended(job=parcel.job, results=tuple(known[key] for key in parcel.job.keys))

    def stop(self) -> tuple[Ended, ...]:
        """Drop all work; return each job as stopped."""
        jobs = tuple(self._jobs.values())
        self._jobs.clear()
        self._results.clear()
        self._again.clear()
        for worker in self._workers.values():
            worker.running.clear()
        return tuple(Ended(job=job, fault=StoppedError(what="Stopped.")) for job in jobs)


def _load(worker: _Worker) -> float:
    return len(worker.running) / worker.facts.slots


def _rank(parcel: Parcel, worker: _Worker) -> tuple[bool, float]:
    """Rank workers for a parcel that went wrong elsewhere: the lowest goes first, untried machines before others."""
    return worker.facts.machine in parcel.tried, _load(worker)


def _is_of_machine(made: Entry | BabelreelError) -> bool:
    """Tell whether another machine may succeed; what is damaged in the store is so for all."""
    return isinstance(made, MachineError | NoSpaceError) and not isinstance(made, DamagedError)


def _killed(task: Task) -> ToolError:
    return ToolError(
        what=f"A step of the work ended {_MOST_KILLED} workers while they did it.",
        where=task.name,
        why="they died without a word: they lack memory, or something ended them",
        hint="Look at what these workers and their systems logged; give them more memory or fewer slots.",
    )
