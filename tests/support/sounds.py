"""How do tests get sounds of which each sample is known?"""

from __future__ import annotations

import os
import shutil
import subprocess
import wave
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING

import numpy as np
import pytest

from babelreel.media.sound.heard.listening import listen
from babelreel.model.sound.recordings import SoundInfo
from support.films import ffmpeg_of_tests

if TYPE_CHECKING:
    from numpy import float64
    from numpy.typing import NDArray

RATE = 48_000
#: The crest of a ``tone``: half of full scale, -6 dBFS.
HALF = 0.5


def write_wave(path: Path, samples: NDArray[float64], *, rate: int = RATE, byte_count: int = 2) -> Path:
    """Write samples (1 is full scale; a row for each moment if there are several channels) as whole numbers."""
    rows = samples if samples.ndim > 1 else samples[:, None]
    top = 2 ** (8 * byte_count - 1)
    numbers = np.clip(np.round(rows * top), -top, top - 1).astype("<i4")
    data = numbers.view(np.uint8).reshape(*rows.shape, 4)[:, :, :byte_count].tobytes()
    with wave.open(str(path), "wb") as file:
        file.setnchannels(rows.shape[1])
        file.setsampwidth(byte_count)
        file.setframerate(rate)
        file.writeframes(data)
    return path


def write_floats(path: Path, samples: NDArray[float64], *, rate: int = RATE) -> Path:
    """Write mono samples as a WAV of 32-bit floats, which may be no numbers."""
    data = samples.astype("<f4").tobytes()
    form = (3).to_bytes(2, "little") + (1).to_bytes(2, "little") + rate.to_bytes(4, "little")
    form += (4 * rate).to_bytes(4, "little") + (4).to_bytes(2, "little") + (32).to_bytes(2, "little")
    body = b"WAVEfmt " + len(form).to_bytes(4, "little") + form + b"data" + len(data).to_bytes(4, "little") + data
    path.write_bytes(b"RIFF" + len(body).to_bytes(4, "little") + body)
    return path


def tone(seconds: float, *, hz: float = 1000, height: float = HALF, rate: int = RATE) -> NDArray[float64]:
    """Give a tone that begins and ends at its crest, so that its first and last samples can be heard."""
    count = round(seconds * rate)
    samples: NDArray[float64] = height * np.cos(2 * np.pi * hz / rate * np.arange(count))
    return samples


def silence(seconds: float) -> NDArray[float64]:
    return np.zeros(round(seconds * RATE))


def hum(count: int, *, dbfs: float = -50) -> NDArray[float64]:
    """Give the hum of a room: the mains and its overtone, at a level (RMS)."""
    time = np.arange(count) / RATE
    shape = np.sin(2 * np.pi * 50 * time) + 0.5 * np.sin(2 * np.pi * 150 * time)
    samples: NDArray[float64] = 10 ** (dbfs / 20) * shape / np.sqrt(np.mean(shape**2))
    return samples


def noise(count: int, *, dbfs: float) -> NDArray[float64]:
    """Give white noise, the same each time, at a level (RMS)."""
    return 10 ** (dbfs / 20) * np.random.default_rng(1).standard_normal(count)


def convert(source: Path, target: Path, *words: str) -> Path:
    """Let ffmpeg write a sound anew; the ending of ``target`` chooses the form."""
    command = (str(ffmpeg_of_tests().path), "-v", "error", "-nostdin", "-y", "-i", f"file:{source}")
    done = subprocess.run((*command, *words, f"file:{target}"), capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode("utf-8", "replace")
    return target


@cache
def voice() -> NDArray[float64]:
    """Give a sentence that espeak-ng speaks, 48 kHz, trimmed to what is above -60 dBFS; its crest is at -6 dBFS."""
    if not shutil.which("espeak-ng"):
        reason = "espeak-ng is not installed: it speaks the voice of this test"
        if os.environ.get("BABELREEL_TESTS_FORBID_SKIPS"):
            pytest.fail(reason)
        pytest.skip(reason)
    folder = Path(mkdtemp(prefix="babelreel-voice-"))
    text = "You have rights. You can ask for help at any time."
    subprocess.run(["espeak-ng", "-v", "en", "-w", str(folder / "raw.wav"), text], check=True)
    convert(folder / "raw.wav", folder / "voice.wav", "-ar", str(RATE), "-c:a", "pcm_s16le")
    with wave.open(str(folder / "voice.wav")) as file:
        samples = np.frombuffer(file.readframes(file.getnframes()), dtype="<i2") / 2**15
    samples = samples / np.abs(samples).max() / 2
    loud = np.flatnonzero(np.abs(samples) >= 10 ** (-60 / 20))
    trimmed: NDArray[float64] = samples[loud[0] : loud[-1] + 1]
    return trimmed


def heard(path: Path, name: str = "") -> SoundInfo:
    return listen(ffmpeg_of_tests().path, path, name=name or path.name, digest="ab" * 32)
