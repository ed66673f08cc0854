"""Verify that what ffmpeg wrote reached the disk unchanged.

A changed bit in a sound or a picture is hard to notice: its decoder makes something of nearly everything. So
ffmpeg notes the sum of what its encoder gave (``media/argv/told_sums.py``), and the file is read again.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import product
from pathlib import Path

from babelreel.errors import ToolError
from babelreel.media.argv.told_sums import SUM_SUFFIX
from babelreel.media.containers.coded_units import START_CODE, TEMPORAL_DELIMITER, split_units
from babelreel.media.probe.expectation import not_as_planned
from babelreel.system_errors import house_errors

_CHUNK_BYTES = 1 << 20
#: The bytes that tell the length of a unit in an MP4 file of ours.
_LENGTH_BYTES = 4
#: The units of H.264 that hold a picture (ITU-T H.264, table 7-1), by the lowest five bits of their first byte.
_PICTURE_UNITS, _KIND = range(1, 6), 0x1F


def refuse_other_bytes(path: Path, *, head_bytes: int = 0) -> None:
    """Compare a file that is nothing but its packets, behind a head, with its sum; raises ``ToolError``."""
    _compare(path, _chunks(path, head_bytes))


def refuse_other_pictures(named: Path, parts: Iterable[Path]) -> None:
    """Compare files, one after another, with the sum that is noted beside ``named``; raises ``ToolError``."""
    _compare(named, (chunk for part in parts for chunk in _chunks(part)))


def refuse_other_packets(path: Path) -> None:
    """Compare the packets of a file's only stream with their sum; raises ``ToolError``."""
    _compare(path, _packets(path))


def refuse_other_units(path: Path) -> None:
    """Compare the units of a file's only stream, H.264 in MP4, with the sum of its packets; raises ``ToolError``.

    An encoder separates its units by start codes, of three or of four bytes, where MP4 has their lengths. Which codes
    these were is not reported, but one build of ffmpeg does the same for all units of a kind.
    """
    told = _told_sum(path)
    packets = [tuple(split_units(packet, _LENGTH_BYTES)) for packet in _packets(path)]
    # the first one is what ffmpeg makes of x264's: the long one in front of pictures
    ways = product((b"\0" + START_CODE, START_CODE), repeat=2), product((START_CODE, b"\0" + START_CODE), repeat=2)
    if not any(_render_sum(_coded(packets, *way)) == told for way in product(*ways)):
        raise _damaged(path)


def refuse_other_moments(path: Path) -> None:
    """Compare the packets of a file's only stream, AV1 in MP4, with their sum; raises ``ToolError``.

    An encoder parts them by delimiters, which MP4 leaves out.
    """
    _compare(path, (TEMPORAL_DELIMITER + packet for packet in _packets(path)))


def _coded(packets: Iterable[Sequence[bytes]], pictures: Sequence[bytes], others: Sequence[bytes]) -> Iterator[bytes]:
    """Separate units by start codes: one of each pair for the first unit of a packet, the other for those behind it."""
    for units in packets:
        for place, unit in enumerate(units):
            codes = pictures if unit[0] & _KIND in _PICTURE_UNITS else others
            yield codes[min(place, 1)]
            yield unit


def _compare(path: Path, chunks: Iterable[bytes]) -> None:
    if _render_sum(chunks) != _told_sum(path):
        raise _damaged(path)


def _render_sum(chunks: Iterable[bytes]) -> str:
    found = 0
    for chunk in chunks:
        found = zlib.crc32(chunk, found)
    return f"CRC32={found:08x}"


def _told_sum(path: Path) -> str:
    told = path.with_name(f"{path.name}{SUM_SUFFIX}")
    with house_errors(told):
        return told.read_text(encoding="ascii", errors="replace").strip()  # damaged, it is another sum


def _damaged(path: Path) -> ToolError:
    return not_as_planned(path, "it was damaged on its way to the disk: its sum is another one")


def _chunks(path: Path, head_bytes: int = 0) -> Iterator[bytes]:
    with house_errors(path), path.open("rb") as file:
        file.seek(head_bytes)
        while chunk := file.read(_CHUNK_BYTES):
            yield chunk


def _packets(path: Path) -> Iterator[bytes]:
    import av  # noqa: PLC0415 - heavy: a second build, which makes nothing, must not pay for it

    try:
        with av.open(f"file:{path}") as container:
            for packet in container.demux():
                if packet.size:  # the one that ends the stream is empty
                    yield bytes(packet)
    except (av.FFmpegError, UnicodeError) as fault:
        raise not_as_planned(path, f"it cannot be read: {fault}") from fault
