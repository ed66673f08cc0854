"""Make a recording readable whose sound is whole, but which its maker did not close as ffmpeg expects.

Strict as it is run here, ffmpeg takes the last samples of such a file for damaged. It gets a copy, repaired where
it is known how; the file of the user stays as it is.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from babelreel.media.containers.mp3_end import mp3_end
from babelreel.media.containers.wav_header import WaveLength, unknown_wave_length
from babelreel.system_errors import house_errors

#: The name of the copy, before the ending of the recording.
_COPY = "readable"
#: Notes of the oldest kind (ID3v1): so long, at the very end, behind this word.
_NOTE_BYTES, _NOTE = 128, b"TAG"
_BLOCK_BYTES = 1 << 20


def readable_sound(path: Path, folder: Path) -> Path:
    """Return the recording itself, or a copy in ``folder`` of one that needs it.

    Those are WAV whose header does not say how long it is, and MP3 and FLAC with notes behind their last frame. Raises
    ``NoSpaceError`` or ``MachineError``.
    """
    with house_errors(path):
        length = unknown_wave_length(path)
        end = _flac_end(path) or mp3_end(path)
    target = folder / f"{_COPY}{path.suffix.lower()}"
    if length is None and end is None:
        return path
    with house_errors(target):
        _copy(path, target, end)
        if length:
            _tell_length(target, length)
    return target


def _flac_end(path: Path) -> int | None:
    size = path.stat().st_size
    with path.open("rb") as file:
        if file.read(4) != b"fLaC" or size < _NOTE_BYTES:
            return None
        file.seek(size - _NOTE_BYTES)
        return size - _NOTE_BYTES if file.read(len(_NOTE)) == _NOTE else None


def _copy(path: Path, target: Path, end: int | None) -> None:
    with path.open("rb") as source, target.open("wb") as copy:
        shutil.copyfileobj(source, copy, _BLOCK_BYTES)
        if end is not None:
            copy.truncate(end)


def _tell_length(path: Path, length: WaveLength) -> None:
    """Write both lengths of a WAV file, that of its samples and that of all behind its first eight bytes."""
    end = length.place + 4 + length.length
    with path.open("r+b") as file:
        file.truncate(end)
        file.seek(4)
        file.write((end - 8).to_bytes(4, "little"))
        file.seek(length.place)
        file.write(length.length.to_bytes(4, "little"))
