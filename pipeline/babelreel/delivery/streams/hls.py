"""Write a stream as HLS playlists (RFC 8216; Apple's authoring specification)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

from babelreel.model.delivery.stream import Stream, StreamTrack
from babelreel.model.variant import Variant

#: EXT-X-MAP in a playlist of more than I-frames needs 6; fMP4 as Apple writes it says 7.
_VERSION = 7
#: What a playlist of key frames has, and no other one.
KEYS_ONLY = b"#EXT-X-I-FRAMES-ONLY"
_SOUNDS, _LIGHT_SOUNDS, _TEXTS = "sound", "sound-light", "text"
#: Apple's players begin with the first variant: the best that a 3G link carries, 400 kbit/s in all.
_FIRST_BPS = 400_000
_US_PER_SECOND = 1_000_000


def render_master(stream: Stream) -> str:
    """Write the playlist of playlists: every picture with one group of sounds and one of texts, and its key frames.

    The rate of a picture includes the heaviest sound. Texts take part by name only: an edit of one changes nothing
    here.
    """
    lines = ["#EXTM3U", f"#EXT-X-VERSION:{_VERSION}", "#EXT-X-INDEPENDENT-SEGMENTS", ""]
    lines += [_title(title, tag) for tag, title in (("", stream.title), *stream.titles) if title]
    for sounds in (stream.sounds, stream.light_sounds):
        lines += [_sound(track, name) for track, name in _named(sounds)]
    lines += [_text(stream, track, name) for track, name in _named(stream.texts)]
    for track in _in_order(stream):
        lines += [_variant(stream, track), track.uri]
    lines += [_keys(track, stream.target_s) for track in _in_order(stream)]
    return "\n".join((*lines, ""))


def _in_order(stream: Stream) -> list[StreamTrack]:
    """Sort the pictures from the lightest on, but first the one with which a player may well begin."""
    rising = sorted(stream.pictures, key=lambda each: (each.peak_bps(stream.target_s), each.name))
    light = [each for each in rising if _average_bps(stream, each) <= _FIRST_BPS]
    first = light[-1] if light else rising[0]
    return [first, *(each for each in rising if each is not first)]


def _average_bps(stream: Stream, track: StreamTrack) -> int:
    return track.average_bps + max((sound.average_bps for sound in stream.sounds_with(track)), default=0)


def render_media(track: StreamTrack, target_s: int) -> str:
    """Write the playlist of one track; ``target_s`` is the target duration of the stream it belongs to."""
    lines = [*_head(track, target_s)]
    for uri, length_us in zip(track.segment_uris, _lengths_us(track.ends), strict=True):
        lines += [_length(length_us), uri]
    return "\n".join((*lines, "#EXT-X-ENDLIST", ""))


def render_keys(track: StreamTrack, target_s: int) -> str:
    """Write the playlist of a picture's key frames: of each segment, what comes before the end of its first frame.

    Apple's specification, 6.8 and 6.10: it says that there is nothing else, and the header of the fragment is there.
    """
    lines = [*_head(track, target_s), KEYS_ONLY.decode()]
    for uri, length_us, segment in zip(track.segment_uris, _lengths_us(track.ends), track.segments, strict=True):
        lines += [_length(length_us), f"#EXT-X-BYTERANGE:{segment.key_bytes}@0", uri]
    return "\n".join((*lines, "#EXT-X-ENDLIST", ""))


def _head(track: StreamTrack, target_s: int) -> Iterator[str]:
    yield from (
        "#EXTM3U",
        f"#EXT-X-VERSION:{_VERSION}",
        f"#EXT-X-TARGETDURATION:{target_s}",
        "#EXT-X-MEDIA-SEQUENCE:0",
        "#EXT-X-PLAYLIST-TYPE:VOD",
        "#EXT-X-INDEPENDENT-SEGMENTS",
    )
    if track.header_uri:
        yield f'#EXT-X-MAP:URI="{track.header_uri}"'


def _length(length_us: int) -> str:
    return f"#EXTINF:{length_us // _US_PER_SECOND}.{length_us % _US_PER_SECOND:06},"


def _lengths_us(ends: Sequence[Fraction]) -> Iterator[int]:
    """Yield the lengths in microseconds; their sum is never off by more than half of one."""
    borders = [round(end * _US_PER_SECOND) for end in (Fraction(0), *ends)]
    return (end - start for start, end in pairwise(borders))


def _title(title: str, tag: str) -> str:
    attributes = {"DATA-ID": _quoted("com.apple.hls.title"), "VALUE": _quoted(title)}
    return _tag("EXT-X-SESSION-DATA", attributes | ({"LANGUAGE": _quoted(tag)} if tag else {}))


def _sound(track: StreamTrack, name: str) -> str:
    attributes = {
        "TYPE": "AUDIO",
        "GROUP-ID": _quoted(_LIGHT_SOUNDS if track.is_light else _SOUNDS),
        "NAME": _quoted(name),
        "LANGUAGE": _quoted(track.player_tag),
        "DEFAULT": "YES" if track.is_original else "NO",
        "AUTOSELECT": "YES",
        "CHANNELS": _quoted(str(track.channels)),
    }
    if track.variant is Variant.DESCRIBED:
        attributes["CHARACTERISTICS"] = _quoted("public.accessibility.describes-video")
    return _tag("EXT-X-MEDIA", attributes | {"URI": _quoted(track.uri)})


def _text(stream: Stream, track: StreamTrack, name: str) -> str:
    attributes = {
        "TYPE": "SUBTITLES",
        "GROUP-ID": _quoted(_TEXTS),
        "NAME": _quoted(name),
        "LANGUAGE": _quoted(track.player_tag),
        "DEFAULT": "NO",
        "AUTOSELECT": "YES",
        "FORCED": "NO",
    }
    told = ",".join(_characteristics(stream, track))
    attributes |= {"CHARACTERISTICS": _quoted(told)} if told else {}
    return _tag("EXT-X-MEDIA", attributes | {"URI": _quoted(track.uri)})


def _characteristics(stream: Stream, track: StreamTrack) -> Iterator[str]:
    """List what a text says of itself (RFC 8216, 4.3.4.1).

    That music and sounds are described is said of one for the deaf only.
    """
    if stream.is_heard(track):
        yield "public.accessibility.transcribes-spoken-dialog"
    if track.variant is Variant.DEAF:
        yield "public.accessibility.describes-music-and-sound"
    if track.variant is Variant.EASY:
        yield "public.easy-to-read"


def _variant(stream: Stream, track: StreamTrack) -> str:
    target_s, sounds = stream.target_s, stream.sounds_with(track)
    codecs = dict.fromkeys((track.codecs, *(sound.codecs for sound in sounds)))
    peak = track.peak_bps(target_s) + max((sound.peak_bps(target_s) for sound in sounds), default=0)
    attributes = {
        "BANDWIDTH": str(peak),
        "AVERAGE-BANDWIDTH": str(_average_bps(stream, track)),
        "CODECS": _quoted(",".join(codecs)),
    }
    attributes |= _looks(track)
    attributes |= {"FRAME-RATE": f"{float(track.frame.rate):.3f}"} if track.frame else {}
    attributes |= {"AUDIO": _quoted(_LIGHT_SOUNDS if sounds[0].is_light else _SOUNDS)} if sounds else {}
    attributes |= {"SUBTITLES": _quoted(_TEXTS)} if stream.texts else {}
    return _tag("EXT-X-STREAM-INF", attributes | {"CLOSED-CAPTIONS": "NONE"})


def _keys(track: StreamTrack, target_s: int) -> str:
    keys = track.key_frames
    attributes = {
        "BANDWIDTH": str(keys.peak_bps(target_s)),
        "AVERAGE-BANDWIDTH": str(keys.average_bps),
        "CODECS": _quoted(track.codecs),
    }
    return _tag("EXT-X-I-FRAME-STREAM-INF", attributes | _looks(track) | {"URI": _quoted(keys.uri)})


def _looks(track: StreamTrack) -> dict[str, str]:
    """Say how large a picture is, and that no screen must be brighter than others for it."""
    frame = track.frame
    return ({"RESOLUTION": f"{frame.width_px}x{frame.height_px}"} if frame else {}) | {"VIDEO-RANGE": "SDR"}


def _named(tracks: Sequence[StreamTrack]) -> Iterator[tuple[StreamTrack, str]]:
    """Name each track by its language's own name; a name may stand only once in a group."""
    seen: dict[str, int] = {}
    for track in tracks:
        name = track.language.own_name if track.language else track.name
        seen[name] = seen.get(name, 0) + 1
        yield track, name if seen[name] == 1 else f"{name} {seen[name]}"


def _tag(name: str, attributes: dict[str, str]) -> str:
    return f"#{name}:" + ",".join(f"{key}={value}" for key, value in attributes.items())


def _quoted(value: str) -> str:
    """Quote a string; what must not stand in one (RFC 8216, 4.2) becomes the nearest that may."""
    return '"' + " ".join(value.replace('"', "\u201d").split()) + '"'
