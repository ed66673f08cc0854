"""A damaged film is told with the moment of its damage, whatever its form and whatever is damaged in it."""

from __future__ import annotations

import random
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import av
import pytest

from babelreel.errors import FilmError
from babelreel.media.picture.shots import find_shots
from babelreel.media.probe.film import probe_media
from babelreel.media.sound.heard.film_sound import hear_film
from support.films import ffmpeg_of_tests, make_film, run_maker

_CODECS = {"avi": ("mpeg4", "-q:v", "5"), "mpg": ("mpeg2video",), "webm": ("libvpx", "-deadline", "realtime")}


@cache
def whole(ending: str) -> Path:
    """Make a film of 6 s once."""
    path = Path(mkdtemp(prefix="babelreel-damaged-")) / f"whole.{ending}"
    codec = _CODECS.get(ending, ("libx264", "-preset", "ultrafast", "-g", "25", "-bf", "2"))
    audio = None if ending in {"mpg", "webm"} else "stereo"  # make_film's sound is AAC, which these do not hold
    return make_film(path, seconds=6, size="160x90", codec=codec, audio=audio)


def place(ending: str, seconds: int, kind: str = "video") -> int:
    """Give the place in the film's file of the first packet of a kind at a time."""
    with av.open(str(whole(ending))) as container:
        stream = (container.streams.video if kind == "video" else container.streams.audio)[0]
        assert stream.time_base
        first = (container.start_time or 0) / 1_000_000
        for packet in container.demux(stream):
            if packet.pts is not None and packet.pts * stream.time_base - first >= seconds and packet.pos is not None:
                return packet.pos
    raise AssertionError


def damaged(folder: Path, ending: str, content: bytearray) -> Path:
    path = folder / f"film.{ending}"
    path.write_bytes(content)
    return path


def refusal(path: Path) -> FilmError:
    """Look at a film as a build does, and give what it is refused for."""
    with pytest.raises(FilmError) as caught:
        look(path)
    assert len(caught.value.lines()) == 4
    assert caught.value.exit_code == 2
    return caught.value


def look(path: Path) -> None:
    info = probe_media(path, digest="d")
    find_shots(ffmpeg_of_tests().path, path, info)
    hear_film(path, info)


@pytest.mark.parametrize("ending", ["mp4", "mov", "mkv", "ts", "mpg", "webm", "flv"])
def test_a_hole_of_a_second_is_told_with_its_moment(tmp_path: Path, ending: str) -> None:
    content = bytearray(whole(ending).read_bytes())
    begin, end = place(ending, 3), place(ending, 4)
    content[begin + 400 : end] = bytes(end - begin - 400)
    # players show the frames before the hole until there
    assert refusal(damaged(tmp_path, ending, content)).what in {
        "The film is damaged at 0:02.",
        "The film is damaged at 0:03.",
    }


@pytest.mark.parametrize("ending", ["mp4", "mov", "mkv", "ts", "m2ts", "mpg", "webm", "flv"])
def test_a_hole_of_a_second_is_told_wherever_it_begins(tmp_path: Path, ending: str) -> None:
    """Between two packets as within one: some readers pass over what is no packet of theirs without a word."""
    content = whole(ending).read_bytes()
    begin, length = place(ending, 3), place(ending, 4) - place(ending, 3)
    for at in range(begin - 3000, begin + 3000, 375):
        holed = bytearray(content)
        holed[at : at + length] = bytes(length)
        assert refusal(damaged(tmp_path, ending, holed)).what.startswith("The film is damaged at 0:0"), at


@pytest.mark.parametrize(
    ("ending", "rest"),
    [("flv", bytes(100_000)), ("mpg", bytes(100_000)), ("ts", b"G" + bytes(range(90))), ("m2ts", b"G" * 99)],
)
def test_what_a_recorder_leaves_behind_the_last_picture_is_no_hole(tmp_path: Path, ending: str, rest: bytes) -> None:
    look(damaged(tmp_path, ending, bytearray(whole(ending).read_bytes() + rest)))


def test_pictures_that_are_missing_in_an_avi_are_told(tmp_path: Path) -> None:
    film = tmp_path / "film.avi"
    run_maker(
        *("-f", "lavfi", "-i", "testsrc2=size=160x90:rate=25:duration=6", "-f", "lavfi", "-i", "sine=500:duration=6"),
        *("-c:v", "mpeg4", "-q:v", "5", "-g", "12", "-c:a", "mp2", f"file:{film}"),
    )
    content = bytearray(film.read_bytes())
    begin, end = len(content) * 45 // 100, len(content) * 60 // 100
    content[begin:end] = bytes(end - begin)
    # its reader goes on behind the hole as if there was none, and nothing of what it finds is damaged
    found = refusal(damaged(tmp_path, "avi", content))
    assert (found.what, found.why) == (
        "The film is damaged.",
        "it says that it lasts 0:06, and pictures for 0:05 can be read",
    )


@pytest.mark.parametrize("ending", ["mp4", "mkv"])
def test_a_sound_that_alone_is_damaged_is_told_with_its_moment(tmp_path: Path, ending: str) -> None:
    content = bytearray(whole(ending).read_bytes())
    chance = random.Random(1)  # noqa: S311 - damage, not a secret
    with av.open(str(whole(ending))) as container:
        for packet in container.demux(container.streams.audio[0]):
            if packet.pts is not None and packet.time_base and 3 <= packet.pts * packet.time_base < 3.5 and packet.pos:
                begin = packet.pos + (30 if ending == "mkv" else 4)  # behind the head of a Matroska block
                content[begin : packet.pos + packet.size - 4] = chance.randbytes(packet.pos + packet.size - 4 - begin)
    found = refusal(damaged(tmp_path, ending, content))
    assert found.what == "The film is damaged at 0:03."
    assert found.why.startswith("its sound cannot be decoded there")


def test_one_packet_that_was_lost_on_the_air_is_told_with_its_moment(tmp_path: Path) -> None:
    content = bytearray(whole("ts").read_bytes())
    begin = place("ts", 3) // 188 * 188 + 188
    del content[begin : begin + 188]
    assert refusal(damaged(tmp_path, "ts", content)).what in {
        "The film is damaged at 0:02.",
        "The film is damaged at 0:03.",
    }


def test_bytes_that_were_changed_in_the_picture_are_told_with_their_moment(tmp_path: Path) -> None:
    content = bytearray(whole("mp4").read_bytes())
    begin = place("mp4", 4)
    content[begin : begin + 300] = random.Random(2).randbytes(300)  # noqa: S311 - damage, not a secret
    assert refusal(damaged(tmp_path, "mp4", content)).what == "The film is damaged at 0:04."


@pytest.mark.parametrize("ending", ["mp4", "mkv", "webm", "avi"])
def test_a_file_that_breaks_off_is_told(tmp_path: Path, ending: str) -> None:
    content = bytearray(whole(ending).read_bytes())
    assert refusal(damaged(tmp_path, ending, content[: len(content) * 7 // 10])).what.startswith(
        "The film is incomplete"
    )


@pytest.mark.parametrize("ending", ["mp4", "mov", "mkv", "ts", "mpg", "webm", "flv", "avi", "m2ts"])
def test_a_whole_film_is_not_told_to_be_damaged(ending: str) -> None:
    look(whole(ending))
