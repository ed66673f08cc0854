"""How do tests get sounds whose level is known, and a meter that is not ours?"""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyloudnorm
from scipy.signal import resample_poly

from support.films import SAMPLE_FILM, ffmpeg_of_tests, run_maker

RATE_HZ = 48_000

Samples = npt.NDArray[np.float64]


def make_sounding(path: Path, *sound: str, channels: int = 2, seconds: float = 10) -> Path:
    """Make a film with a small picture and the sound that some words of ffmpeg give, uncompressed."""
    run_maker(
        *("-f", "lavfi", "-i", f"color=size=64x36:rate=25:duration={seconds}"),
        *sound,
        *("-map", "0:v", "-map", "1:a", "-t", str(seconds), "-ac", str(channels)),
        *("-c:v", "libx264", "-preset", "ultrafast", "-c:a", "pcm_f32le", f"file:{path}"),
    )
    return path


def speech(gain: str = "0dB") -> tuple[str, ...]:
    """Give the words for the sample film's sound, a voice over music at -16 LUFS, louder or quieter."""
    return ("-i", f"file:{SAMPLE_FILM}", "-af", f"volume={gain}")


def expression(*channels: str) -> tuple[str, ...]:
    """Give the words for a computed sound, one expression for each channel."""
    return ("-f", "lavfi", "-i", f"aevalsrc='{'|'.join(channels)}':sample_rate={RATE_HZ}:duration=60")


def decode(path: Path) -> Samples:
    """Decode a sound as players do, without the run-in; one row per sample, one column per channel."""
    words = (str(ffmpeg_of_tests().path), "-v", "error", "-i", f"file:{path}", "-map", "0:a:0", "-f", "f32le", "-")
    done = subprocess.run(words, capture_output=True, check=True, stdin=subprocess.DEVNULL)
    probed = subprocess.run((*words[:1], "-i", f"file:{path}"), capture_output=True, check=False)
    channels = 1 if b" mono," in probed.stderr else 2
    return np.frombuffer(done.stdout, dtype="<f4").astype(np.float64).reshape(-1, channels)


def loudness_lufs(samples: Samples) -> float:
    """Measure integrated loudness with pyloudnorm; mono as it is heard from two loudspeakers."""
    heard = np.repeat(samples, 2, axis=1) if samples.shape[1] == 1 else samples
    measured: Any = pyloudnorm.Meter(RATE_HZ).integrated_loudness(heard)
    return float(measured)


def true_peak_dbtp(samples: Samples) -> float:
    """Measure the true peak with a polyphase filter that takes four samples for one."""
    return float(20 * np.log10(np.max(np.abs(resample_poly(samples, 4, 1, axis=0)))))


def level_db(samples: Samples) -> float:
    """Give the root mean square of a stretch, in dB."""
    return float(10 * np.log10(np.mean(samples**2)))
