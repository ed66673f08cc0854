"""When words in the picture are seen, in babelreel.toml, after the film's time has moved."""

from __future__ import annotations

import codecs
import re
import tomllib
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from babelreel.app.retime.settings_file.chapters import START_CLOCK
from babelreel.app.retime.settings_file.written_starts import UnwritableError, with_values, without_tables
from babelreel.config.tables.campaign import start_ms_of
from babelreel.model.film.change.time_map import Fate, TimeMap
from babelreel.model.timecode import Span

_KEY, _FROM, _TO = "sign", "from", "to"
#: A time at a key, as a line of its own.
_TIMES = {
    key: re.compile(rf"""^[ \t]*(?:{key}|"{key}"|'{key}')[ \t]*=[ \t]*(["'])([^"'\r\n]*)\1""", re.MULTILINE)
    for key in (_FROM, _TO)
}


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedSigns:
    """The new bytes of babelreel.toml, how many signs moved, and the names of those that are not in the new film.

    ``cut`` are the names of those of which a part is not in it. ``fault`` says why the file is left as it is; empty
    where it is not. ``is_early``: a sign would begin before the film.
    """

    data: bytes
    moved: int = 0
    gone: tuple[str, ...] = ()
    cut: tuple[str, ...] = ()
    fault: str = ""
    is_early: bool = False


def move_signs(data: bytes, time_map: TimeMap) -> MovedSigns:
    """Move the times of signs in babelreel.toml; every other byte stays. A sign of which nothing is left goes.

    Of one that was cut apart the longest piece stays.
    """
    mark = codecs.BOM_UTF8 if data.startswith(codecs.BOM_UTF8) else b""
    try:
        text = data[len(mark) :].decode()
        signs = _signs(tomllib.loads(text))
        old = [Span(start_ms=start_ms_of(each[_FROM]), end_ms=start_ms_of(each[_TO])) for each in signs]
        left = [time_map.followed_by(span).moved_span(span) for span in old]
    except (ValueError, LookupError, TypeError, RecursionError):  # changed since the project was read
        return MovedSigns(data=data, fault="it was changed meanwhile, and cannot be read any more")
    new = [each.longest for each in left]
    if early := [signs[place]["name"] for place, span in enumerate(new) if span and span.start_ms < 0]:
        fault = f"the words in the picture “{early[0]}” would begin before the film"
        return MovedSigns(data=data, fault=fault, is_early=True)
    gone = tuple(place for place, span in enumerate(new) if span is None)
    moved = [place for place, span in enumerate(new) if span not in {None, old[place]}]
    try:
        for key, edge in ((_FROM, "start_ms"), (_TO, "end_ms")):
            times = {
                place: START_CLOCK.written(signs[place][key], Fraction(getattr(new[place], edge))) for place in moved
            }
            text = (
                with_values(text, times, _signs, key=key, written=_TIMES[key], header=f"[[{_KEY}]]") if times else text
            )
        text = without_tables(text, gone, _KEY) if gone else text
    except UnwritableError:
        fault = (
            'the words in the picture cannot be found in it: write each with lines [[sign]], from = "…" and to = "…"'
        )
        return MovedSigns(data=data, fault=fault)
    cut = (place for place, each in enumerate(left) if each.fate in {Fate.CLIPPED, Fate.CUT})
    names = [str(each["name"]) for each in signs]
    return MovedSigns(
        data=mark + text.encode(),
        moved=len(moved),
        gone=tuple(names[place] for place in gone),
        cut=tuple(names[place] for place in cut),
    )


def _signs(document: dict[str, Any]) -> list[dict[str, Any]]:
    found = document.get(_KEY, [])
    return found if isinstance(found, list) else []
