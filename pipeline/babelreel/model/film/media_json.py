"""Keep a probed film as JSON, so that tracks can be checked against it without the film."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain, pairwise
from typing import Any

from babelreel.model.film.media import MediaInfo
from babelreel.model.json_codec import decode, encode
from babelreel.model.timecode import Span

#: Counts up when an older document would be misread.
PROBE_VERSION = 1
#: What a film of before anybody looked for it has no keys for.
_LATE: Mapping[str, Any] = {"shots": None, "speech": None, "streams": [], "chapters": 0, "heard": None}
#: The same of its picture: what such a film is taken to have.
_LATE_PICTURE: Mapping[str, Any] = {
    "color_primaries": "",
    "slow_rate": None,
    "fields": "none",
    "has_captions": False,
    "has_colour_profile": False,
    "later_shapes": [],
    "hidden": None,
}
#: The largest frame number and the latest time in ms: eleven days at 1000 frames a second.
_LARGEST = 10**9


def media_document(info: MediaInfo) -> dict[str, Any]:
    """Turn a film into JSON values; fractions are written "30000/1001", stretches of speech as pairs of ms."""
    return {"version": PROBE_VERSION, **encode(info)}


def parse_media(document: object) -> MediaInfo:
    """Make a film of a document; ``ValueError`` when it is not one of ours.

    One from before anybody looked for shots, speech and all streams has none of these keys.
    """
    if not isinstance(document, Mapping) or document.get("version") != PROBE_VERSION:
        raise ValueError(f"not a probe document of version {PROBE_VERSION}")
    picture = document.get("video")
    whole = {**_LATE, **document, "video": {**_LATE_PICTURE, **picture} if isinstance(picture, Mapping) else picture}
    return decode_media({name: value for name, value in whole.items() if name != "version"})


def decode_media(document: object) -> MediaInfo:
    """Make a film of what ``encode`` made of it; ``ValueError`` also for shots and speech that are not in order."""
    info = decode(document, MediaInfo)
    _check_rising(info.shots or (), "shots")
    if info.shots and info.shots[0] == 0:
        raise ValueError("shots: the first shot of a film is no change of shot")
    check_speech(info.speech or ())
    return info


def check_speech(speech: tuple[Span, ...]) -> None:
    """Raise ``ValueError`` for stretches of speech that are not in order, or meet."""
    _check_rising(tuple(chain.from_iterable((span.start_ms, span.end_ms) for span in speech)), "speech")


def _check_rising(numbers: tuple[int, ...], name: str) -> None:
    """Let numbers pass of which each is larger than the one before."""
    if not all(0 <= each <= _LARGEST for each in numbers):
        raise ValueError(f"{name}: below 0, or later than any film")
    if not all(first < second for first, second in pairwise(numbers)):
        raise ValueError(f"{name}: not in order")
