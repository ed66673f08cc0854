"""Find which bytes of a film a cell shows, and from which key frame on they must be decoded.

The film is read once and nothing of it is decoded: what its packets hold decides what its frames show.
"""

from __future__ import annotations

import json
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from fractions import Fraction
from hashlib import sha256
from itertools import accumulate
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING

from babelreel.media.containers.coded_units import length_bytes, split_units
from babelreel.media.probe.file_streams import picture_stream
from babelreel.media.probe.open_film import open_film, without_late_streams
from babelreel.model.film.cells import Cell, Footage, cells_at
from babelreel.model.film.media import MediaInfo, VideoStream
from babelreel.model.film.treatment import treat

if TYPE_CHECKING:
    from av.packet import Packet
    from av.video.codeccontext import VideoCodecContext
    from av.video.stream import VideoStream as AvVideo

_US_PER_SECOND = 1_000_000
#: Containers with an index of their key frames: a seek lands on the one that was asked for, or before it.
_INDEXED = ("mov", "matroska")
#: In others a seek may land behind a key frame that is shown later than it is stored, by less than this.
_MARGIN_US = 1_000_000

#: Units after which nothing before is needed (IDR in H.264; BLA, IDR and CRA in HEVC), and where their kind stands in
#: their first byte. In other codecs every key frame is such a place.
_CLEAN_UNITS = {"h264": (frozenset({5}), 0, 0x1F), "hevc": (frozenset(range(16, 22)), 1, 0x3F)}
#: After this many key frames a decoder shows everything correctly, wherever it began (x264's slow refresh takes 1.2).
_REFRESH_KEYS = 2
#: The length of a film, as a description has it, is no part of what one cell shows.
_LENGTHS = frozenset({"frames", "start_ms", "duration_ms"})
#: What every description of a picture has had; a later field stands in the form only where it says something, so that
#: ordinary films keep their digests.
_ALWAYS = frozenset({"color_transfer", "color_matrix"})
#: What only changes the words that ffmpeg is called with, which are part of a key by themselves.
_IN_WORDS = frozenset({"color_primaries", "fields", "has_captions", "has_colour_profile", "later_shapes"})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Piece:
    """One packet: when its frame is shown (seconds from the film's start) and the SHA-256 of what it holds.

    ``is_clean`` says that a decoder which begins with this key frame shows it and every later frame right.
    """

    shown: Fraction
    size: int
    digest: bytes
    is_key: bool
    is_clean: bool


def read_footage(
    path: Path, film: MediaInfo, rates: Iterable[Fraction], *, of: MediaInfo | None = None
) -> dict[Fraction, tuple[Footage, ...]]:
    """Read what each cell of a film shows, in the order of its file, at each of some rates; raises ``FilmError``.

    The cells are those ``of`` another film on the same clock, where there is one.
    """
    with open_film(path) as container:
        stream = picture_stream(container, film)
        if stream is None:
            return {}
        form = _form(stream, film)
        pieces = list(_read_pieces(without_late_streams(container.demux(stream)), stream, film))
    return {rate: tuple(_cut(cells_at(of or film, rate), rate, pieces, form, film)) for rate in rates}


def _read_pieces(packets: Iterable[Packet[AvVideo]], stream: AvVideo, film: MediaInfo) -> Iterator[_Piece]:
    base, start = stream.time_base or Fraction(1), Fraction(film.start_us, _US_PER_SECOND)
    for packet in packets:
        tick = packet.dts if packet.pts is None else packet.pts
        if tick is None:  # the empty packet at the end
            continue
        content = bytes(packet)
        yield _Piece(
            shown=tick * base - start,
            size=len(content),
            digest=sha256(content).digest(),
            is_key=packet.is_keyframe,
            is_clean=packet.is_keyframe and _is_clean(stream.codec_context, content),
        )


def _form(stream: AvVideo, film: MediaInfo) -> bytes:
    """Describe what else decides how packets are decoded, and how frames are turned and coloured."""
    context = stream.codec_context
    values = dict(_told(film.video)) if film.video else {}
    values["range"] = str(context.color_range)
    if context.pix_fmt == "pal8":  # the palette lies beside the packets, where it is not seen: any change counts
        values["film"] = film.digest
    return json.dumps(values, sort_keys=True).encode() + sha256(context.extradata or b"").digest()


def _told(video: VideoStream) -> Iterator[tuple[str, str]]:
    for field in fields(video):
        value = getattr(video, field.name)
        if field.name not in _LENGTHS | _IN_WORDS and (field.name in _ALWAYS or value != field.default):
            yield field.name, str(value)


def _cut(
    cells: Iterable[Cell], rate: Fraction, pieces: list[_Piece], form: bytes, film: MediaInfo
) -> Iterator[Footage]:
    # the frame of a rung which a frame of the film falls on, rounded as the filter "fps" does
    slots = [(piece.shown * rate + Fraction(1, 2)).__floor__() for piece in pieces]
    keys = [place for place, piece in enumerate(pieces) if piece.is_key]
    # a frame that is made whole takes something of the one before it and the one behind it
    around = int(film.video is not None and treat(film.video).is_deinterlaced)
    # frames are stored in another order than they are shown in: the first that is shown from a place on
    later = list(accumulate(reversed(slots), min))[::-1]
    in_order = sorted(zip(slots, (piece.size for piece in pieces), strict=True))
    sizes = [0, *accumulate(size for _, size in in_order)]
    for cell in cells:
        begin = _first_needed(cell.first - around, pieces, slots, keys)
        end = max(1, bisect_left(later, cell.end + around))
        seen = sha256(form)
        for piece in pieces[begin:end]:
            seen.update(f"{piece.shown - cell.first / rate}".encode() + piece.digest)
        seek_us = _seek_us(pieces[begin].shown, film) if begin else None
        shown = (bisect_left(in_order, border, key=_slot) for border in (cell.first, cell.end))
        first, last = (sizes[place] for place in shown)
        yield Footage(cell=cell, seek_us=seek_us, digest=seen.hexdigest(), size=last - first)


def _slot(shown: tuple[int, int]) -> int:
    return shown[0]


def _first_needed(first: int, pieces: list[_Piece], slots: list[int], keys: list[int]) -> int:
    """Find the key frame to begin with to show a frame: the last one before it, or one further back if it is not clean.

    After an open group of pictures, or a slow refresh (which may take longer than up to the next key frame), the frames
    behind a key frame may need those before it.
    """
    place = bisect_right(keys, first, key=lambda each: slots[each]) - 1
    if place >= 0 and not pieces[keys[place]].is_clean:
        place -= _REFRESH_KEYS
    return keys[place] if place >= 0 else 0


def _seek_us(shown: Fraction, film: MediaInfo) -> int:
    """Compute the timestamp to seek to, rounded up: a microsecond before a key frame lies the one before."""
    place = film.start_us + ceil(shown * _US_PER_SECOND)
    return place if film.container.startswith(_INDEXED) else place - _MARGIN_US


def _is_clean(context: VideoCodecContext, content: bytes) -> bool:
    if context.name not in _CLEAN_UNITS:
        return True
    kinds, shift, mask = _CLEAN_UNITS[context.name]
    units = split_units(content, length_bytes(context.name, context.extradata or b""))
    return any(unit[0] >> shift & mask in kinds for unit in units)
