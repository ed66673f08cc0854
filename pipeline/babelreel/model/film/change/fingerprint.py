"""What is kept of a film so that a later version can be compared with it, when the film itself is gone."""

from __future__ import annotations

import json
import lzma
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

#: Signs of the picture for each frame: 64 bits.
PICTURE_BYTES = 8
#: Signs of the sound for each step of 10 ms: 16 bits.
SOUND_BYTES = 2
STEP_MS = 10

_NAME = "babelreel fingerprint"
_VERSION = 1
#: A day at 60 frames a second has 47 MB of signs for its pictures; the head is a line of 300 characters.
_MOST_BYTES = 1 << 27
_MOST_HEAD_BYTES = 4096
#: A day at 60 frames a second; a comparison of two films makes arrays of that length.
_MOST_MS = 24 * 3_600_000
_MOST_FRAMES = 24 * 3600 * 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Fingerprint:
    """What a film looks and sounds like, from its start, too coarse to be looked at or listened to.

    ``pictures`` holds ``PICTURE_BYTES`` for each frame at ``rate``, ``contrasts`` one byte for each: how far its tones
    lie apart (0 is one even colour). ``sounds`` holds ``SOUND_BYTES`` for each ``STEP_MS``, ``levels`` one byte for
    each: how loud it is, in dB above -100 dBFS. A film without sound has none of both. ``digest`` is that of the film's
    file.
    """

    digest: str
    duration_ms: int
    rate: Fraction
    pictures: bytes
    contrasts: bytes
    sounds: bytes
    levels: bytes

    @property
    def frames(self) -> int:
        """How many frames were looked at."""
        return len(self.contrasts)


def pack_fingerprint(film: Fingerprint) -> bytes:
    """Write a fingerprint: one line of JSON, which says whose it is, and the signs behind it, compressed."""
    head = {
        "name": _NAME,
        "version": _VERSION,
        "digest": film.digest,
        "duration_ms": film.duration_ms,
        "rate": str(film.rate),
        "frames": film.frames,
        "steps": len(film.levels),
    }
    # each byte of the 8 (or 2) by itself: it changes seldom from one frame to the next, and packs to half the size
    planes = (_planes(film.pictures, PICTURE_BYTES), film.contrasts, _planes(film.sounds, SOUND_BYTES), film.levels)
    return json.dumps(head).encode() + b"\n" + lzma.compress(b"".join(planes), preset=6)


def parse_fingerprint(content: bytes) -> Fingerprint:
    """Read a fingerprint; ``ValueError`` for what is none, or not a whole one."""
    line, found, packed = content[: _MOST_HEAD_BYTES + 1].partition(b"\n")
    if not found:
        raise ValueError("not a fingerprint of a film")
    head = json.loads(line)
    if not isinstance(head, Mapping) or head.get("name") != _NAME or head.get("version") != _VERSION:
        raise ValueError(f"not a fingerprint of version {_VERSION}")
    packed = content[len(line) + 1 :]
    frames, steps = _count(head, "frames"), _count(head, "steps")
    planes = _unpack(packed)
    edges = _edges(PICTURE_BYTES * frames, frames, SOUND_BYTES * steps, steps)
    if edges[-1] != len(planes):
        raise ValueError("not as long as it says")
    pictures, contrasts, sounds, levels = (planes[a:b] for a, b in pairwise(edges))
    rate, duration_ms = _rate(str(head.get("rate"))), _count(head, "duration_ms")
    if duration_ms > _MOST_MS or frames > _MOST_FRAMES or rate * duration_ms / 1000 > _MOST_FRAMES:
        raise ValueError("longer than any film")
    return Fingerprint(
        digest=str(head.get("digest")),
        duration_ms=duration_ms,
        rate=rate,
        pictures=_frames(pictures, PICTURE_BYTES),
        contrasts=contrasts,
        sounds=_frames(sounds, SOUND_BYTES),
        levels=levels,
    )


def _count(head: Mapping[str, object], name: str) -> int:
    value = head.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= _MOST_BYTES:
        raise ValueError(f"{name}: not a number of a film")
    return value


def _unpack(packed: bytes) -> bytes:
    """Take the compression away; a small file that says that it is endless is not believed."""
    try:
        reader = lzma.LZMADecompressor(format=lzma.FORMAT_XZ, memlimit=_MOST_BYTES)
        planes = reader.decompress(packed, max_length=_MOST_BYTES)
    except lzma.LZMAError as error:
        raise ValueError(str(error)) from error
    if not reader.eof:
        raise ValueError("not whole")
    return planes


def _planes(content: bytes, width: int) -> bytes:
    return b"".join(content[byte::width] for byte in range(width))


def _frames(planes: bytes, width: int) -> bytes:
    count = len(planes) // width
    content = bytearray(len(planes))
    for byte in range(width):
        content[byte::width] = planes[byte * count : (byte + 1) * count]
    return bytes(content)


def _edges(*lengths: int) -> list[int]:
    edges = [0]
    for length in lengths:
        edges.append(edges[-1] + length)
    return edges


def _rate(text: str) -> Fraction:
    try:
        rate = Fraction(text)
    except ZeroDivisionError as error:
        raise ValueError("not the rate of a film") from error
    if not 0 < rate <= 1000:  # noqa: PLR2004 - no film has a thousand frames a second
        raise ValueError("not the rate of a film")
    return rate
