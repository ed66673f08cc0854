from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from babelreel.media.picture.shots import LEAST_CHANGE, choose_cuts, find_shots, parse_changes
from babelreel.media.probe.film import probe_media
from babelreel.media.programs.locate import Ffmpeg
from support.films import make_colour_cuts, make_film, make_flash_and_beep


def shots_of(ffmpeg: Ffmpeg, film: Path) -> tuple[int, ...]:
    return find_shots(ffmpeg.path, film, probe_media(film, digest="00"))


@pytest.mark.parametrize("rate", ["24000/1001", "25", "50"])
def test_a_hard_cut_is_found_on_its_very_frame(ffmpeg: Ffmpeg, tmp_path: Path, rate: str) -> None:
    film = make_colour_cuts(tmp_path / "film.mp4", rate=rate, cuts=(17, 48))
    assert shots_of(ffmpeg, film) == (17, 48)


def test_a_cut_between_colours_of_the_same_brightness_is_found(ffmpeg: Ffmpeg, tmp_path: Path) -> None:
    # by BT.601 both have a luma of 76
    film = make_colour_cuts(tmp_path / "film.mp4", cuts=(20,), colours=("0xff0000", "0x008200"))
    assert shots_of(ffmpeg, film) == (20,)


@pytest.mark.parametrize("ending", ["mp4", "mkv", "ts"])
def test_frames_count_from_the_start_of_the_film_and_not_of_its_clock(
    ffmpeg: Ffmpeg, tmp_path: Path, ending: str
) -> None:
    film = make_colour_cuts(tmp_path / f"film.{ending}", cuts=(17, 48), start_offset=5)
    assert shots_of(ffmpeg, film) == (17, 48)


def test_a_picture_that_begins_after_the_sound_shifts_the_frames(ffmpeg: Ffmpeg, tmp_path: Path) -> None:
    film = make_colour_cuts(tmp_path / "film.mkv", cuts=(17, 48), picture_delay=Fraction(2, 5), sound=True)
    assert shots_of(ffmpeg, film) == (27, 58)  # 10 frames of 25 later


def test_frames_of_a_film_with_a_variable_rate_are_those_of_the_rate_it_is_brought_to(
    ffmpeg: Ffmpeg, tmp_path: Path
) -> None:
    # every second frame is left out from 0.4 to 1.2 s: the cuts are shown at 0.68 (17) and 1.92 s (48) all the same
    thinned = "select='not(between(n,10,30)*mod(n,2)*not(eq(n,17)))'"
    film = make_colour_cuts(tmp_path / "film.mkv", cuts=(17, 48), filters=thinned)
    info = probe_media(film, digest="00")
    assert info.video is not None
    assert info.video.is_variable_rate
    shown_s = [Fraction(frame) / info.video.rate for frame in find_shots(ffmpeg.path, film, info)]
    half_frame = 1 / info.video.rate / 2
    assert [
        abs(shown - cut) <= half_frame for shown, cut in zip(shown_s, (Fraction(17, 25), Fraction(48, 25)), strict=True)
    ]
    assert all(abs(shown - Fraction(cut, 25)) <= half_frame for shown, cut in zip(shown_s, (17, 48), strict=True))


def test_movement_is_no_cut(ffmpeg: Ffmpeg, tmp_path: Path) -> None:
    film = make_film(tmp_path / "film.mp4", seconds=4)
    assert shots_of(ffmpeg, film) == ()


def test_a_flash_is_no_cut(ffmpeg: Ffmpeg, tmp_path: Path) -> None:
    assert shots_of(ffmpeg, make_flash_and_beep(tmp_path / "film.mp4")) == ()


def test_a_film_with_a_difficult_name_is_found(ffmpeg: Ffmpeg, tmp_path: Path) -> None:
    film = make_colour_cuts(tmp_path / "-é: [1];'x.mp4", cuts=(17, 48))
    assert shots_of(ffmpeg, film) == (17, 48)


def test_what_ffmpeg_prints_is_read_by_time_and_change() -> None:
    lines = [
        "frame:0    pts:-40000  pts_time:-0.04",
        "lavfi.scd.mafd=0.000",
        "frame:1    pts:0       pts_time:0",
        "frame:2    pts:40000   pts_time:0.04",
        "lavfi.scd.mafd=12.345",
        "lavfi.scd.mafd=99.000",
    ]
    assert [(each.time_us, each.amount) for each in parse_changes(lines)] == [(-40_000, 0), (40_000, 12_345)]


def test_a_cut_is_large_and_twice_as_large_as_all_that_is_near() -> None:
    quiet = [500] * 5
    assert choose_cuts([*quiet, LEAST_CHANGE, *quiet], near=5) == [5]
    assert choose_cuts([*quiet, LEAST_CHANGE - 1, *quiet], near=5) == []
    assert choose_cuts([*quiet, 20_000, *quiet[1:], 10_000], near=5) == [5]
    assert choose_cuts([*quiet, 20_000, *quiet[1:], 10_001], near=5) == []
    assert choose_cuts([*quiet, 20_000, *quiet, 10_001], near=5) == [5, 11]
    assert choose_cuts([], near=5) == []
