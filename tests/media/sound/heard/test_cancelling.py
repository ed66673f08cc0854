from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from babelreel.media.sound.heard.cancelling import measure_mono
from babelreel.model.sound.mono import MonoMix
from support.sounds import RATE, noise, silence, tone

TONE, OTHER = tone(1, hz=440), tone(1, hz=1000)
HISS = noise(RATE, dbfs=-50)


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        pytest.param(TONE, TONE, MonoMix.AVERAGE, id="the same in both"),
        pytest.param(TONE, OTHER, MonoMix.AVERAGE, id="two sounds"),
        pytest.param(TONE, silence(1), MonoMix.AVERAGE, id="left alone"),
        pytest.param(silence(1), TONE, MonoMix.AVERAGE, id="right alone"),
        pytest.param(silence(1), silence(1), MonoMix.AVERAGE, id="nothing"),
        pytest.param(TONE, OTHER - TONE / 2, MonoMix.AVERAGE, id="wide stereo"),
        pytest.param(TONE, -TONE, MonoMix.LEFT, id="mirrored"),
        pytest.param(TONE + HISS, -TONE, MonoMix.LEFT, id="mirrored, with a microphone's hiss"),
        pytest.param(-TONE, TONE * 0.8, MonoMix.LEFT, id="mirrored, the left one louder"),
        pytest.param(-TONE * 0.8, TONE, MonoMix.RIGHT, id="mirrored, the right one louder"),
    ],
)
@pytest.mark.parametrize("is_whole", [True, False])
def test_one_channel_is_taken_where_both_together_would_be_silence(
    tmp_path: Path, left: NDArray[np.float64], right: NDArray[np.float64], expected: MonoMix, *, is_whole: bool
) -> None:
    samples = np.stack((left, right), axis=1)
    bare = np.rint(samples * 32767).astype("<i2") if is_whole else samples.astype("<f4")
    (tmp_path / "bare").write_bytes(bare.tobytes())
    assert measure_mono(tmp_path / "bare", is_whole=is_whole) is expected


def test_samples_that_are_no_numbers_decide_nothing(tmp_path: Path) -> None:
    samples = np.stack((TONE, -TONE), axis=1).astype("<f4")
    samples[7] = np.nan
    samples[8] = np.inf
    (tmp_path / "bare").write_bytes(samples.tobytes())
    assert measure_mono(tmp_path / "bare", is_whole=False) is MonoMix.LEFT
