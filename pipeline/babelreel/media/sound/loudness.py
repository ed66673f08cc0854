"""Measure how loud a sound is, and how high it peaks."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from babelreel.errors import FilmError
from babelreel.media.argv.sound_filters import LOUDNESS_LOG, PEAK_LOG
from babelreel.media.argv.sounds import meter_argv
from babelreel.media.programs.run import run_ffmpeg
from babelreel.media.programs.temporary_folder import temporary_folder

#: The absolute gate of ITU-R BS.1770: what is no louder counts as silence, and the meter reports this value.
_GATE_LUFS = Decimal(-70)
_HUNDREDTH = Decimal("0.01")
#: The last lines of a log hold the values of the whole; more are never read.
_TAIL_BYTES = 4096


@dataclass(frozen=True, slots=True, kw_only=True)
class Loudness:
    """What a meter says of a whole sound, after ITU-R BS.1770 and EBU Tech 3342, to two decimals.

    ``lufs`` and ``range_lu`` are ``None`` where nothing is heard, or where the sound is shorter than a block of 400 ms;
    ``peak_dbtp`` where every sample is zero.
    """

    lufs: Decimal | None
    range_lu: Decimal | None
    peak_dbtp: Decimal | None


def measure_loudness(
    ffmpeg_path: Path,
    sound: Path,
    *,
    duration_ms: int,
    report: Callable[[float], None] = lambda _share: None,
    is_cancelled: Callable[[], bool] = lambda: False,
) -> Loudness:
    """Decode the first sound of a file and measure all of it; mono as it is heard from two loudspeakers.

    ``duration_ms`` only serves the progress. Raises what ``run_ffmpeg`` and ``read_meter`` raise.
    """
    with temporary_folder() as folder:
        run_ffmpeg(
            ffmpeg_path,
            meter_argv(str(sound.absolute())),
            cwd=folder,
            duration_ms=duration_ms,
            report=report,
            is_cancelled=is_cancelled,
        )
        return read_meter(folder, name=sound.name)


def read_meter(folder: Path, *, name: str) -> Loudness:
    """Read what ``filter_meter`` wrote into a folder; ``name`` is what an error calls the sound.

    Raises ``FilmError`` for a sound with samples that are not numbers: a damaged file of floats.
    """
    loudness, peak = _last_lines(folder / LOUDNESS_LOG), _last_lines(folder / PEAK_LOG)
    # integrated loudness and peak pass over samples that are not numbers, which no encoder takes
    mean = _value(peak, "lavfi.astats.Overall.RMS_level")
    if mean is not None and mean.is_nan():
        raise FilmError(
            what="The sound holds samples that are no numbers.",
            where=name,
            why="the program that wrote it went wrong, or the file is damaged",
            hint="Export it again, with a sound of 16 or 24 bits or as AAC.",
        )
    lufs = _value(loudness, "lavfi.r128.I")
    is_heard = lufs is not None and lufs > _GATE_LUFS
    return Loudness(
        lufs=_rounded(lufs) if is_heard else None,
        range_lu=_rounded(_value(loudness, "lavfi.r128.LRA")) if is_heard else None,
        peak_dbtp=_rounded(_value(peak, "lavfi.astats.Overall.Peak_level")),
    )


def _last_lines(log: Path) -> str:
    """Read the end of a log; empty for one that is not there, because no frame got so far."""
    if not log.is_file():
        return ""
    with log.open("rb") as file:
        file.seek(max(0, log.stat().st_size - _TAIL_BYTES))
        return file.read().decode("ascii", "replace")


def _value(text: str, key: str) -> Decimal | None:
    found = re.findall(rf"^{re.escape(key)}=(\S+)$", text, re.MULTILINE)
    return Decimal(found[-1]) if found else None


def _rounded(value: Decimal | None) -> Decimal | None:
    return value.quantize(_HUNDREDTH) if value is not None and value.is_finite() else None
