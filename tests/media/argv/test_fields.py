"""Is an interlaced film delivered as whole pictures, and is no other film touched?"""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from babelreel.errors import FilmError
from babelreel.media.probe.film import probe_media
from babelreel.model.film.media import Fields
from support.encodes import encode_picture
from support.field_pictures import make_field_pictures
from support.fields import X264_FIELDS, combs, make_interlaced
from support.films import Encode, make_film, run_maker

#: The bar has 100 of 180 lines; its two edges are combed, 8 columns wide each: every second line there.
COMBED, WHOLE = 16 * 50 / (320 * 180), 0.0005

FILMS: dict[str, dict[str, Any]] = {
    "H.264, upper lines first": {"name": "film.mp4", "codec": (*X264_FIELDS, "-x264-params", "tff=1")},
    "H.264, lower lines first": {
        "name": "film.mkv",
        "codec": (*X264_FIELDS, "-x264-params", "bff=1"),
        "is_top_first": False,
    },
    "MPEG-2": {"name": "film.ts", "codec": ("mpeg2video", "-q:v", "2", "-flags", "+ildct+ilme")},
    "MPEG-4": {"name": "film.avi", "codec": ("mpeg4", "-q:v", "2", "-flags", "+ildct+ilme")},
    "ProRes": {"name": "film.mov", "codec": ("prores_ks", "-flags", "+ildct"), "pixels": "yuv422p10le"},
    "uncompressed": {"name": "film.mov", "codec": ("rawvideo",), "pixels": "uyvy422"},
    "FFV1": {"name": "film.mkv", "codec": ("ffv1", "-field_order", "tt"), "pixels": "yuv422p"},
}


@pytest.mark.parametrize("name", FILMS)
def test_an_interlaced_film_comes_out_without_combs(tmp_path: Path, encode: Encode, name: str) -> None:
    make = dict(FILMS[name])
    film = make_interlaced(tmp_path / make.pop("name"), **make)
    assert combs(film) > COMBED / 2

    _, info, made = encode_picture(encode, film)

    assert info.video
    assert info.video.fields is Fields.ALL
    assert combs(tmp_path / "picture.mp4") < WHOLE
    assert (made.frames, made.rate) == (25, Fraction(25))


@pytest.mark.parametrize("angle", [90, 180, 270])
def test_a_film_that_is_turned_has_no_combs_either(tmp_path: Path, encode: Encode, angle: int) -> None:
    # ffmpeg turns it before anything else is done: what were lines may be columns by then, or lie upside down
    made = make_interlaced(tmp_path / "made.mp4", codec=(*X264_FIELDS, "-x264-params", "tff=1"))
    film = tmp_path / "film.mp4"
    run_maker("-display_rotation", str(angle), "-i", str(made), "-c", "copy", str(film))
    assert combs(film) > COMBED / 2

    encode_picture(encode, film)

    assert combs(tmp_path / "picture.mp4") < WHOLE
    # as in the film that lies upright: of two moments the first is shown, with the bar at columns 88 to 128 of 320
    with av.open(str(tmp_path / "picture.mp4")) as container:
        frame = list(container.decode(video=0))[5].to_ndarray(format="gray")
    width, height = (180, 320) if angle in {90, 270} else (320, 180)
    upright = np.rot90(frame[:height, :width], k=-angle // 90)
    assert abs(int(np.flatnonzero(upright[60:120].mean(axis=0) > 128)[0]) - 88) <= 1


def test_of_two_moments_the_first_is_shown(tmp_path: Path, encode: Encode) -> None:
    # the bar has moved by 8 columns before the first field: frame 5 shows it at columns 88 and 96
    for is_top_first in (True, False):
        params = ("-x264-params", "tff=1" if is_top_first else "bff=1")
        film = make_interlaced(tmp_path / "film.mp4", codec=(*X264_FIELDS, *params), is_top_first=is_top_first)
        encode_picture(encode, film)
        with av.open(str(tmp_path / "picture.mp4")) as container:
            frame = list(container.decode(video=0))[5].to_ndarray(format="gray")[:180]
        columns = np.flatnonzero(frame[60:120].mean(axis=0) > 128)
        assert abs(int(columns[0]) - 88) <= 1


def test_a_film_that_turns_interlaced_has_no_combs_either(tmp_path: Path, encode: Encode) -> None:
    # broadcasters leave the door open for fields, and films among their programmes have none
    first, second = tmp_path / "first.ts", tmp_path / "second.ts"
    open_door = ("libx264", "-preset", "ultrafast", "-x264-params", "fake-interlaced=1")
    make_film(first, codec=open_door, audio=None, picture="smptebars")
    make_interlaced(second, codec=(*X264_FIELDS, "-x264-params", "tff=1"))
    (tmp_path / "list.txt").write_text(f"file '{first}'\nfile '{second}'\n")
    words = ("-f", "concat", "-safe", "0", "-i", str(tmp_path / "list.txt"))
    run_maker(*words, "-c", "copy", str(tmp_path / "film.ts"))
    assert combs(tmp_path / "film.ts") > COMBED / 2

    _, info, _ = encode_picture(encode, tmp_path / "film.ts")

    assert info.video
    assert info.video.fields is Fields.SOME
    assert combs(tmp_path / "picture.mp4") < WHOLE


def test_a_telecined_film_has_no_combs_and_keeps_its_rate(tmp_path: Path, encode: Encode) -> None:
    # four frames of a cinema film in ten fields of television: two of five frames are combed
    picture = "color=black:size=320x180:rate=24000/1001:duration=1[b];color=white:size=40x100:rate=24000/1001[w];"
    picture += "[b][w]overlay=x='mod(n*16,280)':y=40:shortest=1,telecine=pattern=23,setfield=tff,format=yuv420p"
    film = tmp_path / "film.mkv"
    run_maker("-f", "lavfi", "-i", picture, "-c:v", *X264_FIELDS, "-x264-params", "tff=1", str(film))
    assert combs(film) > COMBED / 2

    _, _, made = encode_picture(encode, film)

    assert combs(tmp_path / "picture.mp4") < WHOLE
    assert made.rate == Fraction(30000, 1001)


@pytest.mark.parametrize("codec", [("libx264",), ("libx264", "-profile:v", "high422"), ("mpeg2video",), ("libvpx",)])
def test_nothing_is_done_to_a_film_without_fields(tmp_path: Path, codec: tuple[str, ...]) -> None:
    for ending in ("mkv", "ts") if codec[0] != "libvpx" else ("mkv",):
        video = probe_media(make_film(tmp_path / f"film.{ending}", codec=codec, size="160x90"), digest="").video
        assert video
        # MPEG-2 of ffmpeg says that fields may come
        assert video.fields in ({Fields.SOME, Fields.NONE} if codec[0] == "mpeg2video" else {Fields.NONE})


def test_single_fields_are_no_pictures(tmp_path: Path) -> None:
    # HEVC knows interlaced films only as one field after the other: half as high, twice as many
    film = make_film(tmp_path / "film.mp4", codec=("libx265", "-x265-params", "interlace=tff:log-level=error"))
    with pytest.raises(FilmError, match="cannot be decoded") as caught:
        probe_media(film, digest="")
    assert "single fields" in caught.value.why


@pytest.mark.parametrize("ending", ["ts", "mkv", "mp4"])
def test_fields_that_are_pictures_of_their_own_are_counted_as_frames(
    tmp_path: Path, encode: Encode, ending: str
) -> None:
    film = make_field_pictures(tmp_path / f"film.{ending}")
    assert combs(film) > WHOLE

    _, info, made = encode_picture(encode, film)

    assert info.video
    assert (info.video.rate, info.video.frames, info.video.fields) == (Fraction(25), 50, Fields.ALL)
    assert (made.rate, made.frames, info.duration_ms) == (Fraction(25), 50, 2000)
    assert combs(tmp_path / "picture.mp4") < WHOLE
