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
        libraries="",
        store="",
        store_id="",
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


def begin(of: Placing, work: Job, worker: str) -> Parcel:
    """Place a job, and have it sent."""
    parcel = of.place(work, worker)
    parcel.is_sent = True
    return parcel


def begin_again(of: Placing) -> list[tuple[Parcel, str]]:
    """Place what was lost, and have it sent."""
    placed = list(of.place_again())
    for parcel, _ in placed:
        parcel.is_sent = True
    return placed


def made(*names: str) -> Answer:
    return Answer(results=tuple(Entry(key=f"key {name}", artifacts=()) for name in names))


def workers(of: Placing) -> list[str]:
    return [offer.worker for offer in of.offers()]


def again(of: Placing) -> list[tuple[list[str], str]]:
    return [([task.name for task in parcel.tasks], worker) for parcel, worker in begin_again(of)]


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
    begin(both, batch, "alder")
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
    begin(four, batch, "a")
    four.lose("a", is_blamed=True)
    parcels = {parcel.tasks[0].name: (parcel, worker) for parcel, worker in begin_again(four)}
    assert {worker for _, worker in parcels.values()} == {"b", "c"}
    ended, _ = four.answer(*parcels["ar"], made("ar"))
    assert ended is None
    assert four.lose(parcels["fr"][1], is_blamed=True) == (1, ())
    ((last, worker),) = begin_again(four)
    assert worker not in workers(four), "it is alone there, or another would be blamed as well"
    requeued, (end,) = four.lose(worker, is_blamed=True)
    assert requeued == 0
    assert isinstance(end.results[0], ToolError)
    assert end.results[0].where == "fr"
    assert end.results[1] == made("ar").results[0]
    assert last.is_suspect


def test_what_must_be_alone_waits_for_an_idle_worker_which_is_kept_for_it() -> None:
    three = placing("a", "b", "c", slots=2)
    begin(three, job("fr"), "a")
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


def test_what_was_not_sent_yet_is_not_blamed_for_a_death() -> None:
    """Its film is still on the way to the store when the worker dies of the other."""
    both = placing("alder", slots=2)
    begin(both, job("deadly"), "alder")
    both.place(job("waiting", "too"), "alder")
    for worker in ("birch", "cedar"):
        both.join(worker, facts(worker, slots=2))
    assert both.lose("alder", is_blamed=True) == (2, ())
    parcels = {parcel.tasks[0].name: parcel for parcel, _ in both.place_again()}
    assert {name: len(parcel.killed) for name, parcel in parcels.items()} == {"deadly": 1, "waiting": 0}
    assert len(parcels["waiting"].tasks) == 2, "it goes on in one go"
    assert not any(parcel.is_sent for parcel in parcels.values())


def test_a_worker_that_comes_back_at_its_address_is_another_one() -> None:
    """With a port of its own it does so each time: it must neither die for ever, nor be refused for ever."""
    one = placing("alder")
    begin(one, job("deadly"), "alder")
    for _ in range(2):
        assert one.lose("alder", is_blamed=True) == (1, ())
        one.join("alder", facts("alder"))
        assert again(one) == [(["deadly"], "alder")]
    _, (end,) = one.lose("alder", is_blamed=True)
    assert isinstance(end.results[0], ToolError)

    one.join("alder", facts("alder"))
    one.answer(one.place(job("fr"), "alder"), "alder", Answer(fault=FULL))
    assert again(one) == []
    one.lose("alder", is_blamed=False)
    one.join("alder", facts("alder"))
    assert again(one) == [(["fr"], "alder")]


def test_what_must_be_alone_is_kept_a_worker_that_may_do_it() -> None:
    """The disk of c refuses it: if c were kept for it, d would never be idle."""
    four = placing("a", "b", "c", "d", slots=2)
    busy = four.place(job("x"), "d")
    begin(four, job("fr"), "a")
    four.lose("a", is_blamed=True)
    assert [worker for _, worker in begin_again(four)] == ["b"]
    four.lose("b", is_blamed=True)
    ((suspect, worker),) = begin_again(four)
    assert worker == "c"
    four.answer(suspect, "c", Answer(fault=FULL))
    four.join("e", facts("e", slots=2))
    four.place(job("y"), "e")
    four.place(job("z"), "e")
    assert again(four) == []
    assert workers(four) == [], "d is kept for it"
    four.answer(busy, "d", made("x"))
    assert again(four) == [(["fr"], "d")]


def test_what_must_be_alone_is_not_kept_waiting_by_what_else_was_lost() -> None:
    two = placing("a", "b", "c", slots=2)
    other = two.place(job("x"), "c")
    begin(two, job("fr"), "a")
    two.lose("a", is_blamed=True)
    assert again(two) == [(["fr"], "b")]
    two.place(job("y"), "b")
    two.lose("b", is_blamed=True)
    assert again(two) == [], "c is kept for fr"
    two.answer(other, "c", made("x"))
    assert again(two) == [(["fr"], "c")]


def spread(*machines: str) -> Placing:
    """Let workers take part that have names of their own and lie on these machines."""
    made = Placing()
    for number, machine in enumerate(machines):
        made.join(f"{machine}:{number}", facts(machine))
    return made


def refuse(of: Placing, parcel: Parcel, worker: str) -> Ended | None:
    return of.answer(parcel, worker, Answer(fault=FULL))[0]


def test_three_workers_of_one_full_machine_are_one_refusal_while_there_is_another_machine() -> None:
    some = spread("alder", "alder", "alder", "birch")
    parcel = some.place(job("fr"), "alder:0")
    some.place(job("x"), "birch:3")
    assert refuse(some, parcel, "alder:0") is None
    for worker in ("alder:1", "alder:2"):
        ((parcel, address),) = some.place_again()
        assert address == worker
        assert refuse(some, parcel, worker) is None
    some.lose("birch:3", is_blamed=False)
    some.join("birch:4", facts("birch", slots=2))
    assert again(some) == [(["fr"], "birch:4"), (["x"], "birch:4")]


def test_on_one_machine_alone_three_workers_are_enough_to_say_that_it_cannot_be_done() -> None:
    some = spread("alder", "alder", "alder", "alder")
    parcel, worker = some.place(job("fr"), "alder:0"), "alder:0"
    for _ in range(2):
        assert refuse(some, parcel, worker) is None
        ((parcel, worker),) = some.place_again()
    ended = refuse(some, parcel, worker)
    assert ended
    assert ended.results == (FULL,)


def test_what_went_wrong_is_done_on_another_machine_where_there_is_one() -> None:
    some = spread("alder", "alder", "birch")
    some.place(job("x"), "birch:2")
    begin(some, job("fr"), "alder:0")
    some.join("birch:3", facts("birch"))
    some.lose("alder:0", is_blamed=True)
    assert again(some) == [(["fr"], "birch:3")]
