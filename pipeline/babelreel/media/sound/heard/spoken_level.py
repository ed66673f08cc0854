"""Measure how loud the voice in a recording is, and how loud the rest when it pauses.

Numbers without another source are this project's own, found with recordings of eight speakers in four rooms.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from babelreel.media.sound.weighting import STEP_MS, gated_lufs, lufs_of_power, power_of_lufs, step_powers, tenths
from babelreel.model.sound.ducking import PUMPING_GAP_MS
from babelreel.model.sound.recordings import Passage
from babelreel.model.timecode import Span

#: Noise is looked at for 20 ms at once: while a lip is closed there is not much more.
_NOISE_STEPS = 2
#: The room is listened to so far from the voice, which rings on in it, and for no less than this.
_MARGIN_STEPS, _LEAST_ROOM_STEPS = 20, 20
#: What a recorder writes where it writes nothing; the room is not known from that.
_NOTHING_LUFS = -90.0
#: Where the voice fills its file, the noise is what the quietest moments of it do not go below.
_QUIET_PERCENT, _LOUD_PERCENT = 2, 95
#: A sound that does not vary by this much is a tone, and no voice with pauses.
_STEADY_DB = 12.0
#: No 10 ms of a voice have more than so many times the power that 95 of 100 stay below (6 dB).
_KNOCK = 4.0
#: Where the detector hears best, measured with voices in rooms that echo, and below what a recording is a quiet one.
_HEARD_AT_LUFS, _QUIET_LUFS = (-14.0, -23.0), -30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class SpokenLevel:
    """The loudness of the voice, of what is heard without it, and of each passage; ``None`` where it is not known."""

    speech_lufs: Decimal | None
    noise_lufs: Decimal | None
    passages: tuple[Passage, ...]


def gains_to_be_found(path: Path) -> tuple[float, ...]:
    """Choose factors by which a recording is made louder before speech is looked for: only 1 if it is not quiet.

    The detector knows voices as they are usually recorded; of one at -40 LUFS, in a room that echoes, it hears half.
    """
    level = gated_lufs(step_powers((_samples(path),)) * 2)
    if level is None or level >= _QUIET_LUFS:
        return (1.0,)
    return tuple(10 ** ((wanted - level) / 20) for wanted in _HEARD_AT_LUFS)


def measure_spoken_level(path: Path, *, heard: Span, speech: Iterable[Span]) -> SpokenLevel:
    """Measure a voice in a file of bare 32-bit floats, mono at 48 kHz; all levels are as from two loudspeakers.

    ``heard`` is where there is something to hear, ``speech`` where somebody speaks; where nobody does, all that is
    heard counts.
    """
    powers = _without_knocks(step_powers((_samples(path),)) * 2)  # from two loudspeakers
    spoken = tuple(_within(each, heard) for each in speech)
    spoken = tuple(each for each in spoken if each.duration_ms > 0) or (heard,)
    level = gated_lufs(np.concatenate([_part(powers, each) for each in spoken]))
    return SpokenLevel(
        speech_lufs=tenths(level),
        noise_lufs=None if level is None else tenths(_noise(powers, heard, spoken)),
        passages=tuple(_passages(powers, spoken)),
    )


def _without_knocks(powers: NDArray[np.float64]) -> NDArray[np.float64]:
    """Hold the few moments that are far louder than all others: a knock at the microphone is not the voice."""
    heard = powers[powers > power_of_lufs(_NOTHING_LUFS)]
    return np.minimum(powers, _KNOCK * np.percentile(heard, _LOUD_PERCENT)) if heard.size else powers


def _samples(path: Path) -> NDArray[np.float32]:
    return np.memmap(path, "<f4", mode="r") if path.stat().st_size else np.zeros(0, np.float32)


def _within(span: Span, bounds: Span) -> Span:
    start = min(max(span.start_ms, bounds.start_ms), bounds.end_ms)
    return Span(start_ms=start, end_ms=max(start, min(span.end_ms, bounds.end_ms)))


def _part(powers: NDArray[np.float64], span: Span) -> NDArray[np.float64]:
    return powers[span.start_ms // STEP_MS : -(-span.end_ms // STEP_MS)]


def _passages(powers: NDArray[np.float64], spoken: Sequence[Span]) -> Iterable[Passage]:
    """Join what is spoken with no more than a short pause, which is one passage to the ear and to the film below."""
    joined: list[list[Span]] = []
    for span in spoken:
        if joined and span.start_ms - joined[-1][-1].end_ms < PUMPING_GAP_MS:
            joined[-1].append(span)
        else:
            joined.append([span])
    for spans in joined:
        lufs = tenths(gated_lufs(np.concatenate([_part(powers, each) for each in spans])))
        if lufs is not None:
            yield Passage(span=Span(start_ms=spans[0].start_ms, end_ms=spans[-1].end_ms), lufs=lufs)


def _noise(powers: NDArray[np.float64], heard: Span, spoken: Sequence[Span]) -> float | None:
    """Measure the level of the room in the silence around the voice; without any, in the quietest moments."""
    is_room = np.ones(len(powers), np.bool_)
    for span in spoken:
        first, end = span.start_ms // STEP_MS, -(-span.end_ms // STEP_MS)
        is_room[max(0, first - _MARGIN_STEPS) : end + _MARGIN_STEPS] = False
    room = _moments(powers[is_room]) if np.count_nonzero(is_room) >= _LEAST_ROOM_STEPS else np.zeros(0)
    room = room[room > power_of_lufs(_NOTHING_LUFS)]
    if room.size * _NOISE_STEPS >= _LEAST_ROOM_STEPS:
        return lufs_of_power(float(np.median(room)))
    return _quietest(_moments(_part(powers, heard)))


def _quietest(moments: NDArray[np.float64]) -> float | None:
    if not moments.size:
        return None
    quiet, loud = (float(each) for each in np.percentile(moments, (_QUIET_PERCENT, _LOUD_PERCENT)))
    is_known = quiet > power_of_lufs(_NOTHING_LUFS) and lufs_of_power(loud) - lufs_of_power(quiet) >= _STEADY_DB
    return lufs_of_power(quiet) if is_known else None


def _moments(powers: NDArray[np.float64]) -> NDArray[np.float64]:
    """Compute the mean power of stretches of 20 ms; a shorter rest is left out."""
    count = len(powers) // _NOISE_STEPS
    means: NDArray[np.float64] = powers[: count * _NOISE_STEPS].reshape(-1, _NOISE_STEPS).mean(axis=1)
    return means
