"""How is a probed film kept as JSON, so that it can be checked against without the film?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, fields
from fractions import Fraction
from typing import Any, TypeVar

from babelreel.model.media import AudioStream, MediaInfo, TextStream, VideoStream

#: Counts up when an older document would be misread.
PROBE_VERSION = 1

Stream = TypeVar("Stream", VideoStream, AudioStream, TextStream)


def media_document(info: MediaInfo) -> dict[str, Any]:
    """Give a film as JSON values; fractions are written "30000/1001"."""
    document = asdict(info)
    video = document["video"]
    if video is not None:
        document["video"] = {key: str(value) if isinstance(value, Fraction) else value for key, value in video.items()}
    return {"version": PROBE_VERSION, **document}


def parse_media(document: Mapping[str, Any]) -> MediaInfo:
    """Make a film of a document; ``ValueError`` when it is not one of ours."""
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
        )
    except (KeyError, TypeError, AttributeError, ZeroDivisionError) as error:
        raise ValueError(f"not a probe document ({error})") from error


def _video(values: Mapping[str, Any]) -> VideoStream:
    exact = {key: Fraction(values[key]) for key in ("rate", "sample_aspect")}
    return _stream(VideoStream, {**values, **exact})


def _stream(kind: type[Stream], values: Mapping[str, Any]) -> Stream:
    return kind(**{field.name: values[field.name] for field in fields(kind)})
