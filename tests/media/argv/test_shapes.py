"""Does a picture keep its shape when its size, or that of its pixels, changes while it runs?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import numpy.typing as npt
import pytest

from babelreel.errors import FilmError
from babelreel.media.argv.pictures import Branch, picture_argv
from babelreel.media.picture.footage import read_footage
from babelreel.media.picture.shots import find_shots
from babelreel.media.probe.film import probe_media
from babelreel.media.programs.locate import Ffmpeg
from babelreel.model.film.choices import tell_choices
from support.encodes import PHONE, encode_picture, fit
from support.films import Encode, run_maker

X264 = ("libx264", "-preset", "ultrafast")
VP8 = ("libvpx", "-deadline", "realtime", "-b:v", "1M")
VP9 = ("libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8", "-b:v", "1M")
AV1 = ("libsvtav1", "-preset", "12", "-svtav1-params", "log-level=0")
X265 = ("libx265", "-preset", "ultrafast", "-x265-params", "log-level=error")


def make_part(  # noqa: PLR0913 - a film has these sides
    path: Path, size: str, codec: Sequence[str], *, square: int, sar: str = "1", seconds: int = 1
) -> Path:
    """Make a part of a film: on blue, a white rectangle in the middle, that is seen as a square."""
    width = round(square / Fraction(sar))
    picture = (
        f"color=blue:size={size}:rate=25:duration={seconds},"
        f"drawbox=x=(iw-{width})/2:y=(ih-{square})/2:w={width}:h={square}:color=white:t=fill,format=yuv420p,setsar={sar}"
    )
    run_maker("-f", "lavfi", "-i", picture, "-c:v", *codec, str(path))
    return path


def join_parts(path: Path, *parts: Path) -> Path:
    """Join parts as ffmpeg does it without decoding."""
    names = path.with_name("parts.txt")
    names.write_text("".join(f"file '{part}'\n" for part in parts))
    run_maker("-f", "concat", "-safe", "0", "-i", str(names), "-c", "copy", str(path))
    return path


def frames_of(path: Path) -> list[npt.NDArray[Any]]:
    with av.open(str(path)) as container:
        return [frame.to_ndarray(format="rgb24").astype(int) for frame in container.decode(video=0)]


def white(frame: npt.NDArray[Any]) -> tuple[int, int, int, int]:
    """Give where the white is: left, top, width, height."""
    rows, columns = np.nonzero(frame.min(axis=2) > 128)
    left, top = int(columns.min()), int(rows.min())
    return left, top, int(columns.max()) - left + 1, int(rows.max()) - top + 1


#: Container, codec, size and square of the second part; then where the square must be in 160 x 90, and what is black.
TURNED: dict[str, tuple[str, Sequence[str], str, int, tuple[int, int, int, int]]] = {
    # 90 x 160 fits into 160 x 90 as 50.6 x 90: the square of 40 becomes one of 22.5 in the middle
    "VP8": ("webm", VP8, "90x160", 40, (69, 34, 22, 22)),
    "VP9": ("webm", VP9, "90x160", 40, (69, 34, 22, 22)),
    "AV1": ("mkv", AV1, "90x160", 40, (69, 34, 22, 22)),
    "H.264": ("ts", X264, "90x160", 40, (69, 34, 22, 22)),
    "HEVC": ("ts", X265, "90x160", 40, (69, 34, 22, 22)),
    "MPEG-2": ("ts", ("mpeg2video", "-q:v", "2"), "90x160", 40, (69, 34, 22, 22)),
    "twice as large": ("ts", X264, "320x180", 80, (60, 25, 40, 40)),
    "as large, but 4:3": ("ts", X264, "120x90", 40, (60, 25, 40, 40)),
}


@pytest.mark.parametrize("name", TURNED)
def test_a_square_stays_a_square_where_the_size_changes(tmp_path: Path, encode: Encode, name: str) -> None:
    ending, codec, size, square, expected = TURNED[name]
    parts = (
        make_part(tmp_path / f"first.{ending}", "160x90", codec, square=30),
        make_part(tmp_path / f"second.{ending}", size, codec, square=square),
    )
    film = join_parts(tmp_path / f"film.{ending}", *parts)

    _, info, made = encode_picture(encode, film)

    frames = frames_of(tmp_path / "picture.mp4")
    assert (made.display_width_px, made.display_height_px) == (160, 90)
    assert white(frames[5]) == pytest.approx((65, 30, 30, 30), abs=1)
    assert white(frames[-5]) == pytest.approx(expected, abs=1)
    assert abs(len(frames) - 50) <= 1
    width, height = map(int, size.split("x"))
    assert tell_choices(info)[-1].startswith(f"from 0:01 on the picture is {width}x{height}: shown whole")


def test_what_is_not_filled_is_black_and_the_change_comes_in_time(tmp_path: Path, encode: Encode) -> None:
    parts = (
        make_part(tmp_path / "a.ts", "160x90", X264, square=30),
        make_part(tmp_path / "b.ts", "90x160", X264, square=40),
        make_part(tmp_path / "c.ts", "160x90", X264, square=60),
    )
    encode_picture(encode, join_parts(tmp_path / "film.ts", *parts))

    frames = frames_of(tmp_path / "picture.mp4")
    for number, frame in enumerate(frames):
        is_second = 25 <= number < 50
        assert (frame[45, 5].max() < 24) == is_second, number  # at the left edge: black, else blue
    assert white(frames[70]) == pytest.approx((50, 15, 60, 60), abs=1)


def test_a_square_stays_a_square_where_the_shape_of_pixels_changes(tmp_path: Path, encode: Encode) -> None:
    # television: 4:3 and then 16:9, both 720 x 576 there, 180 x 144 here
    codec = ("mpeg2video", "-q:v", "2")
    parts = (
        make_part(tmp_path / "a.ts", "180x144", codec, square=48, sar="16/15"),
        make_part(tmp_path / "b.ts", "180x144", codec, square=48, sar="64/45"),
    )
    encode_picture(encode, join_parts(tmp_path / "film.ts", *parts))

    frames = frames_of(tmp_path / "picture.mp4")
    assert frames[0].shape[:2] == (144, 192)
    assert white(frames[5]) == pytest.approx((72, 48, 48, 48), abs=1)
    # 256 x 144 fits into 192 x 144 as 192 x 108: the square of 48 becomes one of 36
    assert white(frames[-5]) == pytest.approx((78, 54, 36, 36), abs=1)


def test_a_cell_behind_the_change_is_made_alone(tmp_path: Path, encode: Encode, ffmpeg: Ffmpeg) -> None:
    parts = (
        make_part(tmp_path / "a.webm", "160x90", VP8, square=30, seconds=4),
        make_part(tmp_path / "b.webm", "90x160", VP8, square=40, seconds=4),
    )
    film = join_parts(tmp_path / "film.webm", *parts)
    info = probe_media(film, digest="")
    assert find_shots(ffmpeg.path, film, info) == (100,)  # what was found of the frames before is not lost
    info, frame = replace(info, shots=(100,)), fit(info, PHONE)
    cells = read_footage(film, info, [frame.rate])[frame.rate]
    assert [(each.cell.first, each.seek_us is None) for each in cells] == [(0, True), (100, False)]
    for cell, place in zip(cells, ((65, 30, 30, 30), (69, 34, 22, 22)), strict=True):
        branch = Branch(output_name="cell.mp4", rung=PHONE, frame=frame)
        encode(picture_argv(info, input_name=film.name, branches=[branch], footage=cell))
        frames = frames_of(tmp_path / "cell.mp4")
        assert len(frames) == cell.cell.frames
        assert white(frames[0]) == white(frames[-1]) == pytest.approx(place, abs=1)


def test_another_description_of_the_same_picture_is_no_change(tmp_path: Path) -> None:
    # two encoders, one size
    parts = (
        make_part(tmp_path / "a.ts", "160x90", (*X264, "-refs", "1", "-profile:v", "baseline"), square=30),
        make_part(tmp_path / "b.ts", "160x90", (*X264, "-refs", "4", "-bf", "2"), square=30),
    )
    video = probe_media(join_parts(tmp_path / "film.ts", *parts), digest="").video
    assert video
    assert video.later_shapes == ()


def test_a_change_that_cannot_be_shown_is_refused_with_its_moment(tmp_path: Path) -> None:
    deep = ("libx264", "-preset", "ultrafast", "-pix_fmt", "yuv422p")
    parts = (
        make_part(tmp_path / "a.ts", "160x90", X264, square=30),
        make_part(tmp_path / "b.ts", "160x90", deep, square=30),
    )
    with pytest.raises(FilmError, match="changes its form at 0:01") as caught:
        probe_media(join_parts(tmp_path / "film.ts", *parts), digest="")
    assert "yuv422p instead of yuv420p" in caught.value.why
    assert caught.value.hint


def make_colours(path: Path, transfer: str, primaries: str, matrix: str) -> Path:
    """Make a second of grey that says of itself which colours it is in."""
    told = f"colorprim={primaries}:transfer={transfer}:colormatrix={matrix}"
    codec = ("libx265", "-preset", "ultrafast", "-pix_fmt", "yuv420p10le", "-x265-params", f"log-level=error:{told}")
    run_maker("-f", "lavfi", "-i", "color=gray:size=160x90:rate=25:duration=1", "-c:v", *codec, str(path))
    return path


SDR, NARROW_SDR = ("bt709", "bt709", "bt709"), ("smpte170m", "smpte170m", "smpte170m")
HLG, PQ, WIDE = "arib-std-b67", "smpte2084", "bt2020-10"


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [
        (SDR, (HLG, "bt2020", "bt2020nc"), "its colours become HLG instead of BT.709"),
        ((HLG, "bt2020", "bt2020nc"), SDR, "instead of"),
        ((HLG, "bt2020", "bt2020nc"), (PQ, "bt2020", "bt2020nc"), "its colours become PQ instead of HLG"),
        ((WIDE, "bt2020", "bt2020nc"), SDR, "its colours become BT.709 instead of BT.2020"),
        (SDR, ("bt709", "smpte432", "bt709"), "its colours become P3 instead of BT.709"),
    ],
    ids=["HLG follows", "HLG before", "PQ after HLG", "BT.2020 before", "P3 follows"],
)
def test_a_film_whose_colours_become_others_is_refused_with_the_moment(
    tmp_path: Path, first: tuple[str, str, str], second: tuple[str, str, str], told: str
) -> None:
    # clips of a phone, with and without HDR, that were joined without encoding them again
    parts = make_colours(tmp_path / "a.ts", *first), make_colours(tmp_path / "b.ts", *second)
    with pytest.raises(FilmError, match="changes its form at 0:01") as caught:
        probe_media(join_parts(tmp_path / "film.ts", *parts), digest="")
    assert told in caught.value.why


def test_colours_that_players_take_as_the_same_may_change(tmp_path: Path) -> None:
    parts = make_colours(tmp_path / "a.ts", *SDR), make_colours(tmp_path / "b.ts", *NARROW_SDR)
    assert probe_media(join_parts(tmp_path / "film.ts", *parts), digest="").video
