from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from babelreel.errors import ToolError
from babelreel.media.probe.expectation import verify_file
from babelreel.model.film.media import Expectation
from support.films import make_film

PLAN = Expectation(
    frames=25,
    rate=Fraction(25),
    width_px=320,
    height_px=180,
    video_codec="h264",
    video_profile="high",
    pixel_format="yuv420p",
    audio_codec="aac",
    channels=2,
    sample_rate_hz=48000,
    duration_ms=1000,
)


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("verify") / "film.mp4"
    return make_film(path, codec=("libx264", "-profile:v", "high", "-preset", "fast"))


def test_a_file_as_planned_passes(film: Path) -> None:
    info = verify_file(film, PLAN)

    assert info.duration_ms == 1000


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"frames": 26}, "it has 25 frames instead of 26"),
        ({"rate": Fraction(24)}, "the frame rate is 25 instead of 24"),
        ({"width_px": 640, "height_px": 360}, "the size is 320x180 instead of 640x360"),
        ({"video_codec": "hevc"}, "the picture's codec is h264 instead of hevc"),
        ({"video_profile": "main"}, "the profile is high instead of main"),
        ({"pixel_format": "yuv422p"}, "the pixel format is yuv420p instead of yuv422p"),
        ({"audio_codec": ""}, "it has 1 sounds instead of 0"),
        ({"channels": 1}, "the number of channels is 2 instead of 1"),
        ({"sample_rate_hz": 44100}, "the sample rate is 48000 instead of 44100"),
        ({"duration_ms": 1100}, "it lasts 1000 ms instead of 1100 ms"),
        ({"text_language": "fra"}, "it has 0 subtitle streams instead of 1"),
        ({"max_bytes": 100}, "are more than the 100 that are allowed"),
        ({"frames": None}, "picture is there instead of none"),
    ],
)
def test_every_difference_is_told_in_words(film: Path, change: dict[str, Any], said: str) -> None:
    with pytest.raises(ToolError) as caught:
        verify_file(film, replace(PLAN, **change))

    assert said in caught.value.why


def test_all_differences_are_told_at_once(film: Path) -> None:
    with pytest.raises(ToolError) as caught:
        verify_file(film, replace(PLAN, frames=30, channels=1))

    assert len(caught.value.why.split("; ")) == 2


def test_slack_in_frames_is_granted(film: Path) -> None:
    assert verify_file(film, replace(PLAN, frames=26, frame_slack=1)).video is not None


def test_a_broken_file_is_the_tools_fault_and_not_the_films(tmp_path: Path) -> None:
    (tmp_path / "out.mp4").write_bytes(b"nothing")

    with pytest.raises(ToolError, match="something else"):
        verify_file(tmp_path / "out.mp4", PLAN)
