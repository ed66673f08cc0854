"""Find out whether a film's file is shorter than its header says, as when copying it was interrupted."""

from __future__ import annotations

from pathlib import Path

from babelreel.media.containers.mp4 import is_mp4_cut_short

#: Enough for the EBML header (some 40 bytes) and the head of the segment behind it.
_HEAD_BYTES = 4096
_EBML = bytes.fromhex("1a45dfa3")
_SEGMENT = bytes.fromhex("18538067")


def is_cut_short(path: Path, container: str) -> bool:
    """Tell whether a file of a container (libavformat's name) ends too early.

    MPEG streams do not state their length: there it shows only when they are decoded.
    """
    if container.startswith("mov"):
        return is_mp4_cut_short(path)
    if container.startswith("matroska"):
        return _is_matroska_cut_short(path)
    return container == "avi" and _is_riff_cut_short(path)


def _is_riff_cut_short(path: Path) -> bool:
    """Compare the length in the first eight bytes; 0 stands in recordings that were never closed."""
    with path.open("rb") as file:
        head = file.read(8)
    return head.startswith(b"RIFF") and 8 + int.from_bytes(head[4:], "little") > path.stat().st_size


def _is_matroska_cut_short(path: Path) -> bool:
    """Tell whether the file ends before its segment does; a live recording has one of unknown length."""
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES)
    if not head.startswith(_EBML):
        return False
    header = _read_size(head, len(_EBML))
    if header is None:
        return False
    place = header[1] + header[0]
    if head[place : place + len(_SEGMENT)] != _SEGMENT:
        return False
    segment = _read_size(head, place + len(_SEGMENT))
    return segment is not None and segment[1] + segment[0] > path.stat().st_size


def _read_size(head: bytes, place: int) -> tuple[int, int] | None:
    """Read a size and the place behind it; ``None`` when it is unknown (all ones) or beyond what was read.

    The number of leading zero bits tells how many bytes follow (RFC 8794, section 4).
    """
    if place >= len(head) or head[place] == 0:
        return None
    length = 9 - head[place].bit_length()
    mask = (1 << (7 * length)) - 1
    size = int.from_bytes(head[place : place + length]) & mask
    return None if size == mask or place + length > len(head) else (size, place + length)
