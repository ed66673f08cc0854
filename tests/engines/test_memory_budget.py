from __future__ import annotations

from pathlib import Path

import pytest

from babelreel.engines import memory_budget as budget
from babelreel.engines.memory_budget import memory_budget, worker_budget
from babelreel.engines.ready import Ready, memory_of
from babelreel.graph.actions import Keep
from babelreel.graph.task import Task


def task(name: str, *, batch: str = "", weight: int = 1, memory_bytes: int = 0, batch_bytes: int = 0) -> Task:
    return Task(
        name=name,
        kind="test",
        action=Keep(),
        inputs=(),
        outputs=(),
        weight=weight,
        memory_bytes=memory_bytes,
        batch=batch,
        batch_bytes=batch_bytes,
    )


def test_the_budget_is_an_eighth_of_the_machine_or_a_quarter_of_the_container_but_no_more_than_a_laptop_can_spare(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = worker_budget()
    assert whole > 100_000_000
    limit = tmp_path / "memory.max"
    monkeypatch.setattr(budget, "_LIMITS", (limit,))
    monkeypatch.setattr(budget, "_OWN_GROUPS", tmp_path / "none")
    limit.write_text("max\n")
    assert worker_budget() >= whole
    limit.write_text("400000000\n")
    assert (memory_budget(), worker_budget()) == (100_000_000, 100_000_000)
    limit.write_text("64000000000\n")
    monkeypatch.setattr(budget, "_machine_bytes", lambda: 32_000_000_000)
    assert (memory_budget(), worker_budget()) == (1_500_000_000, 8_000_000_000)


@pytest.mark.parametrize(
    ("groups", "limit"),
    [
        ("0::/user.slice/build.scope", "user.slice/build.scope/memory.max"),
        ("0::/user.slice/build.scope", "user.slice/memory.max"),
        ("3:cpuset:/\n4:memory:/build\n0::/", "memory/build/memory.limit_in_bytes"),
    ],
)
def test_a_group_in_which_a_build_is_started_limits_it_as_a_container_does(
    groups: str, limit: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "own"
    own.write_text(groups, "utf-8")
    (tmp_path / limit).parent.mkdir(parents=True)
    (tmp_path / limit).write_text("400000000\n")
    monkeypatch.setattr(budget, "_machine_bytes", lambda: 32_000_000_000)
    monkeypatch.setattr(budget, "_OWN_GROUPS", own)
    limits = (tmp_path / "memory.max", tmp_path / "memory/memory.limit_in_bytes")
    monkeypatch.setattr(budget, "_LIMITS", limits)
    assert memory_budget() == 100_000_000


def test_what_a_batch_shares_is_counted_once() -> None:
    batch = [task(name, batch="cell 1", memory_bytes=10, batch_bytes=7) for name in "abc"]
    assert memory_of(batch) == 37
    ready = Ready(batch)
    for each in batch:
        ready.add(each)
    assert [each.name for each in ready.take(None, 30)] == ["a", "b"]
    assert [each.name for each in ready.take(None, 30)] == ["c"]
    assert len(ready) == 0


def test_the_batch_with_the_most_work_comes_first() -> None:
    tasks = [task("long", weight=5), *(task(name, batch="cell", weight=2) for name in "abc")]
    ready = Ready(tasks)
    for each in tasks:
        ready.add(each)
    assert [each.name for each in ready.take(None, 100)] == ["a", "b", "c"]


def test_nothing_begins_for_which_there_is_no_room() -> None:
    ready = Ready([one := task("one", memory_bytes=50)])
    ready.add(one)
    assert ready.take(49, 100) == ()
    assert ready.take(50, 100) == (one,)
