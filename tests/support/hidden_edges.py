"""How do tests get a film of which the container hides the edges? ffmpeg writes none: the bytes are put in here."""

from __future__ import annotations

import struct
from pathlib import Path

_VIDEO, _TRACKS = 0xE0, b"\x16\x54\xae\x6b"
#: What ffmpeg writes behind a picture's description: a number, and room for nothing.
_BEHIND = bytes.fromhex("55ee8100ec0100000000000002")
_CROPS = {"bottom": b"\x54\xaa", "top": b"\x54\xbb", "left": b"\x54\xcc", "right": b"\x54\xdd"}


def hide_in_matroska(path: Path, **edges: int) -> None:
    """Hide two edges of the picture of a Matroska film, each of less than 128 pixels."""
    content = bytearray(path.read_bytes())
    end = content.find(_BEHIND, content.find(_TRACKS))
    heads = (start for start in range(end - 2, 0, -1) if content[start] == _VIDEO)
    place = next(start for start in heads if content[start + 1] == 0x80 | (end - start - 2))
    crops = b"".join(_CROPS[side] + bytes((0x81, pixels)) for side, pixels in edges.items())
    described = content[place + 2 : end] + crops
    room = end + len(_BEHIND) + 2 - place
    new = b"\xe0" + bytes((0x80 | len(described),)) + described + _BEHIND[:4]
    content[place : place + room] = new + b"\xec" + bytes((0x80 | room - len(new) - 2,)) + bytes(room - len(new) - 2)
    path.write_bytes(content)


def hide_in_mp4(path: Path, *, width: int, height: int, right_of: int = 0, below: int = 0) -> None:
    """Give the H.264 picture of an MP4 film, whose index is its last box, a clean aperture; offsets from the middle."""
    put_into_entry(path, b"clap" + struct.pack(">4I4i", width, 1, height, 1, right_of, 1, below, 1))


def put_into_entry(path: Path, box: bytes, *, codec: bytes = b"avc1") -> None:
    """Put a box (its name and content) into what describes the picture of an MP4 film whose index is its last box."""
    content = bytearray(path.read_bytes())
    inserted = struct.pack(">I", len(box) + 4) + box
    entry = content.find(codec, content.find(b"stsd")) - 4
    (size,) = struct.unpack_from(">I", content, entry)
    content[entry + size : entry + size] = inserted
    for kind in (codec, b"stsd", b"stbl", b"minf", b"mdia", b"trak", b"moov"):
        place = content.rfind(kind, 0, entry + 8) - 4
        struct.pack_into(">I", content, place, struct.unpack_from(">I", content, place)[0] + len(inserted))
    path.write_bytes(content)
