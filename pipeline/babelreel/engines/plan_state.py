"""Keep the state of one plan: what is done, what can begin, and with which results."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Future
from contextlib import suppress
from typing import TypeAlias

from babelreel.engines.outcome import Outcome
from babelreel.engines.pool import Ended, Job
from babelreel.engines.ready import Ready
from babelreel.errors import BabelreelError, StoppedError
from babelreel.graph.event import Listener, PlanStarted, TaskFailed, TaskFinished, TaskStarted
from babelreel.graph.key import key_of
from babelreel.graph.plan import Plan, published_by_key, task_document
from babelreel.graph.store import Entry, Store
from babelreel.graph.task import Task

#: Gets the results of what came first, by task, while the rest goes on.
OnFirst: TypeAlias = Callable[[Mapping[str, Entry]], None]


class PlanState:
    """The state of one plan in a run; once it has begun it is touched by the loop's thread only."""

    def __init__(self, plan: Plan, store: Store, on_first: OnFirst | None = None) -> None:
        self.film, self.store = plan.film, store
        self.outcome: Future[Outcome] = Future()
        self.ready = Ready([step.task for step in plan.to_run], plan.turns)
        self._on_first = on_first
        self._first_left = {step.task.name for step in plan.to_run if not plan.turns.get(step.task.name)}
        self._plan = plan
        self._tasks = {step.task.name: step.task for step in plan.steps}
        self._entries = {step.task.name: step.entry for step in plan.steps if step.entry}
        self._failures: dict[str, BabelreelError] = {}
        self._awaited = {step.task.name: set(step.task.needs - self._entries.keys()) for step in plan.to_run}
        self._waiting_for: dict[str, list[str]] = {}
        for name, needs in self._awaited.items():
            for need in sorted(needs):
                self._waiting_for.setdefault(need, []).append(name)
        self._place = {name: place for place, name in enumerate(self._awaited)}
        self._jobs = 0
        self._same_key: dict[str, list[str]] = {}
        self._ran, self._cut_off = 0, 0
        self._tell: Listener = lambda _: None

    @property
    def is_running(self) -> bool:
        """Tell whether a job of it is being done."""
        return self._jobs > 0

    @property
    def is_settled(self) -> bool:
        """Tell whether every task has its result or its error."""
        return len(self._entries) + len(self._failures) == len(self._tasks)

    @property
    def has_failed(self) -> bool:
        """Tell whether a task had an error."""
        return bool(self._failures)

    def begin(self, tell: Listener) -> None:
        """Have the tasks wait that need nothing first."""
        self._tell = tell
        tasks = tuple(step.task for step in self._plan.to_run)
        tell(PlanStarted(tasks=tasks, up_to_date=self._plan.up_to_date, film=self.film))
        for name in [name for name, needs in self._awaited.items() if not needs]:
            self.ready.add(self._tasks[name])

    def place(self, job: Job) -> int:
        """Say where in the order of the plan a job stands."""
        return self._place[job.tasks[0].name]

    def job_of(self, tasks: tuple[Task, ...], running: set[str]) -> Job | None:
        """Return the job for tasks whose inputs are all there, except those whose result is there or being made."""
        missing: dict[str, Task] = {}
        keys = [key_of(task_document(task, self._entries)) for task in tasks]
        names = dict(zip((task.name for task in tasks), keys, strict=True))
        found = self.store.find(set(keys) - running, published_by_key(names, self._plan.published))
        for task, key in zip(tasks, keys, strict=True):
            if key in running or key in missing:
                self._same_key.setdefault(key, []).append(task.name)
            elif key in found:
                self._cut_off += 1
                self._finish(task, found[key], ran=False)
            else:
                missing[key] = task
                self._tell(TaskStarted(task=task))
        if not missing:
            return None
        self._jobs += 1
        needed = {need: self._entries[need] for task in missing.values() for need in sorted(task.needs)}
        return Job(tasks=tuple(missing.values()), keys=tuple(missing), entries=needed)

    def settle(self, ended: Ended) -> bool:
        """Record the results of a job; tell whether any of it failed."""
        self._jobs -= 1
        has_failed = False
        for task, made in zip(ended.job.tasks, ended.results, strict=False):  # a stopped job has none
            if isinstance(made, Entry):
                self._ran += 1
                self._finish(task, made, ran=True)
            else:
                self._fail(task, made)
                has_failed = True
        return has_failed

    def release(self, keys: Iterable[str]) -> None:
        """Let tasks go on that waited for these keys: they find the result in the store now, or make it themselves."""
        for key in keys:
            for name in self._same_key.pop(key, ()):
                self.ready.add(self._tasks[name])

    def tell_first(self) -> None:
        """Say once that all is done which came first, if the rest is not, and nothing has failed."""
        if self._on_first and not self._first_left:
            told, self._on_first = self._on_first, None
            if not self.is_settled and not self._failures:
                told(dict(self._entries))

    def remember(self) -> None:
        """Note what each task has now, to say the next time what changed."""
        with suppress(BabelreelError):  # only the reasons of the next plan suffer
            self.store.remember({name: entry.key for name, entry in self._entries.items()})

    def stopped(self) -> StoppedError:
        """Return the error that says how far the run came."""
        return StoppedError(
            what=f"Stopped: {len(self._entries)} of {len(self._tasks)} steps are done, and kept.",
            hint="Run the same command again to go on from there.",
        )

    def sum_up(self) -> Outcome:
        """Return what became of each task; when the first error stopped all, every task not done has that error."""
        root = next(iter(self._failures.values()), None)
        left = self._tasks.keys() - self._entries.keys() - self._failures.keys()
        rest = dict.fromkeys(sorted(left), root) if root else {}
        return Outcome(
            entries=self._entries,
            failures=self._failures | rest,
            ran=self._ran,
            up_to_date=self._plan.up_to_date,
            cut_off=self._cut_off,
        )

    def _finish(self, task: Task, entry: Entry, *, ran: bool) -> None:
        self._entries[task.name] = entry
        self._first_left.discard(task.name)
        self._tell(TaskFinished(task=task, ran=ran))
        for name in self._waiting_for.get(task.name, ()):
            self._awaited[name].discard(task.name)
            if not self._awaited[name]:
                self.ready.add(self._tasks[name])

    def _fail(self, task: Task, error: BabelreelError) -> None:
        self._tell(TaskFailed(task=task, error=error))
        lost = [task.name]
        while lost:
            name = lost.pop()
            if name not in self._failures:
                self._failures[name] = error
                lost += self._waiting_for.get(name, ())
