"""In a film of slides each cue comes and goes at its own time, and everything made of the film agrees."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import av
import numpy as np
import numpy.typing as npt

from support.films import run_maker
from support.projects import babelreel, make_project

#: One cue within a slide, two in one slide, one over two slides; at 25 a second: 15-30, 105-120, 125-140, 190-215.
FR = """\
1
00:00:00,600 --> 00:00:01,200
Tes droits.

2
00:00:04,200 --> 00:00:04,800
Appelle.

3
00:00:05,000 --> 00:00:05,600
Le 112.

4
00:00:07,600 --> 00:00:08,600
Maintenant.
"""
SHOWN = [*range(15, 30), *range(105, 120), *range(125, 140), *range(190, 215)]
SETTINGS = "[delivery]\nleaflets = false\npages = false\n[renditions.web-720p]\nenabled = false\n"
#: Each is shown for four seconds.
COLOURS = ((0xC0, 0x20, 0x20), (0x20, 0xA0, 0x20), (0x20, 0x20, 0xC0), (0x90, 0x90, 0x20))


def make_slides(path: Path) -> Path:
    """Make four slides at a quarter of a frame a second, without sound."""
    channels = [
        ":".join(f"eq(N,{place})*{colour[channel]}" for place, colour in enumerate(COLOURS)) for channel in range(3)
    ]
    red, green, blue = (each.replace(":", "+") for each in channels)
    slides = f"color=size=320x180:rate=1/4:duration=16,format=rgb24,geq=r='{red}':g='{green}':b='{blue}'"
    run_maker(
        "-f", "lavfi", "-i", slides, *("-pix_fmt", "yuv420p", "-c:v", "libx264", "-preset", "ultrafast"), str(path)
    )
    return path


@cache
def built() -> Path:
    folder = Path(mkdtemp(prefix="babelreel-slides-"))
    root = make_project(folder / "project", {"fr.srt": FR}, film=make_slides(folder / "film.mp4"), settings=SETTINGS)
    probed, made = babelreel(root, "probe"), babelreel(root, "build")
    assert (probed.code, made.code) == (0, 0), made.err
    told = "the film has 0.25 frames a second: each is repeated, to 25 a second, so that texts come and go in time"
    assert told in probed.out
    assert told in made.err
    return root


def frames(path: Path) -> list[npt.NDArray[np.int64]]:
    with av.open(str(path)) as container:
        return [each.to_ndarray(format="rgb24").astype(np.int64) for each in container.decode(video=0)]


def cues_seen(pictures: list[npt.NDArray[np.int64]]) -> list[int]:
    """Give the frames in which something is darker than any slide: letters have a black outline."""
    luma = [each @ (0.299, 0.587, 0.114) for each in pictures]
    return [place for place, each in enumerate(luma) if (each < 25).sum() > 10]


def colours_seen(pictures: list[npt.NDArray[np.int64]]) -> list[int]:
    """Give the slide that each frame shows."""
    corners = [each[:16, :16].mean(axis=(0, 1)) for each in pictures]
    return [int(np.argmin([np.abs(corner - colour).max() for colour in COLOURS])) for corner in corners]


def published() -> Path:
    (path,) = built().glob("output/fr/*phone-360p.mp4")
    return path


def test_each_cue_comes_and_goes_at_its_time() -> None:
    assert cues_seen(frames(published())) == SHOWN


def test_each_slide_is_shown_for_as_long_as_in_the_film() -> None:
    assert colours_seen(frames(published())) == [0] * 100 + [1] * 100 + [2] * 100 + [3] * 100


def test_the_stream_shows_the_same(tmp_path: Path) -> None:
    playlist = built() / "output/stream/picture-phone-360p.m3u8"
    text = playlist.read_text("utf-8")
    names = re.findall(r'^(?:#EXT-X-MAP:URI="(.+)"|([^#].+\.m4s))$', text, re.MULTILINE)
    whole = tmp_path / "whole.mp4"
    whole.write_bytes(b"".join((playlist.parent / (head or segment)).read_bytes() for head, segment in names))
    assert colours_seen(frames(whole)) == [0] * 100 + [1] * 100 + [2] * 100 + [3] * 100
    assert sum(map(float, re.findall(r"#EXTINF:([\d.]+),", text))) == 16


def test_slides_are_shots_counted_in_the_frames_that_are_shown() -> None:
    assert babelreel(built(), "probe", "--json").document["shots"] == [100, 200, 300]
