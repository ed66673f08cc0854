"""Read the sound of an MP4 file of ours from its index: frames, their sizes, and what comes before the sound."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path

from babelreel.media.containers.mp4 import BrokenMp4Error, boxes_inside, child_box, read_index
from babelreel.media.containers.mp4_tables import find_media, find_table, read_pairs, read_sizes, read_timescale

_SOUND = "soun"
#: An edit begins with its length (32 bits, or 64 in version 1), then the time in the media at which it starts.
_EDIT_HEAD_BYTES = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Mp4Sound:
    """The sound of an MP4 file.

    ``sizes`` are the bytes of each frame in order, ``lengths`` their lengths in units of ``1 / timescale`` seconds.
    ``lead`` is how much of that the edit list hides before the sound begins: what the encoder needed to get going.
    """

    timescale: int
    lead: int
    sizes: tuple[int, ...]
    lengths: tuple[int, ...]


def read_sound(path: Path) -> Mp4Sound:
    """Read the index of a file with one sound; raises ``BrokenMp4Error`` for anything else."""
    index, _ = read_index(path)
    trak, mdia = find_media(index, _SOUND)
    stbl = find_table(index, mdia)
    try:
        lead = 0
        for edts in boxes_inside(index, trak, "edts"):
            elst = child_box(index, edts, "elst")
            is_long = index[elst.content]
            place = elst.content + _EDIT_HEAD_BYTES + (8 if is_long else 4)
            (lead,) = struct.unpack_from(">q" if is_long else ">i", index, place)
        runs = read_pairs(index, child_box(index, stbl, "stts"))
        return Mp4Sound(
            timescale=read_timescale(index, mdia),
            lead=lead,
            sizes=read_sizes(index, stbl),
            lengths=tuple(length for count, length in runs for _ in range(count)),
        )
    except struct.error as fault:
        raise BrokenMp4Error(f"a table is cut off ({fault})") from fault
