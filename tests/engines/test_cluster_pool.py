"""What does a cluster's pool do when workers, uploads and answers come and go in an unlucky order?

The scheduler is a list of notes here; films, stores and the loop are real.
"""

from __future__ import annotations

import hashlib
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from babelreel.engines.cluster import Link
from babelreel.engines.cluster_notes import Answered, Came, Gone, Sent
from babelreel.engines.cluster_pool import DaskPool
from babelreel.engines.handshake import Facts, own_facts
from babelreel.engines.pool import Ended, Job
from babelreel.engines.run import run_plan
from babelreel.engines.threads import thread_pool
from babelreel.engines.travelling import Answer, Order, pack, unpack_order
from babelreel.errors import BabelreelError, MachineError, NoSpaceError
from babelreel.graph.actions import Keep
from babelreel.graph.event import Event, PoolEvent, WorkerLost, WorkerRefused, WorkPlacedAgain
from babelreel.graph.folder_store import FolderStore
from babelreel.graph.key import key_of
from babelreel.graph.plan import for_film, make_plan, task_document
from babelreel.graph.store import Entry
from babelreel.graph.task import Literal, Program, SourceFile, Task
from babelreel.model.cluster import Cluster
from support.clusters import wait_until

FULL = NoSpaceError(what="The disk is full.")
#: An upload that nobody ends ends by itself, so that who waits for it does not hang.
STUCK_S = 20.0


class Wire(Link):
    """A scheduler without a network: what is sent is noted, and a test says what happens."""

    def __init__(self, wait_s: int) -> None:
        super().__init__(Cluster(scheduler="tcp://127.0.0.1:1", wait_s=wait_s))
        self.is_there = True
        self.tries = self.looks = 0
        self.present: dict[str, Facts | None] = {}
        self.sent: list[tuple[str, str, Order]] = []
        """What was sent: its key, to whom, and what."""
        self._is_up = False

    @property
    def is_connected(self) -> bool:
        return self._is_up

    def connect(self) -> bool:
        self.tries += 1
        self._is_up = self.is_there
        self.note(Came())
        return self._is_up

    def close(self) -> None:
        self._is_up = False

    def workers(self) -> dict[str, Facts | None]:
        self.looks += 1
        return dict(self.present)

    def order(self, key: str, address: str, content: bytes) -> None:
        if self.is_open(key):
            self.sent.append((key, address, unpack_order(content)))
            self.note(Sent(key=key))

    def goes(self) -> list[tuple[str, str]]:
        """Give the film and the worker of each order that was sent."""
        return [(order.tasks[0].film, address) for _, address, order in self.sent]

    def come(self, *addresses: str, slots: int = 1, machine: str = "") -> None:
        for address in addresses:
            self.present[address] = facts(machine or address, slots)
        self.note(Came())

    def die(self, address: str, *, is_expected: bool = False) -> None:
        del self.present[address]
        self.note(Gone(address=address, is_expected=is_expected))

    def answer(self, place: int, error: BabelreelError | None = None) -> None:
        """Answer an order: with results, or with an error of its worker."""
        key, _, order = self.sent[place]
        results = tuple(Entry(key=each, artifacts=()) for each in order.keys)
        self.note(Answered(key=key, content=pack(Answer(fault=error) if error else Answer(results=results))))


def facts(machine: str, slots: int) -> Facts:
    ffmpeg = Program(name="ffmpeg", version="9", digest="0" * 64)
    return own_facts(machine=machine, store="", store_id="", slots=slots, memory_bytes=1_000, ffmpeg=ffmpeg)


class SlowStore(FolderStore):
    """A store to which a film takes long to be given: until it is let."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self.begun, self.may_end = threading.Event(), threading.Event()
        self.taken = 0

    def take_in(self, path: Path, digest: str) -> None:  # noqa: ARG002 -- what it is does not matter
        self.begun.set()
        self.may_end.wait(STUCK_S)
        self.taken += 1


@dataclass
class House:
    """A pool with its scheduler, and what it told."""

    wire: Wire
    pool: DaskPool
    events: list[Ended | PoolEvent] = field(default_factory=list)

    def turn(self) -> None:
        self.events += self.pool.next_events(0)

    def until(self, condition: Callable[[], bool], what: str) -> None:
        def is_so() -> bool:
            self.turn()
            return condition()

        wait_until(is_so, what, seconds=60)

    def begin(self, *jobs: Job) -> None:
        """Have jobs done by whoever offers it first."""
        for each in jobs:
            self.until(lambda: any(offer.worker for offer in self.pool.offers()), "a worker is free")
            self.pool.start(each, next(offer for offer in self.pool.offers() if offer.worker))

    def sent(self, count: int) -> None:
        self.until(lambda: len(self.wire.sent) >= count, f"{count} orders are sent")
        self.turn()  # what is sent is noted

    def ended(self) -> list[Ended]:
        return [each for each in self.events if isinstance(each, Ended)]


@contextmanager
def house(*, wait_s: int = 60) -> Iterator[House]:
    wire = Wire(wait_s)
    with thread_pool(jobs=1) as own:
        pool = DaskPool(wire, own, Cluster(scheduler="", wait_s=wait_s), store_address="")
        try:
            yield House(wire, pool)
        finally:
            pool.close()


@pytest.fixture
def film(tmp_path: Path) -> SourceFile:
    path = tmp_path / "master.mp4"
    path.write_bytes(b"film")
    return SourceFile(name="in", path=path, digest=hashlib.sha256(b"film").hexdigest())


def job(name: str, *inputs: SourceFile, film: str = "rights") -> Job:
    text = Literal(name="out", content=name.encode())
    task = Task(name=name, kind="test", action=Keep(), inputs=(*inputs, text), outputs=("out",), weight=1, film=film)
    return Job(tasks=(task,), keys=(key_of(task_document(task, {})),), entries={})


def test_an_upload_holds_up_no_stop(tmp_path: Path, film: SourceFile) -> None:
    store = SlowStore(tmp_path / "store")
    with house() as made:
        made.pool.equip("rights", store)
        made.wire.come("alder")
        made.begin(job("fr", film))
        assert store.begun.wait(60)
        made.pool.cancel()
        made.turn()
        assert [type(each.fault).__name__ for each in made.ended()] == ["StoppedError"]
    assert store.taken == 0, "the block was left while the upload was under way"
    store.may_end.set()
    wait_until(lambda: store.taken == 1, "the upload is done")
    assert made.wire.sent == [], "nobody wants it any more"


def test_what_waits_for_an_upload_gives_up_with_it(tmp_path: Path, film: SourceFile) -> None:
    store = SlowStore(tmp_path / "store")
    with house() as made:
        made.pool.equip("rights", store)
        made.wire.come("alder", slots=9)
        made.begin(*(job(str(number), film) for number in range(9)))
        assert store.begun.wait(60)
    store.may_end.set()
    wait_until(lambda: not [each for each in threading.enumerate() if each.name == "send rights"], "all have ended")
    assert (store.taken, made.wire.sent) == (1, [])


def test_the_upload_of_one_film_keeps_no_other_film_waiting(tmp_path: Path, film: SourceFile) -> None:
    store = SlowStore(tmp_path / "store")
    with house() as made:
        made.pool.equip("rights", store)
        made.pool.equip("health", FolderStore(tmp_path / "health"))
        made.wire.come("alder", slots=9)
        made.begin(*(job(str(number), film) for number in range(8)), job("fr", film="health"))
        made.sent(1)
        assert made.wire.goes() == [("health", "alder")]
        store.may_end.set()
        made.sent(9)
    assert made.wire.goes()[1:] == [("rights", "alder")] * 8


def test_what_is_still_being_uploaded_ended_no_worker(tmp_path: Path, film: SourceFile) -> None:
    store = SlowStore(tmp_path / "store")
    with house() as made:
        made.pool.equip("rights", store)
        made.wire.come("w0")
        made.begin(job("fr", film))
        for number in range(4):
            made.wire.die(f"w{number}")
            made.wire.come(f"w{number + 1}")
            made.until(lambda: bool(made.events) and isinstance(made.events[-1], WorkPlacedAgain), "it goes elsewhere")
            made.events.clear()
        store.may_end.set()
        made.sent(1)
        made.wire.answer(0)
        made.until(lambda: bool(made.ended()), "it is done")
    assert made.wire.goes() == [("rights", "w4")], "what was meant for those who died is not sent"
    assert isinstance(made.ended()[0].results[0], Entry)


def test_what_was_sent_to_three_workers_that_died_has_failed(tmp_path: Path) -> None:
    with house() as made:
        made.pool.equip("rights", FolderStore(tmp_path))
        made.wire.come("w0")
        made.begin(job("deadly"))
        for number in range(3):
            made.sent(number + 1)
            made.wire.die(f"w{number}")
            made.wire.come(f"w{number + 1}")
        made.until(lambda: bool(made.ended()), "it has failed")
    assert "ended 3 workers" in str(made.ended()[0].results[0])


def test_an_answer_that_comes_after_its_worker_was_lost_does_no_harm(tmp_path: Path) -> None:
    with house() as made:
        made.pool.equip("rights", FolderStore(tmp_path))
        made.wire.come("alder")
        made.begin(job("fr"))
        made.sent(1)
        made.wire.die("alder")
        made.wire.answer(0)
        made.wire.come("birch")
        made.sent(2)
        assert made.ended() == []
        made.wire.answer(0)
        made.wire.answer(1)
        made.until(lambda: bool(made.ended()), "it is done")
        made.wire.answer(1)
        made.turn()
    assert made.wire.goes() == [("rights", "alder"), ("rights", "birch")]
    assert len(made.ended()) == 1


def test_a_worker_that_comes_back_at_its_address_gets_the_work_once(tmp_path: Path) -> None:
    with house() as made:
        made.pool.equip("rights", FolderStore(tmp_path))
        made.wire.come("alder")
        made.begin(job("fr"))
        made.sent(1)
        first = made.wire.sent[0][0]
        made.wire.die("alder", is_expected=True)
        made.wire.come("alder")
        made.sent(2)
        assert not made.wire.is_open(first), "Dask would give it to the one that has come"
        assert made.wire.is_open(made.wire.sent[1][0])


def test_two_workers_of_one_name_are_told_apart_also_when_one_is_set_aside(tmp_path: Path) -> None:
    with house() as made:
        made.pool.equip("rights", FolderStore(tmp_path))
        made.wire.come("alder:1", "alder:2", machine="alder")
        made.begin(job("fr"), job("ar"))
        made.sent(2)
        made.wire.answer(0, FULL)
        made.until(lambda: any(isinstance(each, WorkerRefused) for each in made.events), "it is set aside")
        aside = made.wire.sent[0][1]
        made.wire.die(aside)
        made.wire.come("alder:3", machine="alder")
        made.sent(3)
        lost = [each for each in made.events if isinstance(each, WorkerLost)]
        refused = [each for each in made.events if isinstance(each, WorkerRefused)]
    assert [each.address for each in refused] == [each.address for each in lost] == [aside]
    assert made.wire.goes()[2] == ("rights", "alder:3")


def test_a_worker_that_was_set_aside_is_waited_for_while_it_works(tmp_path: Path) -> None:
    with house(wait_s=0) as made:
        made.wire.come("alder", slots=2)
        made.pool.equip("rights", FolderStore(tmp_path))
        made.begin(job("fr"), job("ar"))
        made.sent(2)
        made.wire.answer(0, FULL)
        made.until(lambda: any(isinstance(each, WorkerRefused) for each in made.events), "it is set aside")
        for _ in range(5):
            made.turn()
        made.wire.answer(1)
        with pytest.raises(MachineError, match="No worker has taken part") as caught:
            made.until(lambda: False, "it is alone")
    assert [each.job.tasks[0].name for each in made.ended()] == [made.wire.sent[1][2].tasks[0].name]
    assert "alder: The disk is full." in caught.value.why


def test_a_bug_in_what_is_sent_ends_the_run_and_is_no_fault_of_a_worker(tmp_path: Path) -> None:
    with house() as made:
        made.pool.equip("rights", FolderStore(tmp_path), digest=lambda path: str(path / 1))  # type: ignore[operator]
        made.wire.come("alder")
        source = SourceFile(name="in", path=tmp_path, digest="0" * 64)
        made.begin(job("fr", source))
        made.until(lambda: bool(made.ended()), "it is told")
    assert isinstance(made.ended()[0].fault, TypeError)
    assert not any(isinstance(each, WorkerRefused) for each in made.events)


@pytest.mark.parametrize("is_done", [True, False])
def test_a_scheduler_is_asked_only_when_there_is_something_to_do(tmp_path: Path, *, is_done: bool) -> None:
    store = FolderStore(tmp_path)
    tasks = [replace(job("fr").tasks[0], film="", weight=0)]
    events: list[Event] = []
    with house() as made:
        made.pool.equip("rights", store)
        for _ in range(1 + is_done):
            tried = made.wire.tries
            plan = for_film(make_plan(tasks, store), "rights")
            run_plan(plan, store, made.pool, listener=events.append)
    assert made.wire.tries - tried == (0 if is_done else 1)


def test_a_scheduler_that_does_not_come_is_waited_for_no_longer_than_is_said(tmp_path: Path) -> None:
    begun = time.monotonic()
    with house(wait_s=1) as made:
        made.wire.is_there = False
        made.pool.equip("rights", FolderStore(tmp_path))
        with pytest.raises(MachineError, match="The scheduler did not answer for 1 seconds"):
            made.until(lambda: False, "it comes")
    assert time.monotonic() - begun >= 1
    assert made.wire.tries > 1


def test_workers_that_come_together_are_looked_at_once_and_those_that_come_late_get_what_is_left(
    tmp_path: Path,
) -> None:
    with house() as made:
        made.pool.equip("rights", FolderStore(tmp_path))
        made.turn()
        looks = made.wire.looks
        made.wire.come("alder")
        made.wire.come("birch")
        made.wire.die("birch")
        made.until(lambda: len(made.pool.offers()) > 1, "alder is there")
        assert made.wire.looks == looks + 1
        made.begin(job("fr"))
        made.wire.come("cedar")
        made.begin(job("ar"))
        made.sent(2)
    assert made.wire.goes() == [("rights", "alder"), ("rights", "cedar")]


def test_a_worker_with_a_full_disk_is_told_once_though_it_fails_twice(tmp_path: Path) -> None:
    with house() as made:
        made.pool.equip("rights", FolderStore(tmp_path))
        made.wire.come("alder", slots=2)
        made.begin(job("fr"), job("ar"))
        made.sent(2)
        made.wire.answer(0, FULL)
        made.wire.answer(1, FULL)
        made.wire.come("birch", slots=2)
        made.sent(4)
    assert len([each for each in made.events if isinstance(each, WorkerRefused)]) == 1
    assert made.wire.goes()[2:] == [("rights", "birch")] * 2
