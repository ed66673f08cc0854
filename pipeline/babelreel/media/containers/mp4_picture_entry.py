"""Find where the index of an MP4 or MOV file describes how its pictures are coded."""

from __future__ import annotations

import struct

from babelreel.media.containers.mp4 import Box, boxes_inside, child_box
from babelreel.media.containers.mp4_tables import TABLE_HEAD_BYTES, find_table, skip

#: A sample entry of a picture has so many bytes before the boxes inside it, counted from its content.
VISUAL_ENTRY_BYTES = 78


def picture_entries(index: bytes) -> tuple[Box, ...]:
    """Find the first sample entry of each picture, in the order of the tracks.

    Raises ``BrokenMp4Error`` and ``struct.error`` for a broken index.
    """
    media = [child_box(index, trak, "mdia") for trak in boxes_inside(index)]
    return tuple(_entry(index, mdia) for mdia in media if _is_picture(index, child_box(index, mdia, "hdlr")))


def _is_picture(index: bytes, hdlr: Box) -> bool:
    return index[hdlr.content + 8 : hdlr.content + 12] == b"vide"


def _entry(index: bytes, mdia: Box) -> Box:
    entries = skip(child_box(index, find_table(index, mdia), "stsd"), TABLE_HEAD_BYTES)
    length, kind = struct.unpack_from(">I4s", index, entries.content)
    return Box(kind=kind.decode("latin-1"), content=entries.content + 8, end=entries.content + length)
