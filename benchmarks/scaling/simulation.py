"""Replay a build's trace on machines that are not there: the loop is the real one, the pool counts the time.

What is simulated: workers with one slot each and a cache, the store's one line, which everything shares, the workers'
own lines, and the coordinator, which joins the files and whose own time in the loop is added to the clock. What is not:
workers that fail, memory, and lines that are shared with strangers.
"""

from __future__ import annotations

import heapq
import threading
import time
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from scaling.trace import JobRecord, TaskRecord

from babelreel.engines.pool import Ended, Job, Offer
from babelreel.engines.run import Loop
from babelreel.graph.event import TaskProgressed
from babelreel.graph.plan import for_film, make_plan
from babelreel.graph.store import NOTHING_PUBLISHED, Artifact, Entry, Published
from babelreel.graph.task import Json, Literal, Produced, Task, Workspace

#: Until the first byte of a file comes, and until a job has reached its worker: within one data centre.
LATENCY_S = 0.02
#: From here on a source is a film, and not a font or a recording.
_LARGE_BYTES = 2_000_000
#: What a job's memory may be on a worker, as the trace was recorded.
SHARE_BYTES = 2_000_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """Machines and lines: bits a second of the store, of each worker and of the coordinator."""

    workers: int
    store_bps: float
    worker_bps: float = 1e9
    home_cores: int = 4
    """Those of the coordinator, which joins files."""
    has_affinity: bool = True
    """Whether a worker is preferably given what it has the film for."""


@dataclass(slots=True, kw_only=True)
class Result:
    """What a simulated build took."""

    wall_s: float = 0.0
    work_s: float = 0.0
    """Processor seconds of the jobs of all workers."""
    home_s: float = 0.0
    """Those of the coordinator's jobs."""
    loop_s: float = 0.0
    moved_bytes: int = 0
    film_fetches: int = 0
    ready_s: list[float] = field(default_factory=list)
    """When each film was whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Replay:
    """Stands for the work of a task in one film."""

    name: str

    def document(self) -> Mapping[str, Json]:
        """Give a key of its own to each task."""
        return {"replay": self.name}

    def perform(self, workspace: Workspace) -> None:
        """Is never called: the pool knows what comes of it."""


class NoStore:
    """Holds nothing, and remembers nothing."""

    identity = ""

    def find(self, keys: Collection[str], published: Published = NOTHING_PUBLISHED) -> Mapping[str, Entry]:  # noqa: ARG002 -- of a protocol
        """Find nothing."""
        return {}

    def document(self, key: str) -> Mapping[str, Json] | None:  # noqa: ARG002 -- the same
        """Know nothing."""
        return None

    def last_keys(self) -> Mapping[str, str]:
        """Know nothing."""
        return {}

    def remember(self, keys: Mapping[str, str]) -> None:
        """Forget."""

    def add(self, document: Mapping[str, Json], outputs: Mapping[str, Path], *, is_shared: bool = True) -> Entry:
        """Is never called."""
        raise NotImplementedError

    def take_in(self, path: Path, digest: str) -> None:
        """Do nothing."""

    def locate(self, digest: str) -> Path:
        """Is never called."""
        raise NotImplementedError

    fetch = locate

    def read(self, digest: str) -> bytes:
        """Is never called."""
        raise NotImplementedError

    def hand_over(self, digests: Collection[str]) -> int:
        """Is never called."""
        raise NotImplementedError

    def drop_damaged(self, entries: Iterable[Entry]) -> int:
        """Is never called."""
        raise NotImplementedError

    def share(self, digests: Collection[str]) -> None:
        """Do nothing."""

    def hold(self, project: str, state_dir: Path) -> AbstractContextManager[None]:  # noqa: ARG002 -- of a protocol
        """Do nothing."""
        return nullcontext()

    def check_held(self) -> None:
        """Do nothing."""

    def workspace(self) -> AbstractContextManager[Path]:
        """Is never called."""
        raise NotImplementedError

    def sweep(self) -> None:
        """Do nothing."""

    def collect(self, needed: Iterable[Entry], *, spare_bytes: int) -> int:  # noqa: ARG002 -- of a protocol
        """Do nothing."""
        return 0


class Line:
    """A line that one file after the other goes over, as fast as it can: in sum what sharing it gives."""

    def __init__(self, bps: float) -> None:
        self._bps = bps
        self._free_at = 0.0

    def send(self, at: float, size: int, other_bps: float) -> float:
        """Give when a file is through that is ready to go ``at`` and whose other end takes ``other_bps``."""
        begun = max(at, self._free_at)
        self._free_at = begun + 8 * size / self._bps
        return max(self._free_at, begun + 8 * size / other_bps) + LATENCY_S


class SimulatedPool:
    """A pool whose jobs end at the time that the trace says, on a clock of its own."""

    def __init__(self, cluster: Cluster, films: Mapping[str, TaskRecord], costs_s: Mapping[str, float]) -> None:
        self._cluster, self._records, self._costs_s = cluster, films, costs_s
        self._line = Line(cluster.store_bps)
        self._free = dict.fromkeys(str(number) for number in range(cluster.workers))
        self._films: dict[str, set[str]] = {name: set() for name in self._free}
        self._cached: dict[str, set[str]] = {name: set() for name in ("", *self._free)}
        self._home_free = cluster.home_cores
        self._due: list[tuple[float, int, Job, str, bool]] = []
        """When what is done, in which order, by whom, and whether its results are still to be sent."""
        self._order = count()
        self._thread_s = time.thread_time()
        self.now_s = 0.0
        self.result = Result()
        self._left = dict.fromkeys({_film_of(name) for name in films}, 0)
        for name in films:
            self._left[_film_of(name)] += 1

    def offers(self) -> Sequence[Offer]:
        """Offer the coordinator for what is cheap, and the worker that has been free longest for the rest."""
        home = [Offer(worker="", room_bytes=None, share_bytes=SHARE_BYTES, is_cheap=True)] if self._home_free else []
        free = next(iter(self._free), None)
        if free is None:
            return home
        films = frozenset(self._films[free]) if self._cluster.has_affinity else frozenset[str]()
        return [*home, Offer(worker=free, room_bytes=None, share_bytes=SHARE_BYTES, is_cheap=False, films=films)]

    def start(self, job: Job, offer: Offer) -> None:
        """Reckon when the job will have ended."""
        self._count_loop()
        seconds = sum(self._costs_s[task.name] for task in job.tasks)
        if not offer.worker:
            self._home_free -= 1
            self.result.home_s += seconds
            self._wait(self._bring(job, "") + seconds, job, "", is_sent=True)
            return
        self.result.work_s += seconds
        worker = offer.worker
        del self._free[worker]
        self._films[worker].add(job.film)
        self._wait(self._bring(job, worker) + seconds, job, worker, is_sent=False)

    def _wait(self, at: float, job: Job, worker: str, *, is_sent: bool) -> None:
        heapq.heappush(self._due, (at, next(self._order), job, worker, is_sent))

    def _send(self, job: Job, worker: str) -> None:
        """Have a worker send what it made; the line is free for others until then."""
        made = [output for task in job.tasks for output in self._records[task.name].outputs]
        self._cached[worker] |= {digest for _, digest, _ in made}
        size = sum(size for _, _, size in made)
        self.result.moved_bytes += size
        self._wait(self._line.send(self.now_s, size, self._cluster.worker_bps), job, worker, is_sent=True)

    def next_events(self, timeout_s: float) -> Sequence[Ended | TaskProgressed]:  # noqa: ARG002 -- time is reckoned
        """Go on to the moment at which the next job ends."""
        self._count_loop()
        while True:
            due_s, _, job, worker, is_sent = heapq.heappop(self._due)
            self.now_s = max(self.now_s, due_s)
            if is_sent:
                break
            self._send(job, worker)
        if worker:
            self._free[worker] = None
        else:
            self._home_free += 1
        for task in job.tasks:
            film = _film_of(task.name)
            self._left[film] -= 1
            if not self._left[film]:
                self.result.ready_s.append(self.now_s)
        self._thread_s = time.thread_time()
        entries = tuple(
            Entry(
                key=key,
                artifacts=tuple(
                    Artifact(name=name, digest=digest, size=size)
                    for name, digest, size in self._records[task.name].outputs
                ),
            )
            for task, key in zip(job.tasks, job.keys, strict=True)
        )
        return (Ended(job=job, results=entries),)

    def cancel(self) -> None:
        """Do nothing: nothing fails here."""

    def _count_loop(self) -> None:
        """Let the clock go on for what the loop has used of this machine since the last call."""
        used_s = time.thread_time() - self._thread_s
        self.now_s += used_s
        self.result.loop_s += used_s
        self._thread_s = time.thread_time()

    def _bring(self, job: Job, worker: str) -> float:
        """Give when all that a job reads is where it is done; ``""`` is the coordinator, which has the films."""
        at = self.now_s + LATENCY_S
        for task in job.tasks:
            record = self._records[task.name]
            sources = {digest for digest, _ in record.sources}
            for digest, size in self._read_by(record, is_home=not worker):
                cached = self._cached[worker]
                if digest not in cached:
                    cached.add(digest)
                    self.result.moved_bytes += size
                    at = max(at, self._line.send(self.now_s, size, self._cluster.worker_bps))
                    self.result.film_fetches += digest in sources and size > _LARGE_BYTES
        return at

    def _read_by(self, record: TaskRecord, *, is_home: bool) -> Iterator[tuple[str, int]]:
        """Give what a task reads that may have to be brought; the coordinator has the films and what it made itself."""
        if not is_home:
            yield from record.sources
        for needed, output in record.needs:
            before = self._records[needed]
            if before.weight or not is_home:
                yield next((digest, size) for name, digest, size in before.outputs if name == output)


def simulate(tasks: Sequence[TaskRecord], jobs: Sequence[JobRecord], *, films: int, cluster: Cluster) -> Result:
    """Build so many films like the one of the trace in one run."""
    records = {name: record for film in range(films) for name, record in _copies(tasks, film)}
    costs_s = {f"{film}/{name}": each for film in range(films) for name, each in _costs_s(tasks, jobs).items()}
    pool = SimulatedPool(cluster, records, costs_s)
    loop = Loop(pool, lambda _: None, threading.Event(), keep_going=True)
    for film in range(films):
        copies = [_task(name, records[name]) for name in (f"{film}/{task.name}" for task in tasks)]
        loop.add(for_film(make_plan(copies, NoStore()), str(film)), NoStore())
    loop.close()
    loop.work()
    pool.result.wall_s = pool.now_s
    return pool.result


def _costs_s(tasks: Sequence[TaskRecord], jobs: Sequence[JobRecord]) -> Mapping[str, float]:
    """Give the seconds of each task: those of its job, by weight."""
    weights = {task.name: task.weight for task in tasks}
    costs_s: dict[str, float] = {}
    for job in jobs:
        whole = sum(weights[name] for name in job.tasks)
        for name in job.tasks:
            costs_s[name] = job.cpu_ms / 1000 * (weights[name] / whole if whole else 1 / len(job.tasks))
    return {task.name: costs_s.get(task.name, 0.0) for task in tasks}


def _copies(tasks: Sequence[TaskRecord], film: int) -> Iterator[tuple[str, TaskRecord]]:
    """Give the tasks of one film of several: its files are not those of another."""
    for task in tasks:
        name = f"{film}/{task.name}"
        yield (
            name,
            TaskRecord(
                name=name,
                weight=task.weight,
                memory_bytes=task.memory_bytes,
                batch=f"{film}/{task.batch}" if task.batch else "",
                batch_bytes=task.batch_bytes,
                needs=tuple((f"{film}/{needed}", output) for needed, output in task.needs),
                sources=tuple((f"{film}/{digest}", size) for digest, size in task.sources),
                outputs=tuple((output, f"{film}/{digest}", size) for output, digest, size in task.outputs),
            ),
        )


def _task(name: str, record: TaskRecord) -> Task:
    needs = tuple(
        Produced(name=f"in {place}", task=needed, output=output) for place, (needed, output) in enumerate(record.needs)
    )
    return Task(
        name=name,
        kind="replay",
        action=Replay(name=name),
        inputs=(*needs, *(Literal(name=digest, content=b"") for digest, _ in record.sources)),
        outputs=tuple(output for output, _, _ in record.outputs),
        weight=record.weight,
        memory_bytes=record.memory_bytes,
        batch=record.batch,
        batch_bytes=record.batch_bytes,
    )


def _film_of(name: str) -> str:
    return name.partition("/")[0]
