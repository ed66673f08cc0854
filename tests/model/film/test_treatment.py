from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from babelreel.media.probe.film import probe_media
from babelreel.model.film.media import Fields, VideoStream
from babelreel.model.film.treatment import tell_treatment
from support.films import make_film, run_maker


@pytest.fixture(scope="module")
def ordinary(tmp_path_factory: pytest.TempPathFactory) -> VideoStream:
    video = probe_media(make_film(tmp_path_factory.mktemp("film") / "film.mp4", size="160x90"), digest="").video
    assert video
    return video


def test_nothing_is_said_of_an_ordinary_film(ordinary: VideoStream) -> None:
    assert tuple(tell_treatment(ordinary)) == ()


def test_it_is_told_which_colours_are_converted(ordinary: VideoStream) -> None:
    told = {
        "bt2020": "the film's colours are BT.2020: converted to those that every screen shows (BT.709)",
        "smpte432": "the film's colours are P3: converted to those that every screen shows (BT.709)",
    }
    for primaries, line in told.items():
        assert tuple(tell_treatment(replace(ordinary, color_primaries=primaries))) == (line,)
    hlg = replace(ordinary, color_transfer="arib-std-b67")
    (line,) = tell_treatment(hlg)
    assert line.startswith("the film has a high dynamic range (HLG)")


def test_fields_and_captions_are_told(ordinary: VideoStream) -> None:
    (line,) = tell_treatment(replace(ordinary, fields=Fields.ALL))
    assert line.startswith("the picture is interlaced: ")
    (line,) = tell_treatment(replace(ordinary, fields=Fields.SOME))
    assert line.startswith("the picture may be interlaced in part: ")
    (line,) = tell_treatment(replace(ordinary, has_captions=True))
    assert line.startswith("captions within the picture (CEA-608 or 708) are left out")


@pytest.mark.parametrize(
    ("codec", "pixels"),
    [(("prores_ks", "-profile:v", "4444"), "yuva444p10le"), (("qtrle",), "argb"), (("png",), "rgba")],
)
def test_a_film_that_may_be_see_through_is_told(tmp_path: Path, codec: tuple[str, ...], pixels: str) -> None:
    # a title to lay over a film: what is seen of it alone are the colours below its holes
    picture = f"color=red@0.0:size=64x36:rate=25:duration=1,format={pixels}"
    run_maker("-f", "lavfi", "-i", picture, "-c:v", *codec, str(tmp_path / "film.mov"))
    video = probe_media(tmp_path / "film.mov", digest="").video
    assert video
    (line,) = tell_treatment(video)
    assert line.startswith("the picture may be see-through in parts (alpha)")


@pytest.mark.parametrize("pixels", ["yuv444p10le", "rgb24", "bgr0", "gray", "pal8", "yuvj420p", "gbrp"])
def test_nothing_is_said_of_pixels_that_are_opaque(ordinary: VideoStream, pixels: str) -> None:
    assert tuple(tell_treatment(replace(ordinary, pixel_format=pixels))) == ()
