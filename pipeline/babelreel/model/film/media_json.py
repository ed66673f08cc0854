"""How is a probed film kept as JSON, so that it can be checked against without the film?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, fields
from fractions import Fraction
from itertools import chain, pairwise
from typing import Any, TypeVar

from babelreel.model.film.media import AudioStream, MediaInfo, TextStream, VideoStream
from babelreel.model.timecode import Span

#: Counts up when an older document would be misread.
PROBE_VERSION = 1
#: Shots and stretches of speech that a film may have: one a second for more than a day. More is no film's description.
MAX_STRETCHES = 100_000
#: The largest frame number and the latest time in ms: eleven days at 1000 frames a second.
_LARGEST = 10**9

Stream = TypeVar("Stream", VideoStream, AudioStream, TextStream)


def media_document(info: MediaInfo) -> dict[str, Any]:
    """Give a film as JSON values; fractions are written "30000/1001", stretches of speech as pairs of ms."""
    document = asdict(info)
    if info.speech is not None:
        document["speech"] = [[span.start_ms, span.end_ms] for span in info.speech]
    video = document["video"]
    if video is not None:
        document["video"] = {key: str(value) if isinstance(value, Fraction) else value for key, value in video.items()}
    return {"version": PROBE_VERSION, **document}


def parse_media(document: Mapping[str, Any]) -> MediaInfo:
    """Make a film of a document; ``ValueError`` when it is not one of ours.

    One from before anybody looked for shots and speech has none of these keys.
    """
    try:
        if document["version"] != PROBE_VERSION:
            raise ValueError(f"version {document['version']}, not {PROBE_VERSION}")
        video = document["video"]
        return MediaInfo(
            digest=str(document["digest"]),
            bytes=int(document["bytes"]),
            container=str(document["container"]),
            duration_ms=int(document["duration_ms"]),
            video=None if video is None else _video(video),
            audio=tuple(_stream(AudioStream, each) for each in document["audio"]),
            text=tuple(_stream(TextStream, each) for each in document["text"]),
            codecs=str(document["codecs"]),
            start_us=int(document["start_us"]),
            shots=_shots(document.get("shots")),
            speech=parse_speech(document.get("speech")),
        )
    except (KeyError, TypeError, AttributeError, ZeroDivisionError) as error:
        raise ValueError(f"not a probe document ({error})") from error


def _video(values: Mapping[str, Any]) -> VideoStream:
    exact = {key: Fraction(values[key]) for key in ("rate", "sample_aspect")}
    return _stream(VideoStream, {**values, **exact})


def _stream(kind: type[Stream], values: Mapping[str, Any]) -> Stream:
    return kind(**{field.name: values[field.name] for field in fields(kind)})


def _shots(values: object) -> tuple[int, ...] | None:
    if values is None:
        return None
    shots = _rising(_list(values), "shots")
    if shots[:1] == (0,):
        raise ValueError("shots: the first shot of a film is no change of shot")
    return shots


def parse_speech(values: object) -> tuple[Span, ...] | None:
    """Make stretches of speech of pairs of ms, in order; ``ValueError`` for anything else but ``None``."""
    if values is None:
        return None
    pairs = [_list(each) for each in _list(values)]
    if any(len(pair) != 2 for pair in pairs):  # noqa: PLR2004 - a pair
        raise ValueError("speech: not pairs of times")
    times = _rising(list(chain.from_iterable(pairs)), "speech")
    return tuple(Span(start_ms=start, end_ms=end) for start, end in zip(times[::2], times[1::2], strict=True))


def _list(values: object) -> list[Any]:
    if not isinstance(values, list) or len(values) > MAX_STRETCHES:
        raise ValueError("not a list, or one too long for a film")
    return values


def _rising(values: list[Any], name: str) -> tuple[int, ...]:
    """Let whole numbers pass of which each is larger than the one before."""
    if not all(type(each) is int and 0 <= each <= _LARGEST for each in values):
        raise ValueError(f"{name}: not whole numbers from 0 on")
    if not all(first < second for first, second in pairwise(values)):
        raise ValueError(f"{name}: not in order")
    return tuple(values)
