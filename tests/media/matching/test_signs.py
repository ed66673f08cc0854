from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from babelreel.media.matching.picture_area import PictureArea, area_of, find_picture_area
from babelreel.media.matching.sound_signs import read_sound_signs
from babelreel.media.probe.film import probe_media
from babelreel.media.programs.locate import Ffmpeg
from support.films import make_film, make_flash_and_beep, run_maker


def test_bars_are_left_out(ffmpeg: Ffmpeg, tmp_path: Path) -> None:
    film = tmp_path / "film.mp4"
    # 120 of 160 lines and 240 of 320 columns show something
    picture = "testsrc2=size=240x120:rate=25:duration=1,pad=320:160:40:20"
    run_maker("-f", "lavfi", "-i", picture, "-c:v", "libx264", "-preset", "ultrafast", f"file:{film}")
    area = find_picture_area(ffmpeg.path, film, probe_media(film, digest="00"))
    assert (area.left, area.top, area.width, area.height) == pytest.approx((1 / 8, 1 / 8, 3 / 4, 3 / 4), abs=0.007)


def test_a_dark_film_is_not_taken_for_framed() -> None:
    dark = np.full((3, 320, 320), 16, np.uint8)
    assert area_of(dark) == PictureArea()
    dark[1, 150:170, 150:170] = 200
    assert area_of(dark) == PictureArea()
    assert area_of(dark[:0]) == PictureArea()


def test_the_levels_of_a_sound_tell_when_it_is_heard(ffmpeg: Ffmpeg, tmp_path: Path) -> None:
    film = make_flash_and_beep(tmp_path / "film.mp4")
    signs, levels = read_sound_signs(ffmpeg.path, film, probe_media(film, digest="00"))
    assert len(signs) == 2 * len(levels)
    assert abs(len(levels) - 200) <= 5
    heard = [step for step, level in enumerate(levels) if level > 60]
    # the beep lasts from 0.5 s to 0.6 s, and a window reaches 32 ms to both sides
    assert 46 <= heard[0] <= 51
    assert 59 <= heard[-1] <= 64


def test_a_film_without_sound_has_no_signs_of_it(ffmpeg: Ffmpeg, tmp_path: Path) -> None:
    film = make_film(tmp_path / "film.mp4", audio=None)
    assert read_sound_signs(ffmpeg.path, film, probe_media(film, digest="00")) == (b"", b"")
