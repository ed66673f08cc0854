from __future__ import annotations

from pathlib import Path

import pytest

from babelreel.media.containers.truncation import is_cut_short

# an EBML header of two bytes, a segment of four
WHOLE = bytes.fromhex("1a45dfa3 82 0000 18538067 84 01020304")


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (WHOLE, False),
        (WHOLE + b"more", False),
        (WHOLE[:-1], True),
        (WHOLE.replace(b"\x84", bytes.fromhex("0100000000000005")), True),
        (WHOLE.replace(b"\x84", bytes.fromhex("01ffffffffffffff")), False),
        (WHOLE[:4], False),
        (b"", False),
        (b"\0\0\0\x18ftypisom", False),
    ],
    ids=["whole", "longer", "shorter", "long size", "unknown size", "header only", "empty", "another format"],
)
def test_a_segment_that_reaches_past_the_end_is_cut_short(tmp_path: Path, content: bytes, *, expected: bool) -> None:
    path = tmp_path / "film.mkv"
    path.write_bytes(content)

    assert is_cut_short(path, "matroska,webm") is expected


@pytest.mark.parametrize(("length", "expected"), [(8, False), (4, False), (0, False), (9, True)])
def test_an_avi_that_is_shorter_than_it_says_is_cut_short(tmp_path: Path, length: int, *, expected: bool) -> None:
    path = tmp_path / "film.avi"
    path.write_bytes(b"RIFF" + length.to_bytes(4, "little") + b"AVI LIST")

    assert is_cut_short(path, "avi") is expected


def test_a_stream_that_does_not_tell_its_length_is_taken_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "film.ts").write_bytes(b"G" * 188)

    assert not is_cut_short(tmp_path / "film.ts", "mpegts")
