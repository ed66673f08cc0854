from __future__ import annotations

import json
from pathlib import Path

import av
import pytest
from jsonschema import validate

import babelreel as package
from support.films import make_film
from support.projects import AR, FR, ZH, babelreel, counting_ffmpeg, make_project

CONFIG = 'title = "Tes droits"\nslug = "film"\nreference = "fr"\n[delivery]\narchive = ["mkv", "mp4"]\n'
PATHS = ["archive/film.archive.mkv", "archive/film.archive.mp4"]


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pidgin = FR.replace("Tes droits.", "Your rights.")
    # every translation gives the phone number of the reference, or it would be refused
    arabic, chinese = AR.replace("116\u00a0000", "112"), ZH.replace("电话", "112")
    tracks = {"fr.srt": FR, "ar.srt": arabic, "zh-Hans.srt": chinese, "pcm.srt": pidgin}
    root = make_project(tmp_path_factory.mktemp("projects") / "mon été (1)", tracks)
    (root / "babelreel.toml").write_text(CONFIG, "utf-8")
    built = babelreel(root, "build", "--only", "archive")
    assert built.code == 0, built.err
    return root


def test_only_the_archives_are_made_where_only_they_are_asked_for(root: Path) -> None:
    manifest = json.loads((root / "output" / "manifest.json").read_bytes())
    films = [file["path"] for file in manifest["files"] if file["mime"].startswith("video/")]
    assert films == PATHS


def test_the_manifest_describes_them(root: Path) -> None:
    manifest = json.loads((root / "output" / "manifest.json").read_bytes())
    schema = Path(package.__file__).parent / "delivery" / "manifest.schema.json"
    validate(manifest, json.loads(schema.read_bytes()))
    for path, mime in zip(PATHS, ("video/x-matroska", "video/mp4"), strict=True):
        (entry,) = (file for file in manifest["files"] if file["path"] == path)
        assert (entry["role"], entry["language"], entry["rendition"]) == ("archive", "", "archive")
        assert (entry["duration"], entry["width"], entry["height"]) == (2.0, 320, 180)
        assert entry["mime"] == f'{mime}; codecs="avc1.640020, mp4a.40.2"'
    assert babelreel(root, "verify").code == 0


@pytest.mark.parametrize("path", PATHS)
def test_the_original_is_on_and_every_text_is_there_and_off(root: Path, path: str) -> None:
    with av.open(str(root / "output" / path)) as container:
        names = [each.metadata.get("handler_name") or each.metadata.get("title", "") for each in container.streams]
        switched = [bool(int(each.disposition) & 1) for each in container.streams]
        frames = sum(1 for _ in container.decode(video=0))
    assert names[1:] == ["Français (original)", "العربية", "Français", "Naijíriá Píjin", "中文（简体）"]
    assert switched == [True, True, False, False, False, False]
    assert frames == 50


def test_a_second_build_makes_nothing(root: Path) -> None:
    before = {path: (root / "output" / path).stat().st_mtime_ns for path in PATHS}
    program, notes = counting_ffmpeg(root / "counting")
    assert babelreel(root, "build", "--only", "archive", "--ffmpeg", str(program)).code == 0
    notes.write_text("", "utf-8")  # the first build with another program makes all anew
    assert babelreel(root, "build", "--only", "archive", "--ffmpeg", str(program)).code == 0
    assert notes.read_text("utf-8") == ""
    assert {path: (root / "output" / path).stat().st_mtime_ns for path in PATHS} == before


def test_a_silent_film_has_an_archive_too(tmp_path: Path) -> None:
    silent = make_film(tmp_path / "silent.mp4", seconds=2, audio=None)
    root = make_project(tmp_path / "project", film=silent)
    (root / "babelreel.toml").write_text(CONFIG, "utf-8")
    assert babelreel(root, "build", "--only", "archive").code == 0
    for path in PATHS:
        with av.open(str(root / "output" / path)) as container:
            assert [each.type for each in container.streams] == ["video", "subtitle"]
