"""How do tests get recordings whose every sample is known, and find again where a beep begins?"""

from __future__ import annotations

import wave
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from babelreel.graph.files import digest_file
from babelreel.model.sound.recordings import SoundInfo, Take
from babelreel.model.timecode import Span
from babelreel.model.track import Cue, Format, Track
from support.films import run_maker

RATE = 48_000
BEEP_HZ = 1000


def beep(
    samples: int, beeps: Sequence[tuple[int, int]], *, rate: int = RATE, amplitude: float = 0.5
) -> NDArray[np.float64]:
    """Make silence with beeps of 1 kHz, each from one sample up to another."""
    sound = np.zeros(samples)
    for first, end in beeps:
        sound[first:end] = amplitude * np.sin(2 * np.pi * BEEP_HZ * np.arange(end - first) / rate)
    return sound


def write_wave(path: Path, sound: NDArray[np.float64], *, rate: int = RATE, channels: int = 1) -> Path:
    """Write a sound as WAV of 16 bit, the same in all channels."""
    path.parent.mkdir(parents=True, exist_ok=True)
    whole = np.rint(sound * 32767).astype("<i2")
    with wave.open(str(path), "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(np.repeat(whole, channels).tobytes())
    return path


def described(path: Path, *, first: int, end: int, samples: int, speech: tuple[Span, ...] | None = None) -> SoundInfo:
    """Say of a recording what looking at it would: all in samples at 48 kHz."""
    digest = digest_file(path) if path.exists() else "0" * 64
    return SoundInfo(
        path=f"video/stems/fr/{path.name}", digest=digest, samples=samples, first=first, end=end, speech=speech
    )


def take(line: int, *, first: int = 0, end: int = 48_000, path: str = "", fault: str = "") -> Take:
    """Say of a take that was never recorded where its voice lies."""
    sound = SoundInfo(
        path=path or f"video/stems/fr/{line}.wav",
        digest=f"{line:064x}",
        samples=end,
        first=first,
        end=end,
        fault=fault,
    )
    return Take(line=line, sound=sound)


def track(*cues: tuple[int, int, int] | tuple[int, int, int, str]) -> Track:
    """Make a track of cues: number, start and end in ms, and text."""
    made = tuple(
        Cue(number=number, span=Span(start_ms=start, end_ms=end), lines=tuple(text) or ("Bonjour.",))
        for number, start, end, *text in cues
    )
    return Track(language="fr", path="subtitles/fr.srt", format=Format.SRT, cues=made)


def read_sound(path: Path, *, channels: int = 2) -> NDArray[np.float64]:
    """Decode a sound as a player does, at 48 kHz, in columns of channels; priming and edit lists are heeded."""
    bare = path.with_name(f"{path.name}.f32")
    run_maker("-i", f"file:{path}", "-map", "0:a:0", "-f", "f32le", "-ac", str(channels), f"file:{bare}")
    return np.fromfile(bare, "<f4").astype(np.float64).reshape(-1, channels)


def onsets(sound: NDArray[np.float64], *, share: Fraction = Fraction(3, 10), silence: int = 2400) -> list[int]:
    """Find the first sample of each beep: louder than a share of the loudest, after 50 ms of less."""
    loud = np.flatnonzero(np.abs(sound) > float(share) * np.abs(sound).max())
    return [int(each) for each in loud[np.diff(loud, prepend=-silence - 1) > silence]]


def level_db(sound: NDArray[np.float64]) -> float:
    """Give the level of a sound (its effective value) in dB."""
    return float(20 * np.log10(np.sqrt(np.mean(sound**2))))
