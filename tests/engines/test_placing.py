from __future__ import annotations

from babelreel.engines.handshake import Facts
from babelreel.engines.placing import Parcel, Placing
from babelreel.engines.pool import Ended, Job
from babelreel.engines.travelling import Answer
from babelreel.errors import DamagedError, MachineError, NoSpaceError, ToolError
from babelreel.graph.actions import Keep
from babelreel.graph.store import Entry
from babelreel.graph.task import Program, Task

FULL = NoSpaceError(what="The disk is full.")


def facts(machine: str, *, slots: int = 1, memory_bytes: int = 100) -> Facts:
    return Facts(
        machine=machine,
        version="1",
        sources="",
        python="3.11",
        store="",
        slots=slots,
        memory_bytes=memory_bytes,
        ffmpeg=Program(name="ffmpeg", version="9", digest="cd"),
    )


def placing(*machines: str, slots: int = 1) -> Placing:
    made = Placing()
    for machine in machines:
        made.join(machine, facts(machine, slots=slots))
    return made


def job(*names: str, memory_bytes: int = 0, film: str = "") -> Job:
    tasks = tuple(
        Task(
            name=name,
            kind="picture",
            action=Keep(),
            inputs=(),
            outputs=(),
            weight=1,
            memory_bytes=memory_bytes,
            batch="b",
            film=film,
        )
        for name in names
    )
    return Job(tasks=tasks, keys=tuple(f"key {name}" for name in names), entries={})


def made(*names: str) -> Answer:
    return Answer(results=tuple(Entry(key=f"key {name}", artifacts=()) for name in names))


def workers(of: Placing) -> list[str]:
    return [offer.worker for offer in of.offers()]


def again(of: Placing) -> list[tuple[list[str], str]]:
    return [([task.name for task in parcel.tasks], worker) for parcel, worker in of.place_again()]


def test_a_worker_is_never_given_more_than_it_has_slots_and_room_for() -> None:
    few = Placing()
    few.join("alder", facts("alder", slots=2, memory_bytes=100))
    assert [(offer.room_bytes, offer.share_bytes) for offer in few.offers()] == [(None, 50)]
    few.place(job("a", memory_bytes=70), "alder")
    assert [offer.room_bytes for offer in few.offers()] == [30]
    few.place(job("b", memory_bytes=30), "alder")
    assert few.offers() == []


def test_the_least_busy_worker_is_asked_first_and_tells_which_films_it_holds() -> None:
    both = placing("alder", "birch", slots=2)
    both.place(job("a", film="rights"), "alder")
    assert workers(both) == ["birch", "alder"]
    assert [offer.films for offer in both.offers()] == [frozenset(), {"rights"}]


def test_workers_on_one_machine_have_names_of_their_own() -> None:
    two = Placing()
    two.join("tcp://h:1", facts("birch"))
    two.join("tcp://h:2", facts("birch"))
    assert [two.name(address) for address in two] == ["birch", "birch-2"]


def test_what_a_dead_worker_was_doing_is_done_elsewhere_and_ends_as_one_job() -> None:
    both = placing("alder", "birch")
    batch = job("fr", "ar")
    both.place(batch, "alder")
    assert both.lose("alder", is_blamed=True) == (2, ())
    ((first, address),) = both.place_again()
    assert ([task.name for task in first.tasks], address) == (["fr"], "birch")
    assert both.answer(first, "birch", made("fr")) == (None, None)
    ((second, _),) = both.place_again()
    ended, _ = both.answer(second, "birch", made("ar"))
    assert ended == Ended(job=batch, results=(*made("fr").results, *made("ar").results))


def test_a_worker_that_says_goodbye_is_held_against_nobody() -> None:
    both = placing("alder", "birch")
    for _ in range(5):
        both = placing("alder", "birch")
        both.place(job("fr", "ar"), "alder")
        assert both.lose("alder", is_blamed=False) == (1, ())
        assert again(both) == [(["fr", "ar"], "birch")]


def test_a_step_that_ended_three_workers_fails_and_the_others_of_its_batch_do_not() -> None:
    """Fr ends whoever does it; ar is twice on the same worker by bad luck."""
    four = placing("a", "b", "c", "d", slots=2)
    batch = job("fr", "ar")
    four.place(batch, "a")
    four.lose("a", is_blamed=True)
    parcels = {parcel.tasks[0].name: (parcel, worker) for parcel, worker in four.place_again()}
    assert {worker for _, worker in parcels.values()} == {"b", "c"}
    ended, _ = four.answer(*parcels["ar"], made("ar"))
    assert ended is None
    assert four.lose(parcels["fr"][1], is_blamed=True) == (1, ())
    ((last, worker),) = four.place_again()
    assert worker not in workers(four), "it is alone there, or another would be blamed as well"
    requeued, (end,) = four.lose(worker, is_blamed=True)
    assert requeued == 0
    assert isinstance(end.results[0], ToolError)
    assert end.results[0].where == "fr"
    assert end.results[1] == made("ar").results[0]
    assert last.is_suspect


def test_what_must_be_alone_waits_for_an_idle_worker_which_is_kept_for_it() -> None:
    three = placing("a", "b", "c", slots=2)
    three.place(job("fr"), "a")
    other = three.place(job("x"), "c")
    three.lose("a", is_blamed=True)
    assert again(three) == [(["fr"], "b")]
    three.lose("b", is_blamed=True)
    assert again(three) == [], "c is at work"
    assert three.offers() == [], "its free slot is not given away"
    three.answer(other, "c", made("x"))
    assert again(three) == [(["fr"], "c")]
    assert three.offers() == [], "nothing is put beside it"


def test_a_full_disk_sets_its_worker_aside_and_another_does_the_work() -> None:
    both = placing("alder", "birch")
    parcel = both.place(job("fr"), "alder")
    ended, reason = both.answer(parcel, "alder", Answer(fault=FULL))
    assert (ended, reason) == (None, FULL)
    assert workers(both) == ["birch"]
    assert again(both) == [(["fr"], "birch")]


def test_only_what_the_machine_refused_is_done_again_and_at_most_on_three() -> None:
    four = placing("a", "b", "c", "d")
    fault = MachineError(what="The disk refuses.")
    parcel: Parcel = four.place(job("fr", "ar"), "a")
    mixed = Answer(results=(*made("fr").results, fault))
    assert four.answer(parcel, "a", mixed) == (None, fault)
    for _ in range(2):
        ((parcel, worker),) = four.place_again()
        assert [task.name for task in parcel.tasks] == ["ar"]
        ended, _ = four.answer(parcel, worker, Answer(results=(fault,)))
    assert ended
    assert ended.results == (*made("fr").results, fault)


def test_what_is_damaged_in_the_store_is_so_for_all_and_sets_nobody_aside() -> None:
    both = placing("alder", "birch")
    damage = DamagedError(what="It is not what was stored.")
    ended, reason = both.answer(both.place(job("fr"), "alder"), "alder", Answer(results=(damage,)))
    assert (ended and ended.results, reason) == ((damage,), None)
    assert workers(both) == ["alder", "birch"]


def test_all_work_that_is_stopped_ends() -> None:
    both = placing("alder", "birch")
    both.place(job("fr"), "alder")
    both.place(job("ar"), "birch")
    both.lose("birch", is_blamed=True)
    assert [each.job.tasks[0].name for each in both.stop()] == ["fr", "ar"]
    assert both.is_idle
