"""Reduce each frame of a film to signs that do not depend on size, bars, brightness, contrast and encoding.

A frame is cut to what lies between its bars and shrunk to 32x16 tones. Of the cosine transform of these, 32 of the
lowest waves say which parts are bright and which are dark; each becomes two bits: clearly there, clearly there upside
down, or neither. So the bits in which two frames differ tell how unlike they are, and noise around nothing changes
one bit at most.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from babelreel.media.argv.command_line import Output
from babelreel.media.argv.film_streams import picture_of
from babelreel.media.matching.picture_area import PictureArea
from babelreel.model.film.media import MediaInfo, VideoStream

_WIDTH, _HEIGHT = 32, 16
_WAVES = 32
#: How strong a wave must be, in shares of what a wave of its length has on average in pictures.
_CLEARLY = 0.5
#: Added to the strength of all waves: what the noise of a flat picture has.
_NOISE = 8.0
#: Frames that are read at once: 2 MB.
_CHUNK = 4096
_PICTURES = "pictures.gray"


def read_picture_signs(folder: Path) -> tuple[bytes, bytes]:
    """Read what ``small_pictures`` wrote into a folder: the signs of each frame, and how far its tones lie apart.

    Both are as ``Fingerprint`` has them.
    """
    waves = _waves()
    signs, contrasts = bytearray(), bytearray()
    for tones in _tones(folder / _PICTURES):
        signs += signs_of(tones, waves).tobytes()
        contrasts += np.minimum(255, np.rint(4 * tones.std(axis=1))).astype(np.uint8).tobytes()
    return bytes(signs), bytes(contrasts)


def signs_of(tones: NDArray[np.float32], waves: NDArray[np.float32]) -> NDArray[np.uint8]:
    """Compute 8 bytes for each row of 512 tones."""
    found = tones @ waves
    strength = np.sqrt((found * found).mean(axis=1, keepdims=True)) + _NOISE
    clearly = found / strength
    return np.packbits(np.concatenate((clearly > _CLEARLY, clearly > -_CLEARLY), axis=1), axis=1)


def _waves() -> NDArray[np.float32]:
    """Return the waves as columns, each divided by what it has on average: the longer, the stronger."""
    down, across = _cosines(_HEIGHT), _cosines(_WIDTH)
    # a wave across the width is half as long for the eye as one with the same number down
    order = sorted((2 * row + column, row, column) for row in range(6) for column in range(12) if row + column)
    columns = [
        np.outer(down[row], across[column]).ravel() / _usual_strength(length) for length, row, column in order[:_WAVES]
    ]
    return np.stack(columns, axis=1).astype(np.float32)


def _usual_strength(length: int) -> float:
    return 1 / (0.6 + 0.35 * length)


def _cosines(size: int) -> NDArray[np.float64]:
    number, place = np.arange(size)[:, None], np.arange(size)[None, :]
    return np.cos(np.pi * number * (2 * place + 1) / (2 * size)) * np.sqrt(np.where(number == 0, 1, 2) / size)


def _tones(path: Path) -> Iterator[NDArray[np.float32]]:
    size = _WIDTH * _HEIGHT
    with path.open("rb") as file:
        while content := file.read(_CHUNK * size):
            whole = content[: len(content) // size * size]
            yield np.frombuffer(whole, np.uint8).reshape(-1, size).astype(np.float32)


def small_pictures(info: MediaInfo, video: VideoStream, area: PictureArea) -> Output:
    """Write the tones of each frame, of what lies between its bars, into the folder in which ffmpeg runs."""
    filters = (
        f"setpts=PTS-({info.start_us}/1000000)/TB",  # the clock starts with the film
        f"fps=fps={video.rate}:round=near:start_time=0",  # the frames that we deliver, counted from the film's start
        area.crop,
        f"scale={_WIDTH}:{_HEIGHT}:flags=area+accurate_rnd+bitexact",
        "format=gray",
    )
    return Output(
        name=_PICTURES,
        streams=(picture_of(info),),
        options=(("fps_mode", "passthrough"), ("vf", ",".join(filters)), ("f", "rawvideo")),
    )
