"""Find out whether the channels of a sound cancel one another when one is made of them.

Phones with two microphones, and cables with a crossed wire, make left and right mirror one another: each is a
voice, and both together are silence.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from babelreel.model.sound.mono import MonoMix, choose_mono

_STEP_SAMPLES = 1 << 18


def measure_mono(path: Path, *, is_whole: bool) -> MonoMix:
    """Go through bare samples of a sound in stereo: 16-bit numbers if ``is_whole``, else 32-bit floats, interleaved."""
    energies = np.zeros(3)
    with path.open("rb") as file:
        while data := file.read(2 * (2 if is_whole else 4) * _STEP_SAMPLES):
            samples = np.frombuffer(data, dtype="<i2" if is_whole else "<f4").astype(np.float64).reshape(-1, 2)
            # a film's own floats may not be numbers at all
            left, right = np.nan_to_num(samples, nan=0.0, posinf=0.0, neginf=0.0).T
            energies += [np.dot(each, each) for each in (left, right, (left + right) / 2)]
    left, right, average = (float(each) for each in energies)
    return choose_mono(left=left, right=right, average=average)
