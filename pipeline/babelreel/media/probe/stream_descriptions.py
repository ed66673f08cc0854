"""Describe a stream by its header, its packets and its first frame."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from babelreel.media.containers.codec_string import render_codec_string
from babelreel.media.probe.color_names import MATRICES, PRIMARIES, TRANSFERS
from babelreel.media.probe.file_streams import codec_of
from babelreel.media.probe.frame_rate import Timing
from babelreel.media.probe.packets import Packets
from babelreel.media.probe.picture_coding import PictureCoding
from babelreel.model.film.duration import MOST_UNEVEN_MS
from babelreel.model.film.media import AudioStream, Fields, TextStream, VideoStream
from babelreel.model.timecode import MS_PER_SECOND

if TYPE_CHECKING:
    from av.audio.stream import AudioStream as AvAudio
    from av.stream import Stream
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream as AvVideo

_DEFAULT = 0x0001  # AV_DISPOSITION_DEFAULT


def describe_picture(
    picture: AvVideo, timing: Timing, frame: VideoFrame, start: Fraction, coding: PictureCoding | None
) -> VideoStream:
    """Describe a picture by its header and its first frame; ``start`` is the film's zero, in seconds on its clock."""
    context = picture.codec_context
    aspect = picture.sample_aspect_ratio or Fraction(1)
    rotation = frame.rotation % 360
    shown = (max(1, round(frame.width * aspect)), frame.height)
    display_width, display_height = shown[::-1] if rotation in (90, 270) else shown
    return VideoStream(
        codec=codec_of(picture),
        profile=context.profile or "",
        level=context.level or 0,
        pixel_format=frame.format.name,
        bit_depth=max(each.bits for each in frame.format.components),
        width_px=frame.width,
        height_px=frame.height,
        display_width_px=display_width,
        display_height_px=display_height,
        sample_aspect=aspect,
        rotation=rotation,
        rate=timing.rate,
        is_variable_rate=timing.is_variable,
        frames=timing.frames,
        start_ms=to_ms(timing.first - start),
        duration_ms=to_ms(timing.end - timing.first),
        color_transfer=TRANSFERS.get(int(frame.color_trc), ""),
        color_matrix=MATRICES.get(int(frame.colorspace), ""),
        color_primaries=PRIMARIES.get(int(frame.color_primaries), ""),
        slow_rate=timing.slow_rate,
        fields=coding.fields(frame) if coding else Fields.NONE,
        has_colour_profile=coding is not None and coding.has_colour_profile,
        has_captions=coding is not None and coding.has_captions,
    )


def describe_sound(stream: AvAudio, packets: Packets, start: Fraction) -> AudioStream:
    """Describe a sound; ``start`` as above."""
    base = stream.time_base or Fraction(1, stream.sample_rate)
    first = stream.start_time if stream.start_time is not None else min(packets.ticks, default=0)
    # MP4 states the length without the run-in; elsewhere, and where it is far off, the packets have to do
    counted = max(packets.ticks, default=first) + packets.last_duration - first
    is_told = stream.duration and abs(stream.duration - counted) * base * MS_PER_SECOND <= MOST_UNEVEN_MS
    length = stream.duration if stream.duration and is_told else counted
    return AudioStream(
        codec=codec_of(stream),
        profile=stream.codec_context.profile or "",
        channels=stream.channels,
        sample_rate_hz=stream.sample_rate,
        start_ms=to_ms(first * base - start),
        duration_ms=to_ms(length * base),
        language=stream.language or "",
    )


def describe_text(stream: Stream, packets: Packets) -> TextStream:
    """Describe a stream of text."""
    return TextStream(
        codec=stream.codec_context.name,
        language=stream.language or "",
        handler=stream.metadata.get("handler_name", ""),
        is_default=bool(int(stream.disposition) & _DEFAULT),
        packets=packets.with_text,
    )


def codec_string(stream: Stream) -> str:
    """Name a stream's codec as RFC 6381 has it."""
    return render_codec_string(codec_of(stream), stream.codec_context.extradata or b"")


def to_ms(seconds: Fraction) -> int:
    """Round to whole milliseconds."""
    return round(seconds * MS_PER_SECOND)
