"""Recordings joined byte by byte, and clocks that leap, are refused with the moment; ordinary clocks are not."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from babelreel.errors import FilmError
from babelreel.media.probe.film import probe_media
from support.films import make_film, run_maker

_CODECS = {"mpg": ("mpeg2video",), "avi": ("mpeg4",)}


def clip(path: Path, *, seconds: int = 2, at: Fraction | int = 0) -> Path:
    codec = _CODECS.get(path.suffix[1:], ("libx264", "-preset", "ultrafast", "-g", "25"))
    audio = None if path.suffix in {".avi", ".mpg"} else "stereo"
    return make_film(path, seconds=seconds, size="64x36", codec=codec, audio=audio, start_offset=at)


def joined(path: Path, first: Path, second: Path) -> Path:
    """Join two files byte by byte, as ``cat`` does."""
    path.write_bytes(first.read_bytes() + second.read_bytes())
    return path


def refusal(path: Path) -> str:
    with pytest.raises(FilmError) as caught:
        probe_media(path, digest="d")
    assert len(caught.value.lines()) == 4
    assert str(path) in caught.value.lines()[1]
    return caught.value.what


@pytest.mark.parametrize("ending", ["ts", "mpg", "mkv"])
def test_a_clock_that_starts_again_is_refused_with_the_moment(tmp_path: Path, ending: str) -> None:
    first, second = clip(tmp_path / f"a.{ending}", seconds=3), clip(tmp_path / f"b.{ending}")
    film = joined(tmp_path / f"film.{ending}", first, second)
    assert refusal(film) == "The film's clock starts again at 0:03."


@pytest.mark.parametrize("ending", ["mp4", "mov", "flv"])
def test_a_second_film_in_the_file_is_refused_with_the_moment(tmp_path: Path, ending: str) -> None:
    first, second = clip(tmp_path / f"a.{ending}", seconds=3), clip(tmp_path / f"b.{ending}")
    assert (
        refusal(joined(tmp_path / f"film.{ending}", first, second)) == "A second film follows in the same file at 0:03."
    )


def test_a_clock_that_leaps_ahead_is_refused_with_the_moment_and_how_far(tmp_path: Path) -> None:
    first, second = clip(tmp_path / "a.ts"), clip(tmp_path / "b.ts", at=302)
    assert refusal(joined(tmp_path / "film.ts", first, second)) == "The film's clock leaps ahead by 5:00 at 0:02."


def test_a_clock_of_33_bits_may_run_over(tmp_path: Path) -> None:
    film = tmp_path / "film.ts"
    clip(film, seconds=4, at=Fraction(2**33, 90_000) - 2)
    assert probe_media(film, digest="d").duration_ms == 4000


def test_a_picture_that_stands_still_while_the_sound_goes_on_is_a_film(tmp_path: Path) -> None:
    film = tmp_path / "film.mp4"
    run_maker(
        *("-f", "lavfi", "-i", "testsrc2=size=64x36:rate=25:duration=16"),
        *("-f", "lavfi", "-i", "sine=440:duration=16", "-vf", "select='lt(t,2)+gt(t,14)'", "-fps_mode", "passthrough"),
        *("-c:v", "libx264", "-preset", "ultrafast", "-c:a", "aac", f"file:{film}"),
    )
    assert probe_media(film, digest="d").duration_ms == 16_000


def test_slides_a_minute_apart_without_sound_are_a_film(tmp_path: Path) -> None:
    film = tmp_path / "film.mkv"
    run_maker(
        *("-f", "lavfi", "-i", "testsrc2=size=64x36:rate=1/60:duration=180"),
        *("-c:v", "libx264", "-preset", "ultrafast", "-bf", "2", f"file:{film}"),
    )
    assert probe_media(film, digest="d").video


def test_an_avi_behind_an_avi_is_read_whole(tmp_path: Path) -> None:
    film = joined(tmp_path / "film.avi", clip(tmp_path / "a.avi"), clip(tmp_path / "b.avi"))
    assert probe_media(film, digest="d").duration_ms == 4000
