"""Did what ffmpeg wrote reach the disk as it was?

A sound or a picture hardly tells when a bit of it is another: its decoder makes something of nearly everything. So
ffmpeg notes the sum of what its encoder gave (``media/argv/told_sums.py``), and the file is read again.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from babelreel.graph.files import house_errors
from babelreel.media.argv.told_sums import SUM_SUFFIX
from babelreel.media.probe.expectation import not_as_planned

_CHUNK_BYTES = 1 << 20


def refuse_other_bytes(path: Path, *, head_bytes: int = 0) -> None:
    """Compare a file that is nothing but its packets, behind a head, with its sum; raises ``ToolError``."""
    _compare(path, _chunks(path, head_bytes))


def refuse_other_pictures(named: Path, parts: Iterable[Path]) -> None:
    """Compare files, one after another, with the sum that is noted beside ``named``; raises ``ToolError``."""
    _compare(named, (chunk for part in parts for chunk in _chunks(part)))


def refuse_other_packets(path: Path) -> None:
    """Compare the packets of a file's only stream with their sum; raises ``ToolError``."""
    _compare(path, _packets(path))


def _compare(path: Path, chunks: Iterable[bytes]) -> None:
    found = 0
    for chunk in chunks:
        found = zlib.crc32(chunk, found)
    told = path.with_name(f"{path.name}{SUM_SUFFIX}")
    with house_errors(told):
        planned = told.read_text(encoding="ascii").strip()
    if planned != f"CRC32={found:08x}":
        raise not_as_planned(path, "it was damaged on its way to the disk: its sum is another one")


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
