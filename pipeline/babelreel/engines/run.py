"""Run a plan: the work that takes longest first, each task as soon as what it needs is there.

The loop decides what is done next and where; a pool does it. Nothing is left to a pool but the doing, so that every
pool gives the same results.
"""

from __future__ import annotations

import threading
from contextlib import suppress

from babelreel.engines.outcome import Outcome
from babelreel.engines.pool import Ended, Job, Offer, Pool
from babelreel.engines.ready import Ready
from babelreel.errors import BabelreelError, StoppedError
from babelreel.graph.event import Listener, PlanStarted, TaskFailed, TaskFinished, TaskProgressed, TaskStarted
from babelreel.graph.key import key_of
from babelreel.graph.plan import Plan, task_document
from babelreel.graph.store import Entry, Store
from babelreel.graph.task import Task

#: Waiting is cut in pieces of this length: on Windows Ctrl-C does not interrupt a wait.
_WAIT_SECONDS = 0.5


def run_plan(  # noqa: PLR0913 -- a plan, where its results are, who does it, and who hears of it, each by name
    plan: Plan,
    store: Store,
    pool: Pool,
    *,
    listener: Listener,
    keep_going: bool = True,
    stop: threading.Event | None = None,
) -> Outcome:
    """Do what the plan says with the pool's workers, and give what came of every task.

    A task that fails takes those that need it with it, and without ``keep_going`` all that are not done. Ctrl-C, or
    ``stop`` set from another thread, cancels the running tasks and raises ``StoppedError``; a full disk cancels them
    and raises ``NoSpaceError``. Any exception that is no ``BabelreelError`` is a bug, and raised; the pool then ends
    the others. What was finished before is kept in every case. ``listener`` is called from this thread only.
    """
    run = _Run(plan, store, pool, listener, stop or threading.Event(), keep_going=keep_going)
    try:
        run.work()
    except KeyboardInterrupt:
        run.drain()
        raise run.stopped() from None
    finally:
        with suppress(BabelreelError):  # only the reasons of the next plan suffer
            store.remember({name: entry.key for name, entry in run.entries.items()})
    return run.outcome()


class _Run:
    """The state of one run; it is touched by one thread only."""

    def __init__(  # noqa: PLR0913 -- what a run is made of, handed over once
        self, plan: Plan, store: Store, pool: Pool, listener: Listener, stop: threading.Event, *, keep_going: bool
    ) -> None:
        self._store, self._pool, self._tell, self._stop, self._keep_going = store, pool, listener, stop, keep_going
        self._is_given_up = False
        self._tasks = {step.task.name: step.task for step in plan.steps}
        self.entries = {step.task.name: step.entry for step in plan.steps if step.entry}
        self._failures: dict[str, BabelreelError] = {}
        self._awaited = {step.task.name: set(step.task.needs - self.entries.keys()) for step in plan.to_run}
        self._waiting_for: dict[str, list[str]] = {}
        for name, needs in self._awaited.items():
            for need in sorted(needs):
                self._waiting_for.setdefault(need, []).append(name)
        self._place = {name: place for place, name in enumerate(self._awaited)}
        self._ready = Ready([step.task for step in plan.to_run])
        self._running: set[str] = set()
        """The keys that are being worked on."""
        self._same_key: dict[str, list[str]] = {}
        self._up_to_date, self._ran, self._cut_off = plan.up_to_date, 0, 0
        self._tell(PlanStarted(tasks=tuple(step.task for step in plan.to_run), up_to_date=plan.up_to_date))

    def work(self) -> None:
        """Start what is ready, longest first, and take in what ends, until nothing is left or all must stop."""
        for name in [name for name, needs in self._awaited.items() if not needs]:
            self._ready.add(self._tasks[name])
        while True:
            while not self._must_stop() and self._start_next():
                pass
            if not self._running:
                break
            if self._must_stop():
                self._pool.cancel()
            for ended in self._next_ended():
                self._settle(ended)
        if self._stop.is_set() and not self._is_settled():
            raise self.stopped()

    def drain(self) -> None:
        """Cancel what runs, wait for it, and keep what was finished nevertheless."""
        self._pool.cancel()
        while self._running:
            for ended in self._next_ended():
                for task, made in zip(ended.job.tasks, ended.results, strict=False):
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

    def _must_stop(self) -> bool:
        return self._is_given_up or self._stop.is_set()

    def _is_settled(self) -> bool:
        return len(self.entries) + len(self._failures) == len(self._tasks)

    def _start_next(self) -> bool:
        """Begin what is to be done next, on the first worker that has room for it; say whether there was one."""
        if not self._ready:
            return False
        for offer in self._pool.offers():
            if tasks := self._ready.take(offer.room_bytes, offer.share_bytes):
                self._start(tasks, offer)
                return True
        return False

    def _start(self, tasks: tuple[Task, ...], offer: Offer) -> None:
        """Begin tasks whose inputs are all there, but for those whose result is in the store or just being made."""
        missing: dict[str, Task] = {}
        keys = [key_of(task_document(task, self.entries)) for task in tasks]
        found = self._store.find(set(keys) - self._running)
        for task, key in zip(tasks, keys, strict=True):
            if key in self._running or key in missing:
                self._same_key.setdefault(key, []).append(task.name)
            elif key in found:
                self._cut_off += 1
                self._finish(task, found[key], ran=False)
            else:
                missing[key] = task
                self._tell(TaskStarted(task=task))
        if missing:
            needed = {need: self.entries[need] for task in missing.values() for need in sorted(task.needs)}
            self._running |= missing.keys()
            self._pool.start(Job(tasks=tuple(missing.values()), keys=tuple(missing), entries=needed), offer)

    def _next_ended(self) -> list[Ended]:
        """Wait until something happens, pass progress on, and give the jobs that ended, in the order of the plan."""
        ended = []
        for event in self._pool.next_events(_WAIT_SECONDS):
            if isinstance(event, TaskProgressed):
                self._tell(event)
            else:
                ended.append(event)
                self._running.difference_update(event.job.keys)
        return sorted(ended, key=lambda each: self._place[each.job.tasks[0].name])

    def _settle(self, ended: Ended) -> None:
        if ended.fault and not (isinstance(ended.fault, StoppedError) and self._must_stop()):
            raise ended.fault
        for task, made in zip(ended.job.tasks, ended.results, strict=False):  # a stopped job has none
            if isinstance(made, Entry):
                self._ran += 1
                self._finish(task, made, ran=True)
            else:
                self._fail(task, made)
        for key in ended.job.keys:
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
            self._is_given_up = True
        self._tell(TaskFailed(task=task, error=error))
        lost = [task.name]
        while lost:
            name = lost.pop()
            if name not in self._failures:
                self._failures[name] = error
                lost += self._waiting_for.get(name, ())
