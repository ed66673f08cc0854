"""Find the part of a film's picture that shows anything: what is left without black bars at its edges.

Another version of the film may have other bars, or none; what lies between them is the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from babelreel.media.argv.command_line import Output
from babelreel.media.argv.film_streams import picture_of
from babelreel.media.probe.decode_film import decode_key_frames
from babelreel.media.programs.temporary_folder import temporary_folder
from babelreel.model.film.media import MediaInfo

#: Lines and columns that are distinguished: bars are measured to a third of a percent of the picture.
_SIDE = 320
#: A bar is no brighter than this (black is 16) in any frame that is examined: grain makes black a little grey.
_BLACK = 30
#: A film is dark at its edges now and then, but nobody shows it in less than this part of a side.
_LEAST_SHARE = 0.5
#: Seconds between the frames that are looked at: 900 of a film of two hours.
_APART_S = 8

_PICTURES = "pictures.gray"


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureArea:
    """A part of a picture, in shares of its width and height."""

    left: float = 0.0
    top: float = 0.0
    width: float = 1.0
    height: float = 1.0

    @property
    def crop(self) -> str:
        """The part as ffmpeg's filter takes it."""
        return f"crop=w=iw*{self.width:.6f}:h=ih*{self.height:.6f}:x=iw*{self.left:.6f}:y=ih*{self.top:.6f}:exact=1"


def find_picture_area(ffmpeg_path: Path, film: Path, info: MediaInfo) -> PictureArea:
    """Look at key frames of a film, some seconds apart, and find what lies between its bars.

    All of it where a side would shrink to less than half: such a film is dark, not framed. Raises what ``decode_film``
    raises.
    """
    with temporary_folder() as folder:
        decode_key_frames(ffmpeg_path, film, info, _pictures(info), cwd=folder)
        content = (folder / _PICTURES).read_bytes()
    pictures = np.frombuffer(content, np.uint8)[: len(content) // _SIDE**2 * _SIDE**2].reshape(-1, _SIDE, _SIDE)
    return area_of(pictures)


def area_of(pictures: NDArray[np.uint8]) -> PictureArea:
    """Find what lies between the bars of pictures that are as high as they are wide."""
    if not len(pictures):
        return PictureArea()
    brightest = pictures.max(axis=0)
    top, height = _between(brightest.max(axis=1))
    left, width = _between(brightest.max(axis=0))
    return PictureArea(left=left, top=top, width=width, height=height)


def _between(brightest: NDArray[np.uint8]) -> tuple[float, float]:
    """Find the first line that is not a bar and how many follow, as shares of all."""
    shown = np.flatnonzero(brightest > _BLACK)
    if not len(shown):
        return 0.0, 1.0
    first, behind = int(shown[0]), int(shown[-1]) + 1
    if behind - first < _LEAST_SHARE * len(brightest):
        return 0.0, 1.0
    return first / len(brightest), (behind - first) / len(brightest)


def _pictures(info: MediaInfo) -> Output:
    filters = (
        f"select='isnan(prev_selected_t)+gte(t-prev_selected_t,{_APART_S})'",
        f"scale={_SIDE}:{_SIDE}:flags=area+accurate_rnd+bitexact",
        "format=gray",
    )
    return Output(
        name=_PICTURES,
        streams=(picture_of(info),),
        options=(("fps_mode", "passthrough"), ("vf", ",".join(filters)), ("f", "rawvideo")),
    )
