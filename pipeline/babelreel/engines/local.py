"""How does a plan run on this machine, as many tasks at once as it has room for?"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from babelreel.engines.memory_budget import memory_budget
from babelreel.engines.outcome import Outcome
from babelreel.engines.ready import Ready, memory_of
from babelreel.engines.workbench import Workbench
from babelreel.errors import BabelreelError, NoSpaceError, StoppedError
from babelreel.graph.event import Event, Listener, PlanStarted, TaskFailed, TaskFinished, TaskProgressed, TaskStarted
from babelreel.graph.files import digest_file
from babelreel.graph.key import key_of
from babelreel.graph.plan import Plan, task_document
from babelreel.graph.store import Entry, Store
from babelreel.graph.task import ReportProgress, Task

#: Waiting is cut in pieces of this length: on Windows Ctrl-C does not interrupt a wait.
_WAIT_SECONDS = 0.5


def run_plan(  # noqa: PLR0913 -- a plan and its store, and what a caller may want otherwise, each by name
    plan: Plan,
    store: Store,
    *,
    jobs: int,
    listener: Listener,
    keep_going: bool = True,
    stop: threading.Event | None = None,
    digest: Callable[[Path], str] = digest_file,
    memory_bytes: int | None = None,
) -> Outcome:
    """Do what the plan says, at most ``jobs`` tasks or batches at once, and give what came of every task.

    A task that fails takes those that need it with it, and without ``keep_going`` all that are not done. Ctrl-C, or
    ``stop`` set from another thread, cancels the running tasks and raises ``StoppedError``; a full disk cancels them
    and raises ``NoSpaceError``. Any exception that is no ``BabelreelError`` is a bug, and raised when the others have
    ended. What was finished before is kept in every case. ``digest`` is asked for the digest of source files as they
    are now; give a ``DigestCache``'s to read large ones once.
    """
    halt = _Halt(stop or threading.Event())
    bench = Workbench(store=store, is_cancelled=halt.is_called, digest=digest)
    room = _Room(jobs=jobs, memory_bytes=memory_budget() if memory_bytes is None else memory_bytes)
    run = _Run(plan, bench, halt, listener, room, keep_going=keep_going)
    try:
        with ThreadPoolExecutor(max_workers=jobs, thread_name_prefix="task") as pool:
            try:
                run.work(pool)
            except KeyboardInterrupt:
                run.drain()
                raise run.stopped() from None
            except BaseException:
                halt.call()  # leaving the pool waits for the others
                raise
    finally:
        with suppress(BabelreelError):  # only the reasons of the next plan suffer
            store.remember({name: entry.key for name, entry in run.entries.items()})
    return run.outcome()


class _Halt:
    """Calls all work to an end: for the user, who holds ``stop``, or for an error."""

    def __init__(self, stop: threading.Event) -> None:
        self._stop = stop
        self._error = threading.Event()

    def call(self) -> None:
        self._error.set()

    def is_called(self) -> bool:
        return self._error.is_set() or self._stop.is_set()

    def is_wanted(self) -> bool:
        """Tell whether it was the user who stopped the work."""
        return self._stop.is_set()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Job:
    """Tasks that are done in one go, and the key of each."""

    tasks: tuple[Task, ...]
    keys: tuple[str, ...]

    @property
    def memory_bytes(self) -> int:
        return memory_of(self.tasks)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Room:
    """How much may run side by side."""

    jobs: int
    memory_bytes: int


class _Run:
    """The state of one run; but for ``_make`` and ``_tell`` it is touched by the main thread only."""

    def __init__(  # noqa: PLR0913 -- what a run is made of, handed over once
        self, plan: Plan, bench: Workbench, halt: _Halt, listener: Listener, room: _Room, *, keep_going: bool
    ) -> None:
        self._bench, self._halt, self._listener, self._keep_going = bench, halt, listener, keep_going
        self._room = room
        self._telling = threading.Lock()
        self._tasks = {step.task.name: step.task for step in plan.steps}
        self.entries = {step.task.name: step.entry for step in plan.steps if step.entry}
        self._failures: dict[str, BabelreelError] = {}
        self._awaited = {step.task.name: set(step.task.needs - self.entries.keys()) for step in plan.to_run}
        self._waiting_for: dict[str, list[str]] = {}
        for name, needs in self._awaited.items():
            for need in sorted(needs):
                self._waiting_for.setdefault(need, []).append(name)
        self._place = {name: place for place, name in enumerate(self._awaited)}
        self._ready = Ready([step.task for step in plan.to_run], most_bytes=room.memory_bytes // room.jobs)
        self._running: dict[Future[list[Entry | BabelreelError]], _Job] = {}
        self._same_key: dict[str, list[str]] = {}
        self._up_to_date, self._ran, self._cut_off = plan.up_to_date, 0, 0
        self._tell(PlanStarted(tasks=tuple(step.task for step in plan.to_run), up_to_date=plan.up_to_date))

    def work(self, pool: ThreadPoolExecutor) -> None:
        """Start what is ready, longest first, and take in what ends, until nothing is left or all must stop."""
        for name in [name for name, needs in self._awaited.items() if not needs]:
            self._ready.add(self._tasks[name])
        while True:
            while self._ready and len(self._running) < self._room.jobs and not self._halt.is_called():
                tasks = self._ready.take(self._memory_left())
                if not tasks:
                    break
                self._start(pool, tasks)
            if not self._running:
                break
            self._take_in()
        if self._halt.is_wanted() and not self._is_settled():
            raise self.stopped()

    def drain(self) -> None:
        """Cancel what runs, wait for it, and keep what was finished nevertheless."""
        self._halt.call()
        for future, job in self._running.items():
            if future.exception() is None:
                for task, made in zip(job.tasks, future.result(), strict=True):
                    if isinstance(made, Entry):
                        self.entries[task.name] = made

    def stopped(self) -> StoppedError:
        """Say how far the run came."""
        return StoppedError(
            what=f"Stopped: {len(self.entries)} of {len(self._tasks)} steps are done, and kept.",
            hint="Run the same command again to go on from there.",
        )

    def outcome(self) -> Outcome:
        """Sum up; when the first error stopped all, it stands for every task that was not done."""
        root = next(iter(self._failures.values()), None)
        left = self._tasks.keys() - self.entries.keys() - self._failures.keys()
        rest = dict.fromkeys(sorted(left), root) if root else {}
        return Outcome(
            entries=self.entries,
            failures=self._failures | rest,
            ran=self._ran,
            up_to_date=self._up_to_date,
            cut_off=self._cut_off,
        )

    def _is_settled(self) -> bool:
        return len(self.entries) + len(self._failures) == len(self._tasks)

    def _tell(self, event: Event) -> None:
        with self._telling:
            self._listener(event)

    def _memory_left(self) -> int | None:
        if not self._running:
            return None
        return self._room.memory_bytes - sum(job.memory_bytes for job in self._running.values())

    def _start(self, pool: ThreadPoolExecutor, tasks: tuple[Task, ...]) -> None:
        """Begin tasks whose inputs are all there, but for those whose result is in the store or just being made."""
        missing: dict[str, Task] = {}
        busy = {key for job in self._running.values() for key in job.keys}
        for task in tasks:
            key = key_of(task_document(task, self.entries))
            if key in busy or key in missing:
                self._same_key.setdefault(key, []).append(task.name)
            elif entry := self._bench.store.find(key):
                self._cut_off += 1
                self._finish(task, entry, ran=False)
            else:
                missing[key] = task
                self._tell(TaskStarted(task=task))
        if missing:
            job = _Job(tasks=tuple(missing.values()), keys=tuple(missing))
            self._running[pool.submit(self._make, job)] = job

    def _make(self, job: _Job) -> list[Entry | BabelreelError]:
        """Do tasks in one go, in a worker thread; when that fails, one by one, to know which of them is to blame."""
        if len(job.tasks) > 1:
            try:
                return [*self._bench.make(job.tasks, self.entries, self._reporter(job.tasks))]
            except (NoSpaceError, StoppedError):
                raise
            except BabelreelError:
                pass
        return [self._make_alone(task) for task in job.tasks]

    def _make_alone(self, task: Task) -> Entry | BabelreelError:
        try:
            return self._bench.make((task,), self.entries, self._reporter((task,)))[0]
        except (NoSpaceError, StoppedError):  # they end the whole run
            raise
        except BabelreelError as error:
            return error

    def _reporter(self, tasks: tuple[Task, ...]) -> ReportProgress:
        def report(share: float) -> None:
            for task in tasks:
                self._tell(TaskProgressed(task=task, share=min(max(share, 0.0), 1.0)))

        return report

    def _take_in(self) -> None:
        """Wait until a job ends, and settle all that have."""
        ended, _ = wait(self._running, timeout=_WAIT_SECONDS, return_when=FIRST_COMPLETED)
        for future in sorted(ended, key=lambda each: self._place[self._running[each].tasks[0].name]):
            self._settle(self._running.pop(future), future)

    def _settle(self, job: _Job, future: Future[list[Entry | BabelreelError]]) -> None:
        try:
            results = future.result()
        except StoppedError:
            if not self._halt.is_called():
                raise
            results = []
        for task, made in zip(job.tasks, results, strict=False):
            if isinstance(made, Entry):
                self._ran += 1
                self._finish(task, made, ran=True)
            else:
                self._fail(task, made)
        for key in job.keys:
            for name in self._same_key.pop(key, ()):  # they find the result in the store now, or make it themselves
                self._ready.add(self._tasks[name])

    def _finish(self, task: Task, entry: Entry, *, ran: bool) -> None:
        self.entries[task.name] = entry
        self._tell(TaskFinished(task=task, ran=ran))
        for name in self._waiting_for.get(task.name, ()):
            self._awaited[name].discard(task.name)
            if not self._awaited[name]:
                self._ready.add(self._tasks[name])

    def _fail(self, task: Task, error: BabelreelError) -> None:
        if not self._keep_going:
            self._halt.call()
        self._tell(TaskFailed(task=task, error=error))
        lost = [task.name]
        while lost:
            name = lost.pop()
            if name not in self._failures:
                self._failures[name] = error
                lost += self._waiting_for.get(name, ())
