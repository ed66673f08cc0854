"""Find where the sound begins in a FLAC file: behind the blocks that describe it (RFC 9639, section 8.1)."""

from __future__ import annotations

from pathlib import Path

from babelreel.system_errors import house_errors

#: The mark of the file; the head of each block: a bit that it is the last, seven of its kind, three bytes of length.
_MARK_BYTES, _HEAD_BYTES, _IS_LAST = 4, 4, 0x80


def sound_offset(path: Path) -> int:
    """Find the place of the first frame, in bytes; behind the end of a file whose blocks have no last one."""
    place, is_last = _MARK_BYTES, False
    with house_errors(path), path.open("rb") as file:
        while not is_last:
            file.seek(place)
            head = file.read(_HEAD_BYTES)
            is_last = len(head) < _HEAD_BYTES or bool(head[0] & _IS_LAST)
            place += _HEAD_BYTES + int.from_bytes(head[1:])
    return place
