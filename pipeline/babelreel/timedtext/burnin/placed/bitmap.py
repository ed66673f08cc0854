"""A bitmap as libass draws it: for each of its colours one shape of rectangles, which lie on whole pixels.

So a logo is a text like all else that is drawn: ffmpeg reads no further file, and a cell's key holds every pixel of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from babelreel.model.film.bitmap import UNSEEN, Bitmap

#: So many colours are told apart, or fewer where there would be more changes of colour than so many along all rows:
#: flat colours with smooth edges need some twenty, a photograph gets what it may have.
_COLOURS, _MOST_CHANGES = (64, 32, 16, 8), 6_000
#: Pixels of which more is seen hide all that is behind them.
_WHOLE = 247
#: The colour of a group is that of most of its pixels, if so large a part has it; else it is between all of them.
_MOST = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """All pixels of one colour: ``color`` is ``#rrggbb``, ``seen`` is 255 where it hides what is behind it.

    ``drawing`` has its rectangles, ``pixels`` says how many there are.
    """

    color: str
    seen: int
    drawing: str
    pixels: int

    def drawn(self, left_px: int, top_px: int) -> str:
        """Write it in ASS, with the bitmap's upper left corner at a place."""
        red, green, blue = (self.color[place : place + 2].upper() for place in (1, 3, 5))
        look = rf"\1c&H{blue}{green}{red}&\1a&H{255 - self.seen:02X}&\bord0\shad0"
        return rf"{{\an7\pos({left_px},{top_px}){look}\p1}}{self.drawing}{{\p0}}"


@lru_cache(maxsize=32)
def bitmap_shapes(bitmap: Bitmap, width_px: int, height_px: int) -> tuple[Shape, ...]:
    """Make a bitmap smaller, or leave it as it is, and part it into shapes by their colours."""
    small = _shrunk(bitmap, width_px, height_px)
    for most in _COLOURS:
        groups, colours = _grouped(small, most)
        if (groups[:, 1:] != groups[:, :-1]).sum() <= _MOST_CHANGES:
            break
    return tuple(_shapes(groups, colours))


def has_clear_edge(bitmap: Bitmap) -> bool:
    """Tell whether anything behind a bitmap is seen at its edge: one that is a whole rectangle has its own ground."""
    seen = _pixels(bitmap)[..., 3]
    return any(bool((edge < _WHOLE).any()) for edge in (seen[0], seen[-1], seen[:, 0], seen[:, -1]))


def _pixels(bitmap: Bitmap) -> NDArray[np.uint8]:
    return np.frombuffer(bitmap.rgba, np.uint8).reshape(bitmap.height_px, bitmap.width_px, 4)


def _shrunk(bitmap: Bitmap, width_px: int, height_px: int) -> NDArray[np.uint8]:
    """Average the pixels that fall on each pixel; colours count by how much is seen of them."""
    pixels = _pixels(bitmap)
    across, down = _shares(bitmap.width_px, width_px), _shares(bitmap.height_px, height_px)
    seen = pixels[..., 3].astype(np.float32)
    small_seen = down @ seen @ across.T
    small = [down @ (pixels[..., place] * seen) @ across.T / np.maximum(small_seen, 1e-6) for place in range(3)]
    found: NDArray[np.uint8] = np.rint(np.stack([*small, small_seen], axis=-1)).clip(0, 255).astype(np.uint8)
    found[found[..., 3] < UNSEEN] = 0
    found[found[..., 3] > _WHOLE, 3] = 255
    return found


def _shares(before_px: int, after_px: int) -> NDArray[np.float32]:
    """Compute which share of each pixel after comes from which pixel before."""
    edges = np.arange(after_px + 1, dtype=np.float64) * before_px / after_px
    starts, ends = edges[:-1, None], edges[1:, None]
    places = np.arange(before_px, dtype=np.float64)[None, :]
    covered = np.clip(np.minimum(ends, places + 1) - np.maximum(starts, places), 0, None)
    shares: NDArray[np.float32] = (covered * after_px / before_px).astype(np.float32)
    return shares


def _grouped(pixels: NDArray[np.uint8], most: int) -> tuple[NDArray[np.int64], NDArray[np.uint8]]:
    """Part pixels into at most so many groups of like colours: the group of each pixel, and the colour of each group.

    The group that differs most within itself is parted in its middle, again and again (median cut).
    """
    packed, place, counts = np.unique(
        np.ascontiguousarray(pixels).view(np.uint32), return_inverse=True, return_counts=True
    )
    colours = packed.view(np.uint8).reshape(-1, 4)
    groups = [np.arange(len(colours))]
    while len(groups) < most:
        spreads = [_spread(colours[group], counts[group]) for group in groups]
        widest = max(range(len(groups)), key=lambda each: spreads[each][0])
        if not spreads[widest][0]:
            break
        group, channel = groups[widest], spreads[widest][1]
        ordered = group[np.argsort(colours[group, channel], kind="stable")]
        values = colours[ordered, channel]
        total = np.cumsum(counts[ordered])
        middle = values[min(int(np.searchsorted(total, total[-1] / 2)), len(values) - 1)]
        cut = int(np.searchsorted(values, middle, side="right" if middle == values[0] else "left"))
        groups[widest : widest + 1] = [ordered[:cut], ordered[cut:]]
    of_colour = np.empty(len(colours), np.int64)
    shown = np.empty((len(groups), 4), np.uint8)
    for number, group in enumerate(groups):
        of_colour[group] = number
        shown[number] = _shown(colours[group], counts[group])
    return of_colour[place.reshape(pixels.shape[:2])], shown


def _spread(colours: NDArray[np.uint8], counts: NDArray[np.int64]) -> tuple[float, int]:
    """Measure how much the colours of a group differ, and in which channel most."""
    ranges = colours.max(axis=0).astype(int) - colours.min(axis=0)
    return float(ranges.max()) * float(counts.sum()) ** 0.5, int(ranges.argmax())


def _shown(colours: NDArray[np.uint8], counts: NDArray[np.int64]) -> NDArray[np.uint8]:
    most = counts.argmax()
    is_clear = counts[most] > _MOST * counts.sum()
    found: NDArray[np.uint8] = np.rint(
        colours[most] if is_clear else np.average(colours, axis=0, weights=counts)
    ).astype(np.uint8)
    return found


def _shapes(groups: NDArray[np.int64], colours: NDArray[np.uint8]) -> Iterator[Shape]:
    for number, (red, green, blue, seen) in enumerate(colours.tolist()):
        if seen >= UNSEEN:
            mask = groups == number
            drawing = " ".join(_rectangles(mask))
            yield Shape(color=f"#{red:02x}{green:02x}{blue:02x}", seen=seen, drawing=drawing, pixels=int(mask.sum()))


def _rectangles(mask: NDArray[np.bool_]) -> Iterator[str]:
    """Cover the pixels of a mask: what stands in a row, and goes on in the rows below, is one rectangle."""
    open_since: dict[tuple[int, int], int] = {}
    for y in range(mask.shape[0] + 1):
        runs = set(_runs(mask[y])) if y < mask.shape[0] else set()
        for start, end in sorted(open_since.keys() - runs):
            top = open_since.pop((start, end))
            yield f"m {start} {top} l {end} {top} {end} {y} {start} {y}"
        for run in runs - open_since.keys():
            open_since[run] = y


def _runs(row: NDArray[np.bool_]) -> Iterator[tuple[int, int]]:
    turns = np.flatnonzero(np.diff(np.concatenate(([False], row, [False])).astype(np.int8)))
    yield from zip(turns[::2].tolist(), turns[1::2].tolist(), strict=True)
