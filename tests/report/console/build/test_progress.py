from __future__ import annotations

import io
from dataclasses import replace

from babelreel.errors import ToolError
from babelreel.graph.actions import Keep
from babelreel.graph.event import PlanStarted, TaskFailed, TaskFinished, TaskProgressed, TaskStarted, Told
from babelreel.graph.task import Task
from babelreel.report.console.build.progress import LineListener, LiveListener, show_progress


def task(name: str, weight: int = 1, batch: str = "") -> Task:
    return Task(name=name, kind="test", action=Keep(), inputs=(), outputs=(), weight=weight, batch=batch)


def test_a_log_gets_one_line_for_each_task_that_ends() -> None:
    stream = io.StringIO()
    listener = LineListener(stream)
    first, second = task("picture a"), task("picture b")
    listener(PlanStarted(tasks=(first, second), up_to_date=3))
    listener(TaskStarted(task=first))
    listener(TaskProgressed(task=first, share=0.5))
    listener(TaskFinished(task=first, ran=True))
    listener(TaskFailed(task=second, error=ToolError(what="no\x1b[31m luck")))
    assert stream.getvalue().splitlines() == [
        "2 steps to do, 3 done already",
        "[1/2] picture a",
        "[2/2] picture b: failed: no\\x1b[31m luck",
    ]


def test_a_batch_gets_one_line_in_a_log() -> None:
    stream = io.StringIO()
    listener = LineListener(stream)
    tasks = [task(f"cell 1 {tag}", batch="cell 1") for tag in ("fr", "nl", "de")]
    last = task("cell 2 fr", batch="cell 2")
    listener(PlanStarted(tasks=(*tasks, last), up_to_date=0))
    for each in (*tasks, last):
        listener(TaskStarted(task=each))
    for each in tasks[:2]:
        listener(TaskFinished(task=each, ran=True))
    listener(TaskFinished(task=last, ran=True))
    listener(TaskFinished(task=tasks[2], ran=True))
    assert stream.getvalue().splitlines()[1:] == ["[3/4] cell 2 fr", "[4/4] cell 1: 3 steps"]


def test_with_several_films_each_line_names_its_own_and_all_are_counted_together() -> None:
    stream = io.StringIO()
    listener = LineListener(stream)
    rights, health = (
        replace(task("cell 1 fr", batch="cell 1"), film=film) for film in ("films/rights", "films/health")
    )
    for each in (rights, health):
        listener(PlanStarted(tasks=(each, task("other")), up_to_date=1, film=each.film))
        listener(TaskStarted(task=each))
    listener(TaskFinished(task=health, ran=True))
    listener(Told(text="films/health: published"))
    listener(TaskFinished(task=rights, ran=True))
    assert stream.getvalue().splitlines() == [
        "films/rights: 2 steps to do, 1 done already",
        "films/health: 2 steps to do, 1 done already",
        "[1/4] films/health: cell 1 fr",
        "films/health: published",
        "[2/4] films/rights: cell 1 fr",
    ]


def test_quiet_says_nothing_but_what_came_of_films() -> None:
    stream = io.StringIO()
    with show_progress(stream, quiet=True) as listener:
        listener(PlanStarted(tasks=(), up_to_date=0))
        assert stream.getvalue() == ""
        listener(Told(text="films/rights: published"))
    assert stream.getvalue() == "films/rights: published\n"


def test_a_terminal_sees_how_much_of_the_whole_is_done() -> None:
    from rich.console import Console  # noqa: PLC0415 - only here
    from rich.progress import Progress  # noqa: PLC0415 - as above

    progress = Progress(console=Console(file=io.StringIO()))
    listener = LiveListener(progress)
    first, second = task("first"), task("second")
    listener(PlanStarted(tasks=(first, second), up_to_date=0))
    for each in (first, second):
        listener(TaskStarted(task=each))
    listener(TaskProgressed(task=first, share=0.5))
    (bar,) = (each for each in progress.tasks if each.description == "all")
    assert bar.completed == 0.25
    listener(TaskFinished(task=second, ran=True))
    listener(TaskFinished(task=first, ran=True))
    assert bar.completed == 1
    assert [each.description for each in progress.tasks] == ["all"]
