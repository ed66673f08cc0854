r"""Write text into an MP4 file letter by letter.

ffmpeg's own way (WebVTT -> mov_text) goes through ASS and changes text: ``{\an8}`` becomes ``\{{}an8}`` and ``C:\\new``
gets an invisible joiner. So the track is written here, as a small MP4 file with nothing but text (3GPP TS 26.245,
ISO/IEC 14496-12), and ffmpeg copies it.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from babelreel.errors import TrackError
from babelreel.model.timecode import Span

TIMESCALE = 1000
#: The length of a text is written in 16 bits.
MAX_TEXT_BYTES = 0xFFFF

_IDENTITY = struct.pack(">9I", 0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)
_UNDETERMINED = 0x55C4  # "und", five bits a letter; ffmpeg writes the real language when it muxes


@dataclass(frozen=True, slots=True, kw_only=True)
class TextSample:
    """What is shown for a while; an empty text is a pause."""

    duration_ms: int
    text: str


def plan_text_samples(texts: Iterable[tuple[Span, str]]) -> tuple[TextSample, ...]:
    """Lay texts end to end from time 0, with pauses between; texts that overlap are shown one above the other.

    Texts that are empty, end before they start, or lie before time 0 are left out: they show nothing.
    """
    shown = sorted(
        ((max(0, span.start_ms), span.end_ms, text) for span, text in texts if text and span.end_ms > span.start_ms),
        key=lambda each: each[:2],
    )
    shown = [each for each in shown if each[1] > 0]
    edges = sorted({0, *(start for start, _, _ in shown), *(end for _, end, _ in shown)})
    samples: list[TextSample] = []
    active: list[tuple[int, int, str]] = []
    coming = iter(shown)
    upcoming = next(coming, None)
    for start, end in pairwise(edges):
        active = [each for each in active if each[1] > start]
        while upcoming and upcoming[0] <= start:
            active.append(upcoming)
            upcoming = next(coming, None)
        samples.append(TextSample(duration_ms=end - start, text="\n".join(text for _, _, text in active)))
    return tuple(samples)


def count_texts(samples: Iterable[TextSample]) -> int:
    """Count the samples that hold text: what ``Expectation.text_packets`` must be."""
    return sum(1 for sample in samples if sample.text)


def render_text_track(samples: Sequence[TextSample]) -> bytes:
    """Write an MP4 file with one text track (``tx3g``); raises ``TrackError`` for a text above 65535 bytes."""
    packets = [_packet(sample.text) for sample in samples]
    file_type = _box("ftyp", b"isom", struct.pack(">I", 512), b"isommp42")
    # the place of the media depends on the size of the index, which does not depend on the place
    size = len(file_type) + len(_moov(samples, packets, 0))
    media = _box("mdat", *packets)
    return file_type + _moov(samples, packets, size + 8) + media


def _packet(text: str) -> bytes:
    encoded = text.encode()
    if len(encoded) > MAX_TEXT_BYTES:
        raise TrackError(
            what="A cue is too long for an MP4 file.",
            why=f"it has {len(encoded)} bytes, the form allows {MAX_TEXT_BYTES}",
            hint="Look for a missing blank line between cues in the subtitle file.",
        )
    return struct.pack(">H", len(encoded)) + encoded


def _box(kind: str, *parts: bytes) -> bytes:
    content = b"".join(parts)
    return struct.pack(">I4s", 8 + len(content), kind.encode("ascii")) + content


def _full(kind: str, flags: int, *parts: bytes) -> bytes:
    return _box(kind, struct.pack(">I", flags), *parts)


def _moov(samples: Sequence[TextSample], packets: Sequence[bytes], media_at: int) -> bytes:
    length = sum(sample.duration_ms for sample in samples)
    movie = struct.pack(">4IIH10x", 0, 0, TIMESCALE, length, 0x10000, 0x100) + _IDENTITY + bytes(24)
    track = struct.pack(">5I8x4H", 0, 0, 1, 0, length, 0, 0, 0, 0) + _IDENTITY + bytes(8)
    media = _box(
        "mdia",
        _full("mdhd", 0, struct.pack(">4IHH", 0, 0, TIMESCALE, length, _UNDETERMINED, 0)),
        _full("hdlr", 0, struct.pack(">I4s12x", 0, b"sbtl"), b"text\0"),
        _box(
            "minf",
            _full("nmhd", 0),
            _box("dinf", _full("dref", 0, struct.pack(">I", 1), _full("url ", 1))),
            _sample_table(samples, packets, media_at),
        ),
    )
    return _box("moov", _full("mvhd", 0, movie, struct.pack(">I", 2)), _box("trak", _full("tkhd", 3, track), media))


def _sample_table(samples: Sequence[TextSample], packets: Sequence[bytes], media_at: int) -> bytes:
    count = len(packets)
    return _box(
        "stbl",
        _full("stsd", 0, struct.pack(">I", 1), _sample_entry()),
        _full("stts", 0, struct.pack(">I", count), *(struct.pack(">II", 1, each.duration_ms) for each in samples)),
        _full("stsc", 0, struct.pack(">4I", 1, 1, count, 1)),
        _full("stsz", 0, struct.pack(">II", 0, count), *(struct.pack(">I", len(each)) for each in packets)),
        _full("stco", 0, struct.pack(">II", 1, media_at)),
    )


def _sample_entry() -> bytes:
    """Describe the text as players expect it: white, centred, at the bottom, in whatever sans-serif they have."""
    place = struct.pack(">Ibb4B4h", 0, 1, -1, 0, 0, 0, 0, 0, 0, 0, 0)
    style = struct.pack(">HHHBB4B", 0, 0, 1, 0, 18, 255, 255, 255, 255)
    fonts = _box("ftab", struct.pack(">HHB", 1, 1, len(b"sans-serif")), b"sans-serif")
    return _box("tx3g", struct.pack(">6xH", 1), place, style, fonts)
