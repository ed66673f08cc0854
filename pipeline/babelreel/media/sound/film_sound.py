"""What is heard in a film's own sound: does it go through, do its channels cancel, is there anything at all?

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
from babelreel.media.probe.film import open_film, sound_stream
from babelreel.media.probe.film_damage import damage_at
from babelreel.model.film.media import MediaInfo
from babelreel.model.sound.film_sound import FilmSound
from babelreel.model.sound.mono import MonoMix, choose_mono
from babelreel.model.timecode import MS_PER_SECOND, render_clock

if TYPE_CHECKING:
    from av.audio.frame import AudioFrame

_US_PER_SECOND = 1_000_000
_STEREO = 2
#: Seconds that are so much quieter than the loudest (30 dB) say nothing of what is cancelled: they are noise.
_HEARD_SHARE = 10**-3
#: One channel is taken where both cancel in at least this share of the seconds in which something is heard: less is an
#: effect, more is a film in which somebody is not heard.
_LEAST_CANCELLED = 0.1

#: The mean squares of left, right and their average in one second; of one channel, or many: of all, twice, and 0.
_Energies = npt.NDArray[np.float64]


def hear_film(path: Path, info: MediaInfo) -> FilmSound | None:
    """Listen to a film's sound; ``None`` for a silent film. Raises ``FilmError`` for one that changes or is damaged."""
    if not info.audio:
        return None
    seconds = np.array(list(_seconds(path, info)))
    if not seconds.size:
        return FilmSound(mono=MonoMix.AVERAGE, loudest_dbfs=None)
    loudness = seconds[:, :2].max(axis=1)
    loudest = float(loudness.max())
    return FilmSound(
        mono=_mono(seconds[loudness >= loudest * _HEARD_SHARE]) if loudest else MonoMix.AVERAGE,
        loudest_dbfs=floor(10 * log10(loudest)) if loudest else None,
    )


def _mono(heard: _Energies) -> MonoMix:
    chosen = [choose_mono(left=left, right=right, average=average) for left, right, average in heard]
    cancelled = [each for each in chosen if each is not MonoMix.AVERAGE]
    if len(cancelled) < _LEAST_CANCELLED * len(chosen):
        return MonoMix.AVERAGE
    left, right, _ = heard[[each is not MonoMix.AVERAGE for each in chosen]].sum(axis=0)
    return MonoMix.LEFT if left >= right else MonoMix.RIGHT


def _seconds(path: Path, info: MediaInfo) -> Iterator[_Energies]:
    """Give the energies of each second of the sound."""
    sums, samples = np.zeros(3), 0
    for frame in _frames(path, info):
        sums += _energies(frame)
        samples += frame.samples
        if samples >= frame.sample_rate:
            yield sums / samples
            sums, samples = np.zeros(3), 0
    if samples:
        yield sums / samples


def _energies(frame: AudioFrame) -> _Energies:
    found = frame.to_ndarray()
    # whole numbers as shares of full scale; unsigned ones have their zero in the middle
    scale = 2.0 ** (8 * found.dtype.itemsize - 1) if found.dtype.kind in "iu" else 1.0
    values = (found.astype(np.float64) - (scale if found.dtype.kind == "u" else 0.0)) / scale
    if not frame.format.is_planar:
        values = values.reshape(-1, frame.layout.nb_channels).T
    values = np.nan_to_num(values, nan=0.0, posinf=0.0, neginf=0.0)  # a film's own floats may be no numbers at all
    if len(values) == _STEREO:
        left, right = values
        return np.array([np.dot(each, each) for each in (left, right, (left + right) / 2)])
    loudest = max(float(np.dot(each, each)) for each in values)
    return np.array([loudest, loudest, loudest])


def _frames(path: Path, info: MediaInfo) -> Iterator[AudioFrame]:
    """Decode the sound; raises ``FilmError`` where it is damaged, or goes on in another form than before."""
    import av  # noqa: PLC0415 - heavy, see open_film

    first: AudioFrame | None = None
    with open_film(path) as container:
        try:
            sound = sound_stream(container, info)
            for frame in container.decode(sound) if sound else ():
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
