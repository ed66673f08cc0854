"""Read the picture of an MP4 file of ours from its index: frames, their times and sizes, and how to decode them."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from babelreel.media.containers.mp4 import Box, BrokenMp4Error, boxes_inside, child_box, read_index
from babelreel.media.containers.mp4_tables import (
    TABLE_HEAD_BYTES,
    find_media,
    find_table,
    read_pairs,
    read_sizes,
    read_timescale,
    read_word,
    skip,
)

_PICTURE = "vide"
#: The sample entries of H.264 and AV1, and the box in each that tells how its frames are decoded.
_RECORDS = {"avc1": "avcC", "av01": "av1C"}
#: A sample entry of a picture has so many bytes before the boxes inside it, counted from its content.
_VISUAL_ENTRY_BYTES = 78


@dataclass(frozen=True, slots=True, kw_only=True)
class Mp4Picture:
    """The picture of an MP4 file.

    ``configuration`` is the record with the parameter sets (SPS, PPS), or the sequence header of AV1. ``keys`` are the
    key frames in order of storage, from 0; ``sizes`` the bytes of each frame in that order. ``ticks`` is the length of
    every frame in units of ``1 / timescale`` seconds, ``None`` when they differ; ``is_on_grid`` says that frames are
    shown at whole multiples of it.
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
    """Read the index of a file with one picture, H.264 or AV1; raises ``BrokenMp4Error`` for anything else."""
    index, _ = read_index(path)
    _, mdia = find_media(index, _PICTURE)
    try:
        return _read(index, mdia)
    except struct.error as fault:
        raise BrokenMp4Error(f"a table is cut off ({fault})") from fault


def _read(index: bytes, mdia: Box) -> Mp4Picture:
    stbl = find_table(index, mdia)
    entries = skip(child_box(index, stbl, "stsd"), TABLE_HEAD_BYTES)
    kind = next((each for each in _RECORDS if any(boxes_inside(index, entries, each))), "avc1")
    entry = child_box(index, entries, kind)
    record = child_box(index, skip(entry, _VISUAL_ENTRY_BYTES), _RECORDS[kind])
    width, height = struct.unpack_from(">HH", index, entry.content + 24)
    lengths = {length for _, length in read_pairs(index, child_box(index, stbl, "stts"))}
    ticks = lengths.pop() if len(lengths) == 1 else None
    sizes = read_sizes(index, stbl)
    return Mp4Picture(
        width_px=width,
        height_px=height,
        timescale=read_timescale(index, mdia),
        ticks=ticks,
        is_on_grid=ticks is not None and all(each % ticks == 0 for each in _delays(index, stbl)),
        sizes=sizes,
        keys=_keys(index, stbl, len(sizes)),
        configuration=index[record.content : record.end],
    )


def _delays(index: bytes, stbl: Box) -> Iterator[int]:
    """Yield by how much each run of frames is shown later than it is decoded."""
    for table in boxes_inside(index, stbl, "ctts"):
        yield from (delay for _, delay in read_pairs(index, table))


def _keys(index: bytes, stbl: Box, frames: int) -> tuple[int, ...]:
    """List the key frames; in a file without a table of them, every frame is one."""
    for table in boxes_inside(index, stbl, "stss"):
        count = read_word(index, table.content + 4)
        numbers = struct.unpack_from(f">{count}I", index, table.content + TABLE_HEAD_BYTES)
        return tuple(number - 1 for number in numbers)
    return tuple(range(frames))
