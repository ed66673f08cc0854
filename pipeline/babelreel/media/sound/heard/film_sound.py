"""Listen to a film's own sound: whether it decodes, whether its channels cancel, whether anything is heard at all.

Every sample is decoded, once for each content of a film: some nine seconds for an hour.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import floor, log10
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from babelreel.errors import FilmError
from babelreel.media.probe.damage import find_damage
from babelreel.media.probe.expectation import not_as_planned
from babelreel.media.probe.file_streams import sound_stream
from babelreel.media.probe.film import probe_file
from babelreel.media.probe.film_damage import damage_at
from babelreel.media.probe.open_film import open_film, without_late_streams
from babelreel.model.film.media import MediaInfo
from babelreel.model.sound.film_sound import FilmSound
from babelreel.model.sound.mono import MonoMix, is_lost
from babelreel.model.timecode import MS_PER_SECOND, render_clock

if TYPE_CHECKING:
    from av.audio.frame import AudioFrame

_US_PER_SECOND = 1_000_000
_STEREO = 2
#: Seconds that are so much quieter than the loudest (30 dB) say nothing of what is cancelled: they are noise.
HEARD_SHARE = 10**-3
#: One channel is taken where that saves so many seconds at least: less is an effect, more may be a line that is spoken.
_LEAST_SAVED = 2

#: Of six channels in mono, the softest has a fifteenth of the energy that the loudest has.
_LOST_SHARE = 10**-2
#: Where the energy of what becomes one channel stands among those of left, right and their average.
_COLUMNS = {MonoMix.AVERAGE: 2, MonoMix.LEFT: 0, MonoMix.RIGHT: 1}
_Energies = npt.NDArray[np.float64]


def hear_film(path: Path, info: MediaInfo) -> FilmSound | None:
    """Listen to a film's sound; ``None`` for a silent film. Raises ``FilmError`` for one that changes or is damaged."""
    if not info.audio:
        return None
    seconds = measure_seconds(path, info)
    loudness = seconds[:, :2].max(axis=1, initial=0)
    loudest = float(loudness.max(initial=0))
    if not loudest:
        return FilmSound(mono=MonoMix.AVERAGE, is_mirrored=False, lost_s=0, loudest_dbfs=None)
    heard = seconds[loudness >= loudest * HEARD_SHARE]
    lost = {mono: _count_lost(heard, mono) for mono in _COLUMNS}
    least = min((MonoMix.LEFT, MonoMix.RIGHT), key=lambda mono: (lost[mono], -heard[:, _COLUMNS[mono]].sum()))
    mono = least if lost[MonoMix.AVERAGE] - lost[least] >= min(_LEAST_SAVED, len(heard)) else MonoMix.AVERAGE
    return FilmSound(
        mono=mono,
        is_mirrored=mono is not MonoMix.AVERAGE and 2 * lost[MonoMix.AVERAGE] >= len(heard),
        lost_s=lost[mono],
        loudest_dbfs=floor(10 * log10(loudest)),
    )


def refuse_lost(film: Path, info: MediaInfo, made: Path) -> None:
    """Compare a sound in mono that was made of a film's with it, second by second; raises ``ToolError``.

    Loudness is compared with how it lies in the middle of all seconds: the whole may have become louder. A film in
    which nothing but noise is heard passes.
    """
    if info.heard is None or info.heard.loudest_dbfs is None or info.heard.is_faint:
        return
    before, after = measure_seconds(film, info), measure_seconds(made, probe_file(made, digest=""))
    loudness, count = before[:, :2].max(axis=1), min(len(before), len(after))
    heard = loudness[:count] >= loudness.max() * HEARD_SHARE
    ratios = after[:count, 0][heard] / loudness[:count][heard]
    lost = int((ratios < max(float(np.median(ratios)), 1e-12) * _LOST_SHARE).sum())
    if not ratios.size or not ratios.max() or 2 * (lost - info.heard.lost_s) > len(ratios):
        raise not_as_planned(made, "what is heard in the film is not heard in the sound for phones")


def _count_lost(heard: _Energies, mono: MonoMix) -> int:
    return sum(is_lost(float(each[_COLUMNS[mono]]), float(max(each[:2]))) for each in heard)


def measure_seconds(path: Path, info: MediaInfo) -> _Energies:
    """Measure the mean squares of left, right and their average in each second; raises as ``hear_film`` does."""
    sums: dict[int, _Energies] = {}
    for frame in _frames(path, info):
        second = max(0, floor((frame.time or 0) - info.start_us / _US_PER_SECOND))
        sums[second] = sums.get(second, np.zeros(3)) + _energies(frame) / frame.sample_rate
    return np.array([sums.get(second, np.zeros(3)) for second in range(max(sums, default=-1) + 1)]).reshape(-1, 3)


def _energies(frame: AudioFrame) -> _Energies:
    found = frame.to_ndarray()
    # whole numbers as shares of full scale; unsigned ones have their zero in the middle
    scale = 2.0 ** (8 * found.dtype.itemsize - 1) if found.dtype.kind in "iu" else 1.0
    values = (found.astype(np.float64) - (scale if found.dtype.kind == "u" else 0.0)) / scale
    if not frame.format.is_planar:
        values = values.reshape(-1, frame.layout.nb_channels).T
    values = np.nan_to_num(values, nan=0.0, posinf=0.0, neginf=0.0)  # a film's own floats may not be numbers at all
    if len(values) == _STEREO:
        return _of_two(*values)
    # what only shakes the room is in no mix of fewer channels
    heard = [each for each, channel in zip(values, frame.layout.channels, strict=True) if "LFE" not in channel.name]
    loudest = max(float(np.dot(each, each)) for each in heard or values)
    if len(values) == 1:
        return np.full(3, loudest)
    mixed = _of_two(*_mixed_to_two(frame))
    most = float(mixed[:2].max())
    # as loud as in the film itself: a mix of many is softer; where it loses what is heard, nothing is known of it
    return mixed * (loudest / most) if most > _LOST_SHARE * loudest else np.full(3, loudest)


def _of_two(left: _Energies, right: _Energies) -> _Energies:
    return np.array([np.dot(each, each) for each in (left, right, (left + right) / 2)])


def _mixed_to_two(frame: AudioFrame) -> _Energies:
    """Mix more channels to left and right as ffmpeg does."""
    import av  # noqa: PLC0415 - heavy, see open_film

    (mixed,) = av.AudioResampler(format="dblp", layout="stereo").resample(frame)
    return np.nan_to_num(mixed.to_ndarray(), nan=0.0, posinf=0.0, neginf=0.0)


def _frames(path: Path, info: MediaInfo) -> Iterator[AudioFrame]:
    """Decode the sound; raises ``FilmError`` where it is damaged, or goes on in another form than before."""
    import av  # noqa: PLC0415 - heavy, see open_film

    first: AudioFrame | None = None
    with open_film(path) as container:
        try:
            sound = sound_stream(container, info)
            for frame in without_late_streams(container.decode(sound)) if sound else ():
                first = first or frame
                if _form(frame) != _form(first):
                    raise _changed(path, info, first, frame)
                yield frame
        except av.FFmpegError as fault:
            raise find_damage(path, info) or damage_at(path, None, str(fault)) from fault


def _form(frame: AudioFrame) -> tuple[int, int]:
    return frame.layout.nb_channels, frame.sample_rate


def _changed(path: Path, info: MediaInfo, first: AudioFrame, now: AudioFrame) -> FilmError:
    at_ms = floor(((now.time or 0) - info.start_us / _US_PER_SECOND) * MS_PER_SECOND)
    return FilmError(
        what=f"The film's sound changes at {render_clock(at_ms)}.",
        where=str(path),
        why=f"it has {_named(first)} before and {_named(now)} from there on, and players lose the sound there",
        hint="Export the film from a video editor, with one sound from beginning to end.",
    )


def _named(frame: AudioFrame) -> str:
    channels = frame.layout.nb_channels
    return f"{channels} {'channel' if channels == 1 else 'channels'} at {frame.sample_rate} Hz"
