"""What becomes of results when the store that machines share, or the way to it, fails?"""

from __future__ import annotations

import hashlib
import random
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from babelreel.errors import DamagedError, LockedError, MachineError
from babelreel.graph import bucket as buckets
from babelreel.graph.plan import Plan, make_plan
from babelreel.graph.shared import goodbye as goodbyes
from babelreel.graph.shared import lease as leases
from babelreel.graph.shared import opening, pins
from babelreel.graph.shared.layout import blob_path, key_path
from babelreel.graph.shared.lease import hold_lease
from babelreel.graph.shared.opening import open_shared
from babelreel.graph.store import Entry
from babelreel.graph.task import Json, Literal, Produced, Task, Workspace
from support.bucket_server import serve_bucket
from support.flaky_proxy import Fault, Proxy, flaky_proxy
from support.running import run_here
from support.shared_stores import Machine, MakeMachine, environment

LARGE = random.Random(1).randbytes(20 << 20)  # noqa: S311 -- film enough to go in parts


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mapping[str, str]]:
    with serve_bucket(tmp_path_factory.mktemp("weed"), makes_buckets=False) as env, environment(env):
        open_shared("s3://films/first")
        yield env


@pytest.fixture
def proxy(server: Mapping[str, str]) -> Iterator[Proxy]:
    """Stand between this process and the store."""
    port = urlsplit(server["AWS_ENDPOINT_URL"]).port
    assert port
    with flaky_proxy(port) as proxy, environment({"AWS_ENDPOINT_URL": f"http://127.0.0.1:{proxy.port}"}):
        yield proxy


@pytest.fixture
def address(request: pytest.FixtureRequest) -> str:
    return f"s3://films/{hashlib.sha256(request.node.nodeid.encode()).hexdigest()[:16]}"


@pytest.fixture
def machine(proxy: Proxy, address: str, tmp_path: Path) -> MakeMachine:  # noqa: ARG001 -- all goes through it
    return lambda name: Machine(address, tmp_path / name)


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take half a second of silence for a stall, and give a store up after three times that."""
    monkeypatch.setattr(buckets, "SILENCE", timedelta(seconds=0.5))
    monkeypatch.setattr(buckets, "PATIENCE", timedelta(seconds=1.5))
    monkeypatch.setattr(opening, "_FIRST_PATIENCE", timedelta(seconds=1.5))


def once(fault: Fault, method: str, part: str) -> Callable[[str, str], Fault]:
    """Do this to the first request of that method whose path has this part."""
    left = [fault]

    def choose(asked: str, path: str) -> Fault:
        return left.pop() if left and asked == method and part in path else Fault.NONE

    return choose


def now_and_then(seed: int, share: float, *faults: Fault) -> Callable[[str, str], Fault]:
    """Do one of these to so many requests, at random."""
    dice = random.Random(seed)  # noqa: S311 -- a test
    return lambda *_: dice.choice(faults) if dice.random() < share else Fault.NONE


@pytest.mark.parametrize("seed", range(2))
def test_two_machines_work_through_a_store_that_fails_in_one_of_four_requests(
    seed: int, machine: MakeMachine, proxy: Proxy
) -> None:
    here, there = machine("here"), machine("there")
    proxy.choose = now_and_then(seed, 0.25, Fault.BUSY, Fault.BUSY, Fault.LOST, Fault.CUT, Fault.CONFLICT)

    def work(one: Machine) -> list[Entry]:
        with one.hold():
            return [one.add(f"{each}", text=b"%d" % each, same=b"the same") for each in range(6)]

    with ThreadPoolExecutor(2) as pool:
        entries, others = pool.map(work, (here, there))
    assert entries == others
    assert (here.warnings, there.warnings) == ([], [])
    reader = machine("reader")
    found = reader.store.find([each.key for each in entries])
    assert found == {each.key: each for each in entries}
    assert [reader.store.read(each.digests["text"]) for each in entries] == [b"%d" % each for each in range(6)]
    assert all(proxy.done[each] for each in (Fault.BUSY, Fault.LOST, Fault.CUT, Fault.CONFLICT))


def test_a_film_comes_whole_through_cut_answers(machine: MakeMachine, proxy: Proxy, tmp_path: Path) -> None:
    (tmp_path / "film.mp4").write_bytes(LARGE)
    digest = hashlib.sha256(LARGE).hexdigest()
    proxy.choose = now_and_then(7, 0.4, Fault.CUT, Fault.BUSY)
    machine("here").store.take_in(tmp_path / "film.mp4", digest)
    assert machine("there").store.fetch(digest).read_bytes() == LARGE
    assert proxy.done[Fault.CUT] > 1


@pytest.mark.parametrize("part", ["/blobs/", "/keys/"])
@pytest.mark.parametrize("fault", [Fault.LOST, Fault.CONFLICT, Fault.BUSY])
def test_a_put_that_is_done_though_its_answer_says_otherwise_is_our_own(
    fault: Fault, part: str, machine: MakeMachine, proxy: Proxy
) -> None:
    """The second try is told 412 after our own success, or the first 409 though nothing is there."""
    here = machine("here")
    proxy.choose = once(fault, "PUT", part)
    entry = here.add("a", text=b"abc")
    assert proxy.done[fault] == 1
    assert here.warnings == []
    assert machine("there").find(entry) == entry
    assert machine("other").store.read(entry.digests["text"]) == b"abc"


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("method", ["PUT", "GET", "HEAD"])
def test_a_stall_is_waited_out(method: str, machine: MakeMachine, proxy: Proxy) -> None:
    here, there = machine("here"), machine("there")
    proxy.choose = once(Fault.STALLED, method, "/keys/" if method == "GET" else "/")
    entry = here.add("a", text=b"abc")
    assert here.add("a", text=b"abc") == entry
    assert there.find(entry) == entry
    assert there.store.read(entry.digests["text"]) == b"abc"
    assert proxy.done[Fault.STALLED] == 1


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("fault", [Fault.STALLED, Fault.BUSY, Fault.FORBIDDEN, Fault.CUT, Fault.LOST])
def test_a_store_that_fails_is_an_error_and_never_a_result_that_is_not_there(
    fault: Fault, machine: MakeMachine, proxy: Proxy
) -> None:
    entry = machine("here").add("a", text=b"abc")
    there = machine("there")
    proxy.choose = lambda method, path: fault  # noqa: ARG005 -- whatever it is
    begun = time.monotonic()
    asks: list[Callable[[], object]] = [
        lambda: there.find(entry),
        lambda: there.store.fetch(entry.digests["text"]),
        lambda: there.store.drop_damaged([entry]),
    ]
    for ask in asks[: 2 if fault is Fault.CUT else 3]:  # the last one only asks for heads, which cannot be cut
        with pytest.raises(MachineError) as told:
            ask()
        assert not isinstance(told.value, DamagedError)
        assert told.value.where.startswith("s3://films/")
    assert time.monotonic() - begun < 40
    if fault is Fault.FORBIDDEN:
        assert "does not let us in" in told.value.what
        assert time.monotonic() - begun < 2
    proxy.choose = lambda method, path: Fault.NONE  # noqa: ARG005 -- all is well again
    assert there.find(entry) == entry


def test_who_may_not_make_a_bucket_is_told_the_command_that_makes_it(proxy: Proxy) -> None:
    proxy.choose = lambda method, path: (
        Fault.FORBIDDEN if method == "PUT" and path.startswith("/others/?") else Fault.NONE
    )
    with pytest.raises(MachineError) as told:
        open_shared("s3://others/rights")
    assert told.value.lines() == (
        "There is no such bucket, and it cannot be made.",
        "where: s3://others/rights",
        "why: 403 Forbidden",
        "hint: Make it: aws s3 mb s3://others",
    )


def test_two_coordinators_on_one_project_are_kept_apart_by_a_store_that_loses_answers(
    proxy: Proxy, address: str, tmp_path: Path
) -> None:
    bucket = open_shared(address)
    proxy.choose = now_and_then(3, 0.3, Fault.LOST, Fault.BUSY)
    held: list[int] = []
    together = threading.Lock()

    def run(number: int) -> int:
        home = tmp_path / str(number)
        home.mkdir()
        try:
            with hold_lease(bucket, "rights", home) as lease:
                for _ in range(3):
                    lease.check()
                    assert together.acquire(blocking=False), "two hold it at once"
                    time.sleep(0.05)
                    together.release()
                held.append(number)
                return 0
        except LockedError as error:
            return error.exit_code

    with ThreadPoolExecutor(4) as pool:
        codes = list(pool.map(run, range(8)))
    assert held
    assert set(codes) <= {0, 5}


@dataclass(frozen=True, slots=True, kw_only=True)
class Shout:
    """Writes its inputs in capitals, as ``out``."""

    def document(self) -> Mapping[str, Json]:
        return {"shout": 1}

    def perform(self, workspace: Workspace) -> None:
        names = sorted(each for each in workspace.folder.rglob("*") if each.is_file())
        (workspace.folder / "out").write_bytes(b" ".join(each.read_bytes() for each in names).upper())


def tasks() -> list[Task]:
    """Give pieces, sounds made of two of them, and a film that is joined where it is published."""
    pieces = [
        Task(
            name=f"piece {number}",
            kind="piece",
            action=Shout(),
            inputs=(Literal(name="text", content=b"line %d" % number),),
            outputs=("out",),
            weight=1,
        )
        for number in range(6)
    ]
    sounds = [
        Task(
            name=f"sound {number}",
            kind="sound",
            action=Shout(),
            inputs=tuple(
                Produced(name=f"in/{each}", task=f"piece {each}", output="out") for each in (number, number + 3)
            ),
            outputs=("out",),
            weight=1,
        )
        for number in range(3)
    ]
    film = Task(
        name="film",
        kind="film",
        action=Shout(),
        inputs=tuple(Produced(name=f"in/{each}", task=f"sound {each}", output="out") for each in range(3)),
        outputs=("out",),
    )
    return [*pieces, *sounds, film]


FILM = b"LINE 0 LINE 3 LINE 1 LINE 4 LINE 2 LINE 5"


def build(one: Machine) -> tuple[bytes, int]:
    """Build as the program does: in rounds, where a damaged piece is made again; gives the film, and what ran."""
    ran = 0
    with one.hold():
        for _ in range(3):
            plan: Plan = make_plan(tasks(), one.store)
            outcome = run_here(plan, one.store, jobs=2, listener=lambda event: None)  # noqa: ARG005 -- nobody looks
            ran += outcome.ran
            damaged = [each for each in outcome.failures.values() if isinstance(each, DamagedError)]
            if not damaged:
                assert not outcome.failures
                return one.store.read(outcome.entries["film"].digests["out"]), ran
            found = {step.task.name: step.entry for step in plan.steps if step.entry}
            one.store.drop_damaged((found | dict(outcome.entries)).values())
    raise AssertionError("the repairs do not end")


def test_a_build_through_a_failing_store_gives_what_an_undisturbed_one_gives(
    machine: MakeMachine, proxy: Proxy
) -> None:
    proxy.choose = now_and_then(11, 0.2, Fault.BUSY, Fault.LOST, Fault.CUT, Fault.CONFLICT)
    assert build(machine("here")) == (FILM, 10)
    assert build(machine("there")) == (FILM, 1)  # the film alone, which is joined where it is published
    assert build(machine("there")) == (FILM, 0)


@pytest.mark.parametrize("gone", ["piece", "sound"])
def test_a_blob_that_is_deleted_behind_our_back_has_its_task_made_again(
    gone: str, machine: MakeMachine, address: str
) -> None:
    here = machine("here")
    build(here)
    plan = make_plan(tasks(), here.store)
    lost = next(step.entry for step in plan.steps if step.entry and step.task.name == f"{gone} 1")
    open_shared(address).delete([blob_path(lost.digests["out"])])
    # a piece that nobody needs any more is not missed
    assert build(machine("there")) == (FILM, 1 if gone == "piece" else 2)
    assert machine("late").store.read(lost.digests["out"]) if gone == "sound" else True


def test_an_entry_that_is_deleted_behind_our_back_has_its_task_made_again(machine: MakeMachine, address: str) -> None:
    here = machine("here")
    build(here)
    plan = make_plan(tasks(), here.store)
    lost = next(step.entry for step in plan.steps if step.entry and step.task.name == "sound 1")
    open_shared(address).delete([key_path(lost.key)])
    assert build(machine("there")) == (FILM, 2)
    assert machine("late").find(lost) == lost


def test_two_machines_that_build_at_once_give_the_same_film(machine: MakeMachine, proxy: Proxy) -> None:
    proxy.choose = now_and_then(5, 0.1, Fault.BUSY, Fault.LOST)
    with ThreadPoolExecutor(2) as pool:
        films = list(pool.map(lambda name: build(machine(name))[0], ("here", "there")))
    assert films == [FILM, FILM]


def test_a_store_that_falls_silent_ends_the_build_and_what_was_done_is_kept(
    machine: MakeMachine, proxy: Proxy, impatient: None
) -> None:
    del impatient
    here = machine("here")
    puts = [0]

    def dies(method: str, path: str) -> Fault:
        puts[0] += method == "PUT" and "/keys/" in path
        return Fault.BUSY if puts[0] > 3 else Fault.NONE

    proxy.choose = dies
    with pytest.raises(MachineError):
        build(here)
    proxy.choose = lambda method, path: Fault.NONE  # noqa: ARG005 -- all is well again
    film, ran = build(machine("there"))
    assert film == FILM
    assert ran <= 7


def test_a_goodbye_to_a_store_that_is_dead_takes_seconds(
    machine: MakeMachine, proxy: Proxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leases, "_RENEWAL_S", 0.1)
    monkeypatch.setattr(goodbyes, "GOODBYE_S", 0.5)
    monkeypatch.setattr(leases, "GOODBYE_S", 0.5)
    monkeypatch.setattr(pins, "GOODBYE_S", 0.5)
    here = machine("here")
    with here.hold():
        here.add("a", film=b"12345")
        proxy.choose = lambda method, path: Fault.STALLED  # noqa: ARG005 -- of all
        until = time.monotonic() + 60
        while not proxy.done[Fault.STALLED]:  # a renewal is under way, and waits for its answer
            assert time.monotonic() < until
            time.sleep(0.05)
        begun = time.monotonic()
    assert time.monotonic() - begun < 20  # one request that waits for its answer takes 30 s
    proxy.choose = lambda method, path: Fault.NONE  # noqa: ARG005 -- of all
    assert machine("there").find(here.add("a", film=b"12345"))
