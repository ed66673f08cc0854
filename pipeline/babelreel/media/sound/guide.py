"""Write a guide track: a voice or a beep for each line, at its time, and the mark that says what it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from babelreel.graph.files import place_atomically
from babelreel.media.argv.command_line import Input, Option, Output, command_words, metadata
from babelreel.media.argv.repeatable_bytes import BIT_EXACT
from babelreel.media.programs.espeak import Speech
from babelreel.media.programs.run import run_ffmpeg
from babelreel.media.programs.temporary_folder import temporary_folder
from babelreel.model.sound.guide import GuideLine
from babelreel.model.sound.guide_mark import (
    GUIDE_WORD,
    MARK_EVERY_MS,
    PIP_DBFS,
    PIP_HZ,
    PIP_MS,
    PIP_STEP_MS,
    PIPS,
    RAMP_MS,
)
from babelreel.model.sound.recordings import SAMPLE_RATE_HZ, ms_to_samples
from babelreel.system_errors import house_errors

#: A beep at the start of a line where there is no voice: an octave and more below the pips, and longer.
BEEP_HZ = 440
BEEP_MS = 200
#: The crest of each line: with a pip on top of it, it is still below full scale.
VOICE_DBFS = -9
#: Around a voice while it is resampled, so that its end does not leak into its start.
_PADDING_S = 0.1

#: Returns the voice of a line, or ``None`` for a beep.
SpeakLine = Callable[[GuideLine], Speech | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """How many lines of a guide are a beep, and how many were cut."""

    beeped: int
    cut: int


def write_guide(  # noqa: PLR0913 - a guide track has these sides
    ffmpeg_path: Path, target: Path, *, lines: tuple[GuideLine, ...], duration_ms: int, title: str, speak: SpeakLine
) -> Spoken:
    """Write a guide track as FLAC: 48 kHz, mono, 16 bit, exactly ``duration_ms`` long.

    The samples wait in a file, so that a long film takes no memory. Raises what ``run_ffmpeg`` raises, and
    ``MachineError`` or ``NoSpaceError`` where a file cannot be written.
    """
    with house_errors(target), temporary_folder() as folder:
        spoken = _write_samples(folder / "guide.s16", lines, ms_to_samples(duration_ms), speak)
        run_ffmpeg(
            ffmpeg_path,
            _argv(title),
            cwd=folder,
            duration_ms=duration_ms,
            report=lambda _share: None,
            is_cancelled=lambda: False,
        )
        place_atomically(folder / "guide.flac", target)
    return spoken


def _argv(title: str) -> tuple[str, ...]:
    # bare samples do not describe themselves
    samples = Input(name="guide.s16", options=(("f", "s16le"), ("ar", SAMPLE_RATE_HZ), ("ac", 1)))
    options: tuple[Option, ...] = (
        ("c:a", "flac"),
        ("sample_fmt", "s16"),
        ("map_metadata", -1),  # no date and no name of a program, here and below
        *BIT_EXACT,
        metadata("title", title),
        metadata("comment", GUIDE_WORD),
        ("f", "flac"),
    )
    return command_words(inputs=(samples,), outputs=(Output(name="guide.flac", options=options),))


def _write_samples(path: Path, lines: tuple[GuideLine, ...], length: int, speak: SpeakLine) -> Spoken:
    with path.open("wb") as file:
        file.truncate(2 * length)  # zeros, which take no room on most disks
    track = np.memmap(path, dtype="<i2", mode="r+", shape=(length,))
    beeped = cut = 0
    for line in lines:
        speech = speak(line)
        voice = tone(BEEP_HZ, BEEP_MS) if speech is None else resample(speech.samples, speech.rate_hz)
        beeped += speech is None
        cut += speech is not None and not speech.fits
        _add(track, ms_to_samples(line.start_ms), _levelled(voice[: ms_to_samples(line.room_ms)]))
    for start, pip in _mark(length):
        _add(track, start, pip)
    track.flush()
    return Spoken(beeped=beeped, cut=cut)


def _mark(length: int) -> Iterator[tuple[int, NDArray[np.float64]]]:
    """Yield each pip of the mark with its first sample."""
    pip = tone(PIP_HZ, PIP_MS) * 10 ** (float(PIP_DBFS) / 20)
    for start in range(0, length, ms_to_samples(MARK_EVERY_MS)):
        for number in range(PIPS):
            yield start + number * ms_to_samples(PIP_STEP_MS), pip


def _add(track: NDArray[np.int16], start: int, sound: NDArray[np.float64]) -> None:
    """Mix a sound over what is there; what lies behind the end is cut off."""
    place = track[start : start + len(sound)]
    mixed = place + np.round(sound[: len(place)] * 32767)
    place[:] = np.clip(mixed, -32768, 32767).astype("<i2")


def tone(frequency_hz: int, length_ms: int) -> NDArray[np.float64]:
    """Compute a sine at full scale that rises and falls within ``RAMP_MS``."""
    count, ramp = ms_to_samples(length_ms), ms_to_samples(RAMP_MS)
    wave = np.sin(2 * np.pi * frequency_hz * np.arange(count) / SAMPLE_RATE_HZ)
    envelope = np.minimum(1, np.minimum(np.arange(count), np.arange(count)[::-1]) / ramp)
    return wave * envelope


def resample(samples: NDArray[np.float64], rate_hz: int) -> NDArray[np.float64]:
    """Convert a sound to 48 kHz through its spectrum: exact for what is below half of either rate."""
    padding = np.zeros(round(rate_hz * _PADDING_S))
    padded = np.concatenate([padding, samples, padding])
    count = round(len(padded) * SAMPLE_RATE_HZ / rate_hz)
    spectrum = np.fft.rfft(padded)[: count // 2 + 1]
    sound = np.fft.irfft(spectrum, count) * (count / len(padded))
    start = round(len(padding) * SAMPLE_RATE_HZ / rate_hz)
    return sound[start : start + round(len(samples) * SAMPLE_RATE_HZ / rate_hz)]


def _levelled(voice: NDArray[np.float64]) -> NDArray[np.float64]:
    """Bring a sound to the level of a guide's voice, with short slopes, without which a cut would click."""
    places = np.arange(len(voice))
    slopes = np.minimum(1, np.minimum(places, places[::-1]) / ms_to_samples(1))
    peak = np.abs(voice).max(initial=0)
    return voice * slopes * (10 ** (VOICE_DBFS / 20) / peak if peak else 0)
