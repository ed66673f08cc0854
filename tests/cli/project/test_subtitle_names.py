"""What does a volunteer see whose subtitles are named as people name files?"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from support.foreign_files import ttml_file
from support.projects import AR, FR, babelreel, make_project, small_film

TTML = ttml_file('<p begin="0.2s" end="1.04s">Du hast Rechte.</p><p begin="1.12s" end="2s">Ruf 112 an.</p>')


def test_misnamed_files_are_findings_and_the_others_are_checked(tmp_path: Path) -> None:
    root = make_project(tmp_path / "p", {"fr.srt": FR, "Arabic.srt": AR, "fr (1).srt": FR, "notes.docx": "x"})
    result = babelreel(root, "check", "--format", "json")
    assert result.code == 1
    found = {(each["path"], each["code"]): each for each in result.document["findings"]}
    assert "rename it to ar.srt" in found["subtitles/Arabic.srt", "FIL001"]["message"]
    assert "fr.srt" in found["subtitles/fr (1).srt", "FIL001"]["message"]
    assert found["subtitles/notes.docx", "FIL003"]["severity"] == "info"
    assert result.document["summary"]["tracks"] == 1


def test_a_project_with_misnamed_files_only_has_findings_too(tmp_path: Path) -> None:
    root = make_project(tmp_path / "p", {"Arabic.srt": AR, "sous-titres FR final v2.srt": FR})
    result = babelreel(root, "check")
    assert result.code == 1
    assert "rename it to ar.srt" in result.out
    assert "rename it to fr.srt" in result.out


@pytest.mark.parametrize("asked", ["ar", "subtitles/Arabic.srt"])
def test_a_language_whose_file_is_misnamed_may_be_asked_for(tmp_path: Path, asked: str) -> None:
    root = make_project(tmp_path / "p", {"fr.srt": FR, "Arabic.srt": AR})
    result = babelreel(root, "check", asked)
    assert (result.code, result.out.count("FIL001")) == (1, 1)


def test_a_stray_file_can_be_ignored(tmp_path: Path) -> None:
    settings = '[check.ignore_in]\n"*.docx" = ["unused-file"]\n"draft.srt" = ["misnamed-file"]\n'
    root = make_project(tmp_path / "p", {"fr.srt": FR, "draft.srt": FR, "a.docx": "x"}, settings=settings)
    assert "FIL" not in babelreel(root, "check").out


def test_build_refuses_misnamed_files_in_one_message_and_publishes_the_others(tmp_path: Path) -> None:
    tracks = {"fr.srt": FR, "Arabic.srt": AR, "zh.srt": FR, "zh-Hans.srt": FR, "unnamed.srt": "x"}
    root = make_project(tmp_path / "p", tracks, film=small_film())
    result = babelreel(root, "build")
    assert result.code == 3
    assert result.err.count("not published:") == 1
    assert "3 subtitle files are not published" in result.err
    for name in ("rename it to ar.srt", "zh-Hans.srt and zh.srt", "unnamed.srt"):
        assert name in result.err
    manifest = json.loads((root / "output/manifest.json").read_text())
    assert {each["language"] for each in manifest["files"]} - {""} == {"fr"}
    assert babelreel(root, "build", "fr").code == 0
    assert babelreel(root, "build", "ar").code == 3


def test_a_track_that_can_only_be_read_is_published_and_never_written(tmp_path: Path) -> None:
    root = make_project(tmp_path / "p", {"fr.srt": FR, "de.ttml": TTML}, film=small_film())
    before = (root / "subtitles/de.ttml").read_bytes()
    result = babelreel(root, "check", "de", "--fix", "--unsafe-fixes")
    assert "line 1 at 0:00: " in result.out
    assert "subtitles/de.ttml, which can only be read" in result.err
    assert (root / "subtitles/de.ttml").read_bytes() == before
    assert babelreel(root, "build", "de").code == 0
    (published,) = (root / "output/de").glob("*.srt")
    assert "Du hast Rechte." in published.read_text("utf-8")


def test_convert_writes_a_file_that_can_be_edited_and_overwrites_nothing(tmp_path: Path) -> None:
    root = make_project(tmp_path / "p", {"fr.srt": FR, "de.ttml": TTML})
    result = babelreel(root, "convert", "de")
    assert (result.code, result.err) == (0, "wrote de.srt, 2 cues\n")
    assert (
        (root / "subtitles/de.srt").read_text("utf-8").startswith("1\n00:00:00,200 --> 00:00:01,040\nDu hast Rechte.\n")
    )
    checked = babelreel(root, "check", "de")
    assert "subtitles/de.srt:" in checked.out or checked.code == 0
    assert "de.srt is used for German (de)" in checked.out
    assert babelreel(root, "convert", "subtitles/de.ttml").code == 2
    assert babelreel(root, "convert", "fr").code == 2
