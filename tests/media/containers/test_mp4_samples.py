from __future__ import annotations

import struct
from collections.abc import Sequence
from pathlib import Path

import av
import pytest
from hypothesis import given
from hypothesis import strategies as st

from babelreel.media.containers.mp4 import BrokenMp4Error
from babelreel.media.containers.mp4_samples import read_frames
from support.films import make_film


def box(kind: str, *parts: bytes) -> bytes:
    content = b"".join(parts)
    return struct.pack(">I4s", 8 + len(content), kind.encode()) + content


def full(kind: str, *parts: bytes) -> bytes:
    return box(kind, bytes(4), *parts)


def make_file(
    frames: Sequence[bytes], chunks: Sequence[int], *, is_large: bool = False, told: Sequence[int] = ()
) -> bytes:
    """Write a file whose chunks hold so many frames each, with a byte that is nobody's in front of each chunk.

    The index comes last; ``told`` are the sizes that it tells where they are not the true ones.
    """
    media, offsets, left = b"", [], iter(frames)
    for count in chunks:
        media += b"\xff"
        offsets.append(8 + len(media))
        media += b"".join(next(left) for _ in range(count))
    sizes = told or [len(each) for each in frames]
    runs = [struct.pack(">III", 1 + place, count, 1) for place, count in enumerate(chunks)]
    words = struct.pack(f">I{len(offsets)}{'Q' if is_large else 'I'}", len(offsets), *offsets)
    stbl = box(
        "stbl",
        full("stsz", struct.pack(f">II{len(sizes)}I", 0, len(sizes), *sizes)),
        full("stsc", struct.pack(">I", len(runs)), *runs),
        full("co64" if is_large else "stco", words),
    )
    trak = box("trak", box("mdia", full("hdlr", bytes(4), b"vide"), box("minf", stbl)))
    return box("mdat", media) + box("moov", trak)


def frames_of(path: Path) -> tuple[int, bytes]:
    count, blocks = read_frames(path)
    return count, b"".join(blocks)


def packets_of(path: Path) -> list[bytes]:
    with av.open(str(path)) as container:
        return [bytes(packet) for packet in container.demux(video=0) if packet.size]


@pytest.mark.parametrize("audio", ["stereo", None])
def test_frames_are_those_that_libav_reads(tmp_path: Path, audio: str | None) -> None:
    path = make_film(tmp_path / "film.mp4", seconds=3, audio=audio)
    packets = packets_of(path)
    assert frames_of(path) == (len(packets), b"".join(packets))


@given(
    chunks=st.lists(st.lists(st.binary(max_size=9), max_size=4), min_size=1, max_size=6),
    is_large=st.booleans(),
)
def test_frames_are_found_in_whatever_chunks_they_lie(
    tmp_path_factory: pytest.TempPathFactory, chunks: list[list[bytes]], *, is_large: bool
) -> None:
    path = tmp_path_factory.mktemp("file") / "film.mp4"
    frames = [frame for chunk in chunks for frame in chunk]
    path.write_bytes(make_file(frames, [len(chunk) for chunk in chunks], is_large=is_large))
    assert frames_of(path) == (len(frames), b"".join(frames))


def test_a_frame_larger_than_what_is_read_at_once_is_whole(tmp_path: Path) -> None:
    frame = bytes(range(256)) * 10_000
    (tmp_path / "film.mp4").write_bytes(make_file([frame, b"end"], [2]))
    assert frames_of(tmp_path / "film.mp4") == (2, frame + b"end")


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (make_file([b"one", b"two"], [1]), "frames lie in no chunk"),
        (make_file([b"one"], [1], told=[3000]), "frames lie behind the end of the file"),
        (make_file([b"one"], [1]).replace(b"stco", b"stcx"), "nothing tells where its frames lie"),
        (make_file([b"one"], [1]).replace(b"vide", b"soun"), "no track of the kind"),
        (make_file([b"one"], [1]).replace(b"stsc\0\0\0\0\0\0\0\1", b"stsc\0\0\0\0\0\0\0\xff"), "a table is cut off"),
    ],
)
def test_an_index_that_contradicts_its_file_is_no_index(tmp_path: Path, content: bytes, why: str) -> None:
    (tmp_path / "film.mp4").write_bytes(content)
    with pytest.raises(BrokenMp4Error, match=why):
        frames_of(tmp_path / "film.mp4")
