"""Find fields, times and headings of sections on the lines of an ASS or SSA file."""

from __future__ import annotations

import re
from collections.abc import Iterator

from babelreel.model.track import Format
from babelreel.timedtext.formats.timestamp import SUBSTATION, Time, read_time

#: The column orders which both formats define for files without a Format line; pysubs2 knows no other.
EVENT_COLUMNS = {
    Format.ASS: ["layer", "start", "end", "style", "name", "marginl", "marginr", "marginv", "effect", "text"],
    Format.SSA: ["marked", "start", "end", "style", "name", "marginl", "marginr", "marginv", "effect", "text"],
}
#: Lines of events that begin and end at a time.
TIMED_EVENTS = ("dialogue", "comment", "picture", "sound", "movie", "command")
#: Binary data fills these sections with lines that may look like anything, except that they hold no small letters.
BINARY_SECTIONS = ("[fonts]", "[graphics]")
_HEADING = re.compile(r"\[[^\]]{1,60}\]")


def heading_in(line: str, section: str) -> str:
    """Read the heading, in small letters, that a line without spaces around it is; empty where it is none.

    ``section`` is the one in which the line stands.
    """
    if line[:1] != "[" or not _HEADING.fullmatch(line) or (section in BINARY_SECTIONS and line.isupper()):
        return ""
    return line.lower()


def columns_of(rest: str) -> list[str]:
    """Read the names of columns, in small letters, that stand behind ``Format:``."""
    return [name.strip().lower() for name in rest.split(",")]


def fields_of(line: str, columns: list[str]) -> Iterator[tuple[str, tuple[int, int]]]:
    """Yield each field's name with its first index and the one behind its last; the text may hold commas."""
    index = line.index(":") + 1
    for name in columns[:-1]:
        comma = line.find(",", index)
        if comma < 0:
            return
        yield name, (index, comma)
        index = comma + 1
    yield columns[-1], (index, len(line))


def time_in(line: str, place: tuple[int, int], number: int) -> Time | None:
    """Read the time that fills a place of a line; ``None`` if something else stands there."""
    first, last = place
    time = read_time(line[:last], first, line=number, form=SUBSTATION)
    return time if time and not line[time.end : last].strip() else None
