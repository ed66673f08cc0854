"""What a stream consists of, before anything of it is written: pictures, sounds and texts, cut into segments."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from itertools import accumulate

from babelreel.model.delivery.published_paths import NUMBER, key_playlist, playlist, whole_text
from babelreel.model.film.ladder.encoding_ladder import Frame
from babelreel.model.json_codec import decode, encode, parse_json
from babelreel.model.language import Language
from babelreel.model.variant import Variant

#: What ``--only`` calls all of it.
STREAM = "stream"
#: The output of each task that cuts a track: what its segments are.
INDEX = "index.json"
#: The output of a task that cuts a text: all of it in one piece.
WHOLE_TEXT = "whole.vtt"
#: How the name of a track of text begins; the tag of its language follows.
TEXT_TRACK = "text-"


class TrackKind(StrEnum):
    """What a track of a stream holds."""

    PICTURE = "picture"
    SOUND = "sound"
    TEXT = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedTrack:
    """One track of a stream, and the task that cuts it.

    ``name`` names its playlist and the folder of its segments ("sound-fr"). ``language`` is what is heard or read,
    ``None`` for a picture; ``is_original`` marks the film's own sound, not a dub, ``is_light``
    what is for lines that carry little. ``title`` is the film's in the
    language of a text, empty where it has none of its own.
    """

    kind: TrackKind
    name: str
    task: str
    language: Language | None = None
    is_original: bool = False
    is_light: bool = False
    title: str = ""

    @property
    def playlist(self) -> str:
        """The path of its playlist below ``output/``."""
        return playlist(self.name)

    @property
    def key_playlist(self) -> str:
        """The path of the playlist of its key frames below ``output/``; empty for what is no picture."""
        return key_playlist(self.name) if self.kind is TrackKind.PICTURE else ""

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
    """One file of a track: its length in ticks and in bytes.

    ``key_bytes`` is how many of them a player needs for the key frame with which a picture begins, 0 for all else.
    """

    ticks: int
    bytes: int
    key_bytes: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class StreamTrack:
    """One track as players get it, addressed from the folder of the playlists.

    ``uri`` is that of its playlist, ``pattern_uri`` that of its segments, with ``NUMBER`` for the number, which begins
    at 1. ``header_uri`` is empty where there is none, ``whole_uri`` for what is no text, ``keys_uri`` (the playlist of
    its key frames) for what is no picture.
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
    is_light: bool = False
    frame: Frame | None = None
    channels: int = 0
    whole_uri: str = ""
    keys_uri: str = ""

    @property
    def variant(self) -> Variant | None:
        """For whom a text is written, or a sound recorded; ``None`` where it is for everybody."""
        return self.language.variant if self.language else None

    @property
    def player_tag(self) -> str:
        """The tag of its language as players look for it: what no registered subtag says is said in other ways."""
        if self.language is None:
            return "und"
        is_registered = self.variant in {None, Variant.EASY}
        return self.language.tag if is_registered else self.language.usual_tag

    @property
    def key_frames(self) -> StreamTrack:
        """What of a picture players fetch who look for a place in it: each segment's key frame."""
        keys = tuple(replace(each, bytes=each.key_bytes) for each in self.segments)
        return replace(self, uri=self.keys_uri, segments=keys)

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
        """Compute the highest rate of any segments in a row that together last half to one and a half ``target_s``.

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
    """All that a player may choose from; there is a picture at least.

    ``light_sounds`` are the same as ``sounds``, in the same order, or none. ``title`` is the film's own, ``titles`` are
    those in languages of texts, by tag.
    """

    pictures: tuple[StreamTrack, ...]
    sounds: tuple[StreamTrack, ...]
    texts: tuple[StreamTrack, ...]
    light_sounds: tuple[StreamTrack, ...] = ()
    title: str = ""
    titles: tuple[tuple[str, str], ...] = ()

    def sounds_with(self, picture: StreamTrack) -> tuple[StreamTrack, ...]:
        """Choose the sounds that go with a picture: the light ones with the light one, where there are any."""
        return self.light_sounds if picture.is_light and self.light_sounds else self.sounds

    def is_heard(self, text: StreamTrack) -> bool:
        """Tell whether a text is in a language that one of the sounds speaks: it stands for that sound.

        So does one for the deaf, always. One that is easy to read says less than is heard.
        """
        if text.variant is Variant.DEAF:
            return True
        return any(sound.language == text.language for sound in self.sounds)

    @property
    def target_s(self) -> int:
        """One target duration for all playlists, as Apple's validator wants it."""
        return max(track.target_s for track in (*self.pictures, *self.sounds, *self.light_sounds, *self.texts))


def _runs(segments: Sequence[Segment], timescale: int, most: Fraction) -> list[tuple[Sequence[Segment], Fraction]]:
    """List all segments in a row that last no longer than ``most``, with their lengths in seconds."""
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
