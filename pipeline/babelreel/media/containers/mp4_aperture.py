"""Read which edges of its pictures an MP4 or MOV file hides (the box "clap", ISO/IEC 14496-12, 12.1.4)."""

from __future__ import annotations

import struct
from fractions import Fraction
from pathlib import Path

from babelreel.media.containers.mp4 import Box, BrokenMp4Error, boxes_inside, read_index
from babelreel.media.containers.mp4_picture_entry import VISUAL_ENTRY_BYTES, picture_entries
from babelreel.media.containers.mp4_tables import skip
from babelreel.model.film.media import HiddenEdges


def read_mp4_edges(path: Path) -> tuple[HiddenEdges | None, ...]:
    """Read what is hidden of each picture, in the order of the tracks; nothing if the file cannot be read so far."""
    try:
        index, _ = read_index(path)
        return tuple(_edges(index, entry) for entry in picture_entries(index))
    except (BrokenMp4Error, struct.error):
        return ()


def _edges(index: bytes, entry: Box) -> HiddenEdges | None:
    width, height = struct.unpack_from(">HH", index, entry.content + 24)
    for clap in boxes_inside(index, skip(entry, VISUAL_ENTRY_BYTES), "clap"):
        numbers = struct.unpack_from(">IIIIiIiI", index, clap.content)
        if all(numbers[1::2]):
            return _around(width, height, [Fraction(*pair) for pair in zip(numbers[::2], numbers[1::2], strict=True)])
    return None


def _around(width: int, height: int, aperture: list[Fraction]) -> HiddenEdges | None:
    """Compute the edges of an aperture from its size, and how far its middle lies right of and below the picture's."""
    shown_width, shown_height, right_of, below = aperture
    left, top = (width - shown_width) / 2 + right_of, (height - shown_height) / 2 + below
    edges = HiddenEdges(
        left_px=round(left),
        top_px=round(top),
        right_px=round(width - shown_width - left),
        bottom_px=round(height - shown_height - top),
    )
    sides = (edges.left_px, edges.top_px, edges.right_px, edges.bottom_px)
    return edges if any(sides) and min(sides) >= 0 else None
