"""Measure how high a film's sound goes, moment by moment, for a picture of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from babelreel.errors import ToolError
from babelreel.graph.task import Json, Program, Workspace
from babelreel.media.argv.sounds import peaks_argv
from babelreel.media.programs.run import GLOBAL_FLAGS, run_ffmpeg
from babelreel.model.film.media import MediaInfo
from babelreel.model.timecode import MS_PER_SECOND

#: One byte for each stretch: the square root of its highest sample, so that soft voices are seen beside loud music.
PEAKS = "peaks.u8"
#: How long a stretch is.
PEAK_MS = 10
#: What is heard above is not needed to see where a voice begins.
_RATE_HZ = 8000
_EACH = _RATE_HZ * PEAK_MS // MS_PER_SECOND
_FULL_SCALE, _HIGHEST = 32768, 255
_SAMPLES = "samples.raw"
_VERSION = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasurePeaks:
    """Writes ``PEAKS`` of a film's sound, from the film's start to its end: an ``Action`` of the task graph."""

    ffmpeg: Program
    film: MediaInfo
    film_name: str

    def document(self) -> Mapping[str, Json]:
        """Return all that decides the result but the inputs."""
        return {
            "tool": "ffmpeg",
            "digest": self.ffmpeg.digest,
            "argv": [*GLOBAL_FLAGS, *self._argv()],
            "peaks": [_VERSION, PEAK_MS],
        }

    def perform(self, workspace: Workspace) -> None:
        """Decode the sound, and measure it; raises what ``run_ffmpeg`` raises."""
        run_ffmpeg(
            workspace.program(self.ffmpeg),
            self._argv(),
            cwd=workspace.folder,
            duration_ms=self.film.duration_ms,
            report=workspace.report,
            is_cancelled=workspace.is_cancelled,
        )
        peaks = measure_peaks(workspace.folder / _SAMPLES)
        planned = -(-self.film.duration_ms // PEAK_MS)
        if len(peaks) != planned:
            raise ToolError(
                what="The sound of the film cannot be drawn.",
                why=f"ffmpeg gave {len(peaks) * PEAK_MS} ms of it, and the film has {self.film.duration_ms}",
            )
        (workspace.folder / PEAKS).write_bytes(peaks)

    def _argv(self) -> tuple[str, ...]:
        return peaks_argv(
            self.film,
            input_name=self.film_name,
            output_name=_SAMPLES,
            duration_ms=self.film.duration_ms,
            rate_hz=_RATE_HZ,
        )


def measure_peaks(path: Path) -> bytes:
    """Measure the heights of bare samples of 16 bits at 8 kHz, a byte for each ``PEAK_MS``."""
    if not path.stat().st_size:
        return b""
    samples = np.memmap(path, dtype="<i2", mode="r")
    starts = np.arange(0, len(samples), _EACH)
    highest = np.maximum(np.maximum.reduceat(samples, starts), -np.minimum.reduceat(samples, starts).astype(np.int32))
    heights = np.sqrt(highest.clip(0) / _FULL_SCALE) * _HIGHEST
    return bytes(np.rint(heights).astype(np.uint8))
