"""Find out whether something is missing in the middle of a film's file, which its reader passes over silently.

A Flash film (FLV) is a chain of tags, an MPEG program stream one of packets, a transport stream (TS) one of packets of
equal length. libav looks for the next link where the chain breaks, and what follows may decode well: the film then
seems to pause.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

#: What stands between two tags of a Flash film: the length of the one before (Adobe FLV specification 10.1, annex E.3).
_BACK_BYTES = 4
#: A tag begins with its kind, three bytes of length, four of time and three of a stream that is always 0 (E.4.1).
_TAG_HEAD_BYTES = 11
#: Sound, picture and script data; the bits above say that a tag is encrypted.
_TAG_KINDS, _KIND_BITS = frozenset({8, 9, 18}), 0x1F
#: The beginning and the end of a pack (ISO/IEC 13818-1, 2.5.3.3): the first is not a packet, and the second ends the
#: film.
_PACK, _END = 0xBA, 0xB9
#: A head of MPEG-2, which begins with these bits and tells its padding, and the one of MPEG-1, which has none.
_MPEG2_BITS, _MPEG2_PACK_BYTES, _MPEG1_PACK_BYTES = 0b01, 14, 12
#: A start code, and the length of the packet.
_PACKET_HEAD_BYTES = 6
#: Packets of transport streams are 188 bytes long (2.4.3.2), with a time before each 192 (Blu-ray, camcorders), with
#: sums behind each 204 (DVB). Each holds this byte at the same place.
_SYNC, _SYNC_BYTES = b"G", (188, 192, 204)
_SYNCED = {
    size: re.compile(_SYNC + rb"(?=.{%d}G.{%d}G.{%d}G.{%d}G)" % ((size - 1,) * 4), re.DOTALL) for size in _SYNC_BYTES
}
#: What the longest pattern above needs.
_PATTERN_BYTES = 4 * max(_SYNC_BYTES) + 1
_CHUNK_BYTES = 1 << 22


@dataclass(frozen=True, slots=True, kw_only=True)
class _Chain:
    """How a chain is followed: how far it is from a link, of which some bytes are given, to the next; 0 for no link."""

    head_bytes: int
    step: Callable[[bytes], int]
    looks_like: re.Pattern[bytes]


def _tag_step(head: bytes) -> int:
    if len(head) < _TAG_HEAD_BYTES or head[0] & _KIND_BITS not in _TAG_KINDS:
        return 0
    return _TAG_HEAD_BYTES + int.from_bytes(head[1:4]) + _BACK_BYTES


def _packet_step(head: bytes) -> int:
    if len(head) < _PACKET_HEAD_BYTES or head[:3] != b"\0\0\1" or head[3] < _END:
        return 0
    if head[3] == _END:
        return 4
    if head[3] != _PACK:
        return _PACKET_HEAD_BYTES + int.from_bytes(head[4:6])
    is_mpeg2 = head[4] >> 6 == _MPEG2_BITS and len(head) == _MPEG2_PACK_BYTES
    return _MPEG2_PACK_BYTES + (head[-1] & 7) if is_mpeg2 else _MPEG1_PACK_BYTES


_TAGS = _Chain(
    head_bytes=_TAG_HEAD_BYTES, step=_tag_step, looks_like=re.compile(rb"[\x08\x09\x12].{7}\x00\x00\x00", re.DOTALL)
)
_PACKETS = _Chain(
    head_bytes=_MPEG2_PACK_BYTES, step=_packet_step, looks_like=re.compile(rb"\x00\x00\x01[\xba-\xff]", re.DOTALL)
)


def has_hole(path: Path, container: str) -> bool:
    """Tell whether the chain of a film in a container (libavformat's name) breaks, and goes on behind that.

    What follows the last link is not a hole: recorders reserve room that they do not use. Of other containers this is
    not known; their readers say it. Raises ``OSError``.
    """
    with path.open("rb") as file:
        if container == "flv":
            begin = int.from_bytes(file.read(9)[5:]) + _BACK_BYTES  # its head says where the first tag is (E.2)
            return _breaks(file, begin, _TAGS)
        if container == "mpeg":
            begin = next(_places(file, 0, _PACKETS.looks_like), 0)
            return _breaks(file, begin, _PACKETS)
        return container == "mpegts" and _breaks_in_syncs(file)


def _breaks(file: BinaryIO, place: int, chain: _Chain) -> bool:
    while step := _step(file, place, chain):
        place += step
    return any(_goes_on(file, at, chain) for at in list(_places(file, place, chain.looks_like)))


def _step(file: BinaryIO, place: int, chain: _Chain) -> int:
    file.seek(place)
    return chain.step(file.read(chain.head_bytes))


def _goes_on(file: BinaryIO, place: int, chain: _Chain) -> bool:
    """Tell whether a link is followed by another one: by chance, bytes look like one link and not like two."""
    step = _step(file, place, chain)
    return step > 0 and _step(file, place + step, chain) > 0


def _breaks_in_syncs(file: BinaryIO) -> bool:
    head = file.read(_CHUNK_BYTES)
    found = [(first.start(), size) for size, each in _SYNCED.items() if (first := each.search(head))]
    if not found:
        return False
    begin, size = min(found)
    broken = _first_unsynced(file, begin, size)
    return broken is not None and next(_places(file, broken, _SYNCED[size]), None) is not None


def _first_unsynced(file: BinaryIO, place: int, size: int) -> int | None:
    """Find the place at which a packet should begin and does not."""
    file.seek(place)
    while chunk := file.read(_CHUNK_BYTES // size * size):
        synced = chunk[::size]
        kept = len(synced) - len(synced.lstrip(_SYNC))
        place += kept * size
        if kept < len(synced):
            return place
    return None


def _places(file: BinaryIO, begin: int, pattern: re.Pattern[bytes]) -> Iterator[int]:
    """Find each place of the file, from one on, at which a pattern matches."""
    file.seek(begin)
    rest = b""
    while chunk := file.read(_CHUNK_BYTES):
        text = rest + chunk
        yield from (begin + each.start() for each in pattern.finditer(text))
        begin += max(len(text) - _PATTERN_BYTES, 0)
        rest = text[-_PATTERN_BYTES:]
