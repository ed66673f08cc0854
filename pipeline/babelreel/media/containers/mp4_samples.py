"""Read what lies in the frames of an MP4 file of ours, as its index lists them: libav takes ten times as long."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise, repeat
from pathlib import Path

from babelreel.media.containers.mp4 import Box, BrokenMp4Error, boxes_inside, child_box, read_index
from babelreel.media.containers.mp4_tables import TABLE_HEAD_BYTES, find_media, find_table, read_sizes, read_word

#: As much is in memory at once.
_BLOCK_BYTES = 1 << 20
#: Entries of the table that tells how many samples lie in a chunk have so many bytes.
_RUN_BYTES = 12


def read_frames(path: Path) -> tuple[int, Iterator[bytes]]:
    """Count the frames of the first picture in a file, and yield their bytes in order of storage, block by block.

    Raises ``BrokenMp4Error`` for an index that contradicts itself or its file, at the latest at the end.
    """
    index, _ = read_index(path)
    _, mdia = find_media(index, "vide")
    stbl = find_table(index, mdia)
    try:
        sizes = read_sizes(index, stbl)
        stretches = tuple(_stretches(sizes, _offsets(index, stbl), _chunk_runs(index, stbl)))
    except struct.error as fault:
        raise BrokenMp4Error(f"a table is cut off ({fault})") from fault
    return len(sizes), _blocks(path, stretches)


def _offsets(index: bytes, stbl: Box) -> tuple[int, ...]:
    """Read where each chunk of samples begins in the file: in 32 bits, or in 64 where the file is large."""
    for kind, word in (("stco", "I"), ("co64", "Q")):
        for table in boxes_inside(index, stbl, kind):
            count = read_word(index, table.content + 4)
            return struct.unpack_from(f">{count}{word}", index, table.content + TABLE_HEAD_BYTES)
    raise BrokenMp4Error("nothing tells where its frames lie")


def _chunk_runs(index: bytes, stbl: Box) -> list[tuple[int, int]]:
    """Read from which chunk on, counted from 0, each chunk holds how many samples."""
    table = child_box(index, stbl, "stsc")
    places = range(read_word(index, table.content + 4))
    entries = (
        struct.unpack_from(">II", index, table.content + TABLE_HEAD_BYTES + _RUN_BYTES * each) for each in places
    )
    return [(first - 1, samples) for first, samples in entries]


def _stretches(
    sizes: Sequence[int], offsets: Sequence[int], runs: Sequence[tuple[int, int]]
) -> Iterator[tuple[int, int]]:
    """Yield place and length of each chunk; every sample must be in one."""
    left = iter(sizes)
    for (first, samples), (end, _) in pairwise([*runs, (len(offsets), 0)]):
        for offset in offsets[first:end]:
            yield offset, sum(islice(left, samples))
    if next(left, None) is not None:
        raise BrokenMp4Error("frames lie in no chunk")


def _blocks(path: Path, stretches: Sequence[tuple[int, int]]) -> Iterator[bytes]:
    with path.open("rb") as file:
        for place, length in stretches:
            file.seek(place)
            for size in (*repeat(_BLOCK_BYTES, length // _BLOCK_BYTES), length % _BLOCK_BYTES):
                block = file.read(size)
                if len(block) != size:
                    raise BrokenMp4Error("frames lie behind the end of the file")
                yield block
