"""Does a WAV file hold as much sound as its header says?

ffmpeg reads such a file without a word: up to its end if it is too short, and only as far as the header says if there
is more. The layout is that of Microsoft's RIFF, and of RF64 (EBU Tech 3306) for more than 4 GB.
"""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

_CHUNK_HEAD = 8
#: What a program writes for a length that it does not know yet, and leaves there when it ends too early.
_OPEN_ENDED = frozenset({0, 0xFFFF_FFFF})
#: Chunks before and after the samples: a handful in files of good will.
_MOST_CHUNKS = 1000
#: Sound that may be behind what the header tells of, in bytes: padding and small notes of programs.
_SLACK_BYTES = 4096


def wave_fault(path: Path) -> str:
    """Say in plain words how the length in the header is wrong; empty if it is right, or if this is no WAV file."""
    size = path.stat().st_size
    with path.open("rb") as file:
        head = file.read(12)
        if head[:4] not in {b"RIFF", b"RF64"} or head[8:] != b"WAVE":
            return ""
        return _samples_fault(file, size, is_long=head.startswith(b"RF64"))


def _samples_fault(file: BinaryIO, size: int, *, is_long: bool) -> str:
    long_length = 0
    for _ in range(_MOST_CHUNKS):
        head = file.read(_CHUNK_HEAD)
        if len(head) < _CHUNK_HEAD:
            return "it is a WAV file without samples"
        name, length = head[:4], int.from_bytes(head[4:], "little")
        if name == b"ds64":
            long_length = int.from_bytes(file.read(length)[8:16], "little")
            continue
        if name == b"data":
            length = long_length if is_long and long_length else length
            return _length_fault(file, size, length)
        file.seek(length + length % 2, 1)  # chunks begin at even places
    return "it is a WAV file with too many parts before its samples"


def _length_fault(file: BinaryIO, size: int, length: int) -> str:
    start = file.tell()
    held = size - start
    if length in _OPEN_ENDED and held > 0:
        # ffmpeg would lose the end: strict as we run it, it takes the last samples of such a file for damaged
        return "its header does not say how long it is: open it in a sound editor and save it again"
    if length > held:
        return f"it breaks off: its header tells of {length} bytes of sound, and {max(0, held)} are there"
    end = _end_of_chunks(file, start + length + length % 2, size)
    if size - end > _SLACK_BYTES:
        return f"its header is wrong: it tells of {length} bytes of sound, and {size - end} more lie behind them"
    return ""


def _end_of_chunks(file: BinaryIO, place: int, size: int) -> int:
    """Give the place behind the last chunk that is one: a name in letters, and a length that the file can hold."""
    for _ in range(_MOST_CHUNKS):
        file.seek(place)
        head = file.read(_CHUNK_HEAD)
        length = int.from_bytes(head[4:], "little")
        after = place + _CHUNK_HEAD + length
        if len(head) < _CHUNK_HEAD or not head[:4].isascii() or not head[:4].decode().isprintable() or after > size:
            break
        place = min(size, after + length % 2)
    return place
