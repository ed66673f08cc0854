"""Bring narration and bed together, at the loudness of the web."""

from __future__ import annotations

import json
import re
import subprocess
import wave
from pathlib import Path

import imageio_ffmpeg
import music
import narrate
import numpy as np

FFMPEG = imageio_ffmpeg.get_ffmpeg_exe()
RATE = music.RATE
BED_LUFS = -25.0
MASTER_LUFS = -16.0
CEILING = 10 ** (-3.0 / 20)
DUCKED = 0.62


def resampled(samples: np.ndarray, rate: int) -> np.ndarray:
    """``samples`` at 48 kHz, through its spectrum."""
    padded = np.concatenate([np.zeros(rate // 10), samples, np.zeros(rate // 10)])
    count = round(len(padded) * RATE / rate)
    spectrum = np.fft.rfft(padded)
    wide = np.zeros(count // 2 + 1, dtype=complex)
    wide[: len(spectrum)] = spectrum
    sound = np.fft.irfft(wide, count) * (count / len(padded))
    return sound[RATE // 10 : RATE // 10 + round(len(samples) * RATE / rate)]


def softened(voice: np.ndarray) -> np.ndarray:
    """A synthetic voice with less rumble and less hiss."""
    f = np.fft.rfftfreq(len(voice), 1 / RATE)
    curve = (f / (f + 70)) ** 2 / np.sqrt(1 + (f / 6500) ** 6)
    return np.fft.irfft(np.fft.rfft(voice) * curve, len(voice))


def narration(plan: dict, count: int) -> np.ndarray:
    """The spoken sentences at their places, as ``count`` mono samples."""
    track = np.zeros(count)
    for segment, (samples, rate) in zip(plan["segments"], narrate.spoken_lines()):
        voice = resampled(samples, rate)
        voice /= np.sqrt(np.mean(voice**2))
        edge = np.linspace(0, 1, 240)
        voice[:240] *= edge
        voice[-240:] *= edge[::-1]
        start = segment["start_ms"] * RATE // 1000
        track[start : start + len(voice)] += 0.1 * voice
    return softened(track)


def smoothed(values: np.ndarray, seconds: float) -> np.ndarray:
    """A running mean over ``seconds``."""
    width = round(seconds * RATE) | 1
    half = width // 2
    padded = np.pad(values, (half, half), mode="edge")
    total = np.cumsum(np.insert(padded, 0, 0.0))
    return (total[width:] - total[:-width]) / width


def ducking(plan: dict, count: int) -> np.ndarray:
    """The gain of the bed: lower while somebody speaks, with slow slopes."""
    gain = np.ones(count)
    for segment in plan["segments"]:
        start, end = (segment[key] * RATE // 1000 for key in ("start_ms", "end_ms"))
        gain[max(0, start - RATE // 4) : end + RATE // 4] = DUCKED
    return smoothed(gain, 0.5)


def limited(track: np.ndarray) -> np.ndarray:
    """The track with its peaks held under the ceiling."""
    peak = np.abs(track).max(axis=1)
    step = 48
    blocks = np.pad(peak, (0, -len(peak) % step)).reshape(-1, step).max(axis=1)
    near = np.pad(blocks, 10, mode="edge")
    highest = np.max([near[i : i + len(blocks)] for i in range(21)], axis=0)
    gain = np.repeat(np.minimum(1.0, CEILING / np.maximum(highest, 1e-9)), step)[: len(peak)]
    return track * smoothed(gain, 0.008)[:, None]


def write_wav(path: Path, track: np.ndarray) -> None:
    """Write a stereo track with 16 bits."""
    data = np.round(np.clip(track, -1, 1) * 32767).astype("<i2")
    with wave.open(str(path), "wb") as stream:
        stream.setnchannels(2)
        stream.setsampwidth(2)
        stream.setframerate(RATE)
        stream.writeframes(data.tobytes())


def loudness(path: Path) -> float:
    """The integrated loudness of a file in LUFS."""
    command = [FFMPEG, "-nostats", "-i", str(path), "-af", "ebur128", "-f", "null", "-"]
    report = subprocess.run(command, capture_output=True, text=True, check=True).stderr
    return float(re.findall(r"I:\s+(-?[\d.]+) LUFS", report)[-1])


def levelled(track: np.ndarray, target: float, scratch: Path) -> np.ndarray:
    """The track, limited, at the wanted integrated loudness."""
    gain = 1.0
    for _ in range(3):
        write_wav(scratch, limited(track * gain))
        gain *= 10 ** ((target - loudness(scratch)) / 20)
    return limited(track * gain)


def make_sound(plan_path: Path, stem: Path, mix: Path) -> None:
    """Write the bed alone as flac and the whole sound as wav."""
    plan = json.loads(plan_path.read_text(encoding="utf-8"))
    count = plan["duration_ms"] * RATE // 1000
    starts = [0.0, *(ms / 1000 for ms in plan["shot_changes_ms"])]
    bed = levelled(music.bed(count, starts), BED_LUFS, mix)
    write_wav(mix, bed)
    command = [FFMPEG, "-v", "error", "-y", "-i", str(mix), "-c:a", "flac", "-sample_fmt", "s16",
               "-compression_level", "12", "-map_metadata", "-1", "-flags", "+bitexact",
               "-fflags", "+bitexact", str(stem)]  # fmt: skip
    subprocess.run(command, check=True)
    voice = narration(plan, count)[:, None] * np.ones((1, 2))
    voice = levelled(voice, MASTER_LUFS - 0.3, mix)
    write_wav(mix, levelled(voice + bed * ducking(plan, count)[:, None], MASTER_LUFS, mix))
