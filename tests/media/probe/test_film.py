from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from babelreel.errors import FilmError
from babelreel.media.probe.film import probe_media
from babelreel.model.film.media import MediaInfo, VideoStream
from babelreel.model.film.treatment import Colours, treat
from support.films import make_film, make_truncated, run_maker


def probe(path: Path) -> MediaInfo:
    return probe_media(path, digest="d")


def picture(path: Path) -> VideoStream:
    video = probe(path).video
    assert video is not None
    return video


def test_a_plain_film_is_described_whole(tmp_path: Path) -> None:
    info = probe(make_film(tmp_path / "film.mp4", seconds=2))

    assert info.video is not None
    assert (info.video.codec, info.video.pixel_format, info.video.bit_depth) == ("h264", "yuv420p", 8)
    assert (info.video.frames, info.video.rate, info.video.is_variable_rate) == (50, Fraction(25), False)
    assert (info.duration_ms, info.start_us, info.video.start_ms) == (2000, 0, 0)
    (audio,) = info.audio
    assert (audio.codec, audio.profile, audio.channels, audio.sample_rate_hz) == ("aac", "LC", 2, 48000)
    assert (audio.start_ms, audio.duration_ms) == (0, 2000)
    assert info.codecs.endswith(", mp4a.40.2")
    assert info.codecs.startswith("avc1.")
    assert (info.digest, info.bytes) == ("d", (tmp_path / "film.mp4").stat().st_size)


@pytest.mark.parametrize("ending", ["mp4", "mov", "mkv", "ts", "avi"])
@pytest.mark.parametrize("rate", ["24000/1001", "30000/1001", "50"])
def test_the_exact_rate_and_frame_count_are_found_in_every_container(tmp_path: Path, ending: str, rate: str) -> None:
    film: dict[str, Any] = {"rate": rate, "seconds": 24 / Fraction(rate)}
    # AVI has no timestamps: B-frames go unordered, and the run-in of AAC leaves a gap behind the first frame
    film |= {"codec": ("mpeg4",), "audio": None} if ending == "avi" else {}
    video = picture(make_film(tmp_path / f"film.{ending}", **film))

    assert (video.rate, video.frames, video.is_variable_rate) == (Fraction(rate), 24, False)
    assert video.duration_ms == round(24 / Fraction(rate) * 1000)


@pytest.mark.parametrize(("sound_s", "is_refused"), [(603, False), (605, True)])
def test_a_sound_that_goes_on_long_after_the_picture_is_refused(
    tmp_path: Path, sound_s: int, *, is_refused: bool
) -> None:
    film = tmp_path / "film.mkv"
    silence = f"anullsrc=sample_rate=8000:channel_layout=mono:duration={sound_s}"
    picture_of_2s = ("-f", "lavfi", "-i", "color=size=64x64:rate=25:duration=2", "-f", "lavfi", "-i", silence)
    run_maker(*picture_of_2s, "-map", "0", "-map", "1", "-c:v", "libx264", "-c:a", "flac", str(film))
    if not is_refused:
        assert probe(film).duration_ms == 603_000
        return
    with pytest.raises(FilmError) as refused:
        probe(film)
    assert str(refused.value).splitlines()[0] == "The film's sound lasts 10:05, and its picture 0:02."


@pytest.mark.parametrize("frames", [1, 2])
def test_a_film_of_one_or_two_frames_is_a_film(tmp_path: Path, frames: int) -> None:
    video = picture(make_film(tmp_path / "film.mp4", seconds=Fraction(frames, 25)))

    assert (video.frames, video.rate, video.duration_ms) == (frames, Fraction(25), frames * 40)


@pytest.mark.parametrize(("rotation", "expected"), [(0, (320, 180)), (90, (180, 320)), (180, (320, 180))])
def test_a_turned_film_has_the_size_that_is_seen(tmp_path: Path, rotation: int, expected: tuple[int, int]) -> None:
    video = picture(make_film(tmp_path / "film.mp4", rotation=rotation))

    assert (video.display_width_px, video.display_height_px) == expected
    assert (video.width_px, video.height_px) == (320, 180)
    assert video.rotation == rotation


def test_pixels_that_are_not_square_count_in_the_display_size(tmp_path: Path) -> None:
    video = picture(make_film(tmp_path / "film.mp4", size="240x180", sar="4/3"))

    assert (video.width_px, video.display_width_px, video.display_height_px) == (240, 320, 180)
    assert video.sample_aspect == Fraction(4, 3)


def test_a_variable_rate_is_found_and_a_standard_one_chosen(tmp_path: Path) -> None:
    video = picture(make_film(tmp_path / "film.mp4", seconds=2, rate="36", vfr=True))

    assert video.is_variable_rate
    assert video.frames == 48
    assert video.rate in {Fraction(24), Fraction(24000, 1001)}


def test_ten_bits_are_told(tmp_path: Path) -> None:
    assert picture(make_film(tmp_path / "film.mp4", pixel_format="yuv420p10le")).bit_depth == 10


@pytest.mark.parametrize(("audio", "channels"), [("mono", 1), ("stereo", 2), ("5.1", 6)])
def test_channels_are_counted(tmp_path: Path, audio: str, channels: int) -> None:
    assert [each.channels for each in probe(make_film(tmp_path / "film.mp4", audio=audio)).audio] == [channels]


def test_a_silent_film_has_no_sound(tmp_path: Path) -> None:
    assert probe(make_film(tmp_path / "film.mp4", audio=None)).audio == ()


@pytest.mark.parametrize("ending", ["mp4", "mkv", "ts"])
def test_a_film_that_starts_late_on_its_clock_is_as_long_as_it_is(tmp_path: Path, ending: str) -> None:
    info = probe(make_film(tmp_path / f"film.{ending}", seconds=2, start_offset=5))

    assert info.duration_ms == 2000
    assert info.start_us > 4_900_000
    assert abs(info.audio[0].start_ms) <= 25


def test_a_cover_is_not_the_picture(tmp_path: Path) -> None:
    film, cover = make_film(tmp_path / "film.mp4"), tmp_path / "cover.png"
    run_maker("-f", "lavfi", "-i", "color=red:size=64x64", "-frames:v", "1", str(cover))
    words = ("-map", "1", "-map", "0", "-c", "copy", "-disposition:v:0", "attached_pic")
    run_maker("-i", str(film), "-i", str(cover), *words, str(tmp_path / "covered.mp4"))

    assert picture(tmp_path / "covered.mp4").width_px == 320


def test_a_high_dynamic_range_is_told(tmp_path: Path) -> None:
    tags = "colorprim=bt2020:transfer=smpte2084:colormatrix=bt2020nc"
    video = picture(make_film(tmp_path / "film.mp4", codec=("libx264", "-x264-params", tags)))

    assert treat(video).colours is Colours.TONE_MAPPED
    assert video.color_matrix == "bt2020nc"


@pytest.mark.parametrize(
    "name",
    ["with space.mp4", "a:b.mp4", "-x.mp4", 'it\'s [50%] "q".mp4', "🎬.mp4", "فيلم.mp4", "http:x.mp4"],
)
def test_any_name_can_be_read(tmp_path: Path, name: str) -> None:
    make_film(tmp_path / "plain.mp4").rename(tmp_path / name)

    assert picture(tmp_path / name).frames == 25


PLAYLIST = "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nwhole.ts\n#EXT-X-ENDLIST\n"
SCRIPT = "ffconcat version 1.0\nfile whole.ts\n"


@pytest.mark.parametrize("disguise", [PLAYLIST, SCRIPT])
@pytest.mark.parametrize("name", ["film.mp4", "film.m3u8"])
def test_a_playlist_dressed_as_a_film_is_refused(tmp_path: Path, disguise: str, name: str) -> None:
    make_film(tmp_path / "whole.ts")
    (tmp_path / name).write_text(disguise, encoding="utf-8")

    with pytest.raises(FilmError, match="not a film"):
        probe(tmp_path / name)


def make_empty(path: Path) -> Path:
    path.write_bytes(b"")
    return path


def make_garbage(path: Path) -> Path:
    path.write_bytes(bytes(range(256)) * 40)
    return path


def make_fast(path: Path) -> Path:
    run_maker("-i", str(make_film(path.with_name("slow.mp4"))), "-c", "copy", "-movflags", "+faststart", str(path))
    return path


def make_fast_truncated(path: Path) -> Path:
    return make_truncated(path, source=make_fast, share=0.8)


def make_sound_only(path: Path) -> Path:
    run_maker("-f", "lavfi", "-i", "sine=duration=1", str(path))
    return path


def make_exotic(path: Path) -> Path:
    return make_film(path, codec=("gif",))


@pytest.mark.parametrize(
    ("make", "name", "message"),
    [
        (make_empty, "film.mp4", "is empty"),
        (make_garbage, "film.mp4", "not a film"),
        (make_truncated, "film.mp4", "is incomplete"),
        (make_fast_truncated, "film.mp4", "is incomplete"),
        (make_truncated, "film.mkv", "is incomplete"),
        (make_truncated, "film.avi", "is incomplete"),
        (make_sound_only, "film.m4a", "no picture"),
        (make_exotic, "film.mov", "cannot be decoded"),
    ],
)
def test_what_cannot_be_delivered_is_refused_with_a_hint(
    tmp_path: Path, make: Callable[[Path], Path], name: str, message: str
) -> None:
    path = make(tmp_path / name)

    with pytest.raises(FilmError, match=message) as caught:
        probe(path)

    assert caught.value.exit_code == 2
    assert caught.value.where == str(path)
    assert caught.value.why
    assert caught.value.hint


@pytest.mark.parametrize("letters", [b"avc1\0", b"ac-3\0"])
def test_a_codec_that_nobody_knows_is_refused(tmp_path: Path, letters: bytes) -> None:
    film = make_film(tmp_path / "plain.mp4")
    run_maker("-i", str(film), "-c:v", "copy", "-c:a", "ac3", str(tmp_path / "film.mp4"))
    content = (tmp_path / "film.mp4").read_bytes()
    assert letters in content
    (tmp_path / "film.mp4").write_bytes(content.replace(letters, b"qqqq\0"))

    with pytest.raises(FilmError, match="cannot be decoded"):
        probe(tmp_path / "film.mp4")


def test_a_second_sound_that_nobody_knows_is_passed_over(tmp_path: Path) -> None:
    film = make_film(tmp_path / "film.mp4")
    words = ("-map", "0:v", "-map", "0:a", "-map", "0:a", "-c:v", "copy", "-c:a:0", "copy", "-c:a:1", "ac3")
    run_maker("-i", str(film), *words, str(tmp_path / "two.mp4"))
    content = (tmp_path / "two.mp4").read_bytes()
    assert b"ac-3" in content
    (tmp_path / "two.mp4").write_bytes(content.replace(b"ac-3", b"qqqq"))

    assert [each.codec for each in probe(tmp_path / "two.mp4").audio] == ["aac"]


def test_a_film_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(FilmError, match="no such film"):
        probe(tmp_path / "nothing.mp4")


def test_a_picture_that_would_fill_the_memory_is_refused_before_it_is_decoded(tmp_path: Path) -> None:
    # 20 kB that unpack to 40 million pixels
    path = make_film(tmp_path / "a.mov", size="9000x4500", rate="1", picture="color", audio=None, codec=("png",))
    with pytest.raises(FilmError, match=r"8K \(7680 x 4320\) is the most that is decoded"):
        probe_media(path, digest="")
