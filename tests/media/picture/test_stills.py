"""Is a poster the liveliest frame, in the right colours, and does each tile show its time?"""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import numpy.typing as npt
import pytest

from babelreel.errors import ToolError
from babelreel.graph.task import Workspace
from babelreel.media.picture.stills import SHEET, DrawStoryboard, TakePictures, TakePosters
from babelreel.media.probe.film import probe_media
from babelreel.media.programs.locate import Ffmpeg
from babelreel.model.film.ladder.encoding_ladder import Frame
from babelreel.model.film.stills import lay_sheet, poster_sizes
from support.faulty_ffmpeg import flipping_ffmpeg, halving_ffmpeg
from support.films import make_colour_cuts, make_film, run_maker
from support.workplaces import work_in

Pixels = npt.NDArray[Any]


def pixels_of(path: Path) -> Pixels:
    with av.open(str(path)) as container:
        return next(container.decode(video=0)).to_ndarray(format="rgb24")


def workspace(folder: Path) -> Workspace:
    return work_in(folder)


def take(ffmpeg: Ffmpeg, film: Path, *candidates: int) -> Path:
    info = probe_media(film, digest="")
    action = TakePosters(
        ffmpeg=ffmpeg.identity,
        film=info,
        film_name=film.name,
        frame=Frame(width_px=320, height_px=180, rate=Fraction(25)),
        candidates=candidates,
        sizes=poster_sizes(320, 180),
    )
    action.perform(workspace(film.parent))
    return film.parent


def test_a_poster_is_the_frame_with_most_to_see(ffmpeg: Ffmpeg, tmp_path: Path) -> None:
    film = tmp_path / "film.mp4"
    # a second of grey, a second of colour bars, a second of grey
    parts = "color=gray:size=320x180:rate=25:duration=1[a];smptebars=size=320x180:rate=25:duration=1[b];"
    parts += "color=0x404040:size=320x180:rate=25:duration=1[c];[a][b][c]concat=n=3[v]"
    run_maker("-filter_complex", parts, "-map", "[v]", "-c:v", "libx264", "-pix_fmt", "yuv420p", f"file:{film}")
    folder = take(ffmpeg, film, 12, 37, 62)
    assert pixels_of(folder / "poster-640.jpg").std() > 40


def test_a_poster_has_the_colours_of_the_film_and_fills_its_size(ffmpeg: Ffmpeg, tmp_path: Path) -> None:
    film = make_colour_cuts(tmp_path / "film.mp4", cuts=[10], colours=["0x20a040", "0xc03020"])
    folder = take(ffmpeg, film, 20)
    for name, size in (("poster-640.jpg", (180, 320)), ("share-1200x630.jpg", (630, 1200))):
        found = pixels_of(folder / name)
        assert found.shape[:2] == size
        assert np.abs(found.reshape(-1, 3).mean(axis=0) - [0xC0, 0x30, 0x20]).max() < 6
        assert found.std(axis=(0, 1)).max() < 3, "no black bars"


def test_each_tile_of_a_storyboard_shows_its_time(ffmpeg: Ffmpeg, tmp_path: Path) -> None:
    colours = ["0x804020", "0x2060c0", "0xc0d0a0"]
    film = make_colour_cuts(tmp_path / "film.mp4", cuts=[25, 50], colours=colours)
    info = probe_media(film, digest="")
    sheet = lay_sheet(70, Fraction(25), 320, 180)
    frame = Frame(width_px=320, height_px=180, rate=Fraction(25))
    action = DrawStoryboard(ffmpeg=ffmpeg.identity, film=info, film_name=film.name, frame=frame, sheet=sheet)
    action.perform(workspace(tmp_path))
    found = pixels_of(tmp_path / SHEET)
    assert found.shape[:2] == (90, 480)
    for (_, left, top), colour in zip(sheet.tiles, colours, strict=True):
        wanted = [int(colour[place : place + 2], 16) for place in (2, 4, 6)]
        assert np.abs(found[top + 45, left + 80].astype(int) - wanted).max() < 8


def test_the_same_film_gives_the_same_bytes(ffmpeg: Ffmpeg, tmp_path: Path) -> None:
    film = make_colour_cuts(tmp_path / "film.mp4", cuts=[10])
    first = (take(ffmpeg, film, 5, 20) / "share-1200x630.jpg").read_bytes()
    assert (take(ffmpeg, film, 5, 20) / "share-1200x630.jpg").read_bytes() == first


def test_each_part_of_a_film_gives_its_liveliest_frame(ffmpeg: Ffmpeg, tmp_path: Path) -> None:
    film = make_colour_cuts(tmp_path / "film.mp4", cuts=[10, 20], colours=["0x20a040", "0xc03020", "0x2060c0"])
    action = TakePictures(
        ffmpeg=ffmpeg.identity,
        film=probe_media(film, digest=""),
        film_name=film.name,
        frame=Frame(width_px=160, height_px=90, rate=Fraction(25)),
        parts=((5,), (12, 15), (25,)),
    )
    action.perform(workspace(tmp_path))
    for number, colour in enumerate(([0x20, 0xA0, 0x40], [0xC0, 0x30, 0x20], [0x20, 0x60, 0xC0]), 1):
        found = pixels_of(tmp_path / f"picture-{number}.jpg")
        assert found.shape == (90, 160, 3)
        assert np.abs(found.reshape(-1, 3).mean(axis=0) - colour).max() < 6
    assert not (tmp_path / "picture-4.jpg").exists()


def with_profile(jpeg: bytes) -> bytes:
    """Put Exif and a colour profile into a JPEG picture, as a still camera does."""
    profile = (128).to_bytes(4) + bytes(12) + b"RGB XYZ " + bytes(12) + b"acsp" + bytes(84) + (0).to_bytes(4)
    exif = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x10\0\x02\0\0\0\x0e\0\0\0\x1a\0\0\0\0SECRET camera\0"
    segments = ((0xE1, exif), (0xE2, b"ICC_PROFILE\0\x01\x01" + profile))
    told = b"".join(bytes((0xFF, kind)) + (len(content) + 2).to_bytes(2) + content for kind, content in segments)
    return jpeg[:2] + told + jpeg[2:]


def test_a_film_of_photographs_gives_away_neither_camera_nor_colour_profile(tmp_path: Path, ffmpeg: Ffmpeg) -> None:
    picture = "testsrc2=size=320x180:rate=25:duration=0.2"
    run_maker("-f", "lavfi", "-i", picture, "-c:v", "mjpeg", "-q:v", "3", str(tmp_path / "%d.jpg"))
    for path in tmp_path.glob("*.jpg"):
        path.write_bytes(with_profile(path.read_bytes()))
    run_maker("-r", "25", "-i", str(tmp_path / "%d.jpg"), "-c", "copy", str(tmp_path / "film.mov"))
    assert b"SECRET camera" in (tmp_path / "film.mov").read_bytes()

    take(ffmpeg, tmp_path / "film.mov", 1, 3)

    poster = (tmp_path / "poster-640.jpg").read_bytes()
    assert not [word for word in (b"SECRET", b"Exif", b"ICC_PROFILE") if word in poster]


def test_a_poster_of_which_half_is_missing_is_refused(ffmpeg: Ffmpeg, tmp_path: Path) -> None:
    film = make_film(tmp_path / "film.mp4", seconds=2)
    with pytest.raises(ToolError, match="no picture"):
        take(halving_ffmpeg(ffmpeg, tmp_path / "bin"), film, 12, 37)


@pytest.mark.parametrize("share", [0.3, 0.9])
def test_one_flipped_bit_of_a_poster_is_found(ffmpeg: Ffmpeg, tmp_path: Path, share: float) -> None:
    film = make_film(tmp_path / "film.mp4", seconds=2)
    with pytest.raises(ToolError, match=r"damaged on its way|no picture|another size"):
        take(flipping_ffmpeg(ffmpeg, tmp_path / "bin", share=share, suffix=".jpg"), film, 12, 37)


def test_one_flipped_bit_of_a_storyboard_or_of_the_pictures_of_a_leaflet_is_found(
    ffmpeg: Ffmpeg, tmp_path: Path
) -> None:
    film = make_colour_cuts(tmp_path / "film.mp4", cuts=[25, 50])
    broken = flipping_ffmpeg(ffmpeg, tmp_path / "bin", share=0.7, suffix=".jpg")
    info, frame = probe_media(film, digest=""), Frame(width_px=160, height_px=90, rate=Fraction(25))
    sheet = lay_sheet(70, Fraction(25), 320, 180)
    actions = (
        DrawStoryboard(ffmpeg=broken.identity, film=info, film_name=film.name, frame=frame, sheet=sheet),
        TakePictures(ffmpeg=broken.identity, film=info, film_name=film.name, frame=frame, parts=((5,), (30,), (60,))),
    )
    for action in actions:
        with pytest.raises(ToolError, match=r"damaged on its way|no picture"):
            action.perform(workspace(tmp_path))
