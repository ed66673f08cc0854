from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from babelreel.engines.ready import Ready
from babelreel.graph.actions import Keep
from babelreel.graph.task import Task


def task(name: str, weight: int, *, batch: str = "", memory_bytes: int = 0) -> Task:
    return Task(
        name=name,
        kind="test",
        action=Keep(),
        inputs=(),
        outputs=("out",),
        weight=weight,
        memory_bytes=memory_bytes,
        batch=batch,
    )


def names(tasks: tuple[Task, ...]) -> list[str]:
    return [each.name for each in tasks]


def test_a_batch_is_ranked_by_all_the_work_that_waits_in_it() -> None:
    tasks = [task("alone", 3), task("one", 2, batch="b"), task("two", 2, batch="b")]
    ready = Ready(tasks)
    for each in tasks:
        ready.add(each)
    assert names(ready.take(None, 100)) == ["one", "two"]
    assert ready.count_dear() == 1
    assert names(ready.take(None, 100)) == ["alone"]
    assert (len(ready), ready.count_dear()) == (0, 0)
    ready.add(task("one", 0))
    assert (len(ready), ready.count_dear()) == (1, 0)


def test_what_does_not_fit_waits_with_the_work_that_is_left_in_it() -> None:
    tasks = [task(name, 2, batch="b", memory_bytes=50) for name in ("one", "two", "three")]
    tasks.append(task("alone", 3))
    ready = Ready(tasks)
    for each in tasks:
        ready.add(each)
    assert ready.take(60, 100) == ()
    assert names(ready.take(100, 100)) == ["one", "two"]
    assert names(ready.take(None, 100)) == ["alone"]
    assert names(ready.take(None, 100)) == ["three"]


@given(st.lists(st.tuples(st.integers(0, 4), st.sampled_from(["", "a", "b", "c"])), min_size=1), st.data())
def test_what_comes_first_is_what_a_search_of_all_that_waits_finds(
    drawn: list[tuple[int, str]], data: st.DataObject
) -> None:
    tasks = [task(f"task {place}", weight, batch=batch) for place, (weight, batch) in enumerate(drawn)]
    ready, left = Ready(tasks), list(tasks)
    waiting: list[Task] = []
    while left or waiting:
        if left and (not waiting or data.draw(st.booleans())):
            waiting.append(left.pop(data.draw(st.integers(0, len(left) - 1))))
            ready.add(waiting[-1])
            continue
        goes: dict[str, list[Task]] = {}
        for each in sorted(waiting, key=tasks.index):
            goes.setdefault(each.batch or each.name, []).append(each)
        first = min(goes.values(), key=lambda go: (-sum(each.weight for each in go), tasks.index(go[0])))
        assert list(ready.take(None, 0 if len(first) == 1 else 100)) == first
        waiting = [each for each in waiting if each not in first]
    assert not ready


def test_what_is_cheap_is_taken_by_those_alone_who_do_it() -> None:
    tasks = [task("join", 0), task("piece", 5), task("text", 0)]
    ready = Ready(tasks)
    for each in tasks:
        ready.add(each)
    assert names(ready.take(None, 100, is_cheap=True)) == ["join"]
    assert names(ready.take(None, 100, is_cheap=False)) == ["piece"]
    assert not ready.has(is_cheap=False)
    assert ready.take(None, 100, is_cheap=False) == ()
    assert names(ready.take(None, 100)) == ["text"]


def test_what_has_its_turn_first_comes_before_what_is_heavier() -> None:
    light, heavy = task("light", 1), task("heavy", 9)
    ready = Ready([light, heavy], {"heavy": 1})
    for each in (heavy, light):
        ready.add(each)
    assert [ready.take(None, 0) for _ in range(2)] == [(light,), (heavy,)]


def test_a_batch_waits_for_its_turn_only_where_that_is_worth_another_go() -> None:
    first = task("first", 3, batch="cell")
    few, many = ([task(f"own {number}", 2, batch="cell") for number in range(count)] for count in (1, 2))
    for later, goes in ((few, [["first", "own 0"]]), (many, [["first"], ["own 0", "own 1"]])):
        ready = Ready([first, *later], {each.name: 1 for each in later})
        for each in (*later, first):
            ready.add(each)
        found = []
        while ready.has():
            found.append(names(ready.take(None, 100)))
        assert found == goes
        assert ready.count_dear() == 0
