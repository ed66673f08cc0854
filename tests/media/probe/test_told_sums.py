"""Is a picture compared with its sum whatever codes its encoder parted the units by?"""

from __future__ import annotations

import zlib
from itertools import product
from pathlib import Path

import av
import pytest

from babelreel.errors import ToolError
from babelreel.media.argv.told_sums import SUM_SUFFIX
from babelreel.media.probe.told_sums import refuse_other_units
from support.films import make_film

LONG, SHORT = b"\0\0\0\1", b"\0\0\1"


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_film(tmp_path_factory.mktemp("units") / "film.mp4", seconds=1, size="64x48", audio=None)


def units_of(film: Path) -> list[list[bytes]]:
    with av.open(str(film)) as container:
        packets = [bytes(packet) for packet in container.demux(video=0) if packet.size]
    return [parted(packet) for packet in packets]


def parted(packet: bytes) -> list[bytes]:
    if not packet:
        return []
    size = int.from_bytes(packet[:4])
    return [packet[4 : 4 + size], *parted(packet[4 + size :])]


def stream_of(film: Path, first: bytes, behind: bytes, words: bytes) -> bytes:
    """Write the units as a stream; ``words`` stands in front of what holds no picture (its kind is 6)."""
    return b"".join(
        (words if unit[0] & 31 == 6 else first if place == 0 else behind) + unit
        for packet in units_of(film)
        for place, unit in enumerate(packet)
    )


def note_sum(film: Path, stream: bytes) -> None:
    film.with_name(f"{film.name}{SUM_SUFFIX}").write_text(f"CRC32={zlib.crc32(stream):08x}\n", "ascii")


def test_the_film_has_a_packet_of_two_units(film: Path) -> None:
    assert [len(units) for units in units_of(film)][:2] == [2, 1]
    assert units_of(film)[0][0][0] & 31 == 6


@pytest.mark.parametrize(("first", "behind", "words"), [*product((LONG, SHORT), repeat=3)])
def test_the_same_units_have_the_sum_by_whatever_codes(film: Path, first: bytes, behind: bytes, words: bytes) -> None:
    stream = stream_of(film, first, behind, words)
    note_sum(film, stream)
    refuse_other_units(film)
    note_sum(film, stream[:-1] + bytes([stream[-1] ^ 1]))
    with pytest.raises(ToolError, match="something else"):
        refuse_other_units(film)
