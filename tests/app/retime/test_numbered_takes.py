"""Takes and exceptions that are known by the number of their line are never left to another line."""

from __future__ import annotations

import shutil
import tomllib
from pathlib import Path

import pytest

from babelreel.app.kept_versions import undo
from babelreel.app.project.choose_tracks import find_tracks_of
from babelreel.app.project.read_tracks import load_track
from babelreel.app.retime.plan import plan_moves
from babelreel.app.retime.write_moves import write_moves
from babelreel.config.read import read_project
from babelreel.errors import UsageError
from babelreel.model.film.change.time_map import Stretch, TimeMap
from babelreel.model.project import Project
from babelreel.model.timecode import Span
from babelreel.report.console.retime.moves import render_moves
from support.tracks import srt

LINES = ("You have rights.", "A lawyer is free.", "Call 112.")
VTT = "WEBVTT\n\n" + "\n".join(
    f"00:00:{10 * number:02}.000 --> 00:00:{10 * number + 3:02}.000\n{text}\n" for number, text in enumerate(LINES)
)
ASS_HEAD = "[Script Info]\nScriptType: v4.00+\n\n[Events]\nFormat: Start, End, Text\n"
ASS = ASS_HEAD + "".join(
    f"Dialogue: 0:00:{10 * number:02}.00,0:00:{10 * number + 3:02}.00,{text}\n" for number, text in enumerate(LINES)
)
#: The second line's scene is gone.
CUT = TimeMap(
    stretches=(
        Stretch(old=Span(start_ms=0, end_ms=9000), new_start_ms=0),
        Stretch(old=Span(start_ms=19_000, end_ms=30_000), new_start_ms=9000),
    )
)
#: The last two scenes changed places.
EXCHANGED = TimeMap(
    stretches=(
        Stretch(old=Span(start_ms=0, end_ms=9000), new_start_ms=0),
        Stretch(old=Span(start_ms=9000, end_ms=19_000), new_start_ms=20_000),
        Stretch(old=Span(start_ms=19_000, end_ms=30_000), new_start_ms=9000),
    )
)


def project_with(root: Path, file: str, content: str) -> Project:
    (root / "subtitles").mkdir()
    (root / "subtitles" / file).write_text(content, "utf-8")
    (root / "video/stems/fr").mkdir(parents=True)
    for number in (1, 2, 3):
        (root / f"video/stems/fr/{number:02}.flac").write_bytes(b"a sound")
    return read_project(root)


@pytest.mark.parametrize(
    ("file", "content", "time_map"),
    [("fr.vtt", VTT, CUT), ("fr.ass", ASS, CUT), ("fr.vtt", VTT, EXCHANGED)],  # lines of .ass stay where they stand
)
def test_where_lines_are_counted_takes_without_their_words_keep_everything_in_place(
    file: str, content: str, time_map: TimeMap, tmp_path: Path
) -> None:
    project = project_with(tmp_path, file, content)
    moves = plan_moves(project, time_map)
    with pytest.raises(UsageError, match="Nothing was moved") as caught:
        write_moves(project, moves, "conform")
    assert "its lines get other numbers, and 01.flac is known by one" in caught.value.why
    assert "babelreel dub remember fr" in caught.value.hint
    assert (tmp_path / "subtitles" / file).read_text("utf-8") == content


@pytest.mark.parametrize("time_map", [TimeMap.shifted(2000), TimeMap(stretches=CUT.stretches[:1])])
def test_where_all_lines_that_stay_keep_their_numbers_they_move(time_map: TimeMap, tmp_path: Path) -> None:
    assert plan_moves(project_with(tmp_path, "fr.vtt", VTT), time_map).plan.unmoved == ()


@pytest.mark.parametrize("time_map", [CUT, EXCHANGED])
def test_takes_that_are_kept_with_their_words_follow_them(time_map: TimeMap, tmp_path: Path) -> None:
    project = project_with(tmp_path, "fr.vtt", VTT)
    entries = (
        f'["{number:02}.flac"]\ntext = "{text}"\nstart = "00:00:{10 * number - 10:02}.000"\nsha256 = "0"\n'
        for number, text in enumerate(LINES, start=1)
    )
    (tmp_path / "video/stems/fr/takes.toml").write_text("\n".join(entries), "utf-8")
    assert plan_moves(project, time_map).plan.unmoved == ()


def test_lines_of_srt_files_keep_their_numbers(tmp_path: Path) -> None:
    text = "\n".join(
        f"{number}\n00:00:{10 * number - 10:02},000 --> 00:00:{10 * number - 7:02},000\n{line}\n"
        for number, line in enumerate(LINES, start=1)
    )
    assert plan_moves(project_with(tmp_path, "fr.srt", text), CUT).plan.unmoved == ()


EXCEPTION = '[[check.allow]]\nrules = ["RDG"]\nfile = "{}"\ncue = {} # a sign\nreason = "read on a sign"\n'
CHAPTER = '[[chapter]]\nstart = "0:20"\ntitle = { en = "A lawyer" }\n'


@pytest.mark.parametrize(
    ("file", "content", "time_map", "number"),
    [
        ("fr.vtt", VTT, CUT, 2),
        ("fr.ass", ASS, CUT, 2),
        ("fr.vtt", VTT, EXCHANGED, 2),
        ("fr.ass", ASS, EXCHANGED, 3),  # its lines stay where they stand
        ("fr.srt", srt(*((10_000 * each, 10_000 * each + 3000, LINES[each]) for each in range(3))), CUT, 3),
    ],
)
def test_an_exception_follows_its_line_to_another_number_beside_a_chapter(
    file: str, content: str, time_map: TimeMap, number: int, tmp_path: Path
) -> None:
    before = f"{CHAPTER}{EXCEPTION.format(file, 3)}"
    (tmp_path / "babelreel.toml").write_text(before, "utf-8")
    project = project_with(tmp_path, file, content)
    shutil.rmtree(tmp_path / "video")
    write_moves(project, plan_moves(project, time_map), "conform")
    settings = (tmp_path / "babelreel.toml").read_text("utf-8")
    (chapter,), (allowed,) = tomllib.loads(settings)["chapter"], tomllib.loads(settings)["check"]["allow"]
    assert allowed["cue"] == number
    track = load_track(read_project(tmp_path), find_tracks_of(project, ["fr"])[0])
    (text,) = (cue.text for cue in track.cues if cue.number == number)
    assert text == "Call 112."
    assert settings == before.replace('"0:20"', f'"{chapter["start"]}"').replace("cue = 3", f"cue = {number}")
    undo(project)
    assert (tmp_path / "babelreel.toml").read_text("utf-8") == before


def test_an_exception_whose_line_is_gone_is_named(tmp_path: Path) -> None:
    (tmp_path / "babelreel.toml").write_text(EXCEPTION.format("fr.vtt", 2), "utf-8")
    project = project_with(tmp_path, "fr.vtt", VTT)
    shutil.rmtree(tmp_path / "video")
    plan = plan_moves(project, CUT).plan
    assert (plan.followed, [each.cue for each in plan.lost]) == (0, [2])
    told = " ".join(render_moves(plan).split())
    assert "the exception for line 2 of fr.vtt cannot follow it to a new number: look at it in babelreel.toml" in told
