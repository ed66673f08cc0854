"""Hold what every job of a real build takes: processor seconds, bytes in and out.

Recorded with one job at a time, so that what the program and its children used meanwhile is the job's own. Written as
one JSON document a line: the tasks first, then the jobs in the order in which they ended.
"""

from __future__ import annotations

import json
import resource
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from babelreel.app.build.planning import Prepared
from babelreel.engines.pool import Ended, Job, Offer
from babelreel.engines.run import run_plan
from babelreel.engines.threads import ThreadPool, thread_pool
from babelreel.graph.event import TaskProgressed
from babelreel.graph.folder_store import FolderStore
from babelreel.graph.store import Entry
from babelreel.graph.task import Produced, SourceFile
from babelreel.model.json_codec import decode, encode, parse_json

#: What one batch may take together on a worker with four slots and 8 GB, as the record's jobs are cut.
_MEMORY_BYTES = 2_000_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskRecord:
    """A task as the loop sees it, and the files it reads and makes: ``(SHA-256, bytes)``."""

    name: str
    weight: int
    memory_bytes: int
    batch: str
    batch_bytes: int
    needs: tuple[tuple[str, str], ...]
    """Task and output."""
    sources: tuple[tuple[str, int], ...]
    outputs: tuple[tuple[str, str, int], ...]
    """Name, SHA-256, bytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JobRecord:
    """Tasks that were done in one go, and the processor time that took."""

    tasks: tuple[str, ...]
    cpu_ms: int


class RecordingPool:
    """A thread pool with one job at a time, which notes what each job takes."""

    def __init__(self, pool: ThreadPool) -> None:
        self._pool = pool
        self._begun = 0.0
        self.jobs: list[JobRecord] = []

    def offers(self) -> Sequence[Offer]:
        """Pass on."""
        return self._pool.offers()

    def start(self, job: Job, offer: Offer) -> None:
        """Look at the clock of the processor, and pass on."""
        self._begun = _cpu_s()
        self._pool.start(job, offer)

    def next_events(self, timeout_s: float) -> Sequence[Ended | TaskProgressed]:
        """Pass on, and note what a job took that has ended."""
        events = self._pool.next_events(timeout_s)
        for each in events:
            if isinstance(each, Ended):
                names = tuple(task.name for task in each.job.tasks)
                self.jobs.append(JobRecord(tasks=names, cpu_ms=round(1000 * (_cpu_s() - self._begun))))
        return events

    def cancel(self) -> None:
        """Pass on."""
        self._pool.cancel()


def record(prepared: Prepared, store_dir: Path, trace: Path) -> None:
    """Do all of a plan that is not up to date, and write down what it took."""
    store = FolderStore(store_dir)
    with thread_pool(jobs=1, memory_bytes=_MEMORY_BYTES) as threads:
        threads.equip(prepared.plan.film, store)
        pool = RecordingPool(threads)
        outcome = run_plan(prepared.plan, store, pool, listener=lambda _: None)
    if outcome.failures:
        raise SystemExit(str(next(iter(outcome.failures.values()))))
    lines = [{"task": encode(each)} for each in _tasks(prepared, outcome.entries)]
    lines += [{"job": encode(each)} for each in pool.jobs]
    trace.write_text("".join(f"{json.dumps(line)}\n" for line in lines), "utf-8")


def read_trace(path: Path) -> tuple[tuple[TaskRecord, ...], tuple[JobRecord, ...]]:
    """Read what ``record`` wrote."""
    lines = [parse_json(line) for line in path.read_text("utf-8").splitlines()]
    tasks = tuple(decode(line["task"], TaskRecord) for line in lines if "task" in line)
    return tasks, tuple(decode(line["job"], JobRecord) for line in lines if "job" in line)


def _tasks(prepared: Prepared, entries: Mapping[str, Entry]) -> Iterator[TaskRecord]:
    for task in (step.task for step in prepared.plan.steps):
        yield TaskRecord(
            name=task.name,
            weight=task.weight,
            memory_bytes=task.memory_bytes,
            batch=task.batch,
            batch_bytes=task.batch_bytes,
            needs=tuple((each.task, each.output) for each in task.inputs if isinstance(each, Produced)),
            sources=tuple(_source(each) for each in task.inputs if isinstance(each, SourceFile)),
            outputs=tuple((each.name, each.digest, each.size) for each in entries[task.name].artifacts),
        )


def _source(each: SourceFile) -> tuple[str, int]:
    return each.digest, each.path.stat().st_size


def _cpu_s() -> float:
    """Give the processor seconds of this process and of its children that have ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)
