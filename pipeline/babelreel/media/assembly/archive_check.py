"""Is each stream of an archive file, packet by packet, what it was copied from, and is it named and flagged right?"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

from babelreel.errors import ToolError
from babelreel.media.probe.open_film import open_film
from babelreel.model.sound.recordings import SAMPLE_RATE_HZ
from babelreel.model.timecode import MS_PER_SECOND

if TYPE_CHECKING:
    from av.packet import Packet
    from av.stream import Stream

#: A sound may begin earlier and end later by one AAC frame and the run-in before it (1024 samples each).
_AAC_SLACK_MS = Fraction(2 * 1024 * MS_PER_SECOND, SAMPLE_RATE_HZ)
#: A packet of text in MP4 begins with two bytes that tell its length: one of two bytes shows nothing.
_TEXT_LENGTH_BYTES = 2
_DEFAULT = 1  # AV_DISPOSITION_DEFAULT


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What one stream of a file must be: a copy of the first stream of ``kind`` in ``files``, one after another.

    ``kind`` is PyAV's word ("video", "audio", "subtitle"), ``language`` the three letters of the container, ``texts``
    the number of packets of a text that hold any.
    """

    kind: str
    files: tuple[str, ...]
    is_default: bool
    language: str = ""
    name: str = ""
    texts: int = 0


@dataclass(slots=True)
class _Content:
    """What the packets of a stream hold (``digest`` of all, one after another), and from when to when they last."""

    digest: str = ""
    packets: int = 0
    start_ms: Fraction = Fraction(0)
    end_ms: Fraction = Fraction(0)


def archive_differences(path: Path, folder: Path, sources: tuple[Source, ...], *, duration_ms: int) -> Iterator[str]:
    """Say in plain words, one by one, how a file differs from the files in ``folder`` that it was copied from.

    Raises ``FilmError`` for a file that cannot be read, ``ToolError`` for a source that cannot.
    """
    with open_film(path) as container:
        streams = tuple(container.streams)
        kinds, wanted = [each.type for each in streams], [each.kind for each in sources]
        if kinds != wanted:
            yield f"it has the streams {', '.join(kinds)} instead of {', '.join(wanted)}"
            return
        described = [tuple(_described(stream, source)) for stream, source in zip(streams, sources, strict=True)]
        contents = _read(container.demux(), len(streams))
    for place, (source, content) in enumerate(zip(sources, contents, strict=True)):
        which = f"stream {place} ({source.name or source.kind})"
        found = (*described[place], *_compare(content, source, folder, duration_ms=duration_ms))
        yield from (f"{which} {each}" for each in found)


def _described(stream: Stream, source: Source) -> Iterator[str]:
    """Compare what the file says of a stream; Matroska's reader leaves "und" out, and knows no handlers."""
    if bool(int(stream.disposition) & _DEFAULT) != source.is_default:
        yield "is not switched on by default" if source.is_default else "is switched on by default"
    if source.kind == "video":
        return
    language = stream.metadata.get("language", "und")
    if language != source.language:
        yield f"has the language {language} instead of {source.language}"
    name = stream.metadata.get("handler_name") or stream.metadata.get("title", "")
    if name != source.name:
        yield f"has the name “{name}”"


def _compare(content: _Content, source: Source, folder: Path, *, duration_ms: int) -> Iterator[str]:
    origin = _read_source(source, folder)
    if (content.packets, content.digest) != (origin.packets, origin.digest):
        yield f"does not hold what {source.files[0]} holds: {content.packets} packets instead of {origin.packets}"
    if source.kind == "subtitle" and content.packets != source.texts:
        yield f"has {content.packets} texts instead of {source.texts}"
    if source.kind == "audio" and abs(content.start_ms) > _AAC_SLACK_MS:
        yield f"starts at {round(content.start_ms)} ms"
    if source.kind == "audio" and abs(content.end_ms - duration_ms) > _AAC_SLACK_MS:
        yield f"ends at {round(content.end_ms)} ms instead of {duration_ms} ms"


def _read_source(source: Source, folder: Path) -> _Content:
    """Read the packets of files of ours."""
    import av  # noqa: PLC0415 - heavy: a second build, which makes nothing, must not pay for it

    def packets() -> Iterator[Packet[Any]]:
        for name in source.files:
            with av.open(f"file:{folder / name}", format="srt" if name.endswith(".srt") else None) as container:
                yield from container.demux(next(each for each in container.streams if each.type == source.kind))

    try:
        (content,) = _read(packets(), 1)
    except (av.FFmpegError, OSError, StopIteration) as fault:
        raise ToolError(what="A piece of a file cannot be read.", where=source.files[0], why=str(fault)) from fault
    return content


def _read(packets: Iterable[Packet[Any]], streams: int) -> tuple[_Content, ...]:
    """Read packets without decoding them; with one stream, all are counted as of it, whatever file they are from.

    Texts that show nothing are left out: ffmpeg puts some between others to end these.
    """
    contents = tuple(_Content() for _ in range(streams))
    sums = tuple(hashlib.sha256() for _ in range(streams))
    for packet in packets:
        if packet.pts is None or _is_pause(packet):
            continue  # without a time: the empty one that ends each stream
        place = packet.stream.index if streams > 1 else 0
        content, begins = contents[place], packet.pts * packet.time_base * MS_PER_SECOND
        sums[place].update(bytes(packet))
        content.start_ms = min(content.start_ms, begins) if content.packets else begins
        content.end_ms = max(content.end_ms, begins + (packet.duration or 0) * packet.time_base * MS_PER_SECOND)
        content.packets += 1
    for content, total in zip(contents, sums, strict=True):
        content.digest = total.hexdigest()
    return contents


def _is_pause(packet: Packet[Any]) -> bool:
    return packet.stream.codec.name == "mov_text" and packet.size <= _TEXT_LENGTH_BYTES
