"""Read what one segment of a stream holds, and when each frame is shown (ISO/IEC 14496-12, movie fragments)."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

from babelreel.media.containers.mp4 import Box, BrokenMp4Error, boxes_inside, child_box
from babelreel.media.containers.mp4_tables import read_word

_FLAGS_MASK = 0xFFFFFF
#: Fields of "tfhd", in their order, that are there when a flag says so, and their lengths in bytes.
_HEAD_FIELDS = ((0x1, 8), (0x2, 4), (0x8, 4), (0x10, 4), (0x20, 4))
_DEFAULT_LENGTH, _DEFAULT_SIZE = 0x8, 0x10
#: Flags of "trun": a place in the file and the flags of the first frame come before the frames, the rest in each.
_HAS_PLACE, _HAS_FIRST_FLAGS = 0x1, 0x4
_HAS_LENGTH, _HAS_SIZE, _HAS_FLAGS, _HAS_DELAY = 0x100, 0x200, 0x400, 0x800


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One frame: its length, by how much it is shown later than decoded (both in ticks of its track), its bytes."""

    ticks: int
    delay: int
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Fragment:
    """One fragment: ``start`` is when its first frame is decoded, in ticks of its track; ``samples`` are as stored."""

    start: int
    samples: tuple[Sample, ...]

    @property
    def ticks(self) -> int:
        """Its length."""
        return sum(sample.ticks for sample in self.samples)

    @property
    def sizes(self) -> tuple[int, ...]:
        """The bytes of each frame."""
        return tuple(sample.size for sample in self.samples)

    @property
    def shown(self) -> tuple[int, ...]:
        """When each frame is shown, sorted by that time."""
        starts = accumulate((sample.ticks for sample in self.samples[:-1]), initial=self.start)
        return tuple(sorted(start + sample.delay for start, sample in zip(starts, self.samples, strict=True)))


def read_fragment(segment: bytes) -> Fragment:
    """Read a segment of one track and one fragment; raises ``BrokenMp4Error`` for anything else."""
    moofs, mdats = (list(boxes_inside(segment, kind=kind)) for kind in ("moof", "mdat"))
    if len(moofs) != 1 or len(mdats) != 1:
        raise BrokenMp4Error(f"{len(moofs)} fragments and {len(mdats)} stretches of media instead of one each")
    try:
        fragment = _read(segment, child_box(segment, moofs[0], "traf"))
    except struct.error as fault:
        raise BrokenMp4Error(f"a table is cut off ({fault})") from fault
    if sum(fragment.sizes) != mdats[0].end - mdats[0].content:
        raise BrokenMp4Error("its frames have another length than its media")
    return fragment


def first_frame_end(segment: bytes) -> int:
    """Find where the first frame of a segment ends: all before it is what a player needs to show that frame."""
    fragment = read_fragment(segment)
    (mdat,) = boxes_inside(segment, kind="mdat")
    return mdat.content + fragment.sizes[0]


def _read(segment: bytes, traf: Box) -> Fragment:
    tfdt = child_box(segment, traf, "tfdt")
    form = ">Q" if segment[tfdt.content] else ">I"
    defaults = _defaults(segment, child_box(segment, traf, "tfhd"))
    runs = boxes_inside(segment, traf, "trun")
    return Fragment(
        start=struct.unpack_from(form, segment, tfdt.content + 4)[0],
        samples=tuple(sample for run in runs for sample in _samples(segment, run, defaults)),
    )


def _defaults(segment: bytes, tfhd: Box) -> dict[int, int]:
    """Read what holds for every frame that does not say otherwise, by its flag."""
    flags, place = read_word(segment, tfhd.content) & _FLAGS_MASK, tfhd.content + 8
    found = {}
    for flag, length in _HEAD_FIELDS:
        if flags & flag:
            found[flag] = read_word(segment, place)
            place += length
    return found


def _samples(segment: bytes, trun: Box, defaults: dict[int, int]) -> Iterator[Sample]:
    flags, count = read_word(segment, trun.content) & _FLAGS_MASK, read_word(segment, trun.content + 4)
    place = trun.content + 8 + 4 * (bool(flags & _HAS_PLACE) + bool(flags & _HAS_FIRST_FLAGS))
    fields = [flag for flag in (_HAS_LENGTH, _HAS_SIZE, _HAS_FLAGS, _HAS_DELAY) if flags & flag]
    form = struct.Struct(">" + "".join("i" if flag == _HAS_DELAY else "I" for flag in fields))
    for number in range(count):
        own = dict(zip(fields, form.unpack_from(segment, place + number * form.size), strict=True))
        yield Sample(
            ticks=own.get(_HAS_LENGTH, defaults.get(_DEFAULT_LENGTH, 0)),
            delay=own.get(_HAS_DELAY, 0),
            size=own.get(_HAS_SIZE, defaults.get(_DEFAULT_SIZE, 0)),
        )
