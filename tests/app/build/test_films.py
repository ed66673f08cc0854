"""How do several films end together, when something ends them all?"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

import pytest

from babelreel.app.build.films import build_films
from babelreel.app.build.request import Request
from babelreel.config.read import read_project
from babelreel.engines.engine import Engine
from babelreel.graph.event import Event, PlanStarted
from babelreel.model.cluster import Cluster
from babelreel.model.delivery.build_summary import FilmResult, worst_code
from babelreel.model.project import Project
from support.clusters import slow_ffmpeg
from support.film_folders import HEALTH, QUICK, RIGHTS
from support.projects import FR, make_project

LINE = "Appelle 112"


@pytest.fixture
def projects(tmp_path: Path) -> Mapping[str, Callable[[], Project]]:
    """Lay out two films of which the first shows a line that the other does not."""
    texts = {RIGHTS: FR, HEALTH: FR.replace(LINE, "Reste au lit")}
    for name, text in texts.items():
        make_project(tmp_path / name, {"fr.srt": text}, settings=f'title = "{name}"\n{QUICK}')
    return {name: partial(read_project, tmp_path / name) for name in texts}


def build(
    films: Mapping[str, Callable[[], Project]],
    *,
    ffmpeg: str | None = None,
    engine: Engine | None = None,
    keep_going: bool = True,
    listener: Callable[[Event], None] = lambda _: None,
) -> Sequence[FilmResult]:
    return build_films(
        films,
        Request(ffmpeg=ffmpeg),
        engine=engine or Engine(jobs=1),
        keep_going=keep_going,
        listener=listener,
        told=lambda _: None,
    )


def test_a_film_that_fails_and_stops_the_others_gives_the_run_its_own_code(
    projects: Mapping[str, Callable[[], Project]], tmp_path: Path
) -> None:
    ffmpeg = slow_ffmpeg(tmp_path / "bin")
    (ffmpeg.parent / "failing").write_text(LINE, "utf-8")
    rights, health = build(projects, ffmpeg=str(ffmpeg), keep_going=False)
    assert rights.summary
    assert health.error
    assert rights.exit_code == 1
    assert health.error.what.startswith("Stopped")
    assert worst_code([rights.exit_code, health.exit_code]) == 1
    assert (rights.was_stopped, health.was_stopped) == (False, True)


def test_no_film_goes_on_by_itself_after_a_bug(projects: Mapping[str, Callable[[], Project]]) -> None:
    before = set(threading.enumerate())

    def listen(event: Event) -> None:
        if isinstance(event, PlanStarted):
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        build(projects, listener=listen)
    assert [each.name for each in set(threading.enumerate()) - before if each.name.startswith("film")] == []


def test_films_that_are_up_to_date_need_no_scheduler(
    projects: Mapping[str, Callable[[], Project]], tmp_path: Path
) -> None:
    store = str(tmp_path / "store")
    assert [each.exit_code for each in build(projects, engine=Engine(jobs=1, store=store))] == [0, 0]
    nobody = Engine(jobs=1, store=store, cluster=Cluster(scheduler="tcp://127.0.0.1:9", wait_s=0))
    again = build(projects, engine=nobody)
    assert [each.summary and each.summary.made for each in again] == [0, 0]
    (tmp_path / RIGHTS / "subtitles/fr.srt").write_text(FR.replace(LINE, "Appelle 113"), "utf-8")
    one = build(projects, engine=nobody)
    assert worst_code(each.exit_code for each in one) == 4
