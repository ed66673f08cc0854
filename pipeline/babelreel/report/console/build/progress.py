"""Show a running build: live on a terminal, a line per event elsewhere."""

from __future__ import annotations

import sys
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic
from typing import TextIO

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TaskProgressColumn, TextColumn

from babelreel.graph.event import (
    ClusterState,
    Event,
    Listener,
    PlanStarted,
    TaskFailed,
    TaskFinished,
    TaskProgressed,
    TaskStarted,
    Told,
)
from babelreel.graph.task import Task
from babelreel.model.counted import count
from babelreel.report.console.build.time_left import TimeLeft
from babelreel.report.console.build.workers import ClusterLine, render_worker
from babelreel.report.reader.speaking import in_readers_language
from babelreel.report.safe_text import printable, render_duration


@contextmanager
def show_progress(stream: TextIO | None = None, *, quiet: bool = False) -> Iterator[Listener]:
    """Yield a listener that shows a build on ``stream`` (standard error by default) until the block ends."""
    target = stream or sys.stderr
    if quiet:
        yield QuietListener(target)
    elif target.isatty():
        with _live(target) as listener:
            yield listener
    else:
        yield LineListener(target)


class QuietListener:
    """Shows nothing of the work."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def __call__(self, event: Event) -> None:
        """Write what is no progress."""
        if isinstance(event, Told):
            self._stream.write(in_readers_language(event.text) + "\n")


class LineListener:
    """Writes one line when a task, or all of a batch, has ended: what a log file or a CI job wants."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._lock = threading.Lock()
        self._total = 0
        self._done = 0
        self._running: Counter[tuple[str, str]] = Counter()
        self._made: Counter[tuple[str, str]] = Counter()

    def __call__(self, event: Event) -> None:
        """Write the line of an event that has one."""
        with self._lock:
            line = in_readers_language(self._line(event))
            if line:
                self._stream.write(line + "\n")
                self._stream.flush()

    def _line(self, event: Event) -> str:
        if isinstance(event, Told):
            return event.text
        if isinstance(event, PlanStarted):
            self._total += len(event.tasks)
            return _told(event.film, f"{count(len(event.tasks), 'step')} to do, {event.up_to_date} done already")
        if isinstance(event, TaskStarted):
            self._running[_batch(event.task)] += 1
        if isinstance(event, TaskFinished):
            self._done += 1
            return self._finished(event.task, ran=event.ran)
        if isinstance(event, TaskFailed):
            self._done += 1
            self._running[_batch(event.task)] -= 1
            return f"[{self._done}/{self._total}] {_failed(event)}"
        return render_worker(event)

    def _finished(self, task: Task, *, ran: bool) -> str:
        """Write the line of a task; of a batch only the last to end has one."""
        name = _name(task) if ran else f"{_name(task)} (unchanged)"
        if task.batch and ran:
            batch = _batch(task)
            self._running[batch] -= 1
            self._made[batch] += 1
            if self._running[batch]:
                return ""
            made = self._made.pop(batch)
            name = f"{_bar(task)}: {made} steps" if made > 1 else name
        return f"[{self._done}/{self._total}] {in_readers_language(name)}"


@contextmanager
def _live(stream: TextIO) -> Iterator[Listener]:
    # rich takes 60 ms to load, and only a build on a terminal shows it
    columns = (
        # names of tasks hold language tags and rendition names only, but nothing is ever read as markup
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TaskProgressColumn(),
        TextColumn("{task.fields[left]}", markup=False),
    )
    with Progress(*columns, console=Console(file=stream), transient=True) as progress:
        yield LiveListener(progress)


def _told(film: str, text: str) -> str:
    """Name the film that something is said of, where there are several."""
    return f"{printable(film)}: {text}" if film else text


def _name(task: Task) -> str:
    return _told(task.film, task.name)


def _failed(event: TaskFailed) -> str:
    return in_readers_language(f"{_name(event.task)}: failed: {printable(event.error.what)}")


def _batch(task: Task) -> tuple[str, str]:
    return task.film, task.batch


def _bar(task: Task) -> str:
    """Name the bar that shows a task: a batch has one for all."""
    return _told(task.film, task.batch or task.name)


class LiveListener:
    """Draws a bar for the whole build, with the time left, and one for every task or batch that runs now."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._lock = threading.Lock()
        self._bars: dict[str, TaskID] = {}
        self._names: set[str] = set()
        self._left = TimeLeft()
        self._overall: TaskID | None = None
        self._cluster = ClusterLine()
        self._done: set[str] = set()

    def __call__(self, event: Event) -> None:
        """Draw what an event changes."""
        with self._lock:
            if isinstance(event, PlanStarted):
                self._names.update(map(_name, event.tasks))
                self._left.plan(event.tasks)
                if self._overall is None:
                    self._overall = self._progress.add_task("all", total=1.0, left="")
            elif isinstance(event, TaskStarted):
                self._left.start(event.task)
                name = _bar(event.task)
                if name not in self._bars:
                    self._bars[name] = self._progress.add_task(in_readers_language(name), total=1.0, left="")
            elif isinstance(event, TaskProgressed):
                self._advance(event.task, event.share)
            elif isinstance(event, TaskFinished | TaskFailed):
                self._finish(event)
            elif isinstance(event, ClusterState):
                self._cluster.take(event, monotonic())
                self._draw()
            else:
                line = event.text if isinstance(event, Told) else render_worker(event)
                self._print(line)

    def _advance(self, task: Task, share: float) -> None:
        self._left.progress(task, share)
        if _bar(task) in self._bars:
            self._progress.update(self._bars[_bar(task)], completed=share)
        self._draw()

    def _draw(self) -> None:
        if self._overall is not None:
            seconds = self._left.seconds()
            told = "" if seconds is None else in_readers_language(f"about {render_duration(seconds)} left")
            left = self._cluster.render(len(self._done), len(self._names), told)
            self._progress.update(self._overall, completed=self._left.share(), left=left)

    def _finish(self, event: TaskFinished | TaskFailed) -> None:
        self._done.add(_name(event.task))
        self._left.finish(event.task, ran=isinstance(event, TaskFailed) or event.ran)
        self._draw()
        bar = self._bars.pop(_bar(event.task), None)
        if bar is not None:
            self._progress.remove_task(bar)
        if isinstance(event, TaskFailed):
            self._print(_failed(event))

    def _print(self, line: str) -> None:
        self._progress.console.print(in_readers_language(line), markup=False, highlight=False)
