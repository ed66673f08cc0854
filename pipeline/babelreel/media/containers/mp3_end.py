"""Find where the sound in an MP3 file ends, and what programs wrote behind it begins.

Phones, recorders and editors leave notes behind the last frame: ID3 of all versions, APE, Lyrics3, padding. ffmpeg
knows some of them; the rest it takes for damaged sound. The layout of a frame's head is that of ISO/IEC 11172-3,
section 2.4.1.3, and of ISO/IEC 13818-3 for half the rates.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

#: Thousands of bits a second of layer III, by the number in the head: of MPEG-1, and of MPEG-2 with its lower rates.
_KBPS_FULL = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
_KBPS_HALF = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
_RATES_HZ = (44_100, 48_000, 32_000)
#: The two bits of the version: a quarter (2.5), nothing, half (2), full rates (1).
_DIVISORS = (4, 0, 2, 1)
_LAYER_III = 1
_HEAD_BYTES = 4
_ID3_HEAD_BYTES = 10
#: Notes are smaller; what is larger is left to the decoder to judge.
_MOST_NOTES_BYTES = 1 << 21
_SYNC = re.compile(rb"\xff[\xe0-\xff]", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Frame:
    """The head of a frame: ``kind`` is the same in all frames of a file."""

    kind: int
    bytes: int


def mp3_end(path: Path) -> int | None:
    """Find the place behind the last frame, if anything but sound follows it.

    ``None`` for another file than MP3, one without notes, one whose last frame breaks off, and one in which frames go
    on behind something else: that one is damaged.
    """
    size = path.stat().st_size
    with path.open("rb") as file:
        end, first = _skip_tags(file), None
        while frame := _frame_at(file, end):
            first = first or frame
            if frame.kind != first.kind:
                break
            if end + frame.bytes > size:
                return None
            end += frame.bytes
        if first is None or not 0 < size - end <= _MOST_NOTES_BYTES:
            return None
        file.seek(end)
        notes = file.read()
    return None if _has_frames(notes, first.kind) else end


def _skip_tags(file: BinaryIO) -> int:
    """Find the place behind the tags (ID3v2) in front; their length is in four bytes of seven bits."""
    place = 0
    while True:
        file.seek(place)
        head = file.read(_ID3_HEAD_BYTES)
        if len(head) < _ID3_HEAD_BYTES or not head.startswith(b"ID3"):
            return place
        length = 0
        for byte in head[6:]:
            length = length << 7 | byte & 0x7F
        place += _ID3_HEAD_BYTES + length


def _frame_at(file: BinaryIO, place: int) -> _Frame | None:
    file.seek(place)
    return _parse_frame(file.read(_HEAD_BYTES))


def _parse_frame(head: bytes) -> _Frame | None:
    bits = int.from_bytes(head)
    kbps_index, rate_index = bits >> 12 & 15, bits >> 10 & 3
    divisor = _DIVISORS[bits >> 19 & 3]
    is_mp3 = len(head) == _HEAD_BYTES and bits >> 21 == (1 << 11) - 1 and bits >> 17 & 3 == _LAYER_III
    # a rate of 0 bits is one that the head does not tell
    if not is_mp3 or not divisor or kbps_index in {0, len(_KBPS_FULL)} or rate_index == len(_RATES_HZ):
        return None
    kbps, factor = (_KBPS_FULL[kbps_index], 144) if divisor == 1 else (_KBPS_HALF[kbps_index], 72)
    length = factor * 1000 * kbps * divisor // _RATES_HZ[rate_index] + (bits >> 9 & 1)
    return _Frame(kind=divisor << 2 | rate_index, bytes=length)


def _has_frames(notes: bytes, kind: int) -> bool:
    """Tell whether there are two consecutive frames of a file: a single one may be chance."""
    return any(_is_pair(notes, found.start(), kind) for found in _SYNC.finditer(notes))


def _is_pair(notes: bytes, place: int, kind: int) -> bool:
    first = _parse_frame(notes[place : place + _HEAD_BYTES])
    if first is None or first.kind != kind:
        return False
    place += first.bytes
    second = _parse_frame(notes[place : place + _HEAD_BYTES])
    return second is not None and second.kind == kind
