"""Can people watch something while a long first build goes on, and is all of it as good as at its end?"""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from babelreel.app.build import first_fruits
from babelreel.app.build.planning import Prepared, plan_project
from babelreel.app.build.request import Request
from babelreel.config.read import read_project
from support.projects import AR, FR, babelreel, make_project, snapshot
from support.publications import SETTINGS, copy_publication, manifest_faults

#: A build that takes every film for a long one, and that is killed when its first fruits are out, if it is told so.
BUILD = """
import os, runpy, signal, sys
from babelreel.app.build import build, first_fruits
end = sys.argv[1]
first_fruits.WORTH = 1
publish = build._publish_first
def publish_first(*arguments):
    publish(*arguments)
    if end == "killed":
        os.kill(os.getpid(), signal.SIGKILL)
build._publish_first = publish_first
sys.argv = ["babelreel", "build"]
runpy.run_module("babelreel", run_name="__main__", alter_sys=True)
"""


def build(root: Path, end: str = "") -> int:
    done = subprocess.run([sys.executable, "-c", BUILD, end], cwd=root, check=False, capture_output=True)
    assert done.returncode in {0, -signal.SIGKILL}, done.stderr.decode()
    return done.returncode


def unbuilt(tmp_path: Path) -> Path:
    return make_project(tmp_path / "film", {"fr.srt": FR, "ar.srt": AR}, settings=SETTINGS)


def test_a_build_that_is_killed_half_way_leaves_languages_that_can_be_watched(tmp_path: Path) -> None:
    root = unbuilt(tmp_path)
    assert build(root, "killed") == -signal.SIGKILL

    manifest = json.loads((root / "output/manifest.json").read_text("utf-8"))
    assert manifest["status"] == "partial"
    assert not manifest_faults(root / "output")
    assert babelreel(root, "verify", "--deep").code == 0
    paths = {file["path"] for file in manifest["files"]}
    for tag in ("fr", "ar"):
        assert {f"{tag}/index.html", f"{tag}/film.{tag}.web-1080p.mp4", f"{tag}/film.{tag}.vtt"} <= paths
        assert f"{tag}/film.{tag}.phone-360p.mp4" not in paths, "that one was still to be made"

    assert babelreel(root, "build").code == 0
    assert snapshot(root / "output") == snapshot(copy_publication(tmp_path / "whole") / "output")


def test_first_fruits_are_no_earlier_version_and_change_nothing_of_the_last(tmp_path: Path) -> None:
    root = unbuilt(tmp_path)
    assert build(root) == 0
    assert snapshot(root / "output") == snapshot(copy_publication(tmp_path / "whole") / "output")
    assert not list((root / ".babelreel").glob("earlier/*/*")), "nobody wants to go back to a part of it"
    assert babelreel(root, "rollback").code == 2


def planned(root: Path) -> Prepared:
    return plan_project(read_project(root), Request())


def test_nothing_that_is_published_makes_way_for_a_part(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(first_fruits, "WORTH", 1)
    root = unbuilt(tmp_path)
    assert planned(root).plan.turns
    shutil.copytree(copy_publication(tmp_path / "whole") / "output", root / "output")
    assert not planned(root).plan.turns


def test_a_short_build_is_done_in_one_go(tmp_path: Path) -> None:
    assert not planned(unbuilt(tmp_path)).plan.turns


def test_what_all_languages_share_comes_before_what_each_has_and_streams_come_last(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(first_fruits, "WORTH", 1)
    turns = planned(unbuilt(tmp_path)).plan.turns
    order = ["file web-1080p fr", "file phone-360p fr", "stream picture web-1080p"]
    assert [turns[name] for name in order] == [0, 1, 2]
    assert turns["picture web-1080p part 1"] == 0, "the stream needs it too"
    assert turns["picture phone-360p part 1 fr"] == 1
    assert turns["captions ar"] == turns["posters"] == 0
