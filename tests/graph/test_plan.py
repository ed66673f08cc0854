from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from babelreel.graph.actions import Keep
from babelreel.graph.folder_store import FolderStore
from babelreel.graph.key import key_of
from babelreel.graph.plan import Plan, State, make_plan, task_document
from babelreel.graph.store import Entry
from babelreel.graph.task import Input, Literal, Produced, SourceFile, Task


def keep(name: str, text: str, *more: Input) -> Task:
    return Task(
        name=name, kind="keep", action=Keep(), inputs=(Literal(name="a", content=text.encode()), *more), outputs=("a",)
    )


def after(name: str, *needs: str) -> Task:
    return keep(name, name, *(Produced(name=f"in/{need}", task=need, output="a") for need in needs))


def do(store: FolderStore, task: Task) -> Entry:
    """FolderStore the result of a task that needs no other."""
    with store.workspace() as folder:
        (folder / "a").write_bytes(task.inputs[0].digest.encode() if isinstance(task.inputs[0], Literal) else b"")
        return store.add(task_document(task, {}), {"a": folder / "a"})


def reasons(plan: Plan) -> dict[str, tuple[str, ...]]:
    return {step.task.name: tuple(step.reasons) for step in plan.steps}


def test_first_build_runs_everything_and_later_tasks_wait(tmp_path: Path) -> None:
    plan = make_plan([after("join", "one", "two"), keep("one", "1"), keep("two", "2")], FolderStore(tmp_path / "store"))
    assert [step.task.name for step in plan.steps][-1] == "join"
    assert reasons(plan) == {
        "one": ("first build",),
        "two": ("first build",),
        "join": ("waits for one", "waits for two"),
    }
    assert plan.steps[-1].key is None
    assert plan.up_to_date == 0
    assert not (tmp_path / "store").exists()


def test_stored_result_is_up_to_date_and_gives_the_next_its_key(tmp_path: Path) -> None:
    store, one = FolderStore(tmp_path), keep("one", "1")
    entry = do(store, one)
    plan = make_plan([one, after("next", "one")], store)
    assert plan.steps[0].state is State.UP_TO_DATE
    assert plan.steps[0].entry == entry
    assert [step.task.name for step in plan.to_run] == ["next"]
    assert plan.to_run[0].key is not None


def test_what_tasks_had_last_is_read_only_where_something_is_to_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, one, read = FolderStore(tmp_path), keep("one", "1"), list[str]()
    store.remember({"one": do(store, one).key})
    real = FolderStore.last_keys

    def last_keys(self: FolderStore) -> dict[str, str]:
        read.append("last")
        return real(self)

    monkeypatch.setattr(FolderStore, "last_keys", last_keys)

    make_plan([one], store)
    assert read == []
    make_plan([one, keep("two", "2"), keep("three", "3")], store)
    assert read == ["last"]


def test_damaged_result_says_so(tmp_path: Path) -> None:
    store, one = FolderStore(tmp_path), keep("one", "1")
    entry = do(store, one)
    store.remember({"one": entry.key})
    store.locate(entry.digests["a"]).unlink()
    assert reasons(make_plan([one], store)) == {"one": ("its result was damaged or removed",)}


def test_changed_fact_is_the_reason_and_the_literal_made_from_it_is_not(tmp_path: Path) -> None:
    store = FolderStore(tmp_path)
    old = replace(keep("fr", "old"), facts=(("cues", [[17, 0, 9, ["old"]]]),))
    store.remember({"fr": do(store, old).key})
    new = replace(keep("fr", "new"), facts=(("cues", [[17, 0, 9, ["new"]]]),))
    assert reasons(make_plan([new], store)) == {"fr": ("cue 17 text",)}


def test_tasks_that_differ_in_labels_share_a_result(tmp_path: Path) -> None:
    store = FolderStore(tmp_path)
    do(store, keep("cell 1 fr", "same"))
    assert make_plan([replace(keep("cell 1 de", "same"), language="de")], store).up_to_date == 1


def test_key_of_a_step_is_that_of_its_document(tmp_path: Path) -> None:
    one = keep("one", "1")
    (step,) = make_plan([one], FolderStore(tmp_path)).steps
    assert step.key == key_of(task_document(one, {}))


@pytest.mark.parametrize(
    ("tasks", "fault"),
    [
        ([keep("one", "1"), keep("one", "2")], "two tasks"),
        ([after("one", "two"), after("two", "one")], "wait for one another"),
        ([after("one", "one")], "wait for one another"),
        ([after("one", "gone")], "no task 'gone'"),
        ([keep("one", "1"), keep("two", "", Produced(name="b", task="one", output="b"))], "makes 'b'"),
        ([keep("one", "1", Literal(name="a", content=b""))], "two inputs"),
        ([replace(keep("one", "1"), outputs=("a", "a"))], "two outputs"),
        ([replace(keep("one", "1"), facts=(("a", 1), ("a", 2)))], "two facts"),
        ([keep("one", "1", Literal(name="../b", content=b""))], "no path inside"),
        ([replace(keep("one", "1"), outputs=("/b",))], "no path inside"),
        (
            [replace(keep("one", "1", SourceFile(name="b", path=Path("b"), digest="0")), outputs=("b",))],
            "must not be written",
        ),
    ],
)
def test_tasks_that_make_no_plan_are_a_bug(tmp_path: Path, tasks: list[Task], fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        make_plan(tasks, FolderStore(tmp_path))


def test_a_task_that_waits_for_dozens_names_a_few(tmp_path: Path) -> None:
    pieces = [keep(f"piece {place}", str(place)) for place in range(10, 40)]
    plan = make_plan([*pieces, after("file", *(piece.name for piece in pieces))], FolderStore(tmp_path))
    assert plan.steps[-1].reasons == (
        "waits for piece 10",
        "waits for piece 11",
        "waits for piece 12",
        "waits for piece 13",
        "waits for 26 more",
    )


def test_a_part_of_a_file_takes_the_place_of_the_whole_in_the_key() -> None:
    whole = SourceFile(name="film", path=Path("film"), digest="aa")
    part = replace(whole, part="cc")
    moved = replace(part, digest="bb", path=Path("elsewhere"))
    documents = [task_document(keep("cell", "text", each), {}) for each in (whole, part, moved)]
    assert documents[0] != documents[1] == documents[2]


def test_numbers_memory_and_batch_are_no_part_of_the_key() -> None:
    one = keep("cell", "text")
    other = replace(one, numbers=(("cues", (7,)),), memory_bytes=5, batch="cell 1", batch_bytes=9, weight=3)
    assert task_document(one, {}) == task_document(other, {})


def test_a_published_file_need_not_be_in_the_store_and_is_joined_again_when_it_is_gone(tmp_path: Path) -> None:
    store, file = FolderStore(tmp_path), replace(keep("file fr", "1"), handed_over=("a",))
    entry = do(store, file)
    store.remember({"file fr": entry.key})
    store.hand_over([entry.digests["a"]])
    assert make_plan([file], store, published={"file fr": [entry.digests["a"]]}).up_to_date == 1
    gone = make_plan([file], store, published={"file fr": []})
    assert reasons(gone) == {"file fr": ("its published file was changed or removed",)}


def test_of_two_files_with_one_content_the_one_that_is_gone_is_joined_again(tmp_path: Path) -> None:
    store, first = FolderStore(tmp_path), replace(keep("file fr", "same"), handed_over=("a",))
    digest = do(store, first).digests["a"]
    store.hand_over([digest])
    plan = make_plan([first, replace(first, name="file de")], store, published={"file fr": [digest], "file de": []})
    assert [step.task.name for step in plan.to_run] == ["file fr", "file de"]
