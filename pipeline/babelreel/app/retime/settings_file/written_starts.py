"""Rewrite a file of settings when the starts in it move, and nothing else."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Collection, Mapping
from itertools import takewhile
from typing import Any

#: A start, as a line of its own.
_START = re.compile(r"""^[ \t]*(?:start|"start"|'start')[ \t]*=[ \t]*(["'])([^"'\r\n]*)\1""", re.MULTILINE)
_HEADER = re.compile(r"^[ \t]*\[+[^\r\n]*?\]+(?=[ \t]*(?:#|\r|\n|\Z))", re.MULTILINE)
_SPACE = re.compile(r"\s")

#: Picks the tables that have a start, in the order of the file.
Tables = Callable[[dict[str, Any]], list[dict[str, Any]]]


class UnwritableError(Exception):
    """A file of settings is written in a way in which its starts cannot be found. Never leaves ``app``."""


def with_starts(text: str, starts: Mapping[int, str], tables: Tables, *, header: str = "") -> str:
    """Write other starts into tables, by their places among those that ``tables`` picks; see ``with_values``."""
    return with_values(text, starts, tables, key="start", written=_START, header=header)


def with_values(  # noqa: PLR0913 - what a value is, and where it stands
    text: str,
    values: Mapping[int, str],
    tables: Tables,
    *,
    key: str,
    written: re.Pattern[str],
    header: str = "",
    read: Callable[[str], Any] = str,
) -> str:
    """Write other values of a key into tables, by their places among those that ``tables`` picks.

    ``written`` finds the lines of the key, with the value as second group, which ``read`` reads. ``header`` is that of
    the tables that are meant, where others may have the key too. What was written is read again; raises
    ``UnwritableError`` where anything else would change.
    """
    wanted = tomllib.loads(text)
    picked = tables(wanted)
    found = [match for match in written.finditer(text) if not header or _header_of(text, match.start()) == header]
    if len(found) != len(picked):
        raise UnwritableError
    parts, done = [], 0
    for place, value in sorted(values.items()):
        picked[place][key] = read(value)
        parts += [text[done : found[place].start(2)], value]
        done = found[place].end(2)
    return _read_again("".join((*parts, text[done:])), wanted)


def without_tables(text: str, places: Collection[int], key: str) -> str:
    """Take tables of an array out of a file, up to their last line; what stands before the next table is its own.

    Raises ``UnwritableError`` where anything else would change.
    """
    wanted = tomllib.loads(text)
    wanted[key] = [each for place, each in enumerate(wanted[key]) if place not in places]
    if not wanted[key]:
        del wanted[key]
    headers = [(match.start(), _bare(match[0])) for match in _HEADER.finditer(text)]
    own = [index for index, (_, name) in enumerate(headers) if name == f"[[{key}]]"]
    if any(place >= len(own) for place in places):
        raise UnwritableError
    parts, done = [], 0
    for place in sorted(places):
        inner = takewhile(lambda each: each[1].lstrip("[").startswith(f"{key}."), headers[own[place] + 1 :])
        after = own[place] + 1 + len(list(inner))
        parts.append(text[done : headers[own[place]][0]])
        end = headers[after][0] if after < len(headers) else len(text)
        done = end - len(_remarks_before(text[headers[own[place]][0] : end])) if after < len(headers) else end
    return _read_again("".join((*parts, text[done:])), wanted)


def _remarks_before(table: str) -> str:
    """Return the comments behind the last blank line of a table: they are about the table that follows."""
    rest = re.search(r"(?:\A|\n)[ \t]*\n((?:[ \t]*(?:#[^\n]*)?\n)+)\Z", table)
    return rest[1] if rest else ""


def _header_of(text: str, offset: int) -> str:
    """Find the header of the table in which an offset lies, without spaces."""
    headers = list(_HEADER.finditer(text, 0, offset))
    return _bare(headers[-1][0]) if headers else ""


def _bare(header: str) -> str:
    return _SPACE.sub("", header)


def _read_again(text: str, wanted: dict[str, Any]) -> str:
    if tomllib.loads(text) != wanted:
        raise UnwritableError
    return text
