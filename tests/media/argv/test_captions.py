"""Do captions within a film's picture stay out of what is delivered, wherever they begin?"""

from __future__ import annotations

from pathlib import Path

import pytest
from av.sidedata.sidedata import Type

from babelreel.media.probe.film import probe_media
from support.captions import make_captioned
from support.encodes import encode_picture, side_data
from support.films import Encode, make_film, run_maker


@pytest.mark.parametrize("silent_frames", [0, 20])
@pytest.mark.parametrize("ending", ["mp4", "mkv", "ts"])
def test_captions_of_the_film_are_left_out(tmp_path: Path, encode: Encode, ending: str, silent_frames: int) -> None:
    film = make_captioned(tmp_path / f"film.{ending}", silent_frames=silent_frames)
    assert Type.A53_CC in side_data(film)

    _, info, made = encode_picture(encode, film)

    assert info.video
    assert info.video.has_captions
    assert Type.A53_CC not in side_data(tmp_path / "picture.mp4")
    assert b"GA94" not in (tmp_path / "picture.mp4").read_bytes()
    assert made.frames == 25


def test_captions_are_found_in_mpeg_2_too(tmp_path: Path, encode: Encode) -> None:
    film = tmp_path / "film.ts"
    run_maker("-i", str(make_captioned(tmp_path / "first.mp4")), "-c:v", "mpeg2video", "-q:v", "3", str(film))
    assert Type.A53_CC in side_data(film)

    encode_picture(encode, film)

    assert Type.A53_CC not in side_data(tmp_path / "picture.mp4")


def test_a_film_without_captions_has_none(tmp_path: Path) -> None:
    for codec in (("libx264",), ("mpeg2video",)):
        video = probe_media(make_film(tmp_path / "film.ts", codec=codec, size="160x90"), digest="").video
        assert video
        assert not video.has_captions
