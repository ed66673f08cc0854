"""Of a film with several pictures and sounds the right ones are seen and heard everywhere, or the list is shown."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import av
import numpy as np
import pytest

from support.films import run_maker
from support.loudness_meter import RATE_HZ, decode
from support.projects import babelreel, make_project

FR = """\
1
00:00:00,400 --> 00:00:01,400
Tes droits.
"""
#: The smallest file, the streams, and the stills of the pages.
SETTINGS = "[delivery]\nleaflets = false\n[renditions.web-720p]\nenabled = false\n"

RED, BLUE, GREEN = (0xC0, 0x20, 0x20), (0x20, 0x20, 0xC0), (0x20, 0xA0, 0x20)
COMMENT_HZ, FILM_HZ, OTHER_HZ = 300, 1200, 600


def make_many(path: Path, *dispositions: str) -> Path:
    """Make 2 s with a red cover, a green and a blue picture, and three sounds; data and text lie beside them."""
    pictures = [f"color={colour}:size=160x90:rate=25:duration=2" for colour in ("0x20a020", "0x2020c0")]
    tones = [f"sine={hz}:sample_rate={RATE_HZ}:duration=2" for hz in (COMMENT_HZ, FILM_HZ, OTHER_HZ)]
    sources = ["color=0xc02020:size=160x90:rate=25:duration=0.04", *pictures, *tones]
    inputs = [word for source in sources for word in ("-f", "lavfi", "-i", source)]
    maps = [word for place in range(len(sources)) for word in ("-map", str(place))]
    codecs = ("-c:v", "libx264", "-preset", "ultrafast", "-c:v:0", "mjpeg", "-pix_fmt:v:0", "yuvj420p", "-c:a", "aac")
    languages = (
        "-metadata:s:a:0",
        "language=eng",
        "-metadata:s:a:1",
        "language=fra",
        "-metadata:s:a:2",
        "language=eng",
    )
    run_maker(*inputs, *maps, *codecs, *languages, *dispositions, f"file:{path}")
    return path


@cache
def built() -> Path:
    """Build a film whose cover and comment come first, and whose second sound and last picture are the default."""
    folder = Path(mkdtemp(prefix="babelreel-many-"))
    flags = ("-disposition:v:1", "0", "-disposition:v:2", "default", "-disposition:a:0", "comment")
    film = make_many(folder / "film.mkv", *flags, "-disposition:a:1", "default", "-disposition:a:2", "0")
    root = make_project(folder / "project", {"fr.srt": FR}, film=film, settings=SETTINGS)
    result = babelreel(root, "build")
    assert result.code == 0, result.err
    return root


def tone_hz(path: Path) -> int:
    """Give the strongest frequency of a sound."""
    heard = decode(path)[:, 0]
    spectrum = np.abs(np.fft.rfft(heard * np.hanning(len(heard))))
    return round(float(np.argmax(spectrum)) * RATE_HZ / len(heard))


def colours(path: Path) -> list[tuple[int, ...]]:
    """Give the colour of the upper left corner of each frame, where no text is."""
    with av.open(str(path)) as container:
        corners = [each.to_ndarray(format="rgb24")[:16, :16].mean(axis=(0, 1)) for each in container.decode(video=0)]
    return [tuple(round(float(part)) for part in corner) for corner in corners]


def is_near(seen: tuple[int, ...], colour: tuple[int, ...]) -> bool:
    return max(abs(one - other) for one, other in zip(seen, colour, strict=True)) < 8


def test_the_default_picture_and_sound_are_published() -> None:
    (path,) = built().glob("output/fr/*phone-360p.mp4")
    seen = colours(path)
    assert len(seen) == 50
    assert all(is_near(each, BLUE) for each in seen)
    assert abs(tone_hz(path) - FILM_HZ) < 3


def test_posters_and_storyboard_show_the_same_picture() -> None:
    pictures = sorted(built().glob("output/**/*.jpg"))
    assert pictures
    for path in pictures:
        assert is_near(colours(path)[0], BLUE), path


def test_streams_hold_the_same_picture_and_sound(tmp_path: Path) -> None:
    kinds = set()
    for playlist in built().glob("output/stream/*.m3u8"):
        names = re.findall(r'^(?:#EXT-X-MAP:URI="(.+)"|([^#].+\.m4s))$', playlist.read_text("utf-8"), re.MULTILINE)
        if not names:
            continue  # a text, or the list of all
        whole = tmp_path / "whole.mp4"
        whole.write_bytes(b"".join((playlist.parent / (head or segment)).read_bytes() for head, segment in names))
        kind = playlist.name.partition("-")[0]
        kinds.add(kind)
        if kind == "picture":
            assert all(is_near(each, BLUE) for each in colours(whole))
        else:
            assert abs(tone_hz(whole) - FILM_HZ) < 3
    assert kinds == {"picture", "sound"}


def test_settings_take_another_sound_and_nothing_else_is_made_anew(tmp_path: Path) -> None:
    flags = ("-disposition:v:1", "0", "-disposition:v:2", "default", "-disposition:a:0", "default")
    film = make_many(tmp_path / "film.mkv", *flags, "-disposition:a:1", "0", "-disposition:a:2", "0")
    only = "[delivery]\nleaflets = false\nstreams = false\npages = false\n"
    root = make_project(tmp_path / "project", {"fr.srt": FR}, film=film, settings=only)
    words = ("build", "--only", "phone-360p")
    assert babelreel(root, *words).code == 0
    (path,) = root.glob("output/fr/*phone-360p.mp4")
    assert abs(tone_hz(path) - COMMENT_HZ) < 3

    (root / "babelreel.toml").write_text(f'{only}[film]\nsound = "fr"\n', "utf-8")
    second = babelreel(root, *words)
    assert abs(tone_hz(path) - FILM_HZ) < 3
    assert "] picture" not in second.err

    (root / "babelreel.toml").write_text(f"{only}[film]\nsound = 3\npicture = 2\n", "utf-8")
    assert babelreel(root, *words).code == 0
    assert abs(tone_hz(path) - OTHER_HZ) < 3
    assert all(is_near(each, GREEN) for each in colours(path))


@pytest.mark.parametrize("verb", [("build",), ("probe",), ("plan",)])
def test_a_film_in_doubt_is_refused_once_with_the_list(tmp_path: Path, verb: tuple[str, ...]) -> None:
    nothing = [word for stream in ("v:1", "v:2", "a:0", "a:1", "a:2") for word in (f"-disposition:{stream}", "0")]
    film = make_many(tmp_path / "film.mkv", "-default_mode", "passthrough", *nothing)
    settings = f"{SETTINGS}[film]\npicture = 3\n"
    root = make_project(tmp_path / "project", {"fr.srt": FR, "en.srt": FR}, film=film, settings=settings)
    result = babelreel(root, *verb)
    assert result.code == 2
    assert result.err.splitlines() == [
        "babelreel: The film has 3 sounds, and nothing says which one is the film's own.",
        f"  where: {root / 'video/master.mkv'}",
        "  why: sound 1: aac, 1 channel, eng; sound 2: aac, 1 channel, fra; sound 3: aac, 1 channel, eng",
        "  hint: Listen or look, and write the number of the right one into babelreel.toml: [film] sound = 1",
    ]


def test_probe_lists_all_that_the_film_holds_and_why_each_is_taken_or_not(tmp_path: Path) -> None:
    (tmp_path / "fr.srt").write_text(FR, "utf-8")
    (tmp_path / "chapters.txt").write_text(
        ";FFMETADATA1\n[CHAPTER]\nTIMEBASE=1/1\nSTART=0\nEND=1\n[CHAPTER]\nTIMEBASE=1/1\nSTART=1\nEND=2\n", "utf-8"
    )
    (tmp_path / "notes.txt").write_text("notes", "utf-8")
    film = make_many(tmp_path / "streams.mkv", "-disposition:a:0", "comment", "-metadata:s:a:0", "title=The maker says")
    run_maker(
        *("-i", str(film), "-i", str(tmp_path / "fr.srt"), "-i", str(tmp_path / "chapters.txt")),
        *("-attach", str(tmp_path / "notes.txt"), "-metadata:s:t", "mimetype=text/plain"),
        *("-map", "0", "-map", "1", "-map_metadata", "2", "-map_chapters", "2", "-c", "copy", "-c:s", "srt"),
        *("-disposition:v:1", "0", "-disposition:v:2", "default", "-disposition:a:1", "default"),
        *("-disposition:a:2", "0", str(tmp_path / "film.mkv")),
    )
    root = make_project(tmp_path / "project", {"fr.srt": FR}, film=tmp_path / "film.mkv")
    told = babelreel(root, "probe").out.splitlines()
    assert [line.removeprefix("holds    ") for line in told if line.startswith("holds")] == [
        "picture 1: mjpeg, 160x90; not used because it is a still picture",
        "picture 2: h264, 160x90; not used because another one is",
        "picture 3: h264, 160x90, default; used because it is marked as the default",
        "sound 1: aac, 1 channel, eng, “The maker says”, comment; not used because it is marked as an extra",
        "sound 2: aac, 1 channel, fra, default; used because it is marked as the default",
        "sound 3: aac, 1 channel, eng; not used because another one is",
        "text 1: srt; not used because babelreel never uses this kind",
        "attachment 1: of an unknown form; not used because babelreel never uses this kind",
        "2 chapters; not used because babelreel never uses this kind",
    ]
    document = babelreel(root, "probe", "--json").document
    assert document["chapters"] == 2
    assert [each["why"] for each in document["streams"] if each["is_taken"]] == ["default", "default"]
    assert document == json.loads((root / "video/master.probe.json").read_text("utf-8"))
