from __future__ import annotations

import _thread
import errno
import hashlib
import os
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from babelreel.engines.engine import Engine
from babelreel.engines.outcome import Outcome
from babelreel.engines.run_with import run_with
from babelreel.errors import MachineError, NoSpaceError, StoppedError, ToolError, UsageError
from babelreel.graph.actions import Keep
from babelreel.graph.event import Event, PlanStarted, TaskFailed, TaskFinished, TaskProgressed, TaskStarted
from babelreel.graph.folder_store import FolderStore
from babelreel.graph.plan import make_plan
from babelreel.graph.task import Action, Input, Json, Literal, Produced, SourceFile, Task, Workspace
from support.running import run_here


@dataclass(frozen=True, slots=True, kw_only=True)
class Join:
    """Joins all its inputs in the order of their names; ``out`` holds the result."""

    def document(self) -> Mapping[str, Json]:
        return {"join": 1}

    def perform(self, workspace: Workspace) -> None:
        names = sorted(each for each in workspace.folder.rglob("*") if each.is_file())
        (workspace.folder / "out").write_bytes(b"(" + b"".join(each.read_bytes() for each in names) + b")")
        workspace.report(1.5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Length:
    """Gives how long its inputs are: often the same for other inputs."""

    def document(self) -> Mapping[str, Json]:
        return {"length": 1}

    def perform(self, workspace: Workspace) -> None:
        total = sum(each.stat().st_size for each in workspace.folder.rglob("*") if each.is_file())
        (workspace.folder / "out").write_bytes(str(total % 7).encode())


@dataclass(frozen=True, slots=True, kw_only=True)
class Raise:
    """Raises an error."""

    error: Exception

    def document(self) -> Mapping[str, Json]:
        return {"raise": repr(self.error)}

    def perform(self, workspace: Workspace) -> None:
        (workspace.folder / "out").write_bytes(b"half")
        raise self.error


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """Calls a function of the test with its workspace."""

    function: Callable[[Workspace], object]

    def document(self) -> Mapping[str, Json]:
        return {"call": id(self.function)}

    def perform(self, workspace: Workspace) -> None:
        self.function(workspace)


@dataclass(frozen=True, slots=True, kw_only=True)
class UntilCancelled:
    """Works on until somebody cancels it, like an encoder that is stopped."""

    begun: threading.Event

    def document(self) -> Mapping[str, Json]:
        return {"until": "cancelled"}

    def perform(self, workspace: Workspace) -> None:
        self.begun.set()
        limit = time.monotonic() + 60
        while not workspace.is_cancelled():
            assert time.monotonic() < limit, "nobody cancelled"
            time.sleep(0.01)
        raise StoppedError(what="stopped")


@dataclass(frozen=True, slots=True, kw_only=True)
class Together:
    """Copies its text, alone or in a batch; a batch with "bad" in it fails, and so does "bad" alone."""

    goes: list[int]

    def document(self) -> Mapping[str, Json]:
        return {"together": 1}

    def perform(self, workspace: Workspace) -> None:
        self.perform_batch([workspace], [self])

    def perform_batch(self, workspaces: Sequence[Workspace], actions: Sequence[Together]) -> None:
        assert len(workspaces) == len(actions)
        self.goes.append(len(actions))
        texts = [(each.folder / "text").read_bytes() for each in workspaces]
        if b"bad" in texts:
            raise ToolError(what="somebody is bad")
        for workspace, text in zip(workspaces, texts, strict=True):
            (workspace.folder / "out").write_bytes(text)


def task(name: str, text: str = "", *needs: str, action: Action | None = None, weight: int = 0) -> Task:
    inputs: tuple[Input, ...] = tuple(Produced(name=f"in/{need}", task=need, output="out") for need in needs)
    return Task(
        name=name,
        kind="test",
        action=action or Join(),
        inputs=(*inputs, Literal(name="text", content=text.encode())),
        outputs=("out",),
        weight=weight,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Build:
    """Plans and runs tasks against one store and keeps what it was told."""

    store: FolderStore
    events: list[Event]

    def __call__(self, *tasks: Task, jobs: int = 2, keep_going: bool = True) -> Outcome:
        self.events.clear()
        plan = make_plan(tasks, self.store)
        return run_here(plan, self.store, jobs=jobs, listener=self.events.append, keep_going=keep_going)

    def content(self, outcome: Outcome, name: str) -> bytes:
        return self.store.locate(outcome.entries[name].digests["out"]).read_bytes()

    def performed(self) -> list[str]:
        return [event.task.name for event in self.events if isinstance(event, TaskFinished) and event.ran]


@pytest.fixture
def build(tmp_path: Path) -> Build:
    return Build(store=FolderStore(tmp_path / "store"), events=[])


def test_result_of_one_task_is_the_input_of_the_next(build: Build) -> None:
    outcome = build(task("both", "c", "one", "two"), task("one", "a"), task("two", "b"))
    assert build.content(outcome, "both") == b"((a)(b)c)"
    assert (outcome.ran, outcome.up_to_date, outcome.cut_off) == (3, 0, 0)
    assert outcome.failures == {}


def test_second_run_runs_nothing(build: Build) -> None:
    tasks = (task("one", "a"), task("next", "b", "one"))
    first = build(*tasks)
    second = build(*tasks)
    assert second.entries == first.entries
    assert (second.ran, second.up_to_date) == (0, 2)
    assert build.events == [PlanStarted(tasks=(), up_to_date=2)]


def test_same_bytes_upstream_spare_all_that_follows(build: Build) -> None:
    def tasks(text: str) -> tuple[Task, ...]:
        return task("one", text, action=Length()), task("next", "", "one"), task("last", "", "next")

    build(*tasks("abc"))
    outcome = build(*tasks("xyz"))
    assert build.performed() == ["one"]
    assert (outcome.ran, outcome.cut_off) == (1, 2)


def test_two_tasks_that_differ_in_name_only_are_done_once(build: Build) -> None:
    outcome = build(*(task(f"cell 1 {tag}", "same") for tag in ("fr", "de", "nl")), jobs=3)
    assert len(build.performed()) == 1
    assert outcome.cut_off == 2
    assert len({entry.key for entry in outcome.entries.values()}) == 1


def test_kept_literals_are_outputs_as_they_are(build: Build) -> None:
    sidecar = Task(
        name="sidecar fr",
        kind="sidecar",
        action=Keep(),
        inputs=(Literal(name="fr.vtt", content=b"WEBVTT\n\n1\n"),),
        outputs=("fr.vtt",),
    )
    digest = build(sidecar).entries["sidecar fr"].digests["fr.vtt"]
    assert build.store.locate(digest).read_bytes() == b"WEBVTT\n\n1\n"


def test_heaviest_ready_task_begins_first(build: Build) -> None:
    build(*(task(f"weight {weight}", str(weight), weight=weight) for weight in (2, 9, 5)), jobs=1)
    assert build.performed() == ["weight 9", "weight 5", "weight 2"]


def cell(action: Together, text: str, batch: str = "cell 1", memory_bytes: int = 1) -> Task:
    one = task(f"{batch} {text}", text, action=action)
    return replace(one, batch=batch, memory_bytes=memory_bytes)


def test_tasks_of_a_batch_are_done_in_one_go(build: Build) -> None:
    action = Together(goes=[])
    outcome = build(*(cell(action, text) for text in "abc"), cell(action, "d", batch="cell 2"), jobs=1)
    assert action.goes == [3, 1]
    assert [build.content(outcome, name) for name in ("cell 1 a", "cell 1 c", "cell 2 d")] == [b"a", b"c", b"d"]
    assert outcome.ran == 4


def test_only_what_is_missing_of_a_batch_is_done(build: Build) -> None:
    action = Together(goes=[])
    build(cell(action, "a"), cell(action, "b"))
    build(*(cell(action, text) for text in "abcd"))
    assert action.goes == [2, 2]
    assert build.performed() == ["cell 1 c", "cell 1 d"]


def test_the_one_to_blame_in_a_batch_is_found_and_the_others_are_kept(build: Build) -> None:
    action = Together(goes=[])
    outcome = build(*(cell(action, text) for text in ("a", "bad", "c")))
    assert action.goes == [3, 1, 1, 1]
    assert set(outcome.failures) == {"cell 1 bad"}
    assert build.content(outcome, "cell 1 c") == b"c"


def test_a_batch_takes_its_share_of_the_memory_and_no_more(tmp_path: Path) -> None:
    store, action = FolderStore(tmp_path / "store"), Together(goes=[])
    tasks = [cell(action, text, memory_bytes=10) for text in "abcdefg"]
    run_here(make_plan(tasks, store), store, jobs=2, listener=lambda _: None, memory_bytes=60)
    assert sorted(action.goes) == [1, 6]  # 60 bytes are room for six


def test_a_task_that_takes_more_than_all_memory_is_done_alone(tmp_path: Path) -> None:
    store = FolderStore(tmp_path / "store")
    running: list[str] = []
    most: list[int] = []

    def work(workspace: Workspace) -> None:
        running.append(workspace.folder.name)
        most.append(len(running))
        time.sleep(0.05)
        running.pop()
        (workspace.folder / "out").write_bytes(b"")

    tasks = [replace(task(str(n), str(n), action=Call(function=work)), memory_bytes=100) for n in range(3)]
    outcome = run_here(make_plan(tasks, store), store, jobs=3, listener=lambda _: None, memory_bytes=60)
    assert outcome.ran == 3
    assert max(most) == 1


def test_memory_that_a_task_needs_no_longer_is_anothers(tmp_path: Path) -> None:
    store = FolderStore(tmp_path / "store")
    has_begun = threading.Event()

    def look_at_what_was_made(workspace: Workspace) -> None:
        workspace.release()
        assert has_begun.wait(60)
        (workspace.folder / "out").write_bytes(b"")

    def begin(workspace: Workspace) -> None:
        has_begun.set()
        (workspace.folder / "out").write_bytes(b"")

    tasks = [
        replace(task("first", "a", action=Call(function=look_at_what_was_made)), weight=2, memory_bytes=60),
        replace(task("second", "b", action=Call(function=begin)), weight=1, memory_bytes=60),
    ]
    outcome = run_here(make_plan(tasks, store), store, jobs=2, listener=lambda _: None, memory_bytes=60)
    assert outcome.ran == 2


def test_two_of_a_batch_that_are_the_same_are_done_once(build: Build) -> None:
    action = Together(goes=[])
    same = replace(cell(action, "a"), name="cell 1 also a")
    outcome = build(cell(action, "a"), same)
    assert action.goes == [1]
    assert outcome.cut_off == 1


def test_events_come_in_order_and_shares_stay_within_bounds(build: Build) -> None:
    one = task("one", "a")
    entry = build(one).entries["one"]
    assert build.events == [
        PlanStarted(tasks=(one,), up_to_date=0),
        TaskStarted(task=one),
        TaskProgressed(task=one, share=1.0),
        TaskFinished(task=one, ran=True),
    ]
    assert build.store.last_keys() == {"one": entry.key}


def test_failed_task_takes_only_its_dependants_with_it(build: Build) -> None:
    error = ToolError(what="ffmpeg ended badly")
    outcome = build(
        task("bad", "", action=Raise(error=error)),
        task("next", "", "bad", "good"),
        task("last", "", "next"),
        task("good", "a"),
        task("after good", "", "good"),
    )
    assert outcome.failures == {"bad": error, "next": error, "last": error}
    assert set(outcome.entries) == {"good", "after good"}
    assert [event.task.name for event in build.events if isinstance(event, TaskFailed)] == ["bad"]


def test_without_keep_going_the_first_failure_stops_all(build: Build) -> None:
    error, begun = ToolError(what="ffmpeg ended badly"), threading.Event()

    def fail(_: Workspace) -> None:
        begun.wait(60)
        raise error

    outcome = build(
        task("slow", "", action=UntilCancelled(begun=begun), weight=2),
        task("bad", "", action=Call(function=fail), weight=1),
        task("later", "a"),
        keep_going=False,
    )
    assert outcome.failures == {"slow": error, "bad": error, "later": error}
    assert outcome.entries == {}


def test_full_disk_stops_all_and_keeps_what_is_done(build: Build) -> None:
    begun = threading.Event()

    def fill(_: Workspace) -> None:
        begun.wait(60)
        raise OSError(errno.ENOSPC, "No space left on device", "film.mp4")

    tasks = (
        task("slow", "", "first", action=UntilCancelled(begun=begun)),
        task("full", "", "first", action=Call(function=fill)),
        task("first", "a"),
    )
    with pytest.raises(NoSpaceError) as caught:
        build(*tasks)
    assert caught.value.where == "film.mp4"
    assert make_plan(tasks, build.store).up_to_date == 1


def test_bug_is_raised_when_the_others_have_ended(build: Build) -> None:
    begun, ended = threading.Event(), threading.Event()

    def until_cancelled(workspace: Workspace) -> None:
        try:
            UntilCancelled(begun=begun).perform(workspace)
        finally:
            ended.set()

    def divide(_: Workspace) -> None:
        begun.wait(60)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError) as caught:
        build(task("slow", "", action=Call(function=until_cancelled)), task("bug", "", action=Call(function=divide)))
    assert ended.is_set()
    assert caught.traceback[-1].name == "divide"


def test_missing_output_is_an_error_that_names_it(build: Build) -> None:
    outcome = build(task("lazy", "", action=Keep()))
    error = outcome.failures["lazy"]
    assert isinstance(error, ToolError)
    assert "out was not made" in str(error)


def test_output_of_a_failed_task_is_not_stored(build: Build) -> None:
    build(task("bad", "", action=Raise(error=ToolError(what="bad"))))
    assert build.store.size() == 0


@pytest.mark.parametrize("by", ["stop", "Ctrl-C"])
def test_stopped_run_says_what_is_kept_and_the_next_goes_on(build: Build, by: str) -> None:
    begun, stop = threading.Event(), threading.Event()
    tasks = (task("first", "a"), task("slow", "", "first", action=UntilCancelled(begun=begun)), task("z", "", "slow"))

    def interrupt() -> None:
        begun.wait(60)
        if by == "stop":
            stop.set()
        else:
            _thread.interrupt_main()

    thread = threading.Thread(target=interrupt)
    thread.start()
    with pytest.raises(StoppedError) as caught:
        run_here(make_plan(tasks, build.store), build.store, jobs=2, listener=build.events.append, stop=stop)
    thread.join()
    assert "1 of 3" in str(caught.value)
    assert caught.value.hint
    build(*(replace(each, action=Join()) for each in tasks))
    assert build.performed() == ["slow", "z"]


def test_source_file_is_linked_in_and_left_as_it_is(build: Build, tmp_path: Path) -> None:
    film = tmp_path / "my 'film': [1] سلام.mp4"
    film.write_bytes(b"film")
    film.chmod(0o640)
    before = film.stat()
    source = SourceFile(name="fonts/master.mp4", path=film, digest=hashlib.sha256(b"film").hexdigest())
    copy = replace(task("copy"), inputs=(source,))
    assert build.content(build(copy), "copy") == b"(film)"
    after = film.stat()
    assert (after.st_mode, after.st_mtime_ns, after.st_nlink) == (before.st_mode, before.st_mtime_ns, 1)


def test_inputs_are_copied_where_there_are_no_links(
    build: Build, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.EPERM, "no links here")

    monkeypatch.setattr(os, "symlink", refuse)
    monkeypatch.setattr(os, "link", refuse)
    film = tmp_path / "film"
    film.write_bytes(b"film")
    source = SourceFile(name="film", path=film, digest=hashlib.sha256(b"film").hexdigest())
    assert build.content(build(replace(task("copy"), inputs=(source,))), "copy") == b"(film)"


def test_file_that_changes_while_it_is_used_spoils_nothing_in_the_store(build: Build, tmp_path: Path) -> None:
    film = tmp_path / "film.mp4"
    film.write_bytes(b"old")
    source = SourceFile(name="film", path=film, digest=hashlib.sha256(b"old").hexdigest())

    def change(workspace: Workspace) -> None:
        (workspace.folder / "out").write_bytes(b"made of both")
        film.write_bytes(b"new")

    outcome = build(replace(task("copy", action=Call(function=change)), inputs=(source,)))
    assert isinstance(outcome.failures["copy"], UsageError)
    assert outcome.failures["copy"].where == str(film)
    assert build.store.size() == 0


def test_missing_source_file_fails_its_task_only(build: Build, tmp_path: Path) -> None:
    source = SourceFile(name="film", path=tmp_path / "gone.mp4", digest="0" * 64)
    outcome = build(replace(task("copy"), inputs=(source,)), task("other", "a"))
    assert isinstance(outcome.failures["copy"], MachineError)
    assert set(outcome.entries) == {"other"}


def test_work_folders_are_empty_after_a_run(build: Build, tmp_path: Path) -> None:
    build(task("good", "a"), task("bad", "", action=Raise(error=ToolError(what="bad"))))
    assert [each for each in tmp_path.glob("store/running/*/*") if each.is_dir()] == []


@dataclass(frozen=True, slots=True, kw_only=True)
class Graph:
    """Some tasks, each with a text and the earlier tasks that it needs."""

    tasks: tuple[Task, ...]

    def edited(self, place: int) -> Graph:
        """Give the graph with another text in one task."""
        old = self.tasks[place]
        new = replace(old, inputs=(*old.inputs[:-1], Literal(name="text", content=b"edited")))
        return Graph(tasks=(*self.tasks[:place], new, *self.tasks[place + 1 :]))

    def descendants(self, place: int) -> set[str]:
        """Give the names of a task and of all that need it, directly or not."""
        found = {self.tasks[place].name}
        for each in self.tasks:
            if each.needs & found:
                found.add(each.name)
        return found

    def evaluated(self) -> dict[str, bytes]:
        """Give what each task makes, worked out one after the other without plan, store or engine."""
        made: dict[str, bytes] = {}
        for each in self.tasks:
            content = [made[need] for need in sorted(each.needs)]
            content += [one.content for one in each.inputs if isinstance(one, Literal)]
            joined = b"".join(content)
            made[each.name] = b"(" + joined + b")" if isinstance(each.action, Join) else str(len(joined) % 7).encode()
        return made


@st.composite
def graphs(draw: st.DrawFn) -> Graph:
    tasks: list[Task] = []
    for number in range(draw(st.integers(1, 7))):
        needs = draw(st.sets(st.sampled_from([each.name for each in tasks]), max_size=3)) if tasks else set()
        action = Join() if draw(st.booleans()) else Length()
        text = draw(st.sampled_from(["", "a", "bc"]))
        tasks.append(task(f"t{number}", text, *sorted(needs), action=action, weight=draw(st.integers(0, 3))))
    return Graph(tasks=tuple(tasks))


def contents(build: Build, outcome: Outcome) -> dict[str, bytes]:
    return {name: build.content(outcome, name) for name in outcome.entries}


@settings(deadline=None, max_examples=25)
@given(graphs(), st.sampled_from([1, 4]), st.data())
def test_any_graph_gives_what_it_gives_one_after_the_other(graph: Graph, jobs: int, data: st.DataObject) -> None:
    tasks = data.draw(st.permutations(graph.tasks))
    with TemporaryDirectory() as folder:
        build = Build(store=FolderStore(Path(folder)), events=[])
        assert contents(build, build(*tasks, jobs=jobs)) == graph.evaluated()
        plan = make_plan(tasks, build.store)
        assert plan.up_to_date == len(tasks)
        assert run_here(plan, build.store, jobs=jobs, listener=build.events.append).ran == 0


@settings(deadline=None, max_examples=25)
@given(graphs(), st.data())
def test_one_damaged_file_heals(graph: Graph, data: st.DataObject) -> None:
    with TemporaryDirectory() as folder:
        build = Build(store=FolderStore(Path(folder)), events=[])
        build(*graph.tasks)
        damaged = data.draw(st.sampled_from(sorted(Path(folder).glob("files/??/*"))))
        damaged.chmod(0o644)
        damaged.write_bytes(data.draw(st.sampled_from([b"", b"X", b"damaged"])))
        assert contents(build, build(*graph.tasks)) == graph.evaluated()
        assert make_plan(graph.tasks, build.store).up_to_date == len(graph.tasks)


@settings(deadline=None, max_examples=25)
@given(graphs(), st.data())
def test_one_edit_runs_what_depends_on_it_and_only_that(graph: Graph, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(graph.tasks) - 1))
    edited = graph.edited(place)
    with TemporaryDirectory() as folder:
        build = Build(store=FolderStore(Path(folder)), events=[])
        build(*graph.tasks)
        outcome = build(*edited.tasks)
        assert contents(build, outcome) == edited.evaluated()
        settled = {each.task.name for each in build.events if isinstance(each, TaskFinished)}
        assert settled == edited.descendants(place)
        before, after = graph.evaluated(), edited.evaluated()
        must_run = {
            each.name
            for each in edited.tasks
            if each.name == graph.tasks[place].name or any(before[need] != after[need] for need in each.needs)
        }
        assert set(build.performed()) <= must_run  # fewer where two tasks share a result


def early(build: Build, *tasks: Task) -> list[tuple[set[str], list[str]]]:
    """Run tasks of which those called "late" have another turn; give what was told of the others, and done by then."""
    told: list[tuple[set[str], list[str]]] = []
    plan = replace(make_plan(tasks, build.store), turns={"late": 1, "later": 1})
    run_with(
        Engine(jobs=1),
        plan,
        build.store,
        listener=build.events.append,
        on_first=lambda entries: told.append((set(entries), build.performed())),
    )
    return told


def test_what_comes_first_is_told_once_while_the_rest_goes_on(build: Build) -> None:
    done = early(build, task("late", "l", weight=9), task("a", "a"), task("b", "b", "a"), task("later", "m", "late"))
    assert done == [({"a", "b"}, ["a", "b"])]
    assert build.performed() == ["a", "b", "late", "later"]


def test_where_something_failed_or_nothing_is_left_nothing_is_told(build: Build) -> None:
    bad = task("bad", "", action=Raise(error=ToolError(what="bad")))
    assert not early(build, task("late", "l", weight=9), bad, task("a", "a"))
    assert not early(build, task("c", "c"), task("d", "d", "c"))
