"""How is a packet of H.264 or HEVC parted into its units?"""

from __future__ import annotations

from collections.abc import Iterator

_START_CODE = b"\x00\x00\x01"
#: Where the configuration record of a codec tells how many bytes hold the length of a unit.
_LENGTH_PLACES = {"h264": 4, "hevc": 21}


def length_bytes(codec: str, extradata: bytes) -> int:
    """Give how many bytes tell a unit's length, from the configuration record; 0 where start codes part the units."""
    place = _LENGTH_PLACES[codec]
    return (extradata[place] & 3) + 1 if len(extradata) > place and extradata[0] == 1 else 0


def split_units(content: bytes, length_bytes: int) -> Iterator[bytes]:
    """Give the units of a packet; none is empty. The end of one that start codes part may hold the next one's zero."""
    if not length_bytes:
        yield from (part for part in content.split(_START_CODE)[1:] if part)
        return
    place = length_bytes
    while place < len(content):
        size = int.from_bytes(content[place - length_bytes : place])
        if size:
            yield content[place : place + size]
        place += size + length_bytes
