"""Choose how loud a bed is, and how far it goes down, so that every line over it is understood.

First the bed is brought to the level of the voices, so that a viewer hears the film as loud as the dub. Then it goes
down under each voice, by more than the setting where that line needs it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_UP, Decimal
from math import log10
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from babelreel.media.sound.mix.adding_up import read_mix, read_voice
from babelreel.media.sound.mix.voice import Patch
from babelreel.media.sound.weighting import gated_lufs, step_powers, tenths
from babelreel.model.sound.ducking import Stretch
from babelreel.model.sound.mix_levels import LineLevel
from babelreel.model.sound.voice_level import BED_PEAK_DBFS, METER_DB, MOST_BED_GAIN_DB, VOICE_LUFS

_STEREO = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class BedLevel:
    """How loud a bed is, ``None`` where nothing is heard, and its highest sample."""

    lufs: Decimal | None
    peak_dbfs: Decimal | None


def measure_bed(bed: Path) -> BedLevel:
    """Measure a bed in a file of stereo floats, which may be empty."""
    samples = _stereo(bed)
    peak = max((float(np.abs(_numbers(samples[at : at + (1 << 20)])).max()) for at in _starts(samples)), default=0.0)
    return BedLevel(
        lufs=tenths(gated_lufs(step_powers(tuple(samples.T)))), peak_dbfs=tenths(20 * log10(peak)) if peak else None
    )


def choose_bed_gain(bed: BedLevel, film: BedLevel | None, *, is_film: bool) -> Decimal:
    """Bring the film to the level of the voices, and with it its music and effects, which keep their place in it.

    ``film`` is the sound of the film where the bed is another one. Music and effects of a film in which nothing is
    heard are only made softer.
    """
    reference = film if film and film.lufs is not None else bed
    if reference.lufs is None or bed.peak_dbfs is None:
        return Decimal(0)
    most = MOST_BED_GAIN_DB if is_film or reference is film else Decimal(0)
    return min(VOICE_LUFS - reference.lufs, most, BED_PEAK_DBFS - bed.peak_dbfs)


def find_lack(
    bed: Path, patches: Sequence[Patch], line: Stretch, *, bed_gain_db: Decimal, margin_db: int
) -> Decimal | None:
    """Measure by how much a bed must go down under a line to be below its voice; ``None`` where nothing is heard.

    The bed is a file of stereo floats, which may be empty.
    """
    below = gated_lufs(step_powers(tuple(_stereo(bed)[line.start : line.end].T)))
    voice = gated_lufs(2 * step_powers((_Voice(patches, line),)))
    if below is None or voice is None:
        return None
    lack = Decimal(below - voice) + bed_gain_db + margin_db + METER_DB
    return lack.quantize(Decimal("0.1"), ROUND_UP)


def measure_lines(mix: Path, patches: Sequence[Patch], spoken: Sequence[Stretch]) -> Iterator[LineLevel]:
    """Measure in a sum of ``add_up`` what is heard of each voice, and what is heard of all else: the sum without it."""
    for each in spoken:
        voice = _Voice(patches, each)
        rest = [_Rest(mix, patches, each, channel) for channel in range(_STEREO)]
        yield LineLevel(
            start=each.start,
            end=each.end,
            voice_lufs=tenths(gated_lufs(2 * step_powers((voice,)))),  # from two loudspeakers
            bed_lufs=tenths(gated_lufs(step_powers(rest))),
        )


def _stereo(path: Path) -> NDArray[np.float32]:
    if not path.stat().st_size:
        return np.zeros((0, _STEREO), np.float32)
    return np.memmap(path, "<f4", mode="r").reshape(-1, _STEREO)


def _starts(samples: NDArray[np.float32]) -> range:
    return range(0, len(samples), 1 << 20)


def _numbers(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.nan_to_num(samples, nan=0.0, posinf=0.0, neginf=0.0)


class _Voice:
    """The voices of a stretch, read a part at a time."""

    def __init__(self, patches: Sequence[Patch], stretch: Stretch) -> None:
        self._patches, self._stretch = patches, stretch

    def __len__(self) -> int:
        return self._stretch.end - self._stretch.start

    def __getitem__(self, part: slice, /) -> NDArray[np.float64]:
        begin, end, _ = part.indices(len(self))
        return read_voice(self._patches, self._stretch.start + begin, self._stretch.start + end)


class _Rest(_Voice):
    """What is heard in one channel of a mix besides the voices."""

    def __init__(self, mix: Path, patches: Sequence[Patch], stretch: Stretch, channel: int) -> None:
        super().__init__(patches, stretch)
        self._mix, self._channel = mix, channel

    def __getitem__(self, part: slice, /) -> NDArray[np.float64]:
        begin, end, _ = part.indices(len(self))
        heard = read_mix(self._mix, self._stretch.start + begin, self._stretch.start + end)[:, self._channel]
        return heard - super().__getitem__(part)
