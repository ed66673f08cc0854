"""Write a stream as a DASH manifest (ISO/IEC 23009-1)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import accumulate, groupby
from math import gcd
from xml.etree import ElementTree  # noqa: ICN001 - its full name says more
from xml.etree.ElementTree import Element

from babelreel.model.delivery.stream import Stream, StreamTrack
from babelreel.model.film.ladder.encoding_ladder import Frame
from babelreel.model.variant import Variant

#: "Live" has numbered segments, and is what DASH-IF IOP asks of every player; films are no less welcome in it.
_PROFILE = "urn:mpeg:dash:profile:isoff-live:2011"
#: Of sets of one kind, a player without instructions takes that of the highest priority (ISO/IEC 23009-1, 5.3.3).
_FIRST, _OTHER = 2, 1
_ROLES = "urn:mpeg:dash:role:2011"
_CHANNELS = "urn:mpeg:dash:23003:3:audio_channel_configuration:2011"
#: A text for the hard of hearing (TV-Anytime's purpose 2; DVB-DASH, ETSI TS 103 285, 7.1.2).
_FOR_THE_DEAF = {"schemeIdUri": "urn:tva:metadata:cs:AudioPurposeCS:2007", "value": 2}
#: A sound for the visually impaired (purpose 1).
_DESCRIBED = {"schemeIdUri": "urn:tva:metadata:cs:AudioPurposeCS:2007", "value": 1}
#: A text that was made easier to read (ISO/IEC 23009-1, table of roles).
_EASY = "easyreader"
#: A manifest must name a rate, and an edit of a text must not change the manifest: more than any text has.
_TEXT_BPS = 1000


def render_mpd(stream: Stream) -> str:
    """Write the manifest: all pictures in one set, a set for each sound, and for each text, which is one whole file.

    A text takes part by its name only: an edit of one changes nothing here. What a player begins with is the film's own
    sound, and the text in its language, if it shows any.
    """
    sets = [
        _pictures(stream),
        *(_sound(stream, track) for track in stream.sounds),
        *(_text(stream, track) for track in stream.texts),
    ]
    for number, each in enumerate(sets):
        each.attrib = {"id": str(number), **each.attrib}
    mpd = _element(
        "MPD",
        {
            "xmlns": "urn:mpeg:dash:schema:mpd:2011",
            "profiles": _PROFILE,
            "type": "static",
            "mediaPresentationDuration": _duration(max(track.duration for track in stream.pictures)),
            "minBufferTime": f"PT{stream.target_s}S",
        },
        *_titles(stream),
        _element("Period", {"id": 0, "start": "PT0S"}, *sets),
    )
    ElementTree.indent(mpd)
    text = ElementTree.tostring(mpd, encoding="unicode")
    # a bare ">" ends tags and stands nowhere else, so this changes empty elements only: manifests stay as they were
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.replace(" />", "/>")


def _titles(stream: Stream) -> Iterator[Element]:
    for tag, title in (("", stream.title), *stream.titles):
        if title:
            yield _element("ProgramInformation", {"lang": tag} if tag else {}, _element("Title", {}, text=title))


def _element(name: str, attributes: Mapping[str, object], *content: Element, text: str = "") -> Element:
    """Make an element of its attributes, in this order, and the elements in it, or its text."""
    element = Element(name, {key: str(value) for key, value in attributes.items()})
    element.text = text
    element.extend(content)
    return element


def _pictures(stream: Stream) -> Element:
    frame = stream.pictures[0].frame or Frame(width_px=1, height_px=1, rate=Fraction(1))
    common = gcd(frame.width_px, frame.height_px)
    frames = [track.frame for track in stream.pictures if track.frame]
    is_aligned = len({track.ends for track in stream.pictures}) == 1
    return _element(
        "AdaptationSet",
        {
            "contentType": "video",
            "mimeType": "video/mp4",
            "par": f"{frame.width_px // common}:{frame.height_px // common}",
            "maxWidth": max(each.width_px for each in frames),
            "maxHeight": max(each.height_px for each in frames),
            "maxFrameRate": _rate(max(each.rate for each in frames)),
            "segmentAlignment": "true" if is_aligned else "false",  # at half the rate a cut may be half a frame off
            "startWithSAP": 1,
        },
        _role("main"),
        *(_picture(track, stream.target_s) for track in stream.pictures),
    )


def _picture(track: StreamTrack, target_s: int) -> Element:
    frame = track.frame
    size: dict[str, object] = {}
    if frame:
        size = {
            "width": frame.width_px,
            "height": frame.height_px,
            "frameRate": _rate(frame.rate),
            "sar": "1:1",
        }
    return _representation(track, target_s, size)


def _sound(stream: Stream, track: StreamTrack) -> Element:
    """Write one sound, in its light form too: a player may change between the two, as both have the same borders."""
    light = (each for each in stream.light_sounds if _who(each) == _who(track))
    return _element(
        "AdaptationSet",
        {
            "contentType": "audio",
            "mimeType": "audio/mp4",
            "lang": track.player_tag,
            "segmentAlignment": "true",
            "startWithSAP": 1,
            "selectionPriority": _FIRST if track.is_original else _OTHER,
        },
        _element("AudioChannelConfiguration", {"schemeIdUri": _CHANNELS, "value": track.channels}),
        _label(track),
        *([_element("Accessibility", _DESCRIBED)] if track.variant is Variant.DESCRIBED else []),
        _role(_role_of_sound(track)),
        *(_representation(each, stream.target_s, {"audioSamplingRate": each.timescale}) for each in (track, *light)),
    )


def _role_of_sound(track: StreamTrack) -> str:
    if track.variant is Variant.DESCRIBED:
        return "description"
    return "main" if track.is_original else "dub"


def _who(track: StreamTrack) -> tuple[str, bool]:
    return _tag(track), track.is_original


def _text(stream: Stream, track: StreamTrack) -> Element:
    where = _element("BaseURL", {}, text=track.whole_uri)
    is_of_film = any(sound.is_original and sound.language == track.language for sound in stream.sounds)
    return _element(
        "AdaptationSet",
        {
            "contentType": "text",
            "mimeType": "text/vtt",
            "lang": track.player_tag,
            "selectionPriority": _FIRST if is_of_film else _OTHER,
        },
        _label(track),
        *([_element("Accessibility", _FOR_THE_DEAF)] if track.variant is Variant.DEAF else []),
        _role("caption" if stream.is_heard(track) else "subtitle"),
        *([_role(_EASY)] if track.variant is Variant.EASY else []),
        _element("Representation", {"id": track.name, "bandwidth": _TEXT_BPS}, where),
    )


def _representation(track: StreamTrack, target_s: int, attributes: Mapping[str, object]) -> Element:
    segments = _element(
        "SegmentTemplate",
        {
            "timescale": track.timescale,
            "initialization": track.header_uri,
            "media": track.pattern_uri,
            "startNumber": 1,
        },
        _element("SegmentTimeline", {}, *_timeline(track)),
    )
    told = {"id": track.name, "bandwidth": track.peak_bps(target_s), "codecs": track.codecs, **attributes}
    return _element("Representation", told, segments)


def _timeline(track: StreamTrack) -> Iterator[Element]:
    """Yield runs of segments of one length: ``r`` is how often it is repeated."""
    starts = accumulate((each.ticks for each in track.segments), initial=0)
    for ticks, run in groupby(zip(starts, track.segments, strict=False), key=lambda each: each[1].ticks):
        (start, _), *more = run
        repeated = {"r": len(more)} if more else {}
        yield _element("S", {"t": start, "d": ticks, **repeated})


def _rate(rate: Fraction) -> str:
    return str(rate.numerator) if rate.denominator == 1 else f"{rate.numerator}/{rate.denominator}"


def _label(track: StreamTrack) -> Element:
    return _element("Label", {}, text=track.language.own_name if track.language else track.name)


def _role(value: str) -> Element:
    return _element("Role", {"schemeIdUri": _ROLES, "value": value})


def _tag(track: StreamTrack) -> str:
    return track.language.tag if track.language else "und"


def _duration(seconds: Fraction) -> str:
    """Write a length, exact or up to the next microsecond: one too short would cost the last picture."""
    us = -int(-seconds * 1_000_000 // 1)
    return f"PT{us // 1_000_000}.{us % 1_000_000:06}".rstrip("0").rstrip(".") + "S"
