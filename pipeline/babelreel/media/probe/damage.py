"""Find the moment from which on a film cannot be decoded.

ffmpeg, which stops at the first fault, says what it met but not when. Here the film is decoded once more, up to there.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from babelreel.errors import FilmError
from babelreel.media.probe.file_streams import picture_stream, sound_stream
from babelreel.media.probe.film_damage import damage_at
from babelreel.media.probe.open_film import open_film, without_late_streams
from babelreel.model.film.media import MediaInfo
from babelreel.model.timecode import MS_PER_SECOND

if TYPE_CHECKING:
    from av.container import InputContainer
    from av.packet import Packet
    from av.stream import Stream

_US_PER_SECOND = 1_000_000
#: Where bytes are known to be missing, a pause of a stream that is longer is the place. Frames last up to a tenth of a
#: second; the packets of a stream that pauses by itself come at least every 0.4 s.
_HOLE_S = Fraction(1, 2)


def find_damage(path: Path, info: MediaInfo, *, has_hole: bool = False) -> FilmError | None:
    """Return the error for the first moment at which a film cannot be decoded; ``None`` where all of it can.

    ``has_hole`` says that bytes are known to be missing: then a moment from which on nothing comes for a while counts.
    """
    found = _first_damage(path, info, has_hole=has_hole)
    if found is None:
        return None
    stream, time_s = found
    at_ms = round((time_s - Fraction(info.start_us, _US_PER_SECOND)) * MS_PER_SECOND)
    return damage_at(path, at_ms, f"its {stream} cannot be decoded there: bytes of the file are missing or wrong")


def _first_damage(path: Path, info: MediaInfo, *, has_hole: bool) -> tuple[str, Fraction] | None:
    """Decode picture and first sound; return whose packet failed first, and its time in the file."""
    with open_film(path) as container:
        taken = (picture_stream(container, info), sound_stream(container, info))
        streams: list[Stream] = [each for each in taken if each is not None]
        for stream in streams:
            stream.codec_context.options = {"err_detect": "explode"}  # nothing is concealed
        return next(_damages(container, streams, has_hole=has_hole), None)


def _damages(container: InputContainer, streams: list[Stream], *, has_hole: bool) -> Iterator[tuple[str, Fraction]]:
    import av  # noqa: PLC0415 - heavy, see open_film

    ends: dict[int, Fraction] = {}
    time_s = Fraction(0)
    try:
        for packet in without_late_streams(container.demux(streams)):
            kind, place = "picture" if packet.stream.type == "video" else "sound", packet.stream.index
            time_s = _time_s(packet, ends.get(place, Fraction(0)))
            if has_hole and time_s - ends.get(place, time_s) > _HOLE_S:
                yield kind, ends[place]
            if packet.is_corrupt or not _is_decodable(packet, av.FFmpegError):
                yield kind, time_s
            ends[place] = max(ends.get(place, time_s), time_s + (packet.duration or 0) * (packet.time_base or 0))
    except av.FFmpegError:  # the container itself is broken from here on
        yield "file", time_s


def _is_decodable(packet: Packet[Stream], fault: type[Exception]) -> bool:
    """Tell whether a packet is decoded whole; ``fault`` is what PyAV raises for one that cannot be."""
    try:
        return not any(getattr(frame, "is_corrupt", False) for frame in packet.decode())
    except fault:
        return False


def _time_s(packet: Packet[Stream], before: Fraction) -> Fraction:
    tick = packet.dts if packet.pts is None else packet.pts
    return before if tick is None or packet.time_base is None else tick * packet.time_base
