from __future__ import annotations

from pathlib import Path

import pytest

from babelreel.media.containers.wav_header import WaveLength, unknown_wave_length, wave_fault
from support.sounds import convert, heard, tone, write_wave


def wave(folder: Path) -> bytearray:
    """Give one second of sound: a head of 44 bytes, and 96,000 bytes behind it."""
    return bytearray(write_wave(folder / "whole.wav", tone(1)).read_bytes())


def told(folder: Path, length: int, *, rest: bytes = b"") -> Path:
    """Write the second with another length in its head."""
    content = wave(folder)
    content[40:44] = length.to_bytes(4, "little")
    (folder / "a.wav").write_bytes(bytes(content) + rest)
    return folder / "a.wav"


def test_a_right_header_is_no_fault(tmp_path: Path) -> None:
    wave(tmp_path)
    assert wave_fault(tmp_path / "whole.wav") == ""


def test_a_header_that_tells_of_more_than_there_is_means_a_cut_off_file(tmp_path: Path) -> None:
    fault = "it breaks off: its header tells of 960000 bytes of sound, and 96000 are there"
    assert heard(told(tmp_path, 960_000)).fault == fault


def test_a_header_that_tells_of_less_than_there_is_would_hide_sound(tmp_path: Path) -> None:
    assert heard(told(tmp_path, 9_600)).fault.startswith("its header is wrong: it tells of 9600 bytes of sound, and ")


@pytest.mark.parametrize("length", [0, 0xFFFF_FFFF])
def test_a_length_that_was_never_filled_in_is_known_from_the_file(tmp_path: Path, length: int) -> None:
    path = told(tmp_path, length)
    assert wave_fault(path).startswith("its header does not say how long it is")
    assert unknown_wave_length(path) == WaveLength(place=40, length=96_000)
    assert unknown_wave_length(tmp_path / "whole.wav") is None


def test_notes_behind_the_samples_are_no_sound(tmp_path: Path) -> None:
    note = b"LIST" + (20_000).to_bytes(4, "little") + b"INFO" + bytes(19_996)
    path = told(tmp_path, 96_000, rest=note + note)
    assert wave_fault(path) == ""
    assert heard(path).samples == 48_000


def test_what_ffmpeg_writes_is_right_with_long_headers_too(tmp_path: Path) -> None:
    wave(tmp_path)
    path = convert(tmp_path / "whole.wav", tmp_path / "long.wav", "-rf64", "always", "-metadata", "title=Seven")
    assert path.read_bytes().startswith(b"RF64")
    assert wave_fault(path) == ""
    assert heard(path).samples == 48_000


def test_chunks_without_end_are_not_walked_for_ever(tmp_path: Path) -> None:
    (tmp_path / "a.wav").write_bytes(b"RIFF\xff\xff\xff\xffWAVE" + b"junk\0\0\0\0" * 100_000)
    assert wave_fault(tmp_path / "a.wav") == "it is a WAV file with too many parts before its samples"


def test_another_file_is_not_judged(tmp_path: Path) -> None:
    (tmp_path / "a.wav").write_bytes(b"fLaC and so on")
    assert wave_fault(tmp_path / "a.wav") == ""
