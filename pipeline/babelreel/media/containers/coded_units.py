"""Split packets of H.264, HEVC and AV1 into units, and read the picture's size and form from any codec's key frames."""

from __future__ import annotations

from collections.abc import Iterator

#: Stands in front of each unit of a stream; another zero may stand in front of it.
START_CODE = b"\x00\x00\x01"
#: Where the configuration record of a codec tells how many bytes hold the length of a unit.
_LENGTH_PLACES = {"h264": 4, "hevc": 21}
#: The units that tell the size of a picture: which kind they are of, and where that stands in their first byte.
_SIZE_UNITS = {"h264": (7, 0, 0x1F), "hevc": (33, 1, 0x3F)}
#: What begins such a description in codecs that have start codes, and how much of it counts: what follows (a bit rate)
#: may change where no size does.
_SIZE_CODES = {
    "mpeg1video": ((b"\x00\x00\x01\xb3", 4),),
    "mpeg2video": ((b"\x00\x00\x01\xb3", 4), (b"\x00\x00\x01\xb5\x10", 3), (b"\x00\x00\x01\xb5\x18", 3)),
    "mpeg4": ((b"\x00\x00\x01\x20", 24),),
    "vc1": ((b"\x00\x00\x01\x0f", 6),),
}
#: What a configuration record of AV1 has before its units.
_AV1_HEAD_BYTES = 4
_VP8_SIZE = slice(6, 10)
_HAS_SIZE, _HAS_EXTENSION = 2, 4
#: Kinds of units of AV1 (AV1 specification, 6.2.2): what all frames have in common, and the head of a frame, alone or
#: with the frame behind it.
SEQUENCE_HEADER, _FRAME_HEADS = 1, frozenset({3, 6})
#: Ahead of each moment's units, which MP4 leaves out: it knows where a moment begins.
TEMPORAL_DELIMITER = b"\x12\x00"
#: The first four bits of the head of a frame that is coded by itself and shown at once: not one that was coded before,
#: a key frame (two bits), shown.
_SHOWN_KEY_FRAME = 0b0001


def length_bytes(codec: str, extradata: bytes) -> int:
    """Read from the configuration record how many bytes hold a unit's length; 0 where start codes part the units."""
    place = _LENGTH_PLACES[codec]
    return (extradata[place] & 3) + 1 if len(extradata) > place and extradata[0] == 1 else 0


def split_units(content: bytes, length_bytes: int) -> Iterator[bytes]:
    """Yield the units of a packet; none is empty. One that start codes part may end with the next one's zero."""
    if not length_bytes:
        yield from (part for part in content.split(START_CODE)[1:] if part)
        return
    place = length_bytes
    while place < len(content):
        size = int.from_bytes(content[place - length_bytes : place])
        if size:
            yield content[place : place + size]
        place += size + length_bytes


def announced_size(codec: str, extradata: bytes, content: bytes) -> bytes:
    """Read what a key frame's packet announces of the picture's size and form; empty if it announces nothing.

    Two packets that announce the same have the same size; of two that differ, the size may be the same all the same.
    """
    if codec in _SIZE_UNITS:
        kind, shift, mask = _SIZE_UNITS[codec]
        units = split_units(content, length_bytes(codec, extradata))
        return b"".join(unit.rstrip(b"\x00") for unit in units if unit[0] >> shift & mask == kind)
    if codec in _SIZE_CODES:
        return b"".join(_after(content, code, size) for code, size in _SIZE_CODES[codec])
    if codec in {"vp8", "libvpx"}:
        return content[_VP8_SIZE]
    if codec in {"vp9", "libvpx-vp9"}:
        return _vp9_size(content)
    return _av1_sequence(content) if codec in {"av1", "libdav1d", "libaom-av1"} else b""


def _after(content: bytes, code: bytes, size: int) -> bytes:
    place = content.find(code)
    return content[place : place + len(code) + size] if place >= 0 else b""


def _vp9_size(content: bytes) -> bytes:
    """Return the bits of a key frame's head up to its width and height (VP9 specification, 6.2)."""
    profile = content[0] >> 4 & 3 if content else 0
    # one or two bits of profile, sync code, depth, colour space and range, subsampling, width and height
    bits = 8 + (profile > 2) + 24 + (profile >= 2) + 4 + 3 * (profile & 1) + 32  # noqa: PLR2004 - profiles 2 and 3
    head = int.from_bytes(content[:10].ljust(10, b"\x00")) >> (80 - bits)
    return head.to_bytes(10)


def _av1_sequence(content: bytes) -> bytes:
    """Find the sequence header among the units of a packet; empty where there is none."""
    return next((unit for kind, unit in split_av1_units(content) if kind == SEQUENCE_HEADER), b"")


def split_av1_units(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Split a packet of AV1 into its units (OBUs) up to the first that tells no length: the kind and content of each.

    Each tells its length (AV1 specification, 5.3).
    """
    place = 0
    while place < len(content) and content[place] & _HAS_SIZE:
        kind, has_extension = content[place] >> 3 & 15, bool(content[place] & _HAS_EXTENSION)
        size, place = _leb128(content, place + 1 + has_extension)
        yield kind, content[place : place + size]
        place += size


def begins_anew(content: bytes, configuration: bytes) -> bool:
    """Tell whether a packet of AV1 can be shown, and all behind it, by who has seen nothing of what comes before.

    It begins with the sequence header that the file's ``configuration`` (av1C) tells, and the first frame is a key
    frame that is shown at once: such a frame replaces all that a decoder has kept (AV1 specification, 7.20).
    """
    units = list(split_av1_units(content))
    told = [unit for kind, unit in split_av1_units(configuration[_AV1_HEAD_BYTES:]) if kind == SEQUENCE_HEADER]
    first = next((unit for kind, unit in units if kind in _FRAME_HEADS), b"")
    return units[:1] == [(SEQUENCE_HEADER, *told)] and bool(first) and first[0] >> 4 == _SHOWN_KEY_FRAME


def _leb128(content: bytes, place: int) -> tuple[int, int]:
    """Read a number of up to eight bytes of seven bits, the lowest first; return it with the place behind it."""
    number = 0
    for count, byte in enumerate(content[place : place + 8]):
        number |= (byte & 0x7F) << (7 * count)
        if byte < 0x80:  # noqa: PLR2004 - the highest bit tells that another byte follows
            return number, place + count + 1
    return number, place + 8
