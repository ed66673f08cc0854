"""Picture and sound that do not end together become one film: the last frame is held, or silence follows."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import av
import numpy as np

from support.films import run_maker
from support.loudness_meter import RATE_HZ, decode, level_db
from support.projects import babelreel, make_project

#: One cue after the picture's end at 2 s, in the last of three cells.
FR = """\
1
00:00:00,200 --> 00:00:01,400
Tes droits.

2
00:00:13,000 --> 00:00:14,000
Appelle le 112.
"""
#: Small files alone, and the sound of the stream beside them.
SETTINGS = """\
[delivery]
leaflets = false
pages = false
[renditions.web-720p]
enabled = false
"""


def make_uneven(path: Path, *, picture_s: float, sound_s: float) -> Path:
    """Make a red picture that ends at one time with a tone of 1 kHz that ends at another."""
    run_maker(
        *("-f", "lavfi", "-i", f"color=0xc02020:size=160x90:rate=25:duration={picture_s}"),
        *("-f", "lavfi", "-i", f"sine=1000:sample_rate={RATE_HZ}:duration={sound_s}"),
        *("-c:v", "libx264", "-preset", "ultrafast", "-c:a", "aac", f"file:{path}"),
    )
    return path


@cache
def longer_sound() -> Path:
    """Build a film of 2 s of picture and 15 s of sound once."""
    folder = Path(mkdtemp(prefix="babelreel-uneven-"))
    film = make_uneven(folder / "film.mp4", picture_s=2, sound_s=15)
    root = make_project(folder / "project", {"fr.srt": FR}, film=film, settings=SETTINGS)
    result = babelreel(root, "build", "--only", "phone-360p", "--only", "stream")
    assert result.code == 0, result.err
    told = "the picture ends at 0:02 and the sound at 0:15: the last picture is shown until then"
    assert told in result.err
    assert told in babelreel(root, "build", "--only", "phone-360p", "--only", "stream").err  # also when nothing is made
    return root


def published(root: Path) -> Path:
    (path,) = (root / "output/fr").glob("*phone-360p.mp4")
    return path


def frames(path: Path) -> Sequence[np.ndarray]:
    with av.open(str(path)) as container:
        return [frame.to_ndarray(format="rgb24").astype(int) for frame in container.decode(video=0)]


def test_the_last_frame_is_held_until_the_sound_ends() -> None:
    pictures = frames(published(longer_sound()))
    assert len(pictures) == 15 * 25
    for picture in pictures:
        assert np.abs(picture[:20].mean(axis=(0, 1)) - (0xC0, 0x20, 0x20)).max() < 6


def test_a_cue_after_the_end_of_the_picture_is_drawn() -> None:
    def is_drawn(picture: np.ndarray) -> bool:
        return bool((picture.min(axis=2) > 120).sum() > 10)  # nothing else of the film is white

    drawn = [is_drawn(picture) for picture in frames(published(longer_sound()))]
    assert [place for place, shows in enumerate(drawn) if shows] == [*range(5, 35), *range(325, 350)]


def test_the_sound_is_heard_to_its_end() -> None:
    heard = decode(published(longer_sound()))
    assert abs(len(heard) - 15 * RATE_HZ) <= 1024
    assert level_db(heard[int(14.8 * RATE_HZ) : int(14.9 * RATE_HZ)]) > -25


def test_file_manifest_stream_and_check_agree_on_one_length() -> None:
    root = longer_sound()
    manifest = json.loads((root / "output/manifest.json").read_text("utf-8"))
    assert {file["duration"] for file in manifest["files"] if "duration" in file} == {15}
    playlists = [path.read_text("utf-8") for path in (root / "output").rglob("*.m3u8") if "picture" in path.as_posix()]
    lengths = [float(line[8:].rstrip(",")) for line in playlists[0].splitlines() if line.startswith("#EXTINF:")]
    assert abs(sum(lengths) - 15) < 0.04
    assert not [
        each for each in babelreel(root, "check", "--format", "json").document["findings"] if each["code"] == "TIM008"
    ]


def test_a_picture_that_goes_on_after_its_sound_is_silent_there(tmp_path: Path) -> None:
    film = make_uneven(tmp_path / "film.mp4", picture_s=3, sound_s=1)
    root = make_project(tmp_path / "project", {"fr.srt": FR[: FR.index("2\n00:00:13")]}, film=film, settings=SETTINGS)
    result = babelreel(root, "build", "--only", "phone-360p")
    assert result.code == 0, result.err
    assert "note: the sound ends at 0:01 and the picture at 0:03: silence follows" in result.err
    heard = decode(published(root))
    assert len(frames(published(root))) == 75
    assert level_db(heard[: RATE_HZ // 2]) > -25
    assert level_db(heard[int(1.2 * RATE_HZ) : int(2.9 * RATE_HZ)] + 1e-9) < -70
