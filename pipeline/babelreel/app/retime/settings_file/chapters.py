"""Move the chapters of babelreel.toml when the film's time has moved."""

from __future__ import annotations

import codecs
import re
import tomllib
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from babelreel.app.retime.settings_file.written_starts import UnwritableError, with_starts, without_tables
from babelreel.config.tables.campaign import start_ms_of
from babelreel.model.film.change.time_map import END_MS, TimeMap
from babelreel.model.timecode import Span
from babelreel.timedtext.formats.timestamp import Form
from babelreel.timedtext.retiming.clocks import WallClock

_KEY = "chapter"
_FORM = Form(
    shown="M:SS",
    exact=re.compile(r"(?:[0-9]{1,2}:)?[0-9]{1,2}:[0-5][0-9](?:\.[0-9]{1,3})?"),
    mark=".",
    hour_digits=1,
    needs_hours=False,
)
#: By so much a chapter is written before the scene that it begins with; people write whole and half seconds.
_NEAR_MS = 500
START_CLOCK = WallClock(form=_FORM, drops_hours=True, drops_zeros=True, most_minutes=99)


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedChapters:
    """The new bytes of babelreel.toml, how many chapters moved, and the starts of those that are not in the new film.

    ``fault`` says why the file is left as it is; empty where it is not. ``is_early``: a chapter would begin before the
    film.
    """

    data: bytes
    moved: int = 0
    gone: tuple[str, ...] = ()
    fault: str = ""
    is_early: bool = False


def move_chapters(data: bytes, time_map: TimeMap) -> MovedChapters:
    """Move the starts of chapters in babelreel.toml; every other byte stays, a byte order mark too.

    A chapter that begins with the film begins with the new one. One whose beginning is gone begins with what is left of
    it; one of which nothing is left goes.
    """
    mark = codecs.BOM_UTF8 if data.startswith(codecs.BOM_UTF8) else b""
    try:
        text = data[len(mark) :].decode()
        written = [str(each["start"]) for each in _chapters(tomllib.loads(text))]
        old = [start_ms_of(each) for each in written]
        new = _apart(old, _new_starts(old, time_map))
    except (ValueError, LookupError, TypeError, RecursionError):  # changed since the project was read
        return MovedChapters(data=data, fault="it was changed meanwhile, and cannot be read any more")
    gone = tuple(place for place, start in enumerate(new) if start is None)
    if early := [written[place] for place, start in enumerate(new) if start is not None and start < 0]:
        return MovedChapters(data=data, fault=f"the chapter at {early[0]} would begin before the film", is_early=True)
    starts = {
        place: START_CLOCK.written(written[place], Fraction(start))
        for place, start in enumerate(new)
        if start is not None and start != start_ms_of(written[place])
    }
    try:
        moved = with_starts(text, starts, _chapters, header=f"[[{_KEY}]]") if starts else text
        moved = without_tables(moved, gone, _KEY) if gone else moved
    except UnwritableError:
        fault = 'the chapters cannot be found in it: write each with a line [[chapter]] and a line start = "…"'
        return MovedChapters(data=data, fault=fault)
    return MovedChapters(data=mark + moved.encode(), moved=len(starts), gone=tuple(written[place] for place in gone))


def _new_starts(starts: list[int], time_map: TimeMap) -> list[int | None]:
    later = sorted(starts)
    ends = dict(zip(later, [*later[1:], END_MS], strict=False))  # without any chapter there is none
    return [_new_start(Span(start_ms=start, end_ms=ends[start]), time_map) for start in starts]


def _apart(old: list[int], new: list[int | None]) -> list[int | None]:
    """Let of chapters that would begin at one moment the last one stay: nothing is left of those before it.

    The last one in the film, wherever it stands in the file.
    """
    last = {new[place]: place for place in sorted(range(len(old)), key=old.__getitem__)}
    return [start if last[start] == place else None for place, start in enumerate(new)]


def _new_start(chapter: Span, time_map: TimeMap) -> int | None:
    if not chapter.start_ms:
        return 0
    time_map = time_map.followed_by(chapter)
    moved = time_map.moved(chapter.start_ms)
    if moved is not None:
        cut = next((each for each in time_map.stretches if 0 < each.old.start_ms - chapter.start_ms <= _NEAR_MS), None)
        if cut is None or cut.old.start_ms >= chapter.end_ms:
            return moved
        # it begins with the scene behind the cut, a little before it
        return max(0, cut.new_start_ms - (cut.old.start_ms - chapter.start_ms))
    left = time_map.moved_span(chapter).pieces
    return left[0].start_ms if left else None


def _chapters(document: dict[str, Any]) -> list[dict[str, Any]]:
    found = document.get(_KEY, [])
    return found if isinstance(found, list) else []
