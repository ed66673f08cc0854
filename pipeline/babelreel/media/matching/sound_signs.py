"""Reduce a film's sound to signs that do not depend on level, encoding and the number of its channels.

Every 10 ms, the energies of 17 bands are compared: a bit says whether a band gained more than the next higher one
within the last 60 ms. That is how recordings have been recognised since Haitsma and Kalker (ISMIR 2002); the window
here is shorter, so that an edit is found to some hundredths of a second.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from babelreel.media.argv.command_line import Output
from babelreel.media.argv.film_streams import sound_of
from babelreel.media.argv.repeatable_bytes import BARE_WHOLE_NUMBERS
from babelreel.media.probe.decode_film import decode_film
from babelreel.media.programs.temporary_folder import temporary_folder
from babelreel.model.film.change.fingerprint import STEP_MS
from babelreel.model.film.media import MediaInfo

_RATE_HZ = 8_000
_STEP = _RATE_HZ * STEP_MS // 1000
#: 64 ms: the lowest band has two of its waves in it.
_WINDOW = 512
#: What speech and most music have their energy in.
_LOWEST_HZ, _HIGHEST_HZ, _BANDS = 150, 3_800, 17
#: How many steps back is compared: less is noise, more blurs edits.
_BACK = 6
#: Added to the energy of each band: a tenth of what the noise of 16 bits has.
_NOISE = 1e4
#: Steps that are processed at once: 17 MB.
_CHUNK = 4096
_SOUND = "sound.s16"
_FULL_SCALE = 32_768


def read_sound_signs(ffmpeg_path: Path, film: Path, info: MediaInfo) -> tuple[bytes, bytes]:
    """Decode a film's sound and return the signs of each step, and how loud it is, as ``Fingerprint`` has them.

    Raises ``FilmError`` for a damaged film, and what ``run_ffmpeg`` raises.
    """
    if not info.audio:
        return b"", b""
    signs, levels = bytearray(), bytearray()
    before: NDArray[np.float64] | None = None
    with temporary_folder() as folder:
        decode_film(ffmpeg_path, film, info, _samples(info), cwd=folder)
        for windows in _windows(folder / _SOUND):
            gains = _gains(windows)
            held = np.repeat(gains[:1], _BACK, axis=0) if before is None else before
            joined = np.concatenate((held, gains))
            signs += np.packbits(joined[_BACK:] > joined[:-_BACK], axis=1).tobytes()
            levels += _levels(windows).tobytes()
            before = joined[-_BACK:]
    return bytes(signs), bytes(levels)


def _gains(windows: NDArray[np.float32]) -> NDArray[np.float64]:
    """Compute by how much each band is above the next higher one, in logarithms."""
    shape = np.hanning(_WINDOW).astype(np.float32)
    power = np.square(np.abs(np.fft.rfft(windows * shape)))
    summed = np.concatenate((np.zeros((len(power), 1)), np.cumsum(power, axis=1)), axis=1)
    edges = np.geomspace(_LOWEST_HZ, _HIGHEST_HZ, _BANDS + 1) * _WINDOW / _RATE_HZ
    whole = edges.astype(int)
    up_to = summed[:, whole] + (edges - whole) * (summed[:, whole + 1] - summed[:, whole])
    bands = np.log(np.diff(up_to, axis=1) + _NOISE)
    return np.asarray(bands[:, :-1] - bands[:, 1:])


def _levels(windows: NDArray[np.float32]) -> NDArray[np.uint8]:
    power = np.square(windows / _FULL_SCALE).mean(axis=1)
    return np.asarray(np.clip(np.rint(100 + 10 * np.log10(power + 1e-10)), 0, 100), np.uint8)


def _windows(path: Path) -> Iterator[NDArray[np.float32]]:
    """Yield the windows around each step; before the sound and behind it is silence."""
    samples = np.memmap(path, np.int16, "r") if path.stat().st_size else np.zeros(0, np.int16)
    steps = -(-len(samples) // _STEP)
    for first in range(0, steps, _CHUNK):
        count = min(_CHUNK, steps - first)
        begin = first * _STEP - _WINDOW // 2
        end = begin + (count - 1) * _STEP + _WINDOW
        part = np.asarray(samples[max(0, begin) : min(end, len(samples))], np.float32)
        padded = np.pad(part, (max(0, -begin), max(0, end - len(samples))))
        yield np.lib.stride_tricks.sliding_window_view(padded, _WINDOW)[::_STEP]


def _samples(info: MediaInfo) -> Output:
    filters = (
        f"asetpts=PTS-({info.start_us}/1000000)/TB",  # the clock starts with the film
        # async=1 fills gaps with silence, first_pts=0 fills or cuts up to the film's start
        f"aresample={_RATE_HZ}:async=1:first_pts=0",
        f"aformat=sample_fmts=s16:sample_rates={_RATE_HZ}:channel_layouts=mono",
    )
    return Output(
        name=_SOUND,
        streams=(sound_of(info),),
        options=(("af", ",".join(filters)), *BARE_WHOLE_NUMBERS),
    )
