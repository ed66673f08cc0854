"""Is it told before a build begins that the disk has too little room for it, and only then?"""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import pytest

from babelreel.app.build.build import build_project
from babelreel.app.build.planning import plan_project
from babelreel.app.build.request import Request
from babelreel.app.project.output_folder import choose_output
from babelreel.config.read import read_project
from babelreel.engines.engine import Engine
from babelreel.errors import NoSpaceError
from babelreel.graph.event import Event, TaskStarted, Told
from babelreel.model.delivery.build_summary import BuildSummary
from babelreel.stages.expected_sizes import least_sizes, likely_sizes
from support.films import make_film
from support.projects import AR, FR, make_project

#: Memory that Linux shows as a file system.
OTHER_DISK = Path("/dev/shm")  # noqa: S108 - a folder of its own is made there


class Usage(NamedTuple):
    """What ``shutil.disk_usage`` says of a disk."""

    total: int
    used: int
    free: int


@contextmanager
def disk_with(free: int) -> Iterator[None]:
    """Let every disk say that so many bytes of it are free."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shutil, "disk_usage", lambda _: Usage(free, 0, free))
        yield


def build(root: Path, events: list[Event], request: Request | None = None) -> BuildSummary:
    return build_project(
        read_project(root),
        request or Request(),
        engine=Engine(jobs=2),
        keep_going=True,
        listener=events.append,
        stop=threading.Event(),
    )


def told(events: list[Event]) -> list[str]:
    return [each.text for each in events if isinstance(each, Told)]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = make_project(tmp_path_factory.mktemp("room") / "film", {"fr.srt": FR, "ar.srt": AR})
    build(root, [])
    return root


def test_a_build_that_cannot_fit_stops_before_it_makes_anything(tmp_path: Path) -> None:
    root, events = make_project(tmp_path / "film"), list[Event]()
    with disk_with(1000), pytest.raises(NoSpaceError) as stopped:
        build(root, events)
    assert stopped.value.exit_code == 6
    assert "1 kB are free" in stopped.value.why
    assert not [each for each in events if isinstance(each, TaskStarted)]
    assert not (root / "output/manifest.json").exists()


def test_what_is_published_stays_where_the_next_build_cannot_fit(built: Path, tmp_path: Path) -> None:
    root = shutil.copytree(built, tmp_path / "film")
    (root / "subtitles/fr.srt").write_text(FR.replace("112", "113"), "utf-8")
    before = (root / "output/manifest.json").read_bytes()
    with disk_with(1000), pytest.raises(NoSpaceError):
        build(root, [])
    assert (root / "output/manifest.json").read_bytes() == before


def test_a_build_that_may_not_fit_is_warned_of_and_goes_on(tmp_path: Path) -> None:
    root, events = make_project(tmp_path / "film"), list[Event]()
    prepared = plan_project(read_project(root), Request())
    film = prepared.workshop.film.info
    likely = sum(likely_sizes(prepared.plan.steps, film).values())
    with disk_with(round(likely * 0.9)):
        summary = build(root, events)
    assert summary.exit_code == 0
    assert len(told(events)) == 1
    assert "too little room" in told(events)[0]


def test_nothing_is_said_where_there_is_room(tmp_path: Path) -> None:
    root, events = make_project(tmp_path / "film"), list[Event]()
    with disk_with(10**9):
        build(root, events)
    assert not told(events)


def test_a_full_disk_is_no_hindrance_where_there_is_nothing_to_do(built: Path) -> None:
    (built / "babelreel.toml").touch()  # it is looked at again, and nothing has changed
    events = list[Event]()
    with disk_with(0):
        assert build(built, events).made == 0
    assert not told(events)


@pytest.mark.skipif(not OTHER_DISK.is_dir(), reason="no second disk")
def test_the_disk_that_is_too_small_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = make_project(tmp_path / "film")
    with TemporaryDirectory(dir=OTHER_DISK) as other:
        project = choose_output(read_project(root), Path(other) / "films")
        monkeypatch.setattr(shutil, "disk_usage", lambda folder: Usage(0, 0, 100 if str(folder) == other else 10**9))
        with pytest.raises(NoSpaceError) as stopped:
            build_project(
                project,
                Request(),
                engine=Engine(jobs=2),
                keep_going=True,
                listener=lambda _: None,
                stop=threading.Event(),
            )
    assert stopped.value.where == other


def test_a_film_in_which_nothing_is_seen_is_not_stopped_where_it_fits(tmp_path: Path) -> None:
    film = make_film(tmp_path / "black.mp4", seconds=8, size="640x360", picture="color")
    root, events = make_project(tmp_path / "film", film=film), list[Event]()
    build(root, events)
    used = sum(path.stat().st_size for each in ("output", ".babelreel") for path in (root / each).rglob("*"))
    again = make_project(tmp_path / "again", film=film)
    with disk_with(used):
        assert build(again, []).exit_code == 0


@pytest.mark.parametrize("picture", ["color", "testsrc2"])
def test_no_result_is_expected_to_take_more_at_least_than_it_does(picture: str, tmp_path: Path) -> None:
    film = make_film(tmp_path / "film.mp4", seconds=3, size="640x360", picture=picture)
    root = make_project(tmp_path / "film", {"fr.srt": FR, "ar.srt": AR}, film=film)
    before = plan_project(read_project(root), Request())
    build(root, [])
    least = least_sizes(before.plan.steps, before.workshop.film.info, ())
    after = plan_project(read_project(root), Request())
    sizes = {step.task.name: sum(each.size for each in step.entry.artifacts) for step in after.plan.steps if step.entry}
    assert sizes.keys() == least.keys()
    assert sum(least.values()) <= sum(sizes.values())
