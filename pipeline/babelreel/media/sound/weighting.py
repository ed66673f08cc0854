"""Measure how loud a stretch of sound is to the ear, after ITU-R BS.1770.

Samples go through the two filters of that paper, by Fourier transforms of a few seconds: their power is kept for every
10 ms, and any stretch of it can then be measured, also one that is shorter than the meters' 400 ms.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from math import log10
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from babelreel.model.sound.recordings import SAMPLE_RATE_HZ

#: Powers are kept for stretches of 10 ms.
STEP_MS = 10
STEP_SAMPLES = SAMPLE_RATE_HZ * STEP_MS // 1000
#: The filters of BS.1770-4, tables 1 and 2, at 48 kHz: numerator and denominator of the head's shelf and the high-pass.
_FILTERS = (
    ((1.53512485958697, -2.69169618940638, 1.19839281085285), (1.0, -1.69065929318241, 0.73248077421585)),
    ((1.0, -2.0, 1.0), (1.0, -1.99004745483398, 0.99007225036621)),
)
#: How many samples are filtered at once, behind as many that go before as the filters remember (100 ms: -200 dB).
_SIZE, _LEAD = 1 << 17, SAMPLE_RATE_HZ // 10
_CHUNK = (_SIZE - 2 * _LEAD) // STEP_SAMPLES * STEP_SAMPLES
#: BS.1770: blocks of 400 ms, one every 100 ms; what is below -70 LUFS, or 10 LU below the mean of the rest, does not
#: count.
_BLOCK_STEPS, _HOP_STEPS = 40, 10
_ABSOLUTE_GATE_LUFS, _RELATIVE_GATE_LU = -70.0, 10.0
_OFFSET_LU = -0.691


class Samples(Protocol):
    """One channel, of which no more than a stretch is read at once: an array, also one in a file, or what reads one."""

    def __len__(self) -> int:
        """Count all samples."""

    def __getitem__(self, stretch: slice, /) -> NDArray[np.float32] | NDArray[np.float64]:
        """Return the samples of a stretch."""


def step_powers(channels: Sequence[Samples]) -> NDArray[np.float64]:
    """Compute the weighted power of every 10 ms of a sound, all channels together; the last step may be shorter."""
    powers: NDArray[np.float64] = np.sum([_channel_powers(each) for each in channels], axis=0)
    return powers


def gated_lufs(powers: NDArray[np.float64]) -> float | None:
    """Compute the integrated loudness of steps, also from several stretches; ``None`` where nothing is heard."""
    blocks = _blocks(powers)
    heard = blocks[blocks > power_of_lufs(_ABSOLUTE_GATE_LUFS)]
    if not heard.size:
        return None
    return lufs_of_power(float(np.mean(heard[heard > np.mean(heard) * 10 ** (-_RELATIVE_GATE_LU / 10)])))


def tenths(lufs: float | None) -> Decimal | None:
    """Round a level to tenths: the last bits of a sum may differ between processors, and must decide nothing."""
    return None if lufs is None else Decimal(f"{lufs:.1f}")


def lufs_of_power(power: float) -> float:
    """Compute the loudness of a power that is above zero."""
    return _OFFSET_LU + 10 * log10(power)


def power_of_lufs(lufs: float) -> float:
    """Compute the power that has a loudness."""
    return float(10 ** ((lufs - _OFFSET_LU) / 10))


def _blocks(powers: NDArray[np.float64]) -> NDArray[np.float64]:
    """Compute the mean power of every 400 ms; of all, where there is less."""
    if len(powers) <= _BLOCK_STEPS:
        return powers.mean(keepdims=True) if powers.size else powers
    sums = np.concatenate(([0.0], np.cumsum(powers)))
    means: NDArray[np.float64] = (sums[_BLOCK_STEPS:] - sums[:-_BLOCK_STEPS])[::_HOP_STEPS] / _BLOCK_STEPS
    return means


def _channel_powers(samples: Samples) -> NDArray[np.float64]:
    found = [np.zeros(0)]
    for begin in range(0, len(samples), _CHUNK):
        lead = min(begin, _LEAD)
        # a recording in floats may hold values that are not numbers
        block = np.nan_to_num(samples[begin - lead : begin + _CHUNK].astype(np.float64), posinf=0.0, neginf=0.0)
        weighted = np.fft.irfft(np.fft.rfft(block, _SIZE) * _response(), _SIZE)[lead : len(block)]
        whole = len(weighted) // STEP_SAMPLES * STEP_SAMPLES
        found.append((weighted[:whole].reshape(-1, STEP_SAMPLES) ** 2).mean(axis=1))
        if whole < len(weighted):
            found.append((weighted[whole:] ** 2).mean(keepdims=True))
    return np.concatenate(found)


@cache
def _response() -> NDArray[np.complex128]:
    turn = np.exp(-2j * np.pi * np.arange(_SIZE // 2 + 1) / _SIZE)
    response = np.ones(len(turn), np.complex128)
    for over, under in _FILTERS:
        response *= np.polyval(over[::-1], turn) / np.polyval(under[::-1], turn)
    return response
