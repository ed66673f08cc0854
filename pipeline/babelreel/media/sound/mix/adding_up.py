"""Add the samples of voices to those of what lies under them.

Everything is computed block by block, so that a film of two hours takes no more memory than one of a minute. The sums
are made of multiplications and additions of 64-bit floats alone, and rounded once: the same bits on every processor.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from babelreel.errors import RefusedError
from babelreel.media.sound.mix.envelope import duck_gain, voice_gain
from babelreel.media.sound.mix.voice import SAMPLE_BYTES, Patch
from babelreel.model.sound.decibels import ratio_of_db
from babelreel.model.sound.ducking import Duck
from babelreel.model.sound.recordings import HEADROOM_DB, MIX_BITS, MIX_CHANNELS, SAMPLE_RATE_HZ
from babelreel.model.sound.voice_level import VOICE_PEAK_DBFS

_FULL_SCALE = 1 << (MIX_BITS - 1)
_VOICE_PEAK = ratio_of_db(VOICE_PEAK_DBFS)
#: How many samples are processed at once; with its copies such a block takes 20 MB.
_BLOCK = 1 << 18
#: A stereo sample is 8 bytes, before as two floats and after as two whole numbers: blocks are replaced in place.
_FRAME_BYTES = 8


def add_up(  # noqa: PLR0913 - a bed, what lies over it, and how
    bed: Path,
    patches: Sequence[Patch],
    *,
    bed_gain_db: Decimal,
    ducks: Sequence[Duck],
    samples: int,
    report: Callable[[float], None],
) -> bytes:
    """Put whole numbers of the sum, ready for FLAC, in the place of the stereo floats of a bed, and return their MD5.

    The MD5 is that of a FLAC file: of their 24 bits, left and right in turn. ``report`` gets the share that is done
    after each block, and may raise to stop. Raises ``RefusedError`` for a sum that clips.
    """
    bed_ratio = ratio_of_db(bed_gain_db)
    digest = hashlib.md5(usedforsecurity=False)
    with bed.open("r+b") as file:
        for begin, end in pairwise((*range(0, samples, _BLOCK), samples)):
            file.seek(_FRAME_BYTES * begin)
            stored = file.read(_FRAME_BYTES * (end - begin)).ljust(_FRAME_BYTES * (end - begin), b"\0")
            level = np.frombuffer(stored, "<f4").reshape(-1, MIX_CHANNELS).astype(np.float64)
            # a film's own floats may not be numbers at all
            level = np.nan_to_num(level, nan=0.0, posinf=0.0, neginf=0.0)
            level *= bed_ratio * duck_gain(ducks, begin=begin, end=end)[:, None]
            level += read_voice(patches, begin, end)[:, None]  # equally in both channels: in the middle
            file.seek(_FRAME_BYTES * begin)
            added = _to_whole_numbers(level, begin)
            file.write(added.tobytes())
            digest.update(added.view(np.uint8).reshape(-1, 4)[:, 1:].tobytes())
            report(end / samples)
    return digest.digest()


def read_voice(patches: Sequence[Patch], begin: int, end: int) -> NDArray[np.float64]:
    """Add up all voices from ``begin`` up to ``end`` of the film, as they are heard in both channels."""
    voice = np.zeros(end - begin)
    for patch in patches:
        first, last = max(begin, patch.start), min(end, patch.start + patch.length)
        if first < last:
            voice[first - begin : last - begin] += read_patch(patch, first, last)
    return voice


def read_patch(patch: Patch, begin: int, end: int) -> NDArray[np.float64]:
    """Read the samples that are heard from ``begin`` up to ``end`` of the film; both must lie inside."""
    place = patch.offset + begin - patch.start
    stored = np.fromfile(patch.path, "<f4", count=end - begin, offset=SAMPLE_BYTES * place)
    # a recording in floats may hold values that are not numbers
    voice = np.nan_to_num(stored.astype(np.float64), nan=0.0, posinf=0.0, neginf=0.0)
    places = np.arange(begin - patch.start, end - patch.start) + 0.5
    voice *= np.minimum(1.0, places / patch.fade_in)
    voice *= np.minimum(1.0, (patch.length - places) / patch.fade_out)
    voice *= voice_gain(patch.gains, begin=begin, end=end)
    return np.clip(voice, -_VOICE_PEAK, _VOICE_PEAK)  # what is above is not a voice, but a knock at the microphone


def read_mix(mix: Path, begin: int, end: int) -> NDArray[np.float64]:
    """Read the samples of a sum that ``add_up`` left, at the level that its sounds had: a row for each moment."""
    stored = np.fromfile(mix, "<i4", count=MIX_CHANNELS * (end - begin), offset=_FRAME_BYTES * begin)
    return (stored >> (32 - MIX_BITS)).reshape(-1, MIX_CHANNELS) / (ratio_of_db(-HEADROOM_DB) * _FULL_SCALE)


def _to_whole_numbers(level: NDArray[np.float64], begin: int) -> NDArray[np.int32]:
    """Round to 24 bits, laid into the upper part of 32, where ffmpeg takes them from."""
    whole = np.rint(level * (ratio_of_db(-HEADROOM_DB) * _FULL_SCALE))
    if whole.max(initial=0) >= _FULL_SCALE or whole.min(initial=0) < -_FULL_SCALE:
        raise RefusedError(
            what="A dub is not mixed: its sounds together are louder than a file can hold.",
            where=f"around {begin // SAMPLE_RATE_HZ} s of the film",
            why=f"the sum is more than {HEADROOM_DB} dB above full scale",
            hint="Lower the recordings there to a peak of -3 dBFS in a sound editor.",
        )
    shifted: NDArray[np.int32] = whole.astype("<i4") << (32 - MIX_BITS)
    return shifted
