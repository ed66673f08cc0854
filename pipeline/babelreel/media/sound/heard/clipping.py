"""Measure how high the samples of a sound go, and how many of them were cut off at the top."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from math import log10
from pathlib import Path

import numpy as np
from numpy import float32, int8, integer
from numpy.typing import NDArray

#: One sample at full scale may be a loud one; three in a row were higher once. What most meters count as an "over".
SHORTEST_RUN = 3
#: The largest whole numbers that 32-bit floats hold exactly.
_FLOAT_BITS = 24
_STEP = 1 << 18  # samples of all channels in one piece: 1 MB


@dataclass(frozen=True, slots=True, kw_only=True)
class Height:
    """The largest sample (1 is full scale), samples in runs at full scale, and samples that are not numbers."""

    peak: float
    clipped: int
    nonsense: int

    @property
    def peak_dbfs(self) -> Decimal | None:
        """The largest sample in dB, to hundredths; ``None`` where all are 0."""
        return Decimal(f"{20 * log10(self.peak):.2f}") if self.peak else None


def measure_height(path: Path, *, channels: int, bit_depth: int, is_whole: bool) -> Height:
    """Go through bare samples, channels interleaved: 16-bit numbers if ``is_whole``, else 32-bit floats.

    ``bit_depth`` is that of the recording: its largest number is full scale, and 1.0 is for what has none.
    """
    top = 1 - 2.0 ** (1 - bit_depth) if 0 < bit_depth <= _FLOAT_BITS else 1.0
    peak, clipped, nonsense = 0.0, 0, 0
    runs = [_Runs() for _ in range(channels)]
    for piece in _pieces(path, channels, is_whole=is_whole):
        is_number = np.isfinite(piece)
        nonsense += int(piece.size - np.count_nonzero(is_number))
        numbers = np.where(is_number, piece, np.float32(0))
        peak = max(peak, float(np.abs(numbers).max(initial=0)))
        sides = (numbers >= top).astype(np.int8) - (numbers <= -top).astype(np.int8)
        if sides.any() or any(each.length for each in runs):
            clipped += sum(each.take(sides[:, number]) for number, each in enumerate(runs))
    return Height(peak=peak, clipped=clipped + sum(each.close() for each in runs), nonsense=nonsense)


def _pieces(path: Path, channels: int, *, is_whole: bool) -> Iterator[NDArray[float32]]:
    """Yield the samples in pieces, one row for each moment."""
    width = 2 if is_whole else 4
    with path.open("rb") as file:
        while data := file.read(_STEP // channels * channels * width):
            whole = len(data) // (channels * width) * channels * width
            samples = np.frombuffer(data[:whole], dtype="<i2" if is_whole else "<f4")
            scaled = samples / np.float32(1 << 15) if is_whole else samples
            yield scaled.astype(np.float32, copy=False).reshape(-1, channels)


@dataclass(slots=True)
class _Runs:
    """Samples of one channel that stand at full scale side by side, also across pieces."""

    side: int = 0
    length: int = 0

    def take(self, sides: NDArray[int8]) -> int:
        """Go on with 1 (top), -1 (bottom) and 0 for each sample; count those in runs that ended meanwhile."""
        if not sides.size:
            return 0
        starts = np.concatenate(([0], np.flatnonzero(np.diff(sides)) + 1))
        lengths: NDArray[integer] = np.diff(np.concatenate((starts, [sides.size])))
        which = sides[starts]
        ended = 0
        if which[0] == self.side:
            lengths[0] += self.length
        else:
            ended = self.close()
        self.side, self.length = int(which[-1]), int(lengths[-1]) if which[-1] else 0
        done = lengths[:-1][which[:-1] != 0]
        return ended + int(done[done >= SHORTEST_RUN].sum())

    def close(self) -> int:
        """End the run that is open, and return its samples if it is long enough."""
        length = self.length if self.length >= SHORTEST_RUN else 0
        self.side, self.length = 0, 0
        return length
