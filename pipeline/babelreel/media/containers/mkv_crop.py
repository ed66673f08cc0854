"""Read which edges of its pictures a Matroska file hides."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from babelreel.model.film.media import HiddenEdges

#: Elements by their numbers (RFC 9559).
_SEGMENT, _CLUSTER, _TRACKS, _TRACK_ENTRY, _TRACK_TYPE = 0x18538067, 0x1F43B675, 0x1654AE6B, 0xAE, 0x83
_VIDEO, _CROP_BOTTOM, _CROP_TOP, _CROP_LEFT, _CROP_RIGHT = 0xE0, 0x54AA, 0x54BB, 0x54CC, 0x54DD
_PICTURE = 1
#: What is read of the tracks: private data of codecs may be large, but not so large.
_MOST_BYTES = 1 << 24
_HEAD_BYTES = 12


def read_matroska_edges(path: Path) -> tuple[HiddenEdges | None, ...]:
    """Read what is hidden of each picture, in the order of the tracks; nothing if the file cannot be read so far."""
    with path.open("rb") as file:
        content = _tracks(file, path.stat().st_size)
    pictures = []
    for number, entry in _elements(content):
        fields = dict(_elements(entry)) if number == _TRACK_ENTRY else {}
        if int.from_bytes(fields.get(_TRACK_TYPE, b"")) == _PICTURE:
            video = dict(_elements(fields.get(_VIDEO, b"")))
            left, top, right, bottom = (
                int.from_bytes(video.get(each, b"")) for each in (_CROP_LEFT, _CROP_TOP, _CROP_RIGHT, _CROP_BOTTOM)
            )
            edges = HiddenEdges(left_px=left, top_px=top, right_px=right, bottom_px=bottom)
            pictures.append(edges if any((left, top, right, bottom)) else None)
    return tuple(pictures)


def _tracks(file: BinaryIO, end: int) -> bytes:
    """Return the content of the element that describes the tracks, which stands before all pictures."""
    place = 0
    while place < end:
        file.seek(place)
        number, size, head = _head(file.read(_HEAD_BYTES))
        if number in {None, _CLUSTER}:
            return b""
        if number == _TRACKS:
            file.seek(place + head)
            return file.read(min(size or 0, _MOST_BYTES))
        if number != _SEGMENT:
            if size is None:
                return b""
            place += size
        place += head
    return b""


def _elements(content: bytes) -> Iterator[tuple[int, bytes]]:
    place = 0
    while place < len(content):
        number, size, head = _head(content[place : place + _HEAD_BYTES])
        if number is None or size is None:
            return
        yield number, content[place + head : place + head + size]
        place += head + size


def _head(head: bytes) -> tuple[int | None, int | None, int]:
    """Read an element's number and size, and how many bytes both take; ``None`` for what is not there or unknown.

    The number of leading zero bits tells how many bytes follow (RFC 8794, section 4); a number keeps its first bit.
    """
    if not head or not head[0]:
        return None, None, 0
    length = 9 - head[0].bit_length()
    rest = head[length:]
    if not rest or not rest[0]:
        return None, None, 0
    width = 9 - rest[0].bit_length()
    mask = (1 << (7 * width)) - 1
    size = int.from_bytes(rest[:width]) & mask
    return int.from_bytes(head[:length]), None if size == mask else size, length + width
