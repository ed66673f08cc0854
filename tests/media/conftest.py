"""What do the tests of this layer share?"""

from __future__ import annotations

from pathlib import Path

import pytest

from babelreel.media.programs.locate import Ffmpeg
from babelreel.media.programs.run import run_ffmpeg
from support.films import Encode, ffmpeg_of_tests

#: What ffmpeg says of covers and of sounds it does not know, even when they are not asked for; and of films that change
#: their size, which the filters that we use for them do support.
HARMLESS = (
    "timescale not set",
    "Could not find codec parameters",
    "Consider increasing the value for",
    "Changing video frame properties",
    "filter context - w: ",
    "Invalid clap box",
)


@pytest.fixture(scope="session")
def ffmpeg() -> Ffmpeg:
    return ffmpeg_of_tests()


@pytest.fixture
def encode(ffmpeg: Ffmpeg, tmp_path: Path) -> Encode:
    """Run ffmpeg in the test's folder, and be strict: our own calls log nothing."""

    def run(argv: tuple[str, ...]) -> None:
        log = run_ffmpeg(
            ffmpeg.path,
            argv,
            cwd=tmp_path,
            duration_ms=1000,
            report=lambda _: None,
            is_cancelled=lambda: False,
        )
        assert [line for line in log.tail if not any(words in line for words in HARMLESS)] == []

    return run
