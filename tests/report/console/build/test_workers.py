from __future__ import annotations

from babelreel.graph.actions import Keep
from babelreel.graph.event import ClusterState, WorkerJoined, WorkerLost, WorkerRefused, WorkPlacedAgain
from babelreel.graph.task import Task
from babelreel.report.console.build.workers import ClusterLine, render_worker


def task(name: str, batch: str = "") -> Task:
    return Task(name=name, kind="test", action=Keep(), inputs=(), outputs=(), batch=batch)


def test_each_thing_that_becomes_of_a_worker_is_one_line_and_nothing_in_it_steers_the_terminal() -> None:
    told = [
        render_worker(event)
        for event in (
            WorkerJoined(worker="birch\x1b[2J", slots=1),
            WorkerLost(worker="birch", requeued=2),
            WorkerLost(worker="birch", requeued=0),
            WorkPlacedAgain(worker="alder", tasks=(task("a fr", "cell 3"), task("a nl", "cell 3"))),
            WorkerRefused(worker="oak", why="it has ffmpeg 7.1 (a1b2)"),
        )
    ]
    assert told == [
        "worker birch\\x1b[2J takes part, with 1 slot",
        "worker birch was lost; 2 batches will go elsewhere",
        "worker birch was lost",
        "cell 3: 2 steps placed again, on worker alder",
        "worker oak does not take part: it has ffmpeg 7.1 (a1b2)",
    ]


def test_the_store_s_rate_is_that_of_the_last_seconds() -> None:
    line = ClusterLine()
    assert line.render(1, 9, "about 4 min left") == "about 4 min left"
    for second in range(100):
        stored = 0 if second < 50 else (second - 50) * 38_000_000
        line.take(ClusterState(workers=3, slots=10, busy=9, stored_bytes=stored), float(second))
    assert line.render(412, 791, "about 4 min left") == (
        "3 workers, 9 of 10 slots busy | 412/791 | store 38 MB/s | about 4 min left"
    )
