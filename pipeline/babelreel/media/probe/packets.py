"""Read what the packets of a film say, from its first to its last, without decoding any."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

from babelreel.media.probe.clock import Clock
from babelreel.media.probe.file_streams import has_decoder
from babelreel.media.probe.open_film import without_late_streams
from babelreel.media.probe.picture_coding import PictureCoding

if TYPE_CHECKING:
    from av.container import InputContainer
    from av.stream import Stream

_US_PER_SECOND = 1_000_000
#: Samples of MP4 text begin with two bytes of length; a pause has nothing behind them.
_TEXT_LENGTH_BYTES = 2


@dataclass(slots=True, kw_only=True)
class Packets:
    """What is kept of the packets of one stream: times in ticks, how many hold text, and where the last one ends."""

    clock: Clock
    ticks: list[int] = field(default_factory=list)
    last_duration: int = 0
    with_text: int = 0
    end: int = 0
    coding: PictureCoding | None = None
    damaged_at: int | None = None


def read_packets(container: InputContainer) -> dict[int, Packets]:
    """Walk the whole film without decoding; packets that an edit list hides are left out."""
    kept = {
        each.index: Packets(clock=Clock(base=each.time_base or Fraction(1, _US_PER_SECOND)), coding=_coding(each))
        for each in container.streams
    }
    latest: dict[int, int] = {}
    for packet in without_late_streams(container.demux()):
        index = packet.stream.index  # each value is asked of libav once: there are hundreds of thousands of packets
        found, dts, pts, duration, size = kept[index], packet.dts, packet.pts, packet.duration or 0, packet.size
        tick = dts if pts is None else pts
        if tick is None:
            continue
        found.clock.tick(tick if dts is None else dts, duration, is_shown=dts is None)
        if (end := (packet.pos or 0) + size) > found.end:
            found.end = end
        if packet.is_corrupt and found.damaged_at is None:
            found.damaged_at = tick
        found.with_text += size > _TEXT_LENGTH_BYTES
        if found.coding:
            found.coding.see(packet, tick)
        if not packet.is_discard:
            found.ticks.append(tick)
            if tick >= latest.get(index, tick):
                latest[index] = tick
                found.last_duration = duration
    return kept


def _coding(stream: Stream) -> PictureCoding | None:
    if stream.type != "video" or not has_decoder(stream):
        return None
    return PictureCoding(stream.codec_context.name, stream.codec_context.extradata or b"")
