"""How is a stream written as a DASH manifest (ISO/IEC 23009-1)?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate, groupby
from math import gcd
from xml.sax.saxutils import escape, quoteattr

from babelreel.model.delivery.stream import Stream, StreamTrack
from babelreel.model.film.encoding_ladder import Frame

#: "Main": names by content need a list of segments, which the live profile has no room for.
_PROFILE = "urn:mpeg:dash:profile:isoff-main:2011"
_ROLES = "urn:mpeg:dash:role:2011"
_CHANNELS = "urn:mpeg:dash:23003:3:audio_channel_configuration:2011"
#: A manifest must name a rate, and an edit of a text must not change the manifest: more than any text has.
_TEXT_BPS = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class _Element:
    """One element of XML: its attributes, its text or the elements in it."""

    name: str
    attributes: Mapping[str, object]
    content: Sequence[_Element] = ()
    text: str = ""


def render_mpd(stream: Stream) -> str:
    """Write the manifest: all pictures in one set, a set for each sound, and for each text, which is one whole file.

    A text takes part by its name only: an edit of one changes nothing here.
    """
    sets = [_pictures(stream), *(_sound(stream, track) for track in stream.sounds), *map(_text, stream.texts)]
    numbered = (
        _Element(name=each.name, attributes={"id": number, **each.attributes}, content=each.content)
        for number, each in enumerate(sets)
    )
    mpd = _Element(
        name="MPD",
        attributes={
            "xmlns": "urn:mpeg:dash:schema:mpd:2011",
            "profiles": _PROFILE,
            "type": "static",
            "mediaPresentationDuration": _duration(max(track.duration for track in stream.pictures)),
            "minBufferTime": f"PT{stream.target_s}S",
        },
        content=(_Element(name="Period", attributes={"id": 0, "start": "PT0S"}, content=tuple(numbered)),),
    )
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + "".join(_lines(mpd, ""))


def _pictures(stream: Stream) -> _Element:
    frame = stream.pictures[0].frame or Frame(width_px=1, height_px=1, rate=Fraction(1))
    common = gcd(frame.width_px, frame.height_px)
    is_aligned = len({track.ends for track in stream.pictures}) == 1
    return _Element(
        name="AdaptationSet",
        attributes={
            "contentType": "video",
            "mimeType": "video/mp4",
            "par": f"{frame.width_px // common}:{frame.height_px // common}",
            "segmentAlignment": "true" if is_aligned else "false",  # at half the rate a cut may be half a frame off
            "startWithSAP": 1,
        },
        content=(_role("main"), *(_picture(track, stream.target_s) for track in stream.pictures)),
    )


def _picture(track: StreamTrack, target_s: int) -> _Element:
    frame = track.frame
    size: dict[str, object] = {}
    if frame:
        rate = frame.rate
        size = {
            "width": frame.width_px,
            "height": frame.height_px,
            "frameRate": str(rate.numerator) if rate.denominator == 1 else f"{rate.numerator}/{rate.denominator}",
            "sar": "1:1",
        }
    return _representation(track, target_s, size)


def _sound(stream: Stream, track: StreamTrack) -> _Element:
    channels = _Element(
        name="AudioChannelConfiguration", attributes={"schemeIdUri": _CHANNELS, "value": track.channels}
    )
    return _Element(
        name="AdaptationSet",
        attributes={
            "contentType": "audio",
            "mimeType": "audio/mp4",
            "lang": _tag(track),
            "segmentAlignment": "true",
            "startWithSAP": 1,
        },
        content=(
            channels,
            _label(track),
            _role("main" if track.is_original else "dub"),
            _representation(track, stream.target_s, {"audioSamplingRate": track.timescale}),
        ),
    )


def _text(track: StreamTrack) -> _Element:
    where = _Element(name="BaseURL", attributes={}, text=track.sidecar_uri)
    file = _Element(name="Representation", attributes={"id": track.name, "bandwidth": _TEXT_BPS}, content=(where,))
    return _Element(
        name="AdaptationSet",
        attributes={"contentType": "text", "mimeType": "text/vtt", "lang": _tag(track)},
        content=(_label(track), _role("subtitle"), file),
    )


def _representation(track: StreamTrack, target_s: int, attributes: Mapping[str, object]) -> _Element:
    timeline = _Element(name="SegmentTimeline", attributes={}, content=tuple(_timeline(track)))
    first = _Element(name="Initialization", attributes={"sourceURL": track.header_uri})
    urls = (_Element(name="SegmentURL", attributes={"media": each.uri}) for each in track.segments)
    segments = _Element(name="SegmentList", attributes={"timescale": track.timescale}, content=(first, timeline, *urls))
    return _Element(
        name="Representation",
        attributes={
            "id": track.name,
            "bandwidth": track.peak_bps(target_s),
            "codecs": track.codecs,
            **attributes,
        },
        content=(segments,),
    )


def _timeline(track: StreamTrack) -> Iterator[_Element]:
    """Give runs of segments of one length: ``r`` is how often it is repeated."""
    starts = accumulate((each.ticks for each in track.segments), initial=0)
    for ticks, run in groupby(zip(starts, track.segments, strict=False), key=lambda each: each[1].ticks):
        (start, _), *more = run
        repeated = {"r": len(more)} if more else {}
        yield _Element(name="S", attributes={"t": start, "d": ticks, **repeated})


def _label(track: StreamTrack) -> _Element:
    return _Element(name="Label", attributes={}, text=track.language.own_name if track.language else track.name)


def _role(value: str) -> _Element:
    return _Element(name="Role", attributes={"schemeIdUri": _ROLES, "value": value})


def _tag(track: StreamTrack) -> str:
    return track.language.tag if track.language else "und"


def _duration(seconds: Fraction) -> str:
    """Write a length, exact or up to the next microsecond: one too short would cost the last picture."""
    us = -int(-seconds * 1_000_000 // 1)
    return f"PT{us // 1_000_000}.{us % 1_000_000:06}".rstrip("0").rstrip(".") + "S"


def _lines(element: _Element, indent: str) -> Iterator[str]:
    attributes = "".join(f" {name}={quoteattr(str(value))}" for name, value in element.attributes.items())
    head = f"{indent}<{element.name}{attributes}"
    if element.content:
        yield f"{head}>\n"
        for each in element.content:
            yield from _lines(each, f"{indent}  ")
        yield f"{indent}</{element.name}>\n"
    elif element.text:
        yield f"{head}>{escape(element.text)}</{element.name}>\n"
    else:
        yield f"{head}/>\n"
