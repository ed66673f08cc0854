"""Does a person get scripts for all languages, whatever is wrong with some of them?"""

from __future__ import annotations

import csv
from pathlib import Path

from babelreel.timedtext.formats.dapt import ScriptType
from babelreel.timedtext.formats.dapt_reader import read_dapt
from support.projects import AR, FR, babelreel, make_project, snapshot

EN = FR.replace("Tes droits.", "Your rights.").replace("Appelle 112", "Call 112")

NAMES = ("script.html", "script.csv", "dapt.ttml")

BROKEN = """\
7
00:00:01,000 --> 00:00:00,500
Rückwärts.

7
00:00:00,800 --> 00:00:01,500

7
00:00:00,900 --> 00:00:09,000
<b>Über 112</b> & mehr
"""


def names(*tags: str) -> list[str]:
    return [f"les-droits.{tag}.{name}" for tag in tags for name in NAMES]


def project(tmp_path: Path, tracks: dict[str, str | bytes]) -> Path:
    return make_project(tmp_path / "les droits", tracks)


def test_each_language_gets_a_page_a_spreadsheet_and_dapt(tmp_path: Path) -> None:
    root = project(tmp_path, {"fr.srt": FR, "ar.srt": AR, "en.srt": EN})
    result = babelreel(root, "dub", "script")
    assert (result.code, result.out.splitlines()) == (0, [f"recording/{name}" for name in names("ar", "en", "fr")])
    assert "fr: 2 lines" in result.err
    assert sorted(path.name for path in (root / "recording").iterdir()) == sorted(names("ar", "en", "fr"))
    text = (root / "recording" / "les-droits.fr.script.csv").read_text("utf-8-sig")
    first, second = csv.DictReader(text.splitlines())
    # 1.12 - 0.2 - 0.05 s; up to the film's end, 2 s or a little more
    assert (first["line"], first["take"], first["seconds available"]) == ("1", "video/stems/fr/01.wav", "0.8")
    assert (second["source text"], second["target text"]) == ("Call 112", "Appelle 112")
    assert second["time in"] == "00:00:01.120"
    dapt = read_dapt((root / "recording" / "les-droits.ar.dapt.ttml").read_bytes(), "ar")
    assert (dapt.type, dapt.language, dapt.source) == (ScriptType.PRE_RECORDING, "ar", "en")
    assert [[text.text for text in event.texts] for event in dapt.events] == [
        ["Your rights.", "لديك حقوق."],
        ["Call 112", "Focus: \u2066116\u00a0000\u2069."],
    ]
    assert 'dir="rtl"' in (root / "recording" / "les-droits.ar.script.html").read_text("utf-8")


def test_a_folder_with_spaces_and_accents_takes_the_scripts_and_a_second_run_gives_the_same_bytes(
    tmp_path: Path,
) -> None:
    root = project(tmp_path, {"fr.srt": FR, "en.srt": EN})
    folder = tmp_path / "à enregistrer"
    assert babelreel(root, "dub", "script", "fr", "--to", str(folder)).out.splitlines() == [
        str(folder / name) for name in names("fr")
    ]
    before = snapshot(folder)
    assert sorted(before) == sorted(names("fr"))
    assert not (root / "recording").exists()
    assert babelreel(root, "dub", "script", "fr", "--to", str(folder), env={"PYTHONHASHSEED": "1"}).code == 0
    assert snapshot(folder) == before


def test_an_unknown_language_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    root = project(tmp_path, {"fr.srt": FR})
    for tag, what in (("xx", "xx"), ("de", "There is no subtitle file for “de”")):
        result = babelreel(root, "dub", "script", "fr", tag)
        assert (result.code, result.out) == (2, "")
        assert what in result.err
    assert not (root / "recording").exists()


def test_a_track_with_faults_still_gives_a_script(tmp_path: Path) -> None:
    root = project(tmp_path, {"de.srt": BROKEN, "nl.srt": "", "vi.srt": b"\xff\xfe\x00\xd8\x01"})
    result = babelreel(root, "dub", "script")
    assert result.code == 0, result.err
    assert "de: 2 lines, 1 too long, number 7 borne by more than one, 1 cue without a word left out" in result.err
    dapt = read_dapt((root / "recording" / "les-droits.de.dapt.ttml").read_bytes(), "de")
    assert [event.name for event in dapt.events] == ["line-7", "line-7-2"]
    assert "nl: 0 lines" in result.err


def test_without_a_film_there_is_a_script_too(tmp_path: Path) -> None:
    root = project(tmp_path, {"fr.srt": FR})
    (root / "video" / "master.mp4").unlink()
    assert babelreel(root, "dub", "script").code == 0
    assert "Film: unknown" in (root / "recording" / "les-droits.fr.script.html").read_text("utf-8")


def test_a_track_that_cannot_be_read_keeps_no_other_language_from_its_script(tmp_path: Path) -> None:
    root = project(tmp_path, {"fr.srt": FR})
    with (root / "subtitles" / "ar.srt").open("wb") as file:
        file.truncate(65 * 1024 * 1024)
    result = babelreel(root, "dub", "script")
    assert result.code == 2
    assert "subtitles/ar.srt" in result.err
    assert result.out.splitlines() == [f"recording/{name}" for name in names("fr")]


def test_nothing_is_changed_in_the_users_folders(tmp_path: Path) -> None:
    root = project(tmp_path, {"fr.srt": FR, "en.srt": EN})
    before = {folder: snapshot(root / folder) for folder in ("video", "subtitles")}
    assert babelreel(root, "dub", "script").code == 0
    assert {folder: snapshot(root / folder) for folder in before} == before
