from __future__ import annotations

import json
from pathlib import Path

from babelreel.config.read import read_project
from babelreel.languages.find import find_language
from support.films import make_colour_cuts
from support.projects import FR, babelreel, counting_ffmpeg, make_project, snapshot

SHORT = FR.replace("00:00:01,040", "00:00:00,400")


def test_doctor_draws_every_script_and_says_that_all_is_well(tmp_path: Path) -> None:
    result = babelreel(tmp_path, "doctor", "--json")
    found = {each["name"]: each["good"] for each in result.document["examinations"]}
    assert result.code == 0
    assert {"Latin", "Cyrillic", "Arabic", "Arabic (Pashto)", "Chinese", "ffmpeg"} <= found.keys()
    assert all(found.values())


def test_doctor_finds_an_ffmpeg_that_is_none(tmp_path: Path) -> None:
    program = tmp_path / "ffmpeg"
    program.write_text("#!/bin/sh\necho hello\n")
    program.chmod(0o755)
    result = babelreel(tmp_path, "doctor", "--ffmpeg", str(program))
    assert result.code == 4
    assert "FAIL  ffmpeg: This program is not ffmpeg." in result.out


def test_init_makes_a_project_and_overwrites_nothing(tmp_path: Path) -> None:
    assert babelreel(tmp_path, "init", "mon film").code == 0
    root = tmp_path / "mon film"
    assert {path.name for path in root.iterdir()} == {"video", "subtitles", "output", "babelreel.toml"}
    (root / "babelreel.toml").write_text('title = "mine"\n', "utf-8")
    before = snapshot(root)
    again = babelreel(root, "init")
    assert (again.code, snapshot(root)) == (0, before)
    assert "there already" in again.err


def test_init_says_what_comes_next_and_takes_the_language_of_the_film(tmp_path: Path) -> None:
    made = babelreel(tmp_path, "init", "été", "--spoken", "fr-FR")
    assert [word in made.err for word in ("video/", "subtitles/", "babelreel studio", "babelreel build")] == [True] * 4
    root = tmp_path / "été"
    assert read_project(root).reference == find_language("fr-FR").tag
    before = snapshot(root)
    for spoken in ("ar", "no language"):
        refused = babelreel(root, "init", "--spoken", spoken)
        assert (refused.code, snapshot(root)) == (2, before)
    assert not babelreel(tmp_path, "init", "other", "--spoken", "no language").err.startswith("made")
    assert not (tmp_path / "other").exists()


def test_probe_describes_the_film_and_then_check_needs_none(tmp_path: Path) -> None:
    late = "1\n00:00:59,000 --> 00:01:00,000\nTrop tard.\n"
    root = make_project(tmp_path / "film", {"fr.srt": late})
    assert "not checked: TIM008" in babelreel(root, "check").out  # not checked: the film is not known
    assert babelreel(root, "check").code == 0
    before = (root / "video/master.mp4").read_bytes()
    result = babelreel(root, "probe", "--json")
    assert (result.document["video"]["frames"], result.document["duration_ms"]) == (50, 2000)
    assert json.loads((root / "video/master.probe.json").read_text("utf-8")) == result.document
    assert (root / "video/master.mp4").read_bytes() == before
    (root / "video/master.mp4").unlink()
    checked = babelreel(root, "check", "--format", "json")
    assert checked.code == 1
    assert [finding["name"] for finding in checked.document["findings"]] == ["past-end-of-film"]


def test_probe_looks_for_shots_and_speech_once_for_each_film(tmp_path: Path) -> None:
    film = make_colour_cuts(tmp_path / "film.mp4", cuts=(17, 48), sound=True)
    root = make_project(tmp_path / "project", film=film)
    program, starts = counting_ffmpeg(tmp_path / "tools")
    first = babelreel(root, "probe", "--ffmpeg", str(program))
    assert first.code == 0
    assert "shots    3, with 2 cuts between them\nspeech   none\n" in first.out
    runs = starts.read_text("utf-8")
    second = babelreel(root, "probe", "--ffmpeg", str(program), "--json")
    assert (second.document["shots"], second.document["speech"]) == ([17, 48], [])
    assert starts.read_text("utf-8") == runs
    # the film is another one now
    make_colour_cuts(root / "video/master.mp4", cuts=(20,))
    third = babelreel(root, "probe", "--ffmpeg", str(program), "--json")
    assert (third.document["shots"], third.document["speech"]) == ([20], [])


def test_what_probe_saw_holds_the_tracks_without_the_film(tmp_path: Path) -> None:
    late = "1\n00:00:00,800 --> 00:00:01,800\nIt is free.\n"  # 3 frames after the cut
    root = make_project(tmp_path / "film", {"en.srt": late}, film=make_colour_cuts(tmp_path / "f.mp4", cuts=(17, 70)))
    assert "FLM001" in babelreel(root, "check").out  # not checked
    assert babelreel(root, "probe").code == 0
    planned = babelreel(root, "plan", "--json")
    (root / "video/master.mp4").unlink()
    checked = babelreel(root, "check", "--format", "json", "--select", "FLM001")
    assert [(each["code"], each["measured"]) for each in checked.document["findings"]] == [("FLM001", "3 frames")]
    assert planned.code == 0


def test_building_finds_shots_for_its_cells_but_no_speech_and_writes_no_description(tmp_path: Path) -> None:
    root = make_project(tmp_path / "film")
    assert babelreel(root, "plan").code == 0
    (seen,) = (root / ".babelreel/notes/shots-and-speech").iterdir()
    document = json.loads(seen.read_text("utf-8"))["value"]
    assert (document["shots"], document["speech"]) == ([], None)
    assert not (root / "video/master.probe.json").exists()


def test_check_says_file_line_and_column_and_takes_languages_and_paths(tmp_path: Path) -> None:
    root = make_project(tmp_path / "film", {"fr.srt": FR, "nl.srt": SHORT.replace("00:00:01,120", "00:00:00,100")})
    assert babelreel(root, "check", "fr").code == 0
    for target in ("nl", "subtitles/nl.srt"):
        result = babelreel(root, "check", target)
        assert "subtitles/nl.srt:" in result.out
    assert babelreel(root, "check", "nl", "--ignore", "TIM", "--ignore", "RDG").code == 0
    assert babelreel(root, "check", "de").code == 2


def test_explain_prints_the_page_of_a_rule(tmp_path: Path) -> None:
    by_code = babelreel(tmp_path, "explain", "TIM004")
    assert by_code.code == 0
    assert by_code.out.startswith("TIM004 ")
    name = by_code.out.split()[1]
    assert babelreel(tmp_path, "explain", name).out == by_code.out
    assert babelreel(tmp_path, "explain", "TIM999").code == 2


def test_plan_tells_and_does_nothing(tmp_path: Path) -> None:
    root = make_project(tmp_path / "film")
    result = babelreel(root, "plan", "--why")
    assert result.code == 0
    assert "picture phone-360p part 1 fr: first build" in result.out
    assert not (root / "output").exists()


def test_a_rendition_that_does_not_exist_is_told(tmp_path: Path) -> None:
    result = babelreel(make_project(tmp_path / "film"), "build", "--only", "cinema-8k")
    assert result.code == 2
    assert "web-1080p" in result.err
