"""Read the tables of an MP4 index: numbers, pairs, and the sizes of what a track holds."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from babelreel.media.containers.mp4 import Box, BrokenMp4Error, boxes_inside, child_box

#: Fields of a full box before its entries: version, flags and the number of entries.
TABLE_HEAD_BYTES = 8


def find_media(index: bytes, handler: str) -> tuple[Box, Box]:
    """Find the first track with a handler ("vide", "soun") and the media box in it; raises ``BrokenMp4Error``."""
    for trak in boxes_inside(index):
        mdia = child_box(index, trak, "mdia")
        hdlr = child_box(index, mdia, "hdlr")
        if index[hdlr.content + 8 : hdlr.content + 12] == handler.encode():
            return trak, mdia
    raise BrokenMp4Error(f"no track of the kind {handler!r}")


def find_table(index: bytes, mdia: Box) -> Box:
    """Find the sample table of a media box; raises ``BrokenMp4Error``."""
    return child_box(index, child_box(index, mdia, "minf"), "stbl")


def read_timescale(index: bytes, mdia: Box) -> int:
    """Read the ticks per second of a track."""
    mdhd = child_box(index, mdia, "mdhd")
    return read_word(index, mdhd.content + (20 if index[mdhd.content] else 12))


def skip(box: Box, count: int) -> Box:
    """Return a box without the first bytes of its content."""
    return Box(kind=box.kind, content=box.content + count, end=box.end)


def read_word(index: bytes, place: int) -> int:
    """Read 32 bits without a sign; raises ``struct.error`` at the end."""
    value: int = struct.unpack_from(">I", index, place)[0]
    return value


def read_pairs(index: bytes, table: Box) -> Iterator[tuple[int, int]]:
    """Read the entries of a table of pairs, the second one with a sign; raises ``struct.error`` at the end."""
    count = read_word(index, table.content + 4)
    for place in range(count):
        first, second = struct.unpack_from(">Ii", index, table.content + TABLE_HEAD_BYTES + 8 * place)
        yield first, second


def read_sizes(index: bytes, stbl: Box) -> tuple[int, ...]:
    """Read the bytes of each sample; raises ``struct.error`` at the end."""
    table = child_box(index, stbl, "stsz")
    same, count = struct.unpack_from(">II", index, table.content + 4)
    return (same,) * count if same else struct.unpack_from(f">{count}I", index, table.content + 12)
