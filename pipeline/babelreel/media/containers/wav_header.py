"""Compare the sound in a WAV file with the length in its header, and compute the length where the header has none.

ffmpeg reads a wrong length silently: up to the file's end if it is too short, and only as far as the header says if
there is more. The layout is that of Microsoft's RIFF, and of RF64 (EBU Tech 3306) for more than 4 GB.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

_CHUNK_HEAD, _LENGTH_BYTES = 8, 4
#: What a program writes for a length that it does not know, as into a pipe: 0, the most that fits, or nearly that.
_UNKNOWN = (range(1), range(0x7FFF_0000, 0x8000_0001), range(0xFFFF_0000, 0x1_0000_0000))
#: A length has 32 bits, and that of the whole file is counted behind its first eight bytes.
_MOST_BYTES = 0xFFFF_0000
#: Chunks before and after the samples: a handful in files of good will.
_MOST_CHUNKS = 1000
#: Sound that may be behind what the header tells of, in bytes: padding and small notes of programs.
_SLACK_BYTES = 4096


@dataclass(frozen=True, slots=True, kw_only=True)
class WaveLength:
    """The length that a WAV file's header should tell, and at which byte it stands: whole samples of all channels."""

    place: int
    length: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Samples:
    """Where the samples begin, how many bytes the header tells of, and how many one sample of all channels has."""

    start: int
    told: int
    frame_bytes: int
    is_long: bool


def wave_fault(path: Path) -> str:
    """Say in plain words how the length in the header is wrong; empty if it is right, or if this is not a WAV file.

    A length that the program did not know is a fault too: ``readable_sound`` makes a copy that states it.
    """
    size = path.stat().st_size
    with path.open("rb") as file:
        found = _find_samples(file)
        return _length_fault(file, size, found) if isinstance(found, _Samples) else found


def unknown_wave_length(path: Path) -> WaveLength | None:
    """Compute what the header should say, if it states no length; ``None`` for all other files.

    It is unknown in files of more than 4 GB, and where the form of the samples is not stated either.
    """
    size = path.stat().st_size
    with path.open("rb") as file:
        found = _find_samples(file)
        if not isinstance(found, _Samples) or not _is_unknown(file, size, found):
            return None
    if found.is_long or not found.frame_bytes or size > _MOST_BYTES:
        return None
    held = size - found.start
    return WaveLength(place=found.start - _LENGTH_BYTES, length=held - held % found.frame_bytes)


def _is_unknown(file: BinaryIO, size: int, samples: _Samples) -> bool:
    held = size - samples.start
    if held <= 0 or not any(samples.told in values for values in _UNKNOWN):
        return False
    if samples.told:
        return samples.told > held
    return _end_of_chunks(file, samples.start, size) == samples.start  # notes may follow where there is no sound


def _find_samples(file: BinaryIO) -> _Samples | str:
    """Look for the samples; a text says why there are none, empty if this is not a WAV file."""
    head = file.read(12)
    if head[:4] not in {b"RIFF", b"RF64"} or head[8:] != b"WAVE":
        return ""
    long_length = frame_bytes = 0
    for _ in range(_MOST_CHUNKS):
        head = file.read(_CHUNK_HEAD)
        if len(head) < _CHUNK_HEAD:
            return "it is a WAV file without samples"
        name, length = head[:4], int.from_bytes(head[4:], "little")
        start = file.tell()
        if name == b"data":
            told = long_length or length
            return _Samples(start=start, told=told, frame_bytes=frame_bytes, is_long=bool(long_length))
        if name == b"ds64":
            long_length = int.from_bytes(file.read(16)[8:], "little")
        if name == b"fmt ":
            frame_bytes = int.from_bytes(file.read(14)[12:], "little")
        file.seek(start + length + length % 2)  # chunks begin at even places
    return "it is a WAV file with too many parts before its samples"


def _length_fault(file: BinaryIO, size: int, samples: _Samples) -> str:
    held = size - samples.start
    if _is_unknown(file, size, samples):
        return "its header does not say how long it is: open it in a sound editor and save it again"
    if samples.told > held:
        return f"it breaks off: its header tells of {samples.told} bytes of sound, and {max(0, held)} are there"
    end = _end_of_chunks(file, samples.start + samples.told + samples.told % 2, size)
    if size - end > _SLACK_BYTES:
        return f"its header is wrong: it tells of {samples.told} bytes of sound, and {size - end} more lie behind them"
    return ""


def _end_of_chunks(file: BinaryIO, place: int, size: int) -> int:
    """Find the place behind the last valid chunk: a name in letters, and a length that the file can hold."""
    for _ in range(_MOST_CHUNKS):
        file.seek(place)
        head = file.read(_CHUNK_HEAD)
        length = int.from_bytes(head[4:], "little")
        after = place + _CHUNK_HEAD + length
        if len(head) < _CHUNK_HEAD or not head[:4].isascii() or not head[:4].decode().isprintable() or after > size:
            break
        place = min(size, after + length % 2)
    return place
