"""Move the starts of the lines of takes, as ``takes.toml`` keeps them, when the film's time has moved."""

from __future__ import annotations

import codecs
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from babelreel.app.retime.settings_file.written_starts import UnwritableError, with_starts
from babelreel.app.voices.recorded_texts import TAKES_FILE, start_ms_of
from babelreel.app.voices.stems import list_recordings
from babelreel.model.film.change.time_map import TimeMap
from babelreel.model.project import Project
from babelreel.model.timecode import render_timestamp
from babelreel.regular_files import read_regular
from babelreel.system_errors import house_errors


def take_files(project: Project, tags: frozenset[str] | None = None) -> Iterator[tuple[str, Path]]:
    """Yield the files that keep what takes were recorded for, of these languages or of all, each with its language."""
    for recordings in list_recordings(project):
        if tags is None or recordings.language in tags:
            paths = (folder / TAKES_FILE for folder in recordings.folders)
            yield from ((recordings.language, path) for path in paths if path.is_file())


def moved_take_starts(path: Path, time_maps: Iterable[TimeMap]) -> tuple[bytes, bytes]:
    """Read what a ``takes.toml`` holds now, and move its starts, by one map after another; return both.

    Every other byte stays, as does a start that is gone. Which line a take belongs to is known by its words, and by its
    start only where several lines say the same. Raises ``UnwritableError`` where the file is no such file.
    """
    with house_errors(path):
        before = read_regular(path)
    mark = codecs.BOM_UTF8 if before.startswith(codecs.BOM_UTF8) else b""
    try:
        text = before[len(mark) :].decode()
        for time_map in time_maps:
            text = _moved(text, time_map)
    except (ValueError, RecursionError):
        raise UnwritableError from None
    return before, mark + text.encode()


def _moved(text: str, time_map: TimeMap) -> str:
    written = [str(each["start"]) for each in _takes(tomllib.loads(text))]
    moved = {place: time_map.moved(start_ms_of(start)) for place, start in enumerate(written)}
    starts = {place: render_timestamp(start, ".") for place, start in moved.items() if start is not None}
    return with_starts(text, starts, _takes)


def _takes(document: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [each for each in document.values() if isinstance(each, dict) and "start" in each]
