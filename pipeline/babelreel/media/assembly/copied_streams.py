"""Compare a stream with the packets that it was copied from, byte for byte.

The pieces and sounds of a film were decoded when they were made: a copy that has their bytes needs no decoding.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from babelreel.errors import ToolError
from babelreel.media.containers.mp4 import BrokenMp4Error
from babelreel.media.containers.mp4_samples import read_frames
from babelreel.media.probe.open_film import open_film
from babelreel.model.timecode import MS_PER_SECOND
from babelreel.system_errors import why_of

if TYPE_CHECKING:
    from av.packet import Packet
    from av.stream import Stream

_PICTURE = "video"
#: A packet of text in MP4 begins with two bytes that tell its length: one of two bytes shows nothing.
_TEXT_LENGTH_BYTES = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Copied:
    """The first stream of ``kind`` in ``files``, one file after another, without its first ``skipped`` packets.

    ``kind`` is PyAV's word: "video", "audio", "subtitle".
    """

    kind: str
    files: tuple[str, ...]
    skipped: int = 0


@dataclass(slots=True)
class Content:
    """What the packets of a stream hold (``digest`` of all, one after another), and from when to when they last."""

    digest: str = ""
    packets: int = 0
    start_ms: Fraction = Fraction(0)
    end_ms: Fraction = Fraction(0)


def copy_differences(path: Path, folder: Path, copies: Sequence[Copied]) -> Iterator[str]:
    """Say in plain words how the streams of an MP4 file differ from those in ``folder`` that they were copied from.

    Raises ``FilmError`` for a file that cannot be read, ``ToolError`` for one that was copied from and cannot, and for
    pictures that do not lie where the file's index says.
    """
    with open_film(path) as container:
        count = len(container.streams)
        others = [each for each in container.streams if each.type != _PICTURE]
        contents = read_contents(container.demux(others) if others else (), count)
    if count != len(copies):
        yield f"it has {count} streams instead of {len(copies)}"
        return
    for content, copied in zip(contents, copies, strict=True):
        if copied.kind == _PICTURE:
            origin = _read_pictures([folder / name for name in copied.files])
            yield from _differences(_read_pictures([path]), origin, copied)
        else:
            yield from content_differences(content, copied, folder)


def stream_differences(parts: Iterable[Path], folder: Path, copied: Copied) -> Iterator[str]:
    """Say in plain words how the one stream in a header and its segments differs; raises ``ToolError``, as above."""
    import av  # noqa: PLC0415 - heavy: a second build, which makes nothing, must not pay for it

    try:
        with av.open(_Appended(parts), mode="r", format="mp4") as container:
            (content,) = read_contents(container.demux(), 1)
    except (av.FFmpegError, UnicodeError) as fault:
        yield f"cannot be read: {fault}"
        return
    yield from content_differences(content, copied, folder)


class _Appended:
    """Files one after another, for libav to read."""

    def __init__(self, parts: Iterable[Path]) -> None:
        self._parts = iter(parts)
        self._rest = memoryview(b"")

    def read(self, size: int) -> bytes:
        """Read at most so many of the bytes that follow; none at the end."""
        while not self._rest:
            part = next(self._parts, None)
            if part is None:
                return b""
            self._rest = memoryview(part.read_bytes())
        read, self._rest = self._rest[:size], self._rest[size:]
        return bytes(read)


def content_differences(content: Content, copied: Copied, folder: Path) -> Iterator[str]:
    """Say in plain words how a stream differs from what it was copied from; raises ``ToolError``, as above."""
    yield from _differences(content, _read_origin(copied, folder), copied)


def _differences(content: Content, origin: Content, copied: Copied) -> Iterator[str]:
    if (content.packets, content.digest) != (origin.packets, origin.digest):
        yield f"does not hold what {copied.files[0]} holds: {content.packets} packets instead of {origin.packets}"


@dataclass(slots=True)
class _Reading:
    """A stream that is being read: what does not change from packet to packet is looked up once, times are in ticks."""

    stream: Stream | None = None
    base: Fraction = Fraction(0)
    has_pauses: bool = False
    packets: int = 0
    start: int = 0
    end: int = 0

    def turn_to(self, packet: Packet[Any]) -> None:
        """Begin with a stream, of which this is the first packet."""
        self.stream, self.base = packet.stream, packet.time_base
        self.has_pauses = packet.stream.codec.name == "mov_text"
        self.packets = 0

    def take(self, begins: int, duration: int) -> None:
        """Take the times of a packet."""
        ends = begins + duration
        self.start = min(self.start, begins) if self.packets else begins
        self.end = max(self.end, ends) if self.packets else ends
        self.packets += 1

    def add_to(self, content: Content) -> None:
        """Add what was read of the stream."""
        if self.packets:
            start_ms, end_ms = (each * self.base * MS_PER_SECOND for each in (self.start, self.end))
            content.start_ms = min(content.start_ms, start_ms) if content.packets else start_ms
            content.end_ms = max(content.end_ms, end_ms)
            content.packets += self.packets


def read_contents(packets: Iterable[Packet[Any]], streams: int) -> tuple[Content, ...]:
    """Read packets without decoding them; with one stream, all are counted as of it, whatever file they are from.

    Texts that show nothing are left out: ffmpeg puts some between others to end these.
    """
    contents = tuple(Content() for _ in range(streams))
    sums = tuple(hashlib.sha256() for _ in range(streams))
    readings = tuple(_Reading() for _ in range(streams))
    for packet in packets:  # there are a hundred thousand in a film of half an hour
        begins, stream = packet.pts, packet.stream
        if begins is None:
            continue  # the empty one that ends each stream
        place = stream.index if streams > 1 else 0
        reading = readings[place]
        if stream is not reading.stream:
            reading.add_to(contents[place])
            reading.turn_to(packet)
        if not (reading.has_pauses and packet.size <= _TEXT_LENGTH_BYTES):
            sums[place].update(bytes(packet))
            reading.take(begins, packet.duration or 0)
    for content, total, reading in zip(contents, sums, readings, strict=True):
        reading.add_to(content)
        content.digest = total.hexdigest()
    return contents


def _read_pictures(paths: Iterable[Path]) -> Content:
    """Read the pictures of MP4 files, one after another; their index tells which times they have."""
    total, content = hashlib.sha256(), Content()
    for path in paths:
        try:
            count, blocks = read_frames(path)
            content.packets += count
            for block in blocks:
                total.update(block)
        except (BrokenMp4Error, OSError) as fault:
            raise _unreadable(path.name, fault) from fault
    content.digest = total.hexdigest()
    return content


def _read_origin(copied: Copied, folder: Path) -> Content:
    """Read the packets of files of ours."""
    import av  # noqa: PLC0415 - heavy: a second build, which makes nothing, must not pay for it

    def packets() -> Iterator[Packet[Any]]:
        for name in copied.files:
            with av.open(f"file:{folder / name}", format="srt" if name.endswith(".srt") else None) as container:
                yield from container.demux(next(each for each in container.streams if each.type == copied.kind))

    try:
        (content,) = read_contents(islice(packets(), copied.skipped, None), 1)
    except (av.FFmpegError, OSError, StopIteration) as fault:
        raise _unreadable(copied.files[0], fault) from fault
    return content


def _unreadable(name: str, fault: Exception) -> ToolError:
    return ToolError(what="A part of a file cannot be read.", where=name, why=why_of(fault))
