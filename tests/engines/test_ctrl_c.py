"""Does a run end by Ctrl-C, whenever that comes?"""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from babelreel.engines.pool import Ended, Job, Offer
from babelreel.engines.run import run_plan
from babelreel.engines.threads import ThreadPool, thread_pool
from babelreel.errors import StoppedError
from babelreel.graph.actions import Keep
from babelreel.graph.event import Event, PoolEvent, TaskFinished
from babelreel.graph.folder_store import FolderStore
from babelreel.graph.plan import make_plan
from babelreel.graph.task import Literal, Task

#: A run that has lost what ended waits for it for ever.
_MOST_WAITS = 50


@pytest.fixture(autouse=True)
def heard() -> Iterator[None]:
    """Hear Ctrl-C as a program in the foreground does: one that a shell began in the background ignores it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def press() -> None:
    signal.raise_signal(signal.SIGINT)


class Noticing:
    """A pool of threads at which something happens at a named moment, and never again."""

    def __init__(self, pool: ThreadPool, moment: str, happen: Callable[[], None]) -> None:
        self._pool, self._moment, self._happen = pool, moment, happen
        self._waits = 0

    def _reach(self, moment: str) -> None:
        if moment == self._moment:
            self._moment = ""
            self._happen()

    def offers(self) -> Sequence[Offer]:
        self._reach("offers")
        return self._pool.offers()

    def start(self, job: Job, offer: Offer) -> None:
        self._pool.start(job, offer)
        self._reach("started")

    def next_events(self, timeout_s: float) -> Sequence[Ended | PoolEvent]:
        self._waits += 1
        assert self._waits < _MOST_WAITS, "it waits for what has ended"
        events = self._pool.next_events(timeout_s)
        if events:
            self._reach("ended")
        return events

    def cancel(self) -> None:
        self._pool.cancel()
        self._reach("cancelled")


def task(number: int) -> Task:
    text = Literal(name="out", content=str(number).encode())
    return Task(name=f"go {number}", kind="test", action=Keep(), inputs=(text,), outputs=("out",))


@contextmanager
def pool(moment: str, happen: Callable[[], None], store: FolderStore) -> Iterator[Noticing]:
    with thread_pool(jobs=1) as threads:
        threads.equip("", store)
        yield Noticing(threads, moment, happen)


@pytest.mark.parametrize("moment", ["offers", "started", "ended"])
def test_ctrl_c_ends_the_run_at_whatever_moment_it_comes(tmp_path: Path, moment: str) -> None:
    store = FolderStore(tmp_path)
    plan = make_plan([task(number) for number in range(5)], store)
    with pool(moment, press, store) as noticing, pytest.raises(StoppedError, match=r"Stopped: [01] of 5 steps"):
        run_plan(plan, store, noticing, listener=lambda _: None)
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_ctrl_c_while_a_result_is_told_keeps_that_result(tmp_path: Path) -> None:
    store = FolderStore(tmp_path)
    plan = make_plan([task(number) for number in range(5)], store)

    def listen(event: Event) -> None:
        if isinstance(event, TaskFinished):
            press()

    with pool("", press, store) as noticing, pytest.raises(StoppedError, match="1 of 5"):
        run_plan(plan, store, noticing, listener=listen)


def test_a_second_ctrl_c_does_not_wait(tmp_path: Path) -> None:
    store = FolderStore(tmp_path)
    plan = make_plan([task(0)], store)

    def press_twice() -> None:
        press()
        press()

    with pool("started", press_twice, store) as noticing, pytest.raises(KeyboardInterrupt):
        run_plan(plan, store, noticing, listener=lambda _: None)
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_where_ctrl_c_is_ignored_it_stays_so(tmp_path: Path) -> None:
    store = FolderStore(tmp_path)
    plan = make_plan([task(number) for number in range(3)], store)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with pool("started", press, store) as noticing:
        assert run_plan(plan, store, noticing, listener=lambda _: None).ran == 3
