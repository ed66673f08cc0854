"""Can every task of a plan be done on another machine, of another system?"""

from __future__ import annotations

import pickle
from dataclasses import replace
from pathlib import Path, PurePath
from typing import IO, Any

import pytest

from babelreel.app.build.planning import Prepared, plan_project
from babelreel.app.build.request import Request
from babelreel.config.read import read_project
from babelreel.graph.task import SourceFile, Task
from support.dubs import RATE, beep, write_wave
from support.films import make_film
from support.projects import AR, FR, make_project

ALL_KINDS = """\
[delivery]
streams = true
leaflets = true
address = "https://example.org/film/"
archive = ["mp4"]
"""


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    """Plan a film with text, a voice, streams, an archive and leaflets."""
    root = tmp_path_factory.mktemp("travelling")
    film = make_film(root / "film.mp4", seconds=4)
    project = make_project(root / "project", {"fr.srt": FR, "ar.srt": AR}, film=film, settings=ALL_KINDS)
    for line in (1, 2):
        write_wave(project / f"video/stems/fr/{line}.wav", beep(RATE, [(2_000, 30_000)]))
    return plan_project(read_project(project), Request())


def without_place(task: Task) -> Task:
    """Give a task as it travels: where a file lay that it starts from is told to nobody."""
    inputs = (replace(each, path=None) if isinstance(each, SourceFile) else each for each in task.inputs)  # type: ignore[arg-type] # see above
    return replace(task, inputs=tuple(inputs))


class FindingPaths(pickle.Pickler):
    """Notes every path that goes into a pickle."""

    def __init__(self, file: IO[bytes]) -> None:
        super().__init__(file)
        self.found: list[PurePath] = []

    def reducer_override(self, value: object) -> Any:  # noqa: ANN401 - pickle says so
        if isinstance(value, PurePath):
            self.found.append(value)
        return NotImplemented


def test_no_task_holds_a_path_of_this_machine_but_that_of_a_file_it_starts_from(
    prepared: Prepared, tmp_path: Path
) -> None:
    tasks = [step.task for step in prepared.plan.steps]
    kinds = {task.kind for task in tasks}
    assert {"picture", "sound", "mix", "file", "stream"} <= kinds, kinds
    with (tmp_path / "tasks").open("wb") as file:
        pickler = FindingPaths(file)
        pickler.dump([without_place(task) for task in tasks])
    assert pickler.found == []
    content = (tmp_path / "tasks").read_bytes()
    assert not [
        path for path in (*prepared.workshop.programs.values(), prepared.project.root) if bytes(path) in content
    ]


def test_a_task_that_travelled_is_the_same(prepared: Prepared) -> None:
    tasks = [step.task for step in prepared.plan.steps]
    assert pickle.loads(pickle.dumps(tasks)) == tasks  # noqa: S301 - our own bytes
