"""Find out what really is in a file: streams, rates, frames, times."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import islice
from math import floor
from pathlib import Path
from typing import TYPE_CHECKING

from babelreel.errors import FilmError
from babelreel.media.argv.accepted_formats import MAX_PIXELS, PICTURE_DECODERS, SOUND_DECODERS
from babelreel.media.containers.mp4_dolby_vision import has_own_colours
from babelreel.media.containers.second_film import has_second_film
from babelreel.media.containers.truncation import is_cut_short
from babelreel.media.probe.choose_streams import choose_streams
from babelreel.media.probe.clock import refuse_broken_clock
from babelreel.media.probe.field_packets import FIRST_FRAMES, frames_only
from babelreel.media.probe.file_streams import (
    check_codecs,
    decodable,
    list_streams,
    taken_first,
    taken_picture,
)
from babelreel.media.probe.film_damage import damage_at, refuse_missing
from babelreel.media.probe.frame_rate import LEAST_RATE, ROUNDING, Timing, measure_timing
from babelreel.media.probe.hidden_edges import find_hidden_edges, hide_edges
from babelreel.media.probe.open_film import SEND_AGAIN, cut_short, open_film, undecodable, without_late_streams
from babelreel.media.probe.packets import Packets, read_packets
from babelreel.media.probe.picture_coding import PictureCoding
from babelreel.media.probe.picture_shapes import find_shapes
from babelreel.media.probe.stream_descriptions import (
    codec_string,
    describe_picture,
    describe_sound,
    describe_text,
    to_ms,
)
from babelreel.model.film.duration import SPARE_MS, decide_duration_ms, longest_sound_ms
from babelreel.model.film.media import AudioStream, MediaInfo, PictureShape, VideoStream
from babelreel.model.film.streams import FileStream, StreamWishes
from babelreel.model.timecode import render_clock

if TYPE_CHECKING:
    from av.audio.stream import AudioStream as AvAudio
    from av.container import InputContainer
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream as AvVideo

_US_PER_SECOND = 1_000_000
_NO_WISHES = StreamWishes()


def probe_media(path: Path, *, digest: str, wishes: StreamWishes = _NO_WISHES) -> MediaInfo:
    """Describe a film that is to be delivered; reads all its packets and decodes its first frame.

    ``digest`` is the SHA-256 of the file, which the caller knows. Raises ``FilmError`` for anything that cannot be
    delivered whole: no film, no picture, an unknown codec, a file that ends too early, and for doubt about which
    picture or sound is meant.
    """
    info = _probe(path, digest, wishes)
    if info.video is None:
        raise FilmError(what="The film has no picture.", where=str(path), why="it holds sound only", hint=SEND_AGAIN)
    _refuse_endless_sound(path, info.video, info.audio[:1])
    accepted = ((info.video.codec, PICTURE_DECODERS), *((each.codec, SOUND_DECODERS) for each in info.audio[:1]))
    for codec, decoders in accepted:
        if codec not in decoders:
            raise undecodable(path, f"codec '{codec}' is not one of those that babelreel takes")
    return info


def probe_file(path: Path, *, digest: str) -> MediaInfo:
    """Describe a film, or a file of ours that may hold sound or text only; ``FilmError`` when it is broken.

    Nothing is chosen: the first picture that is not a cover is described, and all sounds.
    """
    return _probe(path, digest, None)


def _probe(path: Path, digest: str, wishes: StreamWishes | None) -> MediaInfo:
    with open_film(path) as container:
        taken = _take(path, container, wishes)
        timing = _picture_timing(taken, LEAST_RATE if wishes else Fraction(0))
        start = _film_start(container, timing)
        _refuse_broken(taken, timing, start)
        video = _describe_picture(taken, timing, start)
        audio = tuple(describe_sound(each, taken.packets[each.index], start) for each in taken.sounds)
        return MediaInfo(
            digest=digest,
            bytes=path.stat().st_size,
            container=taken.form,
            duration_ms=_duration_ms(video, audio),
            video=video,
            audio=audio,
            text=tuple(
                describe_text(each, taken.packets[each.index]) for each in decodable(container.streams.subtitles)
            ),
            codecs=", ".join(codec_string(each) for each in (taken.picture, *taken.sounds[:1]) if each),
            start_us=round(start * _US_PER_SECOND),
            streams=taken.streams,
            chapters=len(container.chapters()) if wishes else 0,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Taken:
    """An open film, the packets of all its streams by their index, and which of these are taken."""

    path: Path
    container: InputContainer
    packets: dict[int, Packets]
    streams: tuple[FileStream, ...]
    picture: AvVideo | None
    sounds: Sequence[AvAudio]

    @property
    def form(self) -> str:
        """What libav calls the container."""
        return self.container.format.name

    @property
    def coding(self) -> PictureCoding | None:
        """What the packets of the picture tell of it."""
        return self.packets[self.picture.index].coding if self.picture else None


def _take(path: Path, container: InputContainer, wishes: StreamWishes | None) -> _Taken:
    """Read all packets, and choose; raises ``FilmError`` for a file that is cut short, and for doubt."""
    if is_cut_short(path, container.format.name):
        raise cut_short(path, "the file ends before its content does")
    packets = read_packets(container)
    counts = {index: len(found.ticks) for index, found in packets.items()}
    streams = choose_streams(path, tuple(list_streams(container, counts)), wishes) if wishes else ()
    picture, sounds = taken_picture(container, streams), taken_first(container, streams)
    check_codecs(path, picture, *sounds[:1])
    if picture:
        _refuse_huge(path, picture)
    taken = _Taken(path=path, container=container, packets=packets, streams=streams, picture=picture, sounds=sounds)
    if picture and taken.coding and taken.coding.has_field_packets:
        found = packets[picture.index]
        found.ticks = frames_only(found.ticks, _first_ticks(path, streams))
    return taken


def _refuse_huge(path: Path, picture: AvVideo) -> None:
    """Refuse a picture that would fill the memory; one that libav did not open for its size has none here.

    A frame that is larger than the first ends ffmpeg, which has the same bound.
    """
    if not 0 < picture.width * picture.height <= MAX_PIXELS:
        size = f"{picture.width} x {picture.height} pixels" if picture.width else "a size that cannot be read"
        raise undecodable(path, f"its picture has {size}, and 8K (7680 x 4320) is the most that is decoded")


def _refuse_broken(taken: _Taken, timing: Timing | None, start: Fraction) -> None:
    """Refuse a film whose clock starts again, behind which a second one follows, or of which parts are missing."""
    picture, packets = taken.picture, taken.packets
    if picture is None:
        return
    sound_clock = packets[taken.sounds[0].index].clock if taken.sounds else None
    refuse_broken_clock(taken.path, packets[picture.index].clock, sound_clock, start)
    _refuse_second(taken.path, taken.form, packets, timing)
    _refuse_damage(taken.path, picture, taken.sounds[:1], packets, start)
    if timing:
        told_s = picture.frames / (picture.average_rate or timing.rate)
        refuse_missing(taken.path, taken.form, told_s=Fraction(told_s), found_s=timing.end - timing.first)


def _describe_picture(taken: _Taken, timing: Timing | None, start: Fraction) -> VideoStream | None:
    """Decode the first frame, and look at what only few films have: fields, colours, edges, other shapes."""
    picture, path, coding = taken.picture, taken.path, taken.coding
    if picture is None or timing is None:
        return None
    frame = _first_frame(path, taken.streams)
    if coding and coding.is_single_field(frame):
        raise undecodable(path, "its pictures are single fields (interlaced HEVC), each half as high as the film")
    place = taken.container.streams.video.index(picture)
    if taken.form.startswith("mov") and has_own_colours(path, place):
        raise undecodable(path, "its colours are of Dolby Vision alone (profile 5), and green and purple elsewhere")
    edges = find_hidden_edges(path, taken.form, place)
    video = hide_edges(describe_picture(picture, timing, frame, start, coding), edges)
    if not (coding and coding.changes):
        return video
    return replace(video, later_shapes=_later_shapes(path, taken.streams, video, coding, start))


def _refuse_endless_sound(path: Path, video: VideoStream, audio: Sequence[AudioStream]) -> None:
    """Refuse a sound that goes on long after its picture: hours of the last frame would be encoded for it."""
    picture_ms = video.start_ms + video.duration_ms
    sound_ms = max((each.end_ms for each in audio), default=0)
    if sound_ms > longest_sound_ms(picture_ms):
        raise FilmError(
            what=f"The film's sound lasts {render_clock(sound_ms)}, and its picture {render_clock(picture_ms)}.",
            where=str(path),
            why=f"a last picture is held at most as long as the picture lasts and {SPARE_MS // 60_000} minutes",
            hint="End the sound where the film ends, or give the file a picture as long as its sound.",
        )


def _duration_ms(video: VideoStream | None, audio: Sequence[AudioStream]) -> int:
    if video is None:
        return max((each.duration_ms for each in audio), default=0)
    sound_end_ms = max((each.end_ms for each in audio[:1]), default=None)
    return decide_duration_ms(picture_end_ms=video.start_ms + video.duration_ms, sound_end_ms=sound_end_ms)


def _refuse_second(path: Path, container: str, packets: dict[int, Packets], timing: Timing | None) -> None:
    if timing and has_second_film(path, container, max(each.end for each in packets.values())):
        raise FilmError(
            what=f"A second film follows in the same file at {render_clock(to_ms(timing.end - timing.first))}.",
            where=str(path),
            why="two files were joined as they are, and players show the first only: the rest would be lost",
            hint="Put the films one behind the other in a video editor, and export them as one MP4.",
        )


def _refuse_damage(
    path: Path, picture: AvVideo, sounds: Sequence[AvAudio], packets: dict[int, Packets], start: Fraction
) -> None:
    """Refuse a film with packets that its container marks as damaged: parts were lost in transmission or on a disk."""
    for stream in (picture, *sounds):
        found = packets[stream.index]
        if found.damaged_at is not None:
            at_ms = to_ms(found.damaged_at * found.clock.base - start)
            raise damage_at(path, at_ms, "packets are missing there, or two recordings were joined as they are")


def _picture_timing(taken: _Taken, least_rate: Fraction) -> Timing | None:
    picture = taken.picture
    if picture is None:
        return None
    found = taken.packets[picture.index]
    if not found.ticks or picture.time_base is None:
        raise FilmError(
            what="The film has no picture.", where=str(taken.path), why="it holds no frames", hint=SEND_AGAIN
        )
    rates = (picture.guessed_rate, picture.average_rate)
    return measure_timing(
        found.ticks,
        time_base=picture.time_base,
        last_duration=found.last_duration,
        header_rates=tuple(each for each in rates if each),
        least_rate=least_rate,
    )


def _film_start(container: InputContainer, timing: Timing | None) -> Fraction:
    """Compute the film's own zero, in seconds on the file's clock: the first sound or frame, moved to a frame's start.

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
        frames = islice(without_late_streams(container.decode(picture)), FIRST_FRAMES) if picture else ()
        return [frame.pts for frame in frames if frame.pts is not None]


def _first_frame(path: Path, streams: Sequence[FileStream]) -> VideoFrame:
    """Decode one frame: what cannot be decoded is found here, and only frames state the rotation."""
    with open_film(path) as container:
        picture = taken_picture(container, streams)
        frame = next(without_late_streams(container.decode(picture)), None) if picture else None
        if frame is None:
            raise undecodable(path, "no frame could be read from it")
        return frame
