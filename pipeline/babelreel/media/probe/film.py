"""What is in this file, really: streams, rates, frames, times?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import islice
from math import floor
from pathlib import Path
from typing import TYPE_CHECKING

from babelreel.errors import FilmError
from babelreel.media.argv.accepted_formats import PICTURE_DECODERS, SOUND_DECODERS
from babelreel.media.containers.codec_string import render_codec_string
from babelreel.media.containers.mp4_dolby_vision import has_own_colours
from babelreel.media.containers.second_film import has_second_film
from babelreel.media.containers.truncation import is_cut_short
from babelreel.media.probe.choose_streams import choose_streams
from babelreel.media.probe.clock import refuse_broken_clock
from babelreel.media.probe.color_names import MATRICES, PRIMARIES, TRANSFERS
from babelreel.media.probe.field_packets import FIRST_FRAMES, frames_only
from babelreel.media.probe.file_streams import (
    check_codecs,
    codec_of,
    decodable,
    list_streams,
    taken_first,
    taken_picture,
)
from babelreel.media.probe.film_damage import damage_at, refuse_missing
from babelreel.media.probe.frame_rate import LEAST_RATE, ROUNDING, Timing, measure_timing
from babelreel.media.probe.hidden_edges import find_hidden_edges, hide_edges
from babelreel.media.probe.open_film import SEND_AGAIN, cut_short, open_film, undecodable
from babelreel.media.probe.packets import Packets, read_packets
from babelreel.media.probe.picture_coding import PictureCoding
from babelreel.media.probe.picture_shapes import find_shapes
from babelreel.model.film.duration import MOST_UNEVEN_MS, decide_duration_ms
from babelreel.model.film.media import AudioStream, Fields, MediaInfo, PictureShape, TextStream, VideoStream
from babelreel.model.film.streams import FileStream, StreamWishes
from babelreel.model.timecode import MS_PER_SECOND, render_clock

if TYPE_CHECKING:
    from av.audio.stream import AudioStream as AvAudio
    from av.container import InputContainer
    from av.stream import Stream
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream as AvVideo

_US_PER_SECOND = 1_000_000
_DEFAULT = 0x0001  # AV_DISPOSITION_DEFAULT
_NO_WISHES = StreamWishes()


def probe_media(path: Path, *, digest: str, wishes: StreamWishes = _NO_WISHES) -> MediaInfo:
    """Describe a film that is to be delivered; reads all its packets and decodes its first frame.

    ``digest`` is the SHA-256 of the file, which the caller knows. Raises ``FilmError`` for anything that cannot be
    delivered whole: no film, no picture, an unknown codec, a file that breaks off, and for doubt about which picture
    or sound is meant.
    """
    info = _probe(path, digest, wishes)
    if info.video is None:
        raise FilmError(what="The film has no picture.", where=str(path), why="it holds sound only", hint=SEND_AGAIN)
    accepted = ((info.video.codec, PICTURE_DECODERS), *((each.codec, SOUND_DECODERS) for each in info.audio[:1]))
    for codec, decoders in accepted:
        if codec not in decoders:
            raise undecodable(path, f"codec '{codec}' is not one of those that babelreel takes")
    return info


def probe_file(path: Path, *, digest: str) -> MediaInfo:
    """Describe a film, or a file of ours that may hold sound or text only; ``FilmError`` when it is broken.

    Nothing is chosen: the first picture that is no cover is described, and all sounds.
    """
    return _probe(path, digest, None)


def _probe(path: Path, digest: str, wishes: StreamWishes | None) -> MediaInfo:
    with open_film(path) as container:
        name = container.format.name
        if is_cut_short(path, name):
            raise cut_short(path, "the file ends before its content does")
        packets = read_packets(container)
        counts = {index: len(found.ticks) for index, found in packets.items()}
        streams = choose_streams(path, tuple(list_streams(container, counts)), wishes) if wishes else ()
        picture, sounds = taken_picture(container, streams), taken_first(container, streams)
        check_codecs(path, picture, *sounds[:1])
        coding = packets[picture.index].coding if picture else None
        if picture and coding and coding.has_field_packets:
            found = packets[picture.index]
            found.ticks = frames_only(found.ticks, _first_ticks(path, streams))
        timing = _picture_timing(path, picture, packets, LEAST_RATE if wishes else Fraction(0)) if picture else None
        start = _film_start(container, timing)
        if picture:
            sound_clock = packets[sounds[0].index].clock if sounds else None
            refuse_broken_clock(path, packets[picture.index].clock, sound_clock, start)
            _refuse_second(path, name, packets, timing)
            _refuse_damage(path, picture, sounds[:1], packets, start)
            if timing:
                told_s = picture.frames / (picture.average_rate or timing.rate)
                refuse_missing(path, name, told_s=Fraction(told_s), found_s=timing.end - timing.first)
        frame = _first_frame(path, streams) if picture else None
        if frame and coding and coding.is_single_field(frame):
            raise undecodable(path, "its pictures are single fields (interlaced HEVC), each half as high as the film")
        video = None
        if picture and timing and frame:
            place = container.streams.video.index(picture)
            if name.startswith("mov") and has_own_colours(path, place):
                raise undecodable(
                    path, "its colours are of Dolby Vision alone (profile 5), and green and purple elsewhere"
                )
            edges = find_hidden_edges(path, name, place)
            video = hide_edges(_video(picture, timing, frame, start, coding), edges)
        if video and coding and coding.changes:
            video = replace(video, later_shapes=_later_shapes(path, streams, video, coding, start))
        audio = tuple(_audio(each, packets[each.index], start) for each in sounds)
        sound_end_ms = max((each.end_ms for each in audio[:1]), default=None)
        return MediaInfo(
            digest=digest,
            bytes=path.stat().st_size,
            container=name,
            duration_ms=decide_duration_ms(picture_end_ms=video.start_ms + video.duration_ms, sound_end_ms=sound_end_ms)
            if video
            else max((each.duration_ms for each in audio), default=0),
            video=video,
            audio=audio,
            text=tuple(_text(each, packets[each.index]) for each in decodable(container.streams.subtitles)),
            codecs=", ".join(_codec_string(each) for each in (picture, *sounds[:1]) if each),
            start_us=round(start * _US_PER_SECOND),
            streams=streams,
            chapters=len(container.chapters()) if wishes else 0,
        )


def _refuse_second(path: Path, container: str, packets: dict[int, Packets], timing: Timing | None) -> None:
    if timing and has_second_film(path, container, max(each.end for each in packets.values())):
        raise FilmError(
            what=f"A second film follows in the same file at {render_clock(_ms(timing.end - timing.first))}.",
            where=str(path),
            why="two files were joined as they are, and players show the first only: the rest would be lost",
            hint="Put the films one behind the other in a video editor, and export them as one MP4.",
        )


def _refuse_damage(
    path: Path, picture: AvVideo, sounds: Sequence[AvAudio], packets: dict[int, Packets], start: Fraction
) -> None:
    """Refuse a film with packets that its container calls damaged: parts of them were lost on the air, or on a disk."""
    for stream in (picture, *sounds):
        found = packets[stream.index]
        if found.damaged_at is not None:
            at_ms = _ms(found.damaged_at * found.clock.base - start)
            raise damage_at(path, at_ms, "packets are missing there, or two recordings were joined as they are")


def _picture_timing(path: Path, picture: AvVideo, packets: dict[int, Packets], least_rate: Fraction) -> Timing:
    found = packets[picture.index]
    if not found.ticks or picture.time_base is None:
        raise FilmError(what="The film has no picture.", where=str(path), why="it holds no frames", hint=SEND_AGAIN)
    rates = (picture.guessed_rate, picture.average_rate)
    return measure_timing(
        found.ticks,
        time_base=picture.time_base,
        last_duration=found.last_duration,
        header_rates=tuple(each for each in rates if each),
        least_rate=least_rate,
    )


def _film_start(container: InputContainer, timing: Timing | None) -> Fraction:
    """Give the film's own zero, in seconds on the file's clock: the first sound or frame, moved to a frame's start.

    Sound may begin some milliseconds before the picture (the run-in of AAC); taken as it is, each frame would be shown
    half a frame late and one would be shown twice. Zero moves up by less than a frame, for picture and sound alike.
    """
    first = Fraction(container.start_time or 0, _US_PER_SECOND)
    if timing is None:
        return first
    whole_frames = max(0, floor((timing.first - first + ROUNDING) * timing.rate))
    return timing.first - whole_frames / timing.rate


def _later_shapes(
    path: Path, streams: Sequence[FileStream], video: VideoStream, coding: PictureCoding, start: Fraction
) -> tuple[PictureShape, ...]:
    with open_film(path) as container:
        picture = taken_picture(container, streams)
        return find_shapes(path, picture, video, coding.changes, start) if picture else ()


def _first_ticks(path: Path, streams: Sequence[FileStream]) -> list[int]:
    with open_film(path) as container:
        picture = taken_picture(container, streams)
        frames = islice(container.decode(picture), FIRST_FRAMES) if picture else ()
        return [frame.pts for frame in frames if frame.pts is not None]


def _first_frame(path: Path, streams: Sequence[FileStream]) -> VideoFrame:
    """Decode one frame: what cannot be decoded is found here, and rotation is told only by frames."""
    with open_film(path) as container:
        picture = taken_picture(container, streams)
        frame = next(container.decode(picture), None) if picture else None
        if frame is None:
            raise undecodable(path, "no frame could be read from it")
        return frame


def _video(
    picture: AvVideo, timing: Timing, frame: VideoFrame, start: Fraction, coding: PictureCoding | None
) -> VideoStream:
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
        start_ms=_ms(timing.first - start),
        duration_ms=_ms(timing.end - timing.first),
        color_transfer=TRANSFERS.get(int(frame.color_trc), ""),
        color_matrix=MATRICES.get(int(frame.colorspace), ""),
        color_primaries=PRIMARIES.get(int(frame.color_primaries), ""),
        slow_rate=timing.slow_rate,
        fields=coding.fields(frame) if coding else Fields.NONE,
        has_colour_profile=coding is not None and coding.has_colour_profile,
        has_captions=coding is not None and coding.has_captions,
    )


def _audio(stream: AvAudio, packets: Packets, start: Fraction) -> AudioStream:
    base = stream.time_base or Fraction(1, stream.sample_rate)
    first = stream.start_time if stream.start_time is not None else min(packets.ticks, default=0)
    # MP4 tells the length without the run-in; elsewhere, and where what is told is far off, the packets have to do
    counted = max(packets.ticks, default=first) + packets.last_duration - first
    is_told = stream.duration and abs(stream.duration - counted) * base * MS_PER_SECOND <= MOST_UNEVEN_MS
    length = stream.duration if stream.duration and is_told else counted
    return AudioStream(
        codec=codec_of(stream),
        profile=stream.codec_context.profile or "",
        channels=stream.channels,
        sample_rate_hz=stream.sample_rate,
        start_ms=_ms(first * base - start),
        duration_ms=_ms(length * base),
        language=stream.language or "",
    )


def _text(stream: Stream, packets: Packets) -> TextStream:
    return TextStream(
        codec=stream.codec_context.name,
        language=stream.language or "",
        handler=stream.metadata.get("handler_name", ""),
        is_default=bool(int(stream.disposition) & _DEFAULT),
        packets=packets.with_text,
    )


def _codec_string(stream: Stream) -> str:
    return render_codec_string(codec_of(stream), stream.codec_context.extradata or b"")


def _ms(seconds: Fraction) -> int:
    return round(seconds * MS_PER_SECOND)
