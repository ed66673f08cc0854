"""What is known of a film after looking at it, and what must be true of a file that we made."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from babelreel.model.film.streams import FileStream
from babelreel.model.sound.film_sound import FilmSound
from babelreel.model.timecode import Span


class Fields(StrEnum):
    """Whether the frames of a film are interlaced: odd and even lines from two moments."""

    NONE = "none"
    SOME = "some"
    """The film may hold such frames and others; each frame says which it is."""
    ALL = "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class HiddenEdges:
    """What a container hides of a coded picture, on its four sides as coded, before it is turned."""

    left_px: int
    top_px: int
    right_px: int
    bottom_px: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureShape:
    """The coded size and the pixels' shape that a picture has from a time on, counted from the film's start."""

    from_ms: int
    width_px: int
    height_px: int
    sample_aspect: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class VideoStream:
    """The picture of a film.

    ``width_px`` and ``height_px`` are as coded; ``display_width_px`` and ``display_height_px`` are after rotation and
    sample aspect ratio, rounded to whole pixels. ``rate`` is the rate to deliver at: the exact rate of a film with a
    constant one, else the average snapped to a standard rate. A film with too few frames a second for text to come and
    go in time has the ``slow_rate`` of its own; each of its frames is repeated to make up ``rate``. ``frames`` counts
    the frames that a player shows. ``color_transfer``, ``color_matrix`` and ``color_primaries`` are ffmpeg's names,
    empty when the film does not say.
    ``has_captions``: captions (CEA-608 or 708) lie within the picture's packets; ``has_colour_profile``: an ICC profile
    lies within its frames.
    ``hidden`` are edges that no player shows (Matroska's PixelCrop, MP4's clean aperture).
    ``later_shapes`` are those that the picture takes while it runs, in order; a film keeps its first one, mostly.
    """

    codec: str
    profile: str
    level: int
    pixel_format: str
    bit_depth: int
    width_px: int
    height_px: int
    display_width_px: int
    display_height_px: int
    sample_aspect: Fraction
    rotation: int
    rate: Fraction
    is_variable_rate: bool
    frames: int
    start_ms: int
    duration_ms: int
    color_transfer: str = ""
    color_matrix: str = ""
    color_primaries: str = ""
    slow_rate: Fraction | None = None
    fields: Fields = Fields.NONE
    has_captions: bool = False
    has_colour_profile: bool = False
    later_shapes: tuple[PictureShape, ...] = ()
    hidden: HiddenEdges | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AudioStream:
    """One sound of a film; ``start_ms`` is relative to the film's own start."""

    codec: str
    profile: str
    channels: int
    sample_rate_hz: int
    start_ms: int
    duration_ms: int
    language: str = ""

    @property
    def end_ms(self) -> int:
        """When it ends, relative to the film's own start."""
        return self.start_ms + self.duration_ms


@dataclass(frozen=True, slots=True, kw_only=True)
class TextStream:
    """One subtitle stream inside a file; ``packets`` counts its samples that hold text."""

    codec: str
    language: str
    handler: str
    is_default: bool
    packets: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaInfo:
    """A film as the rest of the program sees it.

    ``digest`` is the SHA-256 of the file, hexadecimal. ``video`` is the picture that is taken, the first of ``audio``
    the sound that is; the other sounds follow in the order of the file. ``streams`` are all that the file holds, with
    why each is taken or not: empty for a file of ours. ``chapters`` counts those that the file has.

    ``duration_ms`` is how long the film lasts from its start: what ``decide_duration_ms`` said. ``codecs`` is the RFC
    6381 string of picture and sound (``avc1.64001f, mp4a.40.2``). ``start_us`` is the timestamp in the file at which
    the film starts, in microseconds; all other times count from there. ``shots`` are the frames with which a new shot
    begins (the first shot of the film left out), counted from the film's start at the picture's ``rate``, whether that
    varies or not; ``speech`` are the stretches in which somebody speaks, none of which meets another. Both are in
    order, and ``None`` as long as nobody has looked.
    """

    digest: str
    bytes: int
    container: str
    duration_ms: int
    video: VideoStream | None
    audio: tuple[AudioStream, ...] = ()
    text: tuple[TextStream, ...] = ()
    codecs: str = ""
    start_us: int = 0
    shots: tuple[int, ...] | None = None
    speech: tuple[Span, ...] | None = None
    streams: tuple[FileStream, ...] = ()
    chapters: int = 0
    heard: FilmSound | None = None

    @property
    def held_ms(self) -> int:
        """How long the last frame is held because the sound goes on."""
        video = self.video
        return self.duration_ms - video.start_ms - video.duration_ms if video else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectation:
    """What a file of ours must turn out to be; ``None`` and an empty tuple mean that there is no such stream.

    ``frames`` may differ by ``frame_slack`` (0 where the source has a constant rate). The duration may differ by one
    frame; a sound may differ by one AAC frame (1024 samples) and the priming before it. ``max_bytes`` 0 is no limit.
    """

    frames: int | None = None
    frame_slack: int = 0
    rate: Fraction | None = None
    width_px: int = 0
    height_px: int = 0
    video_codec: str = ""
    video_profile: str = ""
    pixel_format: str = ""
    audio_codec: str = ""
    channels: int = 0
    sample_rate_hz: int = 0
    duration_ms: int = 0
    text_language: str = ""
    text_handler: str = ""
    text_packets: int = 0
    max_bytes: int = 0
