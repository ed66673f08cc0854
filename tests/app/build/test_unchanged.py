"""Is a build passed by only when it could make nothing new?"""

from __future__ import annotations

import os
import shutil
import threading
import time
from pathlib import Path

import pytest

from babelreel.app.build.build import build_project
from babelreel.app.build.request import Request
from babelreel.app.build.unchanged import recall_build
from babelreel.config.read import read_project
from babelreel.engines.engine import Engine
from babelreel.graph.event import Listener, PlanStarted
from babelreel.model.delivery.build_summary import BuildSummary
from support.projects import AR, FILES_ONLY, FR, babelreel, make_project

ALL = Request()


def age(root: Path) -> None:
    """Make everything that the user gave older than the clock of any file system ticks."""
    for path in root.rglob("*"):
        if path.is_file():
            os.utime(path, (time.time() - 60, time.time() - 60))


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = make_project(tmp_path_factory.mktemp("unchanged") / "film", {"fr.srt": FR, "ar.srt": AR})
    (root / "fr.toml").write_text('name = "French"\n', "utf-8")
    with (root / "babelreel.toml").open("a", encoding="utf-8") as file:
        file.write('\n[language.fr]\nfile = "fr.toml"\n')
    age(root)
    build(root)
    assert recall(root) is None, "the change of times, which cannot be set back, is too new to be trusted"
    time.sleep(2.1)
    build(root)
    return root


def build(root: Path, request: Request = ALL, listener: Listener = lambda _: None) -> BuildSummary:
    project = read_project(root)
    stop = threading.Event()
    return build_project(project, request, engine=Engine(jobs=2), keep_going=True, listener=listener, stop=stop)


def recall(root: Path, request: Request = ALL) -> BuildSummary | None:
    return recall_build(read_project(root), request, time.monotonic())


def test_a_build_with_nothing_to_do_says_what_the_last_one_said(built: Path) -> None:
    found = recall(built)
    assert found is not None
    assert (found.made, found.written, found.languages, found.exit_code) == (0, 0, 2, 0)
    planned = build(built)
    assert (found.kept, found.files, found.size) == (planned.kept, planned.files, planned.size)
    assert "nothing to do" in babelreel(built, "build").err


@pytest.mark.parametrize(
    "name",
    [
        "subtitles/fr.srt",
        "babelreel.toml",
        "fr.toml",
        "output/fr/film.fr.vtt",
        "output/SHA256SUMS",
        "output/manifest.json",
    ],
)
def test_any_other_content_is_planned(built: Path, name: str) -> None:
    path = built / name
    before = path.read_bytes()
    path.write_bytes(before.replace(b"streams = false", b"streams = true ") if name.endswith("toml") else before)
    try:
        assert recall(built) is None
    finally:
        path.write_bytes(before)
        time.sleep(2.1)
        build(built)


def test_a_new_file_is_planned_and_one_that_is_gone_too(built: Path) -> None:
    extra = built / "subtitles/zh-Hans.srt"
    extra.write_text("1\n00:00:00,200 --> 00:00:02,000\n你好。\n", "utf-8")
    assert recall(built) is None
    extra.unlink()
    assert recall(built) is not None
    (built / "output/fr/film.fr.srt").rename(built / "output/fr/elsewhere.srt")
    assert recall(built) is None
    (built / "output/fr/elsewhere.srt").rename(built / "output/fr/film.fr.srt")
    build(built)  # its times are others now


def test_another_call_is_planned(built: Path) -> None:
    assert recall(built, Request(languages=("fr",))) is None
    assert recall(built, Request(ffmpeg="/usr/bin/ffmpeg")) is None


def test_another_program_is_planned(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BABELREEL_FFMPEG", "/usr/bin/ffmpeg")
    assert recall(built) is None


@pytest.mark.parametrize("note", [b"", b"[]", b"{}", b'{"version": 1, "key": "", "value": {"inputs": 1}}'])
def test_a_note_that_is_none_of_ours_is_no_note(built: Path, note: bytes) -> None:
    (path,) = (built / ".babelreel/notes/last-build").iterdir()
    before = path.read_bytes()
    path.write_bytes(note)
    try:
        assert recall(built) is None
    finally:
        path.write_bytes(before)


@pytest.mark.parametrize("name", ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "espeak-ng"])
def test_a_printer_or_a_voice_that_was_installed_meanwhile_is_planned(
    built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    with monkeypatch.context() as machine:
        machine.setenv("PATH", str(tmp_path))  # nothing is there
        build(built)
        assert recall(built) is not None
        program = tmp_path / name
        program.write_text("#!/bin/sh\necho Version 1\n", encoding="utf-8")
        program.chmod(0o755)
        assert recall(built) is None
    build(built)


@pytest.mark.parametrize("with_output", [False, True], ids=["store", "store and output"])
def test_what_was_cleaned_away_is_made_again(tmp_path: Path, *, with_output: bool) -> None:
    root = make_project(tmp_path / "film")
    age(root)
    time.sleep(2.1)  # the change of times, which cannot be set back, is to be trusted
    first = build(root)
    assert recall(root) is not None
    assert babelreel(root, "clean", *(["--output"] if with_output else [])).code == 0
    assert not (root / ".babelreel").exists()
    assert recall(root) is None
    again = build(root)
    assert (again.made, again.kept) == (first.made, first.kept)
    assert again.written == (first.files if with_output else 0)


def test_a_store_that_somebody_took_away_is_filled_again(tmp_path: Path) -> None:
    root = make_project(tmp_path / "film")
    age(root)
    time.sleep(2.1)
    made = build(root).made
    shutil.rmtree(root / ".babelreel/store")
    assert recall(root) is None
    assert build(root).made == made


def test_a_partial_build_is_never_passed_by(tmp_path: Path) -> None:
    broken = FR.replace("00:00:01,040", "00:00:00,100")
    root = make_project(tmp_path / "film", {"fr.srt": broken, "ar.srt": AR}, settings=FILES_ONLY)
    time.sleep(2.1)
    assert build(root).exit_code == 3
    assert recall(root) is None


def test_an_edit_during_a_build_is_seen_on_a_disk_whose_clock_lags(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root, ours = make_project(tmp_path / "film"), time.time_ns
    age(root)
    time.sleep(2.1)  # the change of times, which cannot be set back, is to be trusted
    monkeypatch.setattr(time, "time_ns", lambda: ours() + 3600 * 10**9)  # the disk is an hour behind
    path = root / "subtitles/fr.srt"

    def edit(event: object) -> None:
        if isinstance(event, PlanStarted):  # its cues were read by then
            path.write_text(path.read_text("utf-8").replace("Tes droits", "Vos droits"), "utf-8")

    build(root, listener=edit)

    assert recall(root) is None
    build(root)
    assert "Vos droits" in (root / "output/fr/film.fr.srt").read_text("utf-8")


def test_what_has_just_changed_is_not_trusted_on_a_disk_whose_clock_lags(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root, ours = make_project(tmp_path / "film"), time.time_ns
    age(root)
    monkeypatch.setattr(time, "time_ns", lambda: ours() + 3600 * 10**9)
    build(root)
    assert recall(root) is None
