"""Do jobs in threads of this process, on this machine."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from queue import Empty, SimpleQueue
from types import MappingProxyType
from typing import TypeAlias

from babelreel.engines.memory_budget import memory_budget
from babelreel.engines.pool import Ended, Job, Offer
from babelreel.engines.workbench import Workbench
from babelreel.graph.event import TaskProgressed
from babelreel.graph.files import digest_file
from babelreel.graph.store import Store
from babelreel.graph.task import Program, ReportProgress, Task


@contextmanager
def thread_pool(
    *, jobs: int, stop: threading.Event | None = None, memory_bytes: int | None = None
) -> Iterator[ThreadPool]:
    """Provide a pool of ``jobs`` threads for the block, which waits at its end for those that still work.

    ``memory_bytes`` is what all jobs may take together, by default a share of the machine's memory. ``stop``, set from
    any thread, cancels all jobs at once.
    """
    cancelled = threading.Event()
    stop = stop or threading.Event()
    room_bytes = memory_budget() if memory_bytes is None else memory_bytes
    with ThreadPoolExecutor(max_workers=jobs, thread_name_prefix="task") as threads:
        pool = ThreadPool(threads, cancelled, stop, jobs=jobs, memory_bytes=room_bytes)
        try:
            yield pool
        except BaseException:
            cancelled.set()  # leaving the block waits for the others
            raise


#: The film of a job and the keys of its tasks.
_Name: TypeAlias = tuple[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Released:
    """A job goes on, and needs its memory no longer."""

    job: Job


class ThreadPool:
    """A pool with one worker: this machine."""

    def __init__(
        self,
        threads: ThreadPoolExecutor,
        cancelled: threading.Event,
        stop: threading.Event,
        *,
        jobs: int,
        memory_bytes: int,
    ) -> None:
        self._threads, self._cancelled, self._stop = threads, cancelled, stop
        self._jobs, self._memory_bytes = jobs, memory_bytes
        self._benches: dict[str, Workbench] = {}
        self._running: dict[_Name, Job] = {}
        self._held_bytes: dict[_Name, int] = {}
        """The memory of each running job, until it is released."""
        self._events: SimpleQueue[Ended | TaskProgressed | _Released] = SimpleQueue()

    def equip(
        self,
        film: str,
        store: Store,
        digest: Callable[[Path], str] = digest_file,
        programs: Mapping[Program, Path] = MappingProxyType({}),
    ) -> None:
        """Say what the tasks of a film work with; from any thread, before its plan is handed over.

        ``digest`` is asked for the digest of source files as they are now; with that of a ``DigestCache``, large ones
        are read once. ``programs`` says where the programs lie that actions run.
        """
        self._benches[film] = Workbench(store=store, is_cancelled=self._is_cancelled, digest=digest, programs=programs)

    def _is_cancelled(self) -> bool:
        return self._cancelled.is_set() or self._stop.is_set()

    @property
    def is_idle(self) -> bool:
        """Tell whether nothing is done."""
        return not self._running

    def offers(self) -> Sequence[Offer]:
        """Offer this machine while fewer than ``jobs`` jobs run on it."""
        if len(self._running) >= self._jobs:
            return ()
        held_bytes = sum(self._held_bytes.values())
        # what runs without memory, as a piece that is only looked at, is in nobody's way
        room = self._memory_bytes - held_bytes if held_bytes else None
        # one go may take it all: its encoders have a thread each, and every further go decodes the cell once more
        return (Offer(worker="", room_bytes=room, share_bytes=self._memory_bytes),)

    def start(self, job: Job, offer: Offer) -> None:  # noqa: ARG002 -- there is one worker only
        """Begin a job in a thread."""
        self._running[_name(job)] = job
        self._held_bytes[_name(job)] = job.memory_bytes
        self._threads.submit(self._do, job)

    def next_events(self, timeout_s: float) -> Sequence[Ended | TaskProgressed]:
        """Wait until something happens, and return all events so far."""
        events = []
        with suppress(Empty):
            events.append(self._events.get(timeout=timeout_s))
            while True:
                events.append(self._events.get_nowait())
        for each in events:
            if isinstance(each, Ended | _Released):
                self._held_bytes.pop(_name(each.job), None)
            if isinstance(each, Ended):
                del self._running[_name(each.job)]
        return [each for each in events if not isinstance(each, _Released)]

    def cancel(self) -> None:
        """Have all running actions see that they are cancelled."""
        self._cancelled.set()

    def _do(self, job: Job) -> None:
        """Do a job in a thread of the pool."""
        try:
            bench = self._benches[job.film]
            release = partial(self._events.put, _Released(job=job))
            made = bench.make_all(job.tasks, job.entries, self._reporter(job.tasks), release)
            ended = Ended(job=job, results=made)
        except BaseException as error:  # noqa: BLE001 -- the loop raises it
            ended = Ended(job=job, fault=error)
        self._events.put(ended)

    def _reporter(self, tasks: Sequence[Task]) -> ReportProgress:
        def report(share: float) -> None:
            for task in tasks:
                self._events.put(TaskProgressed(task=task, share=min(max(share, 0.0), 1.0)))

        return report


def _name(job: Job) -> _Name:
    return job.film, job.keys
