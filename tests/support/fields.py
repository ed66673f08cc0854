"""How do tests get interlaced films, and see whether a picture shows combs?"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import av
import numpy as np

from support.films import run_maker

#: A white bar that moves by 8 pixels from one field to the next: odd and even lines of a frame show it in two places.
_MOVING_BAR = (
    "color=black:size=320x180:rate=50:duration={seconds}[b];color=white:size=40x100:rate=50:duration={seconds}[w];"
    "[b][w]overlay=x='mod(n*8,320)':y=40"
)
X264_FIELDS = ("libx264", "-preset", "ultrafast", "-flags", "+ildct+ilme")


def make_interlaced(
    path: Path,
    *,
    codec: Sequence[str] = X264_FIELDS,
    is_top_first: bool = True,
    pixels: str = "yuv420p",
    seconds: int = 1,
) -> Path:
    """Make a film of 25 frames a second in which each frame holds two moments, and says so."""
    order, flag = ("top", "tff") if is_top_first else ("bottom", "bff")
    picture = f"{_MOVING_BAR.format(seconds=seconds)},tinterlace=interleave_{order},format={pixels},setfield={flag}"
    run_maker("-f", "lavfi", "-i", picture, "-c:v", *codec, f"file:{path}")
    return path


def combs(path: Path) -> float:
    """Give how much of the most combed frame of a film is combs: where a line differs from both that enclose it.

    So does a column, in a film that was turned.
    """
    with av.open(str(path)) as container:
        grays = (frame.to_ndarray(format="gray").astype(int) for frame in container.decode(video=0))
        return max(max(_combs(gray), _combs(gray.T)) for gray in grays)


def _combs(gray: np.ndarray[tuple[int, ...], np.dtype[np.int_]]) -> float:
    above, line, below = gray[:-2], gray[1:-1], gray[2:]
    return float(np.mean(((line - above) * (line - below) > 100**2) & (np.abs(above - below) < 50)))
