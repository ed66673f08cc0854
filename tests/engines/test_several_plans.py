from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import pytest

from babelreel.engines.outcome import Outcome
from babelreel.engines.run import Loop
from babelreel.engines.threads import ThreadPool, thread_pool
from babelreel.errors import NoSpaceError, StoppedError, ToolError
from babelreel.graph.event import Event, PlanStarted, TaskFinished
from babelreel.graph.folder_store import FolderStore
from babelreel.graph.plan import for_film, make_plan
from babelreel.graph.store import Store
from babelreel.graph.task import Json, Literal, Task, Workspace
from support.shared_stores import Machine


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """Copies its text, after it has called a function of the test."""

    before: Callable[[], object] = lambda: None

    def document(self) -> Mapping[str, Json]:
        return {"copy": 1}

    def perform(self, workspace: Workspace) -> None:
        self.before()
        (workspace.folder / "out").write_bytes((workspace.folder / "text").read_bytes())


def task(name: str, text: str, before: Callable[[], object] = lambda: None, weight: int = 0) -> Task:
    text_file = Literal(name="text", content=text.encode())
    return Task(
        name=name, kind="test", action=Copy(before=before), inputs=(text_file,), outputs=("out",), weight=weight
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Films:
    """Hands plans of films to one loop."""

    loop: Loop
    pool: ThreadPool
    stop: threading.Event
    events: list[Event] = field(default_factory=list)

    def begin(self, film: str, store: Store, *tasks: Task) -> Future[Outcome]:
        self.pool.equip(film, store)
        return self.loop.add(for_film(make_plan(tasks, store), film), store)

    def performed(self) -> list[tuple[str, str]]:
        return [(each.task.film, each.task.name) for each in self.events if isinstance(each, TaskFinished) and each.ran]


@contextmanager
def films(*, jobs: int = 1, keep_going: bool = True) -> Iterator[Films]:
    events: list[Event] = []
    stop = threading.Event()
    with thread_pool(jobs=jobs, stop=stop) as pool:
        loop = Loop(pool, events.append, stop, keep_going=keep_going)
        yield Films(loop=loop, pool=pool, stop=stop, events=events)


@pytest.fixture
def one(tmp_path: Path) -> FolderStore:
    return FolderStore(tmp_path / "one")


@pytest.fixture
def two(tmp_path: Path) -> FolderStore:
    return FolderStore(tmp_path / "two")


def wait(event: threading.Event) -> None:
    assert event.wait(60)


def test_the_film_that_came_first_goes_first_and_is_done_while_another_still_runs(
    one: FolderStore, two: FolderStore
) -> None:
    first_is_done = threading.Event()
    with films(jobs=2) as run:
        first = run.begin("one", one, task("light", "a"), task("heavy", "b", weight=2))
        first.add_done_callback(lambda _: first_is_done.set())
        second = run.begin("two", two, task("light", "a", lambda: wait(first_is_done), weight=9))
        run.loop.close()
        run.loop.work()
    assert (first.result().ran, second.result().ran) == (2, 1)
    assert sorted(run.performed()[:2]) == [("one", "heavy"), ("one", "light")]
    assert run.performed()[2:] == [("two", "light")]
    assert [each.film for each in run.events if isinstance(each, PlanStarted)] == ["one", "two"]


def test_each_film_has_its_own_store_and_names_of_its_own(one: FolderStore, two: FolderStore) -> None:
    with films() as run:
        outcomes = [run.begin(name, store, task("picture", "same")) for name, store in (("one", one), ("two", two))]
        run.loop.close()
        run.loop.work()
    keys = {outcome.result().entries["picture"].key for outcome in outcomes}
    assert len(keys) == 1
    assert all(store.find(keys) for store in (one, two))
    assert one.last_keys() == two.last_keys() == {"picture": next(iter(keys))}


def test_what_two_films_share_is_made_once_where_their_stores_share_an_address(tmp_path: Path) -> None:
    share = tmp_path / "share"
    one, two = (Machine(str(share), tmp_path / name).store for name in ("one", "two"))
    with films(jobs=2) as run:
        slow = partial(threading.Event().wait, 1)  # the other film's begins in that time, if it does
        outcomes = [
            run.begin(name, store, task("picture", "same", slow, weight=1))
            for name, store in (("one", one), ("two", two))
        ]
        run.loop.close()
        run.loop.work()
    first, second = (outcome.result() for outcome in outcomes)
    assert run.performed() == [("one", "picture")]
    assert first.entries == second.entries
    assert two.fetch(second.entries["picture"].digests["out"]).read_bytes() == b"same"


def test_what_two_films_share_is_made_once_where_they_have_one_store(one: FolderStore) -> None:
    both_came = threading.Event()
    with films(jobs=2) as run:
        outcomes = [run.begin(film, one, task("logo", "same", lambda: wait(both_came))) for film in ("one", "two")]
        run.loop.close()
        threading.Timer(0.3, both_came.set).start()
        run.loop.work()
    assert sorted((each.result().ran, each.result().cut_off) for each in outcomes) == [(0, 1), (1, 0)]
    assert len(run.performed()) == 1


def fail() -> None:
    raise ToolError(what="no such picture")


def test_a_film_that_fails_does_not_stop_the_others(one: FolderStore, two: FolderStore) -> None:
    with films() as run:
        bad = run.begin("one", one, task("bad", "a", fail))
        good = run.begin("two", two, task("good", "a"))
        run.loop.close()
        run.loop.work()
    assert set(bad.result().failures) == {"bad"}
    assert good.result().ran == 1


def test_with_the_first_failure_all_films_stop_where_that_is_wanted(one: FolderStore, two: FolderStore) -> None:
    with films(keep_going=False) as run:
        bad = run.begin("one", one, task("bad", "a", fail, weight=1), task("never", "b"))
        other = run.begin("two", two, task("never", "a"))
        run.loop.close()
        run.loop.work()
    assert set(bad.result().failures) == {"bad", "never"}
    with pytest.raises(StoppedError, match="0 of 1"):
        other.result()


def test_a_plan_may_come_while_others_are_done(one: FolderStore, two: FolderStore) -> None:
    begun = threading.Event()
    with films() as run:
        first = run.begin("one", one, task("a", "a", begun.set), task("b", "b"))

        def hand_over_more() -> None:
            wait(begun)
            run.begin("two", two, task("c", "c")).result()
            run.begin("two", two, task("c", "c"), task("d", "d")).result()
            run.loop.close()

        thread = threading.Thread(target=hand_over_more)
        thread.start()
        run.loop.work()
        thread.join()
    assert first.result().ran == 2
    assert [name for film, name in run.performed() if film == "two"] == ["c", "d"]


def test_a_stop_reaches_all_films_and_those_that_come_later(one: FolderStore, two: FolderStore) -> None:
    with films() as run:
        first = run.begin("one", one, task("a", "a", run.stop.set, weight=1), task("b", "b"))
        second = run.begin("two", two, task("c", "c"))
        run.loop.close()
        run.loop.work()
        with pytest.raises(StoppedError, match="1 of 2"):
            first.result()
        with pytest.raises(StoppedError, match="0 of 1"):
            second.result()
        with pytest.raises(StoppedError):
            run.begin("late", two, task("d", "d"))


def test_a_full_disk_ends_the_run_of_all_films(one: FolderStore, two: FolderStore) -> None:
    def fill() -> None:
        raise NoSpaceError(what="the disk is full")

    with films() as run:
        outcomes = [run.begin("one", one, task("a", "a", fill)), run.begin("two", two, task("b", "b"))]
        run.loop.close()
        with pytest.raises(NoSpaceError):
            run.loop.work()
    assert all(isinstance(each.exception(0), NoSpaceError) for each in outcomes)
