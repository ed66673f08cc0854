"""Is the film of little data published, proved and kept as others are, and made only where it is asked for?"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from support.films import make_film
from support.limited_ffmpeg import ffmpeg_without
from support.projects import AR, FILES_ONLY, FR, babelreel, make_project

SETTINGS = f"""
title = "Rights"
{FILES_ONLY}
[renditions.light-av1]
enabled = true
preset = "veryfast"
[renditions.web-1080p]
enabled = false
[renditions.web-720p]
enabled = false
[renditions.phone-480p]
enabled = false
[renditions.phone-360p]
preset = "veryfast"
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    film = make_film(tmp_path_factory.mktemp("film") / "film.mp4", seconds=8, size="320x180")
    root = make_project(
        tmp_path_factory.mktemp("project") / "film", {"fr.srt": FR, "ar.srt": AR}, film=film, settings=SETTINGS
    )
    done = babelreel(root, "build", "--jobs", "1")
    assert done.code == 0, done.err
    return root


def test_the_manifest_tells_how_it_is_coded(built: Path) -> None:
    files = json.loads((built / "output/manifest.json").read_text("utf-8"))["files"]
    told = {file["language"]: file for file in files if file.get("rendition") == "light-av1"}
    assert set(told) == {"fr", "ar"}
    for tag, file in told.items():
        assert file["path"] == f"{tag}/rights.{tag}.light-av1.mp4"
        assert (file["width"], file["height"], file["text"], file["sound"]) == (320, 180, "none", "original")
        # AV1, Main profile, 8 bits; 320x180 at 25 frames a second fits into the lowest level (AV1 specification, A.3)
        assert file["mime"] == 'video/mp4; codecs="av01.0.00M.08, opus"'
        assert file["loudness_lufs"] == pytest.approx(-16, abs=0.5)


def test_it_is_verified_as_deep_as_others_and_damage_is_found(built: Path, tmp_path: Path) -> None:
    done = babelreel(built, "verify", "--deep")
    assert done.code == 0, done.out + done.err
    copy = tmp_path / "output"
    shutil.copytree(built / "output", copy)
    film = copy / "fr/rights.fr.light-av1.mp4"
    film.write_bytes(film.read_bytes()[:-2000])
    done = babelreel(built, "verify", str(copy))
    assert done.code == 1
    assert "rights.fr.light-av1.mp4" in done.out + done.err


def test_any_number_of_jobs_makes_the_same_bytes(built: Path, tmp_path: Path) -> None:
    again = tmp_path / "again"
    shutil.copytree(built, again, ignore=shutil.ignore_patterns("output", ".babelreel"))
    done = babelreel(again, "build", "--jobs", "4", env={"PYTHONHASHSEED": "1"})
    assert done.code == 0, done.err
    assert (again / "output/SHA256SUMS").read_text("utf-8") == (built / "output/SHA256SUMS").read_text("utf-8")


def test_an_edited_line_costs_no_piece_of_it(built: Path) -> None:
    path = built / "subtitles/fr.srt"
    before = path.read_text("utf-8")
    path.write_text(before.replace("Appelle 112", "Appelle le 112"), "utf-8")
    try:
        tasks = babelreel(built, "plan", "--json").document["tasks"]
    finally:
        path.write_text(before, "utf-8")
    assert {task["name"] for task in tasks if task["name"].startswith("picture")} == {"picture phone-360p part 1 fr"}
    assert not [task["name"] for task in tasks if "light-av1" in task["name"]]


def test_an_ffmpeg_without_av1_makes_all_else_and_what_was_published_of_it_stays(built: Path, tmp_path: Path) -> None:
    root = tmp_path / "again"
    shutil.copytree(built, root)
    path = root / "subtitles/fr.srt"
    path.write_text(path.read_text("utf-8").replace("Appelle 112", "Appelle le 112"), "utf-8")
    little = "output/fr/rights.fr.light-av1.mp4"
    before = (root / little).read_bytes()
    limited = ffmpeg_without(tmp_path, "libsvtav1")

    done = babelreel(root, "build", "--jobs", "1", "--ffmpeg", limited)

    assert done.code == 3, done.err
    assert "light-av1 keeps its earlier version" in done.err
    assert "missing: libsvtav1" in done.err
    assert (root / little).read_bytes() == before
    assert "Appelle le 112" in (root / "output/fr/rights.fr.srt").read_text("utf-8")
    manifest = json.loads((root / "output/manifest.json").read_text("utf-8"))
    assert manifest["status"] == "partial"
    asked = babelreel(root, "build", "--only", "light-av1", "--ffmpeg", limited)
    assert asked.code == 4
    assert "This ffmpeg cannot make light-av1" in asked.err

    shutil.rmtree(root / "output")
    told = babelreel(root, "plan", "--ffmpeg", limited)
    assert "light-av1 is left out" in told.out + told.err
