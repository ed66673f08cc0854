"""Is what was delivered equally loud, and is it said so?"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from decimal import Decimal
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pytest

from babelreel.app.check.check_project import check_project
from babelreel.app.check.run_rules import make_checker
from babelreel.app.project.described_film import FilmToCheck
from babelreel.app.voices.published_sounds import published_sounds
from babelreel.config.read import read_project
from support.films import make_film, run_maker
from support.loudness_meter import decode, loudness_lufs, make_sounding, speech, true_peak_dbtp
from support.projects import AR, FILES_ONLY, FR, babelreel, make_project

#: The films of a language, the light one for pages among them.
SIZES = ("phone-360p", "phone-360p-no-text", "web-720p")


@cache
def built() -> Path:
    folder = Path(mkdtemp(prefix="babelreel-loud-"))
    film = make_sounding(folder / "film.mov", *speech("-9dB"), seconds=2.4)
    root = make_project(folder / "film", {"fr.srt": FR, "ar.srt": AR}, film=film)
    result = babelreel(root, "build")
    assert result.code == 0, result.err
    return root


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shutil.copytree(built(), tmp_path / "film")
    return tmp_path / "film"


def edit_manifest(root: Path, change: Callable[[list[dict[str, Any]]], None]) -> None:
    path = root / "output/manifest.json"
    document = json.loads(path.read_text("utf-8"))
    change([file for file in document["files"] if file["role"] == "video"])
    path.write_text(json.dumps(document, ensure_ascii=False), "utf-8")


def videos(root: Path) -> list[dict[str, Any]]:
    document = json.loads((root / "output/manifest.json").read_text("utf-8"))
    return [file for file in document["files"] if file["role"] == "video"]


def test_the_manifest_says_of_every_video_what_another_meter_finds(root: Path) -> None:
    found = videos(root)
    assert len(found) == 2 * len(SIZES)
    for file in found:
        samples = decode(root / "output" / file["path"])
        assert loudness_lufs(samples) == pytest.approx(file["loudness_lufs"], abs=0.1)
        assert true_peak_dbtp(samples) == pytest.approx(file["true_peak_dbtp"], abs=0.1)
        assert file["loudness_lufs"] == pytest.approx(-16, abs=0.4)
        assert file["true_peak_dbtp"] < -1


def test_a_good_output_is_told_as_a_table_that_no_name_turns_around(root: Path) -> None:
    result = babelreel(root, "dub", "report")
    assert result.code == 0, result.err
    lines = result.out.splitlines()
    assert lines[0].split() == ["language", "rendition", "sound", "LUFS", "dBTP", "off"]
    rows = [line for line in lines if "original" in line]
    assert sorted(tuple(row.split()[:4]) for row in rows) == [
        (*language, size, "original") for language in (("ar", "Arabic"), ("fr", "French")) for size in SIZES
    ]
    assert len({row.index("original") for row in rows}) == 1
    assert len({row.index(".") for row in rows}) == 1  # numbers stand one below the other
    assert "web-720p: 2 languages, 0.00 LU apart" in lines
    assert lines[-1] == "6 files with sound, all within 1 LU of -16 LUFS (web), true peaks up to -1 dBTP"


def test_json_tells_the_same_to_programs(root: Path) -> None:
    document = babelreel(root, "dub", "report", "fr", "--json").document
    assert (document["good"], document["measured"], document["target"]["name"]) == (True, False, "web")
    assert {file["language"] for file in document["files"]} == {"fr"}
    told = {file["path"]: file["loudness_lufs"] for file in videos(root)}
    for file in document["files"]:
        assert file["loudness_lufs"] == told[file["path"]]
        assert file["off_lu"] == pytest.approx(file["loudness_lufs"] + 16)
        assert file["faults"] == []
    assert document["spreads"] == []  # one language has nothing to be compared with


@pytest.mark.parametrize(
    ("lufs", "peak", "words"),
    [(-14.99, -2, "too loud"), (-17.01, -2, "too quiet"), (-16, -0.99, "peak too high"), (-15, -1, "")],
)
def test_a_file_outside_of_the_target_is_told(root: Path, lufs: float, peak: float, words: str) -> None:
    def change(files: list[dict[str, Any]]) -> None:
        for file in files:
            file |= {"loudness_lufs": lufs, "true_peak_dbtp": peak}

    edit_manifest(root, change)
    result = babelreel(root, "dub", "report")
    assert result.code == (1 if words else 0)
    assert result.out.count(words) >= (4 if words else 0)


def test_languages_that_lie_apart_are_told_though_each_is_within_its_target(root: Path) -> None:
    def change(files: list[dict[str, Any]]) -> None:
        for file in files:
            file["loudness_lufs"] = -16.6 if file["language"] == "ar" else -15.5

    edit_manifest(root, change)
    result = babelreel(root, "dub", "report")
    assert result.code == 1
    assert "phone-360p: 2 languages, 1.10 LU apart, more than 1" in result.out
    assert babelreel(root, "dub", "report", "ar").code == 0


def test_measuring_again_finds_what_the_manifest_says(root: Path) -> None:
    document = babelreel(root, "dub", "report", "--measure", "--json").document
    assert (document["good"], document["measured"]) == (True, True)
    told = {file["path"]: file["loudness_lufs"] for file in videos(root)}
    for file in document["files"]:
        assert file["loudness_lufs"] == pytest.approx(told[file["path"]], abs=0.02)


def test_measuring_again_finds_files_that_were_changed_lost_or_broken(root: Path) -> None:
    quieter, lost, broken, *_ = (root / "output" / file["path"] for file in videos(root))
    whole = quieter.rename(quieter.with_name("whole.mp4"))
    run_maker("-i", f"file:{whole}", "-map", "0", "-c", "copy", "-c:a", "aac", "-af", "volume=-3dB", f"file:{quieter}")
    lost.unlink()
    broken.write_bytes(b"no film")
    result = babelreel(root, "dub", "report", "--measure", "--json")
    assert result.code == 1
    first, second, third, *others = (file["faults"] for file in result.document["files"])
    assert first[0].startswith("the manifest says -1")
    assert "too quiet" in first
    assert second == ["missing"]
    assert third[0].startswith("cannot be decoded")
    assert others == [[], [], []]


def test_without_output_there_is_nothing_to_tell(tmp_path: Path) -> None:
    result = babelreel(make_project(tmp_path / "film"), "dub", "report")
    assert result.code == 2
    assert "babelreel build" in result.err
    assert len(result.err.splitlines()) <= 4


def test_a_language_that_was_not_delivered_is_told(root: Path) -> None:
    result = babelreel(root, "dub", "report", "nl")
    assert result.code == 2
    assert "“nl”" in result.err


def test_a_manifest_of_an_earlier_version_says_nothing_but_can_be_measured(root: Path) -> None:
    def change(files: list[dict[str, Any]]) -> None:
        for file in files:
            del file["loudness_lufs"], file["true_peak_dbtp"]

    edit_manifest(root, change)
    assert published_sounds(read_project(root)) is None
    result = babelreel(root, "dub", "report")
    assert result.code == 2
    assert "--measure" in result.err
    assert babelreel(root, "dub", "report", "--measure").code == 0


def test_a_name_in_a_right_to_left_script_stays_in_its_cell(root: Path) -> None:
    path = root / "output/manifest.json"
    path.write_text(path.read_text("utf-8").replace('"english_name": "Arabic"', '"english_name": "العربية"'), "utf-8")
    out = babelreel(root, "dub", "report").out
    assert "\u2068ar  العربية\u2069" in out


def test_rules_see_the_published_sounds_and_a_build_does_not(root: Path) -> None:
    project = read_project(root)
    sounds = published_sounds(project)
    assert sounds is not None
    assert {(each.language, each.rendition, each.sound) for each in sounds} == {
        (tag, rendition, "original") for tag in ("fr", "ar") for rendition in SIZES
    }
    assert all(abs((each.loudness_lufs or Decimal(0)) + 16) < Decimal("0.4") for each in sounds)
    assert make_checker(project, FilmToCheck(film=None)).mixed is None
    assert check_project(project) is not None
    shutil.rmtree(root / "output")
    assert published_sounds(project) is None


def test_a_check_that_fixes_tells_of_published_sounds_as_one_that_does_not(root: Path) -> None:
    (root / "babelreel.toml").write_text(
        f"{FILES_ONLY}[sound]\ntarget = 'ebu-r128'\n", "utf-8"
    )  # and nothing built since
    words = ("check", "--select", "DUB018", "--format", "json")
    found = [
        [(each["code"], each["path"]) for each in babelreel(root, *words, *more).document["findings"]]
        for more in ((), ("--fix",))
    ]
    assert found[0] == found[1]
    assert ("DUB018", "output/fr") in found[0]


def test_another_target_makes_every_sound_anew_and_no_picture(root: Path) -> None:
    (root / "babelreel.toml").write_text(f"{FILES_ONLY}[sound]\ntarget = 'ebu-r128'\n", "utf-8")
    out = babelreel(root, "plan", "--why").out.splitlines()
    assert "sound original 128k 2ch: loudness target web -> ebu-r128" in out
    assert not [line for line in out if line.startswith("picture")]
    assert babelreel(root, "build").code == 0
    assert all(file["loudness_lufs"] == pytest.approx(-23, abs=0.4) for file in videos(root))
    assert babelreel(root, "dub", "report").code == 0


def test_a_film_with_a_silent_sound_is_delivered_and_told(tmp_path: Path) -> None:
    film = make_sounding(
        tmp_path / "film.mov", *("-f", "lavfi", "-i", "anullsrc=sample_rate=48000:duration=3"), seconds=2.4
    )
    root = make_project(tmp_path / "film", film=film)
    assert babelreel(root, "build").code == 0
    assert all(file["loudness_lufs"] is None and file["true_peak_dbtp"] is None for file in videos(root))
    assert all(file["sound"] == "original" for file in videos(root))
    result = babelreel(root, "dub", "report")
    assert result.code == 0
    assert "silent" in result.out
    assert babelreel(root, "dub", "report", "--measure").code == 0


def test_a_film_without_sound_has_nothing_to_report(tmp_path: Path) -> None:
    root = make_project(tmp_path / "film", film=make_film(tmp_path / "film.mp4", seconds=2, audio=None))
    assert babelreel(root, "build", "--only", "phone-360p").code == 0
    assert all("loudness_lufs" not in file for file in videos(root))
    result = babelreel(root, "dub", "report")
    assert result.code == 2
    assert "no sound" in result.err
