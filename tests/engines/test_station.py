from __future__ import annotations

from pathlib import Path

from babelreel.engines.cluster_worker import Station
from babelreel.engines.handshake import own_facts
from babelreel.engines.travelling import Answer, Order, pack, unpack_answer
from babelreel.graph.actions import Keep
from babelreel.graph.key import key_of
from babelreel.graph.plan import task_document
from babelreel.graph.shared.layout import blob_path
from babelreel.graph.shared.opening import open_shared
from babelreel.graph.store import Entry
from babelreel.graph.task import Literal, Program, Task
from support.shared_stores import Machine

TEXT = Task(
    name="text",
    kind="test",
    action=Keep(),
    inputs=(Literal(name="out", content=b"116 000"),),
    outputs=("out",),
    weight=1,
)
KEY = key_of(task_document(TEXT, {}))


def station(machine: Machine, address: str) -> Station:
    ffmpeg = Program(name="ffmpeg", version="9", digest="0" * 64)
    facts = own_facts(
        machine="birch",
        store=address,
        store_id=machine.store.identity,
        slots=1,
        memory_bytes=1_000_000,
        ffmpeg=ffmpeg,
    )
    return Station(machine.store, facts, {})


def answer(worker: Station) -> Answer:
    return unpack_answer(worker.do("order", pack(Order(tasks=(TEXT,), keys=(KEY,), entries={}))))


def test_a_worker_that_did_not_see_the_loss_makes_a_lost_result_again(tmp_path: Path) -> None:
    address = str(tmp_path / "share")
    alder, birch = Machine(address, tmp_path / "alder"), Machine(address, tmp_path / "birch")
    (entry,) = answer(station(alder, address)).results
    assert isinstance(entry, Entry)
    assert birch.store.find([KEY]) == {KEY: entry}  # birch knows the entry, and has none of its bytes
    open_shared(address).delete([blob_path(entry.digests["out"])])
    assert answer(station(birch, address)).results == (entry,)
    third = Machine(address, tmp_path / "third")
    assert third.store.read(entry.digests["out"]) == b"116 000"


def test_what_is_there_is_not_made_again(tmp_path: Path) -> None:
    address = str(tmp_path / "share")
    first = answer(station(Machine(address, tmp_path / "alder"), address))
    path = next((tmp_path / "share/blobs").glob("??/*"))
    before = path.stat().st_mtime_ns
    assert answer(station(Machine(address, tmp_path / "birch"), address)) == first
    assert path.stat().st_mtime_ns == before
