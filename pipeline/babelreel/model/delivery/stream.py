"""What does a stream consist of, before anything of it is written: pictures, sounds and texts, cut into segments?"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from itertools import accumulate

from babelreel.model.delivery.published_paths import NUMBER, playlist, whole_text
from babelreel.model.film.encoding_ladder import Frame
from babelreel.model.json_codec import decode, encode, parse_json
from babelreel.model.language import Language

#: What ``--only`` calls all of it.
STREAM = "stream"
#: The output of each task that cuts a track: what its segments are.
INDEX = "index.json"
#: The output of a task that cuts a text: all of it in one piece.
WHOLE_TEXT = "whole.vtt"


class TrackKind(StrEnum):
    """What a track of a stream holds."""

    PICTURE = "picture"
    SOUND = "sound"
    TEXT = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedTrack:
    """One track of a stream, and the task that cuts it.

    ``name`` names its playlist and the folder of its segments ("sound-fr"). ``language`` is what is heard or read,
    ``None`` for a picture; ``is_original`` tells the film's own sound from a dub.
    """

    kind: TrackKind
    name: str
    task: str
    language: Language | None = None
    is_original: bool = False

    @property
    def playlist(self) -> str:
        """The path of its playlist below ``output/``."""
        return playlist(self.name)

    @property
    def whole_text(self) -> str:
        """The path of its text in one piece below ``output/``; empty for what is no text."""
        return whole_text(self.name) if self.kind is TrackKind.TEXT else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackIndex:
    """What a task found when it had cut a track: ``lengths`` of the segments in units of ``1 / timescale`` seconds.

    ``names`` are the outputs that hold them. ``header`` is the output that players need before any segment, empty where
    there is none. ``codecs`` is as in RFC 6381. ``frame`` is there for pictures, ``channels`` for sounds.
    """

    timescale: int
    lengths: tuple[int, ...]
    names: tuple[str, ...]
    header: str = ""
    codecs: str = ""
    frame: Frame | None = None
    channels: int = 0

    @property
    def duration(self) -> Fraction:
        """Its length in seconds."""
        return Fraction(sum(self.lengths), self.timescale)


def render_index(index: TrackIndex) -> bytes:
    """Write an index as JSON: each segment is the pair of its name and length."""
    document = encode(index)
    document["segments"] = [list(each) for each in zip(document.pop("names"), document.pop("lengths"), strict=True)]
    return json.dumps(document, sort_keys=True).encode()


def parse_index(content: bytes) -> TrackIndex:
    """Read an index; ``ValueError`` when it is none."""
    try:
        document = dict(parse_json(content))
        segments = document.pop("segments")
        document |= {"names": [name for name, _ in segments], "lengths": [length for _, length in segments]}
    except (KeyError, TypeError) as error:
        raise ValueError(f"not the index of a track ({error})") from error
    return decode(document, TrackIndex)


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """One file of a track: its length in ticks and in bytes."""

    ticks: int
    bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StreamTrack:
    """One track as players get it, addressed from the folder of the playlists.

    ``uri`` is that of its playlist, ``pattern_uri`` that of its segments, with ``NUMBER`` for the number, which begins
    at 1. ``header_uri`` is empty where there is none, ``whole_uri`` for what is no text.
    """

    name: str
    uri: str
    pattern_uri: str
    timescale: int
    segments: tuple[Segment, ...]
    header_uri: str = ""
    codecs: str = ""
    language: Language | None = None
    is_original: bool = False
    frame: Frame | None = None
    channels: int = 0
    whole_uri: str = ""

    @property
    def segment_uris(self) -> tuple[str, ...]:
        """The addresses of its segments, in their order."""
        return tuple(self.pattern_uri.replace(NUMBER, str(number)) for number in range(1, 1 + len(self.segments)))

    @property
    def ends(self) -> tuple[Fraction, ...]:
        """When each segment ends, in seconds."""
        return tuple(Fraction(ticks, self.timescale) for ticks in accumulate(each.ticks for each in self.segments))

    @property
    def duration(self) -> Fraction:
        """Its length in seconds."""
        return self.ends[-1]

    @property
    def target_s(self) -> int:
        """The length of its longest segment, rounded to whole seconds, which must not exceed EXT-X-TARGETDURATION."""
        longest = Fraction(max(each.ticks for each in self.segments), self.timescale)
        return max(1, int(longest + Fraction(1, 2)))

    @property
    def average_bps(self) -> int:
        """Its rate in bits a second over the whole."""
        return _ceil(8 * sum(each.bytes for each in self.segments) / self.duration)

    def peak_bps(self, target_s: int) -> int:
        """Give the highest rate of any segments in a row that together last from half to one and a half ``target_s``.

        That is what HLS calls the peak segment bit rate (RFC 8216, 4.1). A track shorter than that has only its
        average.
        """
        least, most = Fraction(target_s, 2), Fraction(3 * target_s, 2)
        rates = (
            8 * sum(each.bytes for each in run) / length
            for run, length in _runs(self.segments, self.timescale, most)
            if length >= least
        )
        return max(self.average_bps, *(_ceil(rate) for rate in rates), 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stream:
    """All that a player may choose from; there is a picture at least."""

    pictures: tuple[StreamTrack, ...]
    sounds: tuple[StreamTrack, ...]
    texts: tuple[StreamTrack, ...]

    def is_heard(self, text: StreamTrack) -> bool:
        """Tell whether a text is in a language that one of the sounds speaks: it stands for that sound."""
        return any(sound.language == text.language for sound in self.sounds)

    @property
    def target_s(self) -> int:
        """One target duration for all playlists, as Apple's validator wants it."""
        return max(track.target_s for track in (*self.pictures, *self.sounds, *self.texts))


def _runs(segments: Sequence[Segment], timescale: int, most: Fraction) -> list[tuple[Sequence[Segment], Fraction]]:
    """Give all segments in a row that last no longer than ``most``, with their lengths in seconds."""
    found = []
    for first in range(len(segments)):
        for end in range(first + 1, len(segments) + 1):
            run = segments[first:end]
            length = Fraction(sum(each.ticks for each in run), timescale)
            if length > most:
                break
            found.append((run, length))
    return found


def _ceil(value: Fraction) -> int:
    return -int(-value // 1)
