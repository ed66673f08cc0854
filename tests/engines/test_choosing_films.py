from __future__ import annotations

import threading
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from babelreel.engines.pool import Ended, Job, Offer
from babelreel.engines.run import Loop
from babelreel.graph.actions import Keep
from babelreel.graph.event import WorkerLost
from babelreel.graph.folder_store import FolderStore
from babelreel.graph.plan import for_film, make_plan
from babelreel.graph.store import Artifact, Entry
from babelreel.graph.task import Literal, Task


class Distant:
    """Workers with one slot each, of which the one that began first ends first; notes who works for which film."""

    def __init__(self, count: int) -> None:
        self.free = {f"worker {number}": frozenset[str]() for number in range(count)}
        self.busy: list[tuple[Job, str, frozenset[str]]] = []
        self.begun: list[tuple[str, str]] = []

    def offers(self) -> Sequence[Offer]:
        return [
            Offer(worker=name, room_bytes=None, share_bytes=1, is_cheap=False, films=films)
            for name, films in self.free.items()
        ]

    def start(self, job: Job, offer: Offer) -> None:
        self.begun.append((offer.worker, job.film))
        self.busy.append((job, offer.worker, self.free.pop(offer.worker) | {job.film}))

    def next_events(self, timeout_s: float) -> Sequence[Ended | WorkerLost]:  # noqa: ARG002 -- nothing is waited for
        job, worker, films = self.busy.pop(0)
        self.free[worker] = films
        artifact = Artifact(name="out", digest="0" * 64, size=1)
        return [Ended(job=job, results=tuple(Entry(key=key, artifacts=(artifact,)) for key in job.keys))]

    def cancel(self) -> None:
        raise AssertionError


class Leaving(Distant):
    """Its workers leave at once, and one comes in their place; what they were doing ends all the same."""

    has_new = False

    def next_events(self, timeout_s: float) -> Sequence[Ended | WorkerLost]:
        if self.has_new:
            ended = super().next_events(timeout_s)
            self.free = {name: films for name, films in self.free.items() if name == "new"}
            return ended
        self.has_new = True
        self.free = {"new": frozenset()}
        return [WorkerLost(worker="", requeued=1, address=worker) for _, worker, _ in self.busy]


def go(film: int, number: int) -> Task:
    text = Literal(name="out", content=f"{film} {number}".encode())
    return Task(name=f"go {number}", kind="test", action=Keep(), inputs=(text,), outputs=("out",), weight=1)


def work(tmp_path: Path, pool: Distant, *goes: int) -> None:
    loop = Loop(pool, lambda _: None, threading.Event(), keep_going=True)
    for film, count in enumerate(goes):
        store = FolderStore(tmp_path / str(film))
        tasks = [go(film, number) for number in range(count)]
        loop.add(for_film(make_plan(tasks, store), str(film)), store)
    loop.close()
    loop.work()


def test_a_film_gets_the_next_worker_while_enough_waits_for_each_of_its_workers(tmp_path: Path) -> None:
    pool = Distant(4)
    work(tmp_path, pool, 12, 12)
    # 12 go on the first film, and 11 for a second worker; 10 are less than four for each of three
    assert [film for _, film in pool.begun[:4]] == ["0", "0", "1", "1"]


def test_a_worker_stays_with_a_film_that_it_has_fetched(tmp_path: Path) -> None:
    pool = Distant(4)
    work(tmp_path, pool, 12, 12, 12, 12)
    for worker in ("worker 0", "worker 1", "worker 2", "worker 3"):
        films = [film for name, film in pool.begun if name == worker]
        changes = sum(before != after for before, after in pairwise(films))
        assert changes == len(set(films)) - 1
    assert len(set(pool.begun)) <= 10  # of 16 pairs of a worker and a film


def test_a_short_film_that_came_first_does_not_wait_for_long_ones(tmp_path: Path) -> None:
    pool = Distant(4)
    work(tmp_path, pool, 1, 30, 30)
    assert pool.begun[0][1] == "0"


def test_the_last_films_get_all_workers(tmp_path: Path) -> None:
    pool = Distant(4)
    work(tmp_path, pool, 4)
    assert {worker for worker, _ in pool.begun} == {"worker 0", "worker 1", "worker 2", "worker 3"}


def test_workers_that_have_left_are_none_of_a_films_workers(tmp_path: Path) -> None:
    pool = Leaving(2)
    work(tmp_path, pool, 12, 12)
    assert pool.begun[:3] == [("worker 0", "0"), ("worker 1", "0"), ("new", "0")]
