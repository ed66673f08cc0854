"""How is a stream written as HLS playlists (RFC 8216; Apple's authoring specification)?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

from babelreel.model.delivery.stream import Stream, StreamTrack

#: EXT-X-MAP in a playlist of more than I-frames needs 6; fMP4 as Apple writes it says 7.
_VERSION = 7
_SOUNDS, _TEXTS = "sound", "text"
_US_PER_SECOND = 1_000_000


def render_master(stream: Stream) -> str:
    """Write the playlist of playlists: every picture, from the lightest on, with one group of sounds and one of texts.

    Players begin with the first picture until they know the line. The rate of a picture includes the heaviest sound.
    Texts take part by name only: an edit of one changes nothing here.
    """
    lines = ["#EXTM3U", f"#EXT-X-VERSION:{_VERSION}", "#EXT-X-INDEPENDENT-SEGMENTS", ""]
    lines += [_sound(track, name) for track, name in _named(stream.sounds)]
    lines += [_text(track, name) for track, name in _named(stream.texts)]
    target_s = stream.target_s
    for track in sorted(stream.pictures, key=lambda each: (each.peak_bps(target_s), each.name)):
        lines += [_variant(stream, track), track.uri]
    return "\n".join((*lines, ""))


def render_media(track: StreamTrack, target_s: int) -> str:
    """Write the playlist of one track; ``target_s`` is the target duration of the stream it belongs to."""
    lines = [
        "#EXTM3U",
        f"#EXT-X-VERSION:{_VERSION}",
        f"#EXT-X-TARGETDURATION:{target_s}",
        "#EXT-X-MEDIA-SEQUENCE:0",
        "#EXT-X-PLAYLIST-TYPE:VOD",
        "#EXT-X-INDEPENDENT-SEGMENTS",
    ]
    lines += [f'#EXT-X-MAP:URI="{track.header_uri}"'] if track.header_uri else []
    for uri, length_us in zip(track.segment_uris, _lengths_us(track.ends), strict=True):
        lines += [f"#EXTINF:{length_us // _US_PER_SECOND}.{length_us % _US_PER_SECOND:06},", uri]
    return "\n".join((*lines, "#EXT-X-ENDLIST", ""))


def _lengths_us(ends: Sequence[Fraction]) -> Iterator[int]:
    """Give the lengths in microseconds; their sum is never off by more than half of one."""
    borders = [round(end * _US_PER_SECOND) for end in (Fraction(0), *ends)]
    return (end - start for start, end in pairwise(borders))


def _sound(track: StreamTrack, name: str) -> str:
    attributes = {
        "TYPE": "AUDIO",
        "GROUP-ID": _quoted(_SOUNDS),
        "NAME": _quoted(name),
        "LANGUAGE": _quoted(track.language.tag if track.language else "und"),
        "DEFAULT": "YES" if track.is_original else "NO",
        "AUTOSELECT": "YES",
        "CHANNELS": _quoted(str(track.channels)),
        "URI": _quoted(track.uri),
    }
    return _tag("EXT-X-MEDIA", attributes)


def _text(track: StreamTrack, name: str) -> str:
    attributes = {
        "TYPE": "SUBTITLES",
        "GROUP-ID": _quoted(_TEXTS),
        "NAME": _quoted(name),
        "LANGUAGE": _quoted(track.language.tag if track.language else "und"),
        "DEFAULT": "NO",
        "AUTOSELECT": "YES",
        "FORCED": "NO",
        "URI": _quoted(track.uri),
    }
    return _tag("EXT-X-MEDIA", attributes)


def _variant(stream: Stream, track: StreamTrack) -> str:
    target_s, frame = stream.target_s, track.frame
    codecs = dict.fromkeys((track.codecs, *(sound.codecs for sound in stream.sounds)))
    peak = track.peak_bps(target_s) + max((sound.peak_bps(target_s) for sound in stream.sounds), default=0)
    average = track.average_bps + max((sound.average_bps for sound in stream.sounds), default=0)
    attributes = {
        "BANDWIDTH": str(peak),
        "AVERAGE-BANDWIDTH": str(average),
        "CODECS": _quoted(",".join(codecs)),
    }
    if frame:
        attributes |= {"RESOLUTION": f"{frame.width_px}x{frame.height_px}", "FRAME-RATE": f"{float(frame.rate):.3f}"}
    attributes |= {"AUDIO": _quoted(_SOUNDS)} if stream.sounds else {}
    attributes |= {"SUBTITLES": _quoted(_TEXTS)} if stream.texts else {}
    return _tag("EXT-X-STREAM-INF", attributes | {"CLOSED-CAPTIONS": "NONE"})


def _named(tracks: Sequence[StreamTrack]) -> Iterator[tuple[StreamTrack, str]]:
    """Give each track its language's own name; a name may stand only once in a group."""
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
