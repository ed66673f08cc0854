"""When did the line of each take begin, as ``takes.toml`` keeps it, when the film's time has moved?"""

from __future__ import annotations

import tomllib
from typing import Any

from babelreel.app.retime.written_starts import UnwritableError, with_starts
from babelreel.app.voices.recorded_texts import start_ms_of
from babelreel.model.film.time_map import TimeMap
from babelreel.model.timecode import render_timestamp


def move_take_starts(text: str, time_map: TimeMap) -> str:
    """Move the starts in the text of a ``takes.toml``; every other byte stays, as does a start that is gone.

    Which line a take belongs to is told by its words, and by its start only where several lines say the same. Raises
    ``UnwritableError`` where the file is no such file.
    """
    try:
        written = [str(each["start"]) for each in _takes(tomllib.loads(text))]
        moved = {place: time_map.moved(start_ms_of(start)) for place, start in enumerate(written)}
    except (ValueError, RecursionError):
        raise UnwritableError from None
    starts = {place: render_timestamp(start, ".") for place, start in moved.items() if start is not None}
    return with_starts(text, starts, _takes)


def _takes(document: dict[str, Any]) -> list[dict[str, Any]]:
    return [each for each in document.values() if isinstance(each, dict) and "start" in each]
