"""Find the samples between which something is heard, and where in between the voice begins and ends.

The level is looked at over 20 ms, one period of the hum of the mains, every 5 ms. Speech, if there is any, decides
which stretch is meant; the level then decides the sample. All numbers without another source are this project's own,
found with the sample film's voices over silence, hum and noise.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy import bool_, float64
from numpy.typing import NDArray

from babelreel.model.sound.recordings import SAMPLE_RATE_HZ
from babelreel.model.timecode import MS_PER_SECOND, Span

STEP_MS = 5
STEP_SAMPLES = SAMPLE_RATE_HZ * STEP_MS // MS_PER_SECOND
_WINDOW_STEPS = 4
#: Below this there is nothing: a quiet room at night, at the level of a voice recorded well.
SILENCE_DBFS = -60.0
#: Of a voice that was recorded softly, what is so little below its loud parts is not silence either: it will be louder.
QUIETEST_DB = 35.0
#: How far above the noise of the room something is heard.
ABOVE_NOISE_DB = 10.0
#: And what is so little below the loud parts belongs to them, however loud the room is.
BELOW_LOUD_DB = 12.0
#: No room is as loud as this in a recording that can be used: a level that never falls below it is music, or a tone.
LOUDEST_ROOM_DBFS = -46.0
#: A room's level stays within this, from its quieter parts to its louder ones.
_STEADY_DB = 8.0
#: The loud parts, and the noise, are what so many percent of all moments stay below.
_LOUD_PERCENT, _NOISE_PERCENT, _LOCAL_NOISE_PERCENT = 95, 10, 20
_NOTHING_DB = -120.0

#: How far around the detector's edges the true ones are looked for: it judges 32 ms at once, and hears the first
#: and the last consonant late or not at all.
BEFORE_MS, INSIDE_MS, AFTER_MS = 400, 250, 500
#: What is separated from the voice by more than this is a click or a breath: before it (a plosive is silent for some
#: 80 ms), and after it (a final "t" comes up to 120 ms after its vowel).
GAP_BEFORE_MS, GAP_AFTER_MS = 80, 120
#: The room is listened to so near to the detector's edge, but not nearer.
_MARGIN_MS = 60
#: Shorter sounds, far from all others, are clicks; the window makes all 15 ms longer.
_CLICK_MS, _FAR_MS = 35, 200
#: What is as loud as the voice for so long is a part of it, whatever the detector says.
_STRONG_MS = 150


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """A sound at 48 kHz as bare 16-bit samples in a file, and its level in dBFS for every 5 ms."""

    path: Path
    channels: int
    samples: int
    levels: NDArray[float64]


def measure_levels(path: Path, *, channels: int) -> Heard:
    """Read a file of 16-bit samples, channels interleaved, and measure its level; the loudest channel counts."""
    powers = []
    size = 0
    with path.open("rb") as file:
        while data := file.read(STEP_SAMPLES * channels * 2 * 2000):
            samples = np.frombuffer(data, dtype="<i2").reshape(-1, channels) / np.float32(1 << 15)
            size += len(samples)
            padded = np.pad(samples, ((0, -len(samples) % STEP_SAMPLES), (0, 0)))
            powers.append((padded.reshape(-1, STEP_SAMPLES, channels) ** 2).mean(axis=1).max(axis=1))
    power = np.concatenate(powers).astype(np.float64) if powers else np.zeros(0)
    smooth = np.convolve(power, np.full(_WINDOW_STEPS, 1 / _WINDOW_STEPS))[_WINDOW_STEPS // 2 :][: len(power)]
    levels = 10 * np.log10(np.maximum(smooth, 10 ** (_NOTHING_DB / 10)))
    return Heard(path=path, channels=channels, samples=size, levels=levels)


def find_stretch(heard: Heard, voices: Sequence[Span]) -> tuple[int, int]:
    """Find the first sample that is heard and the one behind the last; the same twice if there is none.

    ``voices`` are the stretches in which somebody speaks; where there are none, the level alone decides.
    """
    if not heard.levels.size or heard.levels.max() < SILENCE_DBFS:
        return 0, 0
    return _voice_stretch(heard, voices) if voices else _loud_stretch(heard)


def _loud_stretch(heard: Heard) -> tuple[int, int]:
    loud, noise = (float(each) for each in np.percentile(heard.levels, (_LOUD_PERCENT, _NOISE_PERCENT)))
    if max(loud, heard.levels.max() - _STEADY_DB) < LOUDEST_ROOM_DBFS and loud - noise < _STEADY_DB:
        return 0, 0  # a room in which nothing happens
    limit = _limit(noise if noise <= LOUDEST_ROOM_DBFS else _NOTHING_DB, loud)
    parts = _parts(heard.levels >= limit, _FAR_MS // STEP_MS)
    sounds = [part for part in parts if (part[1] - part[0]) * STEP_MS >= _CLICK_MS] or parts
    return (
        _exact_first(heard, sounds[0][0], limit) if sounds else 0,
        _exact_end(heard, sounds[-1][1], limit) if sounds else 0,
    )


def _voice_stretch(heard: Heard, voices: Sequence[Span]) -> tuple[int, int]:
    steps = [(each.start_ms // STEP_MS, -(-each.end_ms // STEP_MS)) for each in voices]
    spoken = np.concatenate([heard.levels[start:end] for start, end in steps])
    loud = float(np.percentile(spoken, _LOUD_PERCENT)) if spoken.size else _NOTHING_DB
    first, end = _voice_first(heard, steps[0][0], loud), _voice_end(heard, steps[-1][1], loud)
    for start, stop in _strong_parts(heard, loud):
        # an edge that is nearer was found better above
        if start + _WINDOW_STEPS < first // STEP_SAMPLES:
            first = _exact_first(heard, start, loud - BELOW_LOUD_DB)
        if stop - _WINDOW_STEPS > end // STEP_SAMPLES:
            end = _exact_end(heard, stop, loud - BELOW_LOUD_DB)
    return first, max(first, end)


def _strong_parts(heard: Heard, loud: float) -> list[tuple[int, int]]:
    """Find the stretches of steps that are as loud as the voice, and too long for a knock.

    In a room that echoes the detector hears some words and misses others. No word may be cut off.
    """
    limit = loud - BELOW_LOUD_DB
    if limit < float(np.percentile(heard.levels, _NOISE_PERCENT)) + ABOVE_NOISE_DB:
        return []  # the room is as loud: nothing stands out from it
    parts = _parts(heard.levels >= limit, GAP_BEFORE_MS // STEP_MS)
    return [part for part in parts if (part[1] - part[0]) * STEP_MS >= _STRONG_MS]


def _voice_first(heard: Heard, start: int, loud: float) -> int:
    """Go back from the first loud moment of the voice, over pauses that are no longer than a plosive's."""
    levels = heard.levels
    earliest = max(0, start - BEFORE_MS // STEP_MS)
    noise = _noise(levels[earliest : max(earliest, start - _MARGIN_MS // STEP_MS)])
    limit = _limit(noise, loud)
    parts = _parts(levels[earliest : start + INSIDE_MS // STEP_MS] >= limit, GAP_BEFORE_MS // STEP_MS)
    found = next((part for part in parts if part[1] > start - earliest), None)
    if noise > limit or found is None:  # something else is as loud as the voice
        return min(heard.samples, start * STEP_SAMPLES)
    return _exact_first(heard, earliest + found[0], limit)


def _voice_end(heard: Heard, end: int, loud: float) -> int:
    levels = heard.levels
    latest = min(len(levels), end + AFTER_MS // STEP_MS)
    noise = _noise(levels[min(latest, end + _MARGIN_MS // STEP_MS) : latest])
    limit = _limit(noise, loud)
    begin = max(0, end - INSIDE_MS // STEP_MS)
    parts = _parts(levels[begin:latest] >= limit, GAP_AFTER_MS // STEP_MS)
    found = next((part for part in reversed(parts) if part[0] < end - begin), None)
    if noise > limit or found is None:
        return min(heard.samples, end * STEP_SAMPLES)
    return _exact_end(heard, begin + found[1], limit)


def _noise(levels: NDArray[float64]) -> float:
    return float(np.percentile(levels, _LOCAL_NOISE_PERCENT)) if levels.size else _NOTHING_DB


def _limit(noise: float, loud: float) -> float:
    """Compute the level from which on something is heard."""
    return max(min(SILENCE_DBFS, loud - QUIETEST_DB), min(noise + ABOVE_NOISE_DB, loud - BELOW_LOUD_DB))


def _parts(is_loud: NDArray[bool_], longest_gap: int) -> list[tuple[int, int]]:
    """Find the stretches of steps that are loud, start and end; those no more than a gap apart are joined."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], is_loud, [False])).astype(np.int8)))
    parts: list[tuple[int, int]] = []
    for start, end in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        if parts and start - parts[-1][1] <= longest_gap:
            parts[-1] = (parts[-1][0], end)
        else:
            parts.append((start, end))
    return parts


def _exact_first(heard: Heard, step: int, limit: float) -> int:
    """Find the first sample as high as the limit around the first loud step."""
    begin = max(0, (step - _WINDOW_STEPS) * STEP_SAMPLES)
    found = _high_samples(heard, begin, (step + _WINDOW_STEPS) * STEP_SAMPLES, limit)
    return begin + found[0] if found else min(heard.samples, step * STEP_SAMPLES)


def _exact_end(heard: Heard, step: int, limit: float) -> int:
    """Find the place behind the last sample as high as the limit around the end of the last loud step."""
    begin = max(0, (step - _WINDOW_STEPS) * STEP_SAMPLES)
    found = _high_samples(heard, begin, (step + _WINDOW_STEPS) * STEP_SAMPLES, limit)
    return begin + found[1] + 1 if found else min(heard.samples, step * STEP_SAMPLES)


def _high_samples(heard: Heard, begin: int, end: int, limit: float) -> tuple[int, int] | None:
    """Find the first and the last sample of a stretch, counted from its begin, that are as high as a level."""
    with heard.path.open("rb") as file:
        file.seek(begin * heard.channels * 2)
        data = file.read((end - begin) * heard.channels * 2)
    samples = np.abs(np.frombuffer(data, dtype="<i2").astype(np.int32)).reshape(-1, heard.channels).max(axis=1)
    high = np.flatnonzero(samples >= 10 ** (limit / 20) * (1 << 15))
    return (int(high[0]), int(high[-1])) if high.size else None
