"""Read a transcript in JSON: YouTube's own (json3), or one of Whisper."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from babelreel.model.json_codec import refuse_crowded
from babelreel.model.track import Format, Track
from babelreel.timedtext.foreign.cues import Timed, make_track, unreadable_track

#: No film is as long (a hundred hours): larger numbers are none of times.
_LONGEST_MS = 360_000_000

#: Keys that stand at the beginning of a transcript, and seldom of anything else.
_MARKS = (b'"wireMagic"', b'"tStartMs"', b'"segments"', b'"segs"')


def is_transcript(head: bytes) -> bool:
    """Tell whether the beginning of a JSON file is that of a transcript."""
    return any(mark in head.replace(b"\0", b"") for mark in _MARKS)


def read_transcript(text: str, *, language: str, path: str) -> Track:
    """Read the cues of YouTube's ``events`` or of Whisper's ``segments``."""
    try:
        refuse_crowded(text)
        document = json.loads(text.removeprefix("\ufeff"))
        texts = tuple(_texts(document))
    except (ValueError, RecursionError, _ForeignError) as error:
        why = "it is nested too deeply" if isinstance(error, RecursionError) else str(error)
        detail = f"it is no transcript of YouTube (json3) or of Whisper: {why}"
        return unreadable_track(detail, language=language, path=path, format_=Format.TRANSCRIPT)
    return make_track(texts, language=language, path=path, format_=Format.TRANSCRIPT)


class _ForeignError(Exception):
    """The document is something else."""


def _texts(document: object) -> Iterator[Timed]:
    if isinstance(document, dict) and isinstance(document.get("events"), list):
        return _of_youtube(document["events"])
    if isinstance(document, dict) and isinstance(document.get("segments"), list):
        return _of_whisper(document["segments"])
    raise _ForeignError("it has neither “events” nor “segments”")


def _of_youtube(events: list[Any]) -> Iterator[Timed]:
    """Take the events that say something; those that only open a window, or end a line of it, say nothing."""
    for event in events:
        segments = _of(_of(event, dict, "an event").get("segs", []), list, "segs")
        said = "".join(_text(_of(each, dict, "a segment").get("utf8", "")) for each in segments)
        if said.strip():
            start_ms = _milliseconds(event.get("tStartMs", 0), 1)
            end_ms = start_ms + _milliseconds(event.get("dDurationMs", 0), 1)
            yield Timed(start_ms=start_ms, end_ms=end_ms, pieces=((said, False),))


def _of_whisper(segments: list[Any]) -> Iterator[Timed]:
    for segment in segments:
        found = _of(segment, dict, "a segment")
        said = _text(found.get("text")).strip()
        start_ms, end_ms = (_milliseconds(found.get(name), 1000) for name in ("start", "end"))
        yield Timed(start_ms=start_ms, end_ms=end_ms, pieces=((said, False),))


def _of(value: Any, kind: type[Any], what: str) -> Any:  # noqa: ANN401 - any JSON, until it is known to be of this kind
    if not isinstance(value, kind):
        raise _ForeignError(f"{what} is {type(value).__name__}")
    return value


def _text(value: object) -> str:
    """Read a text; halves of characters, which JSON can name, become U+FFFD."""
    text = _of(value, str, "a text")
    return str(text.encode("utf-16", "surrogatepass").decode("utf-16", "replace"))


def _milliseconds(value: object, factor: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value * factor <= _LONGEST_MS:
        raise _ForeignError(f"“{value}” is no time")
    return round(value * factor)
