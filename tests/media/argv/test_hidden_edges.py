"""Does a picture keep its shape when the container hides edges of it?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import av
import numpy as np
import pytest

from babelreel.media.argv.pictures import Branch, picture_argv
from babelreel.media.probe.film import probe_media
from babelreel.model.film.choices import tell_choices
from babelreel.model.film.media import HiddenEdges
from support.encodes import PHONE, encode_picture, fit
from support.films import Encode, run_maker
from support.hidden_edges import hide_in_matroska, hide_in_mp4

#: White from column 40 to 99 and from row 30 to 89, of 160 x 120.
SQUARE = "color=black:size=160x120:rate=25:duration=0.2,drawbox=x=40:y=30:w=60:h=60:color=white:t=fill,format=yuv420p"


def make_square(path: Path, rotation: int = 0, sar: str = "1") -> Path:
    upright = path.with_name(f"upright{path.suffix}")
    run_maker("-f", "lavfi", "-i", f"{SQUARE},setsar={sar}", "-c:v", "libx264", str(upright))
    run_maker("-display_rotation", str(rotation), "-i", str(upright), "-c", "copy", str(path))
    return path


def seen_square(path: Path) -> tuple[int, int, int, int]:
    """Give where the white is in the first frame: left, top, width, height."""
    with av.open(str(path)) as container:
        frame = next(container.decode(video=0))
        rows, columns = np.nonzero(frame.to_ndarray(format="gray") > 128)
    left, top = int(columns.min()), int(rows.min())
    return left, top, int(columns.max()) - left + 1, int(rows.max()) - top + 1


HIDDEN: dict[str, tuple[str, Callable[[Path], None], tuple[int, int], tuple[int, int]]] = {
    "Matroska, above and below": ("mkv", lambda film: hide_in_matroska(film, top=20, bottom=10), (160, 90), (40, 10)),
    "Matroska, at one side": ("mkv", lambda film: hide_in_matroska(film, left=32, top=8), (128, 112), (8, 22)),
    "MP4, around the middle": ("mp4", lambda film: hide_in_mp4(film, width=160, height=90), (160, 90), (40, 15)),
    "MP4, off the middle": (
        "mp4",
        # the middle lies 10 to the left and 6 below: columns 20 to 119, rows 16 to 115
        lambda film: hide_in_mp4(film, width=100, height=100, right_of=-10, below=6),
        (100, 100),
        (20, 14),
    ),
}


@pytest.mark.parametrize("name", HIDDEN)
def test_what_is_hidden_is_not_shown_and_a_square_stays_a_square(tmp_path: Path, encode: Encode, name: str) -> None:
    ending, hide, size, place = HIDDEN[name]
    film = make_square(tmp_path / f"film.{ending}")
    hide(film)

    _, info, made = encode_picture(encode, film)

    assert (made.width_px, made.height_px) == size
    assert seen_square(tmp_path / "picture.mp4") == pytest.approx((*place, 60, 60), abs=1)
    (told,) = tell_choices(info)
    assert f"{size[0]}x{size[1]} of them are shown" in told


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_an_older_ffmpeg_that_hides_nothing_is_helped(tmp_path: Path, encode: Encode, rotation: int) -> None:
    # nothing is hidden in this file, and so no ffmpeg hides anything; the description says it
    film = make_square(tmp_path / "film.mp4", rotation)
    info = probe_media(film, digest="")
    assert info.video
    assert info.video.rotation == rotation
    edges = HiddenEdges(left_px=20, top_px=10, right_px=40, bottom_px=20)
    size = (100, 90) if rotation in {0, 180} else (90, 100)
    told = replace(info.video, hidden=edges, display_width_px=size[0], display_height_px=size[1])
    info = replace(info, video=told)

    branch = Branch(output_name="picture.mp4", rung=PHONE, frame=fit(info, PHONE))
    encode(picture_argv(info, input_name=film.name, branches=[branch]))

    # columns 20 to 119 and rows 10 to 99 are seen: 20 left, above and right of the square, 10 below it
    place = {0: (20, 20), 90: (20, 20), 180: (20, 10), 270: (10, 20)}[rotation]
    assert seen_square(tmp_path / "picture.mp4") == pytest.approx((*place, 60, 60), abs=1)


@pytest.mark.parametrize(("rotation", "size"), [(90, (90, 160)), (180, (160, 90)), (270, (90, 160))])
def test_a_turned_film_with_hidden_edges_stands_upright(
    tmp_path: Path, encode: Encode, rotation: int, size: tuple[int, int]
) -> None:
    film = make_square(tmp_path / "film.mp4", rotation)
    hide_in_mp4(film, width=160, height=90)

    _, _, made = encode_picture(encode, film)

    assert (made.width_px, made.height_px) == size
    assert seen_square(tmp_path / "picture.mp4")[2:] == pytest.approx((60, 60), abs=1)


@pytest.mark.parametrize(("rotation", "size"), [(0, (240, 120)), (90, (120, 240)), (270, (120, 240))])
def test_a_turned_film_of_wide_pixels_has_them_turned_too(
    tmp_path: Path, encode: Encode, rotation: int, size: tuple[int, int]
) -> None:
    _, _, made = encode_picture(encode, make_square(tmp_path / "film.mp4", rotation, sar="3/2"))

    assert (made.width_px, made.height_px) == size
    seen = seen_square(tmp_path / "picture.mp4")[2:]
    assert seen == pytest.approx((90, 60) if rotation == 0 else (60, 90), abs=1)


@pytest.mark.parametrize(("width", "height"), [(200, 120), (160, 0)])
def test_an_aperture_that_cannot_be_is_none(tmp_path: Path, encode: Encode, width: int, height: int) -> None:
    film = make_square(tmp_path / "film.mp4")
    hide_in_mp4(film, width=width, height=height)
    _, info, made = encode_picture(encode, film)
    assert info.video
    assert info.video.hidden is None
    assert (made.width_px, made.height_px) == (160, 120)
