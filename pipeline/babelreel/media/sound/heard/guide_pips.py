"""Find out whether the mark of a guide track can be heard in a sound.

The mark, three pips of one pitch, is looked for every 5 ms: the tone must be there where pips are and gone between and
around them. A voice over it hides one mark or another, but hardly the first one and all pairs that are ten seconds
apart. Music may sound that note, but not three times in this rhythm, which is what these limits rest on.
"""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy import complex128, float64, intp
from numpy.typing import NDArray

from babelreel.media.sound.heard.speech import SAMPLE_RATE_HZ
from babelreel.model.sound.guide_mark import MARK_EVERY_MS, PIP_HZ, PIP_MS, PIP_STEP_MS, PIPS
from babelreel.model.timecode import MS_PER_SECOND

_Number = TypeVar("_Number", "complex128", "float64")
_STEP_MS = 5
_STEP_SAMPLES = SAMPLE_RATE_HZ * _STEP_MS // MS_PER_SECOND
_PIP = PIP_MS // _STEP_MS
_PIP_STEP = PIP_STEP_MS // _STEP_MS
_EVERY = MARK_EVERY_MS // _STEP_MS

#: The crest of a pip is at -12 dBFS; turned down by 20 dB, and less what its ramps take, some 0.02 are left.
_LEAST_CREST = 0.005
#: How many times as high the tone is in the softest pip as in the loudest pause: 8 dB.
_CONTRAST = 2.5
#: How unlike the pips may be: 6 dB, for a voice may add to one of them.
_UNLIKE = 2.0
#: The share of a pip's power that is the tone; the rest is what was mixed over it.
_LEAST_SHARE = 0.08
#: How late the first mark may be: codecs put up to 60 ms before a sound, and the place is known to 5 ms.
_HEAD_MS = 200
#: How exactly two marks follow one another.
_APART_MS = 20


def has_guide_pips(path: Path) -> bool:
    """Tell whether a file of bare 32-bit floats, mono, at 16 kHz, begins with the mark or has it twice, 10 s apart."""
    marks = find_marks(path)
    if any(mark * _STEP_MS <= _HEAD_MS for mark in marks):
        return True
    reach = _APART_MS // _STEP_MS
    known = set(marks)
    return any(mark + _EVERY + shift in known for mark in marks for shift in range(-reach, reach + 1))


def find_marks(path: Path) -> tuple[int, ...]:
    """Find the places, in steps of 5 ms, where a mark may begin; one mark has several, side by side."""
    tone, power = _tone_and_power(path)
    # a pip's length of silence before the first sample, and a whole mark's behind the last
    ahead, behind = _PIP, PIPS * _PIP_STEP + _PIP
    crest: NDArray[float64] = np.pad(2 * np.abs(_sums(tone)) / (_PIP * _STEP_SAMPLES), (ahead, behind))
    loudness = np.pad(_sums(power), (ahead, behind))
    count = len(tone)
    pips = _at(crest, [ahead + number * _PIP_STEP for number in range(PIPS)], count)
    pauses = _at(crest, [ahead - _PIP, *(ahead + _PIP + number * _PIP_STEP for number in range(PIPS))], count)
    softest = pips.min(axis=0)
    tones = (pips**2).sum(axis=0) / 2 * _PIP * _STEP_SAMPLES
    total = _at(loudness, [ahead + number * _PIP_STEP for number in range(PIPS)], count).sum(axis=0)
    is_mark = (
        (softest >= _LEAST_CREST)
        & (softest >= _CONTRAST * pauses.max(axis=0))
        & (pips.max(axis=0) <= _UNLIKE * softest)
        & (tones >= _LEAST_SHARE * total)
    )
    places: NDArray[intp] = np.flatnonzero(is_mark)
    return tuple(places.tolist())


def _tone_and_power(path: Path) -> tuple[NDArray[complex128], NDArray[float64]]:
    """Measure for every 5 ms how much of the pips' pitch is in it (with its phase), and its power."""
    turn = np.exp(-2j * np.pi * PIP_HZ / SAMPLE_RATE_HZ * np.arange(_STEP_SAMPLES))
    tones, powers, done = [], [], 0
    with path.open("rb") as file:
        while data := file.read(4 * _STEP_SAMPLES * 10_000):
            samples = np.frombuffer(data, dtype="<f4").astype(np.float64)
            steps = np.pad(samples, (0, -len(samples) % _STEP_SAMPLES)).reshape(-1, _STEP_SAMPLES)
            # each step begins at another phase of the tone
            begins = np.exp(
                -2j * np.pi * (PIP_HZ * _STEP_MS % MS_PER_SECOND) / MS_PER_SECOND * (done + np.arange(len(steps)))
            )
            tones.append(steps @ turn * begins)
            powers.append((steps**2).sum(axis=1))
            done += len(steps)
    if not tones:
        return np.zeros(0, dtype=np.complex128), np.zeros(0)
    return np.concatenate(tones), np.concatenate(powers)


def _sums(values: NDArray[_Number]) -> NDArray[_Number]:
    """Add up a pip's length from each step on."""
    total = np.concatenate((np.zeros(1, dtype=values.dtype), np.cumsum(values)))
    ends = np.minimum(np.arange(len(values)) + _PIP, len(values))
    sums: NDArray[_Number] = total[ends] - total[: len(values)]
    return sums


def _at(values: NDArray[float64], offsets: list[int], count: int) -> NDArray[float64]:
    """Return the values at some distances from each step, one row for each distance."""
    return np.stack([values[offset : offset + count] for offset in offsets])
