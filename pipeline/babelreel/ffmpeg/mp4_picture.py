"""What does the index of an MP4 file of ours say of its picture: how many frames, when, how large, how decoded?"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from babelreel.ffmpeg.mp4 import Box, BrokenMp4Error, boxes_inside, child_box, read_index

_PICTURE = "vide"
#: Fields of a full box before its entries: version, flags and the number of entries.
_TABLE_HEAD_BYTES = 8
#: A sample entry of a picture has so many bytes before the boxes inside it, counted from its content.
_VISUAL_ENTRY_BYTES = 78


@dataclass(frozen=True, slots=True, kw_only=True)
class Mp4Picture:
    """The picture of an MP4 file.

    ``configuration`` is the record with the parameter sets (SPS, PPS). ``keys`` are the key frames in order of storage,
    from 0; ``sizes`` the bytes of each frame in that order. ``ticks`` is the length of every frame in units of
    ``1 / timescale`` seconds, ``None`` when they differ; ``is_on_grid`` says that frames are shown at whole multiples
    of it.
    """

    width_px: int
    height_px: int
    timescale: int
    ticks: int | None
    is_on_grid: bool
    sizes: tuple[int, ...]
    keys: tuple[int, ...]
    configuration: bytes

    @property
    def rate(self) -> Fraction | None:
        """Frames a second; ``None`` when it varies."""
        return Fraction(self.timescale, self.ticks) if self.ticks else None


def read_picture(path: Path) -> Mp4Picture:
    """Read the index of a file with one H.264 picture; raises ``BrokenMp4Error`` for anything else."""
    index, _ = read_index(path)
    for trak in boxes_inside(index):
        mdia = child_box(index, trak, "mdia")
        hdlr = child_box(index, mdia, "hdlr")
        if index[hdlr.content + 8 : hdlr.content + 12] == _PICTURE.encode():
            try:
                return _read(index, mdia)
            except struct.error as fault:
                raise BrokenMp4Error(f"a table is cut off ({fault})") from fault
    raise BrokenMp4Error("no picture")


def _read(index: bytes, mdia: Box) -> Mp4Picture:
    stbl = child_box(index, child_box(index, mdia, "minf"), "stbl")
    mdhd = child_box(index, mdia, "mdhd")
    entry = child_box(index, _skip(child_box(index, stbl, "stsd"), _TABLE_HEAD_BYTES), "avc1")
    avcc = child_box(index, _skip(entry, _VISUAL_ENTRY_BYTES), "avcC")
    width, height = struct.unpack_from(">HH", index, entry.content + 24)
    lengths = {length for _, length in _pairs(index, child_box(index, stbl, "stts"))}
    ticks = lengths.pop() if len(lengths) == 1 else None
    sizes = _sizes(index, child_box(index, stbl, "stsz"))
    return Mp4Picture(
        width_px=width,
        height_px=height,
        timescale=_word(index, mdhd.content + (20 if index[mdhd.content] else 12)),
        ticks=ticks,
        is_on_grid=ticks is not None and all(each % ticks == 0 for each in _delays(index, stbl)),
        sizes=sizes,
        keys=_keys(index, stbl, len(sizes)),
        configuration=index[avcc.content : avcc.end],
    )


def _skip(box: Box, count: int) -> Box:
    return Box(kind=box.kind, content=box.content + count, end=box.end)


def _word(index: bytes, place: int) -> int:
    value: int = struct.unpack_from(">I", index, place)[0]
    return value


def _pairs(index: bytes, table: Box) -> Iterator[tuple[int, int]]:
    count = _word(index, table.content + 4)
    for place in range(count):
        first, second = struct.unpack_from(">Ii", index, table.content + _TABLE_HEAD_BYTES + 8 * place)
        yield first, second


def _delays(index: bytes, stbl: Box) -> Iterator[int]:
    """Give by how much each run of frames is shown later than it is decoded."""
    for table in boxes_inside(index, stbl, "ctts"):
        yield from (delay for _, delay in _pairs(index, table))


def _sizes(index: bytes, table: Box) -> tuple[int, ...]:
    same, count = struct.unpack_from(">II", index, table.content + 4)
    return (same,) * count if same else struct.unpack_from(f">{count}I", index, table.content + 12)


def _keys(index: bytes, stbl: Box, frames: int) -> tuple[int, ...]:
    """Give the key frames; a file without a table of them has nothing else."""
    for table in boxes_inside(index, stbl, "stss"):
        count = _word(index, table.content + 4)
        numbers = struct.unpack_from(f">{count}I", index, table.content + _TABLE_HEAD_BYTES)
        return tuple(number - 1 for number in numbers)
    return tuple(range(frames))
