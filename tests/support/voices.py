"""How do tests that need a synthetic voice say so where there is none, and how do they listen to a file?"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from babelreel.media.programs.espeak import find_espeak


def espeak_of_tests() -> Path:
    """Give eSpeak NG; without it the test is skipped, or fails where skips are forbidden."""
    program = find_espeak()
    if program is None:
        if os.environ.get("BABELREEL_TESTS_FORBID_SKIPS"):
            pytest.fail("espeak-ng is not installed")
        pytest.skip("espeak-ng is not installed")
    return program


def read_sound(path: Path) -> tuple[NDArray[np.float64], dict[str, Any]]:
    """Decode the first sound of a file to mono samples between -1 and 1; gives them with what the file says."""
    with av.open(str(path)) as container:
        stream = container.streams.audio[0]
        facts = {
            "codec": stream.codec_context.name,
            "rate": stream.rate,
            "channels": stream.channels,
            "form": stream.format.name,
            "tags": dict(container.metadata),
        }
        resampler = av.AudioResampler(format="flt", layout="mono")
        frames = [part for frame in container.decode(stream) for part in resampler.resample(frame)]
        frames += resampler.resample(None)
    return np.concatenate([frame.to_ndarray()[0] for frame in frames]).astype(np.float64), facts


def strength_at(samples: NDArray[np.float64], frequency_hz: float, start: int, count: int, rate_hz: int) -> float:
    """Give the amplitude of one frequency in a stretch of sound."""
    part = samples[start : start + count]
    turning = np.exp(-2j * np.pi * frequency_hz * np.arange(len(part)) / rate_hz)
    return float(2 * abs(np.mean(part * turning)))
