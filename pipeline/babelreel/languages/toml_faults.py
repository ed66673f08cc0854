"""Say in plain words what is wrong with a file that is not TOML: the parser speaks to programmers."""

from __future__ import annotations

import re
import tomllib
from ast import literal_eval
from collections.abc import Iterator

_PLACE = re.compile(r"at line (\d+), column (\d+)")
_NAMES = re.compile(r"(\(.*\)) twice")
_LONGEST_SHOWN = 60
#: So many lines are looked at for the one in which something begins that is not closed.
_MOST_OPEN_LINES = 300

_QUOTES = (re.compile(r"[“”„‟«»‘’]"), 'write straight quotes: "…"')
#: What a line looks like that people write, and what to write in its place; the first one that fits.
_SLIPS: tuple[tuple[re.Pattern[str], str], ...] = (
    _QUOTES,
    (re.compile(r"^="), "a name is missing before “=”"),
    (re.compile(r"^[\w-]+\s+[\w-][\w\s-]*="), "a name is one word, without spaces"),
    (re.compile(r"^[^=\"'\[]*[^\x00-\x7f][^=]*="), "put a name with letters other than a to z between straight quotes"),
    (re.compile(r"=\s*[\d.]*\d,\d"), "write a point in a number: 0.05"),
    (re.compile(r"=\s*\d{1,2}[-./]\d{1,2}[-./]\d{4}"), "write a day as 2026-11-30"),
    (re.compile(r"=\s*(?:True|TRUE|False|FALSE|yes|no|Yes|No)\b"), "write true or false, in small letters"),
    (re.compile(r"=\s*\[[^\]\"']*[A-Za-z]"), 'put each text in a list between straight quotes: ["fr", "ar"]'),
    (re.compile(r"=\s*[#\w]"), 'put a text between straight quotes: "…"'),
    (re.compile(r"=\s*$"), "its value is missing"),
    (re.compile(r"^[^=\[]+$"), "write a name, “=” and a value"),
)
_TAKEN = "this name has a value already"
#: What the parser says where the line itself tells less, and what it means.
_SURE: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile("overwrite|Duplicate|namespace"), _TAKEN),
    (re.compile(r"Illegal character '\\n'"), 'the text is not closed: write " at its end'),
    (
        re.compile("Illegal character|invalid character"),
        "there is an invisible character here; delete the line, and type it again",
    ),
    (
        re.compile("Unescaped|hex value|Escaped"),
        "write two backslashes for one, or put the text in single quotes: '…'",
    ),
    (re.compile(r"Expected '\]\]'"), "write ]] at the end"),
    (re.compile(r"Expected '\]'"), "write ] at the end"),
    (re.compile("key part"), "a name is missing here; what stands in { } is written on one line"),
)
#: And what it means where the line tells more, if anything is wrong with it that we know.
_LIKELY: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile("Expected newline"), "nothing may follow the value but a comment"),
    (re.compile("Invalid date"), "write a day as 2026-11-30"),
    (re.compile(""), "write a text in straight quotes, a number, true or false"),
)


def plain_fault(error: ValueError, text: str) -> str:
    """Say where and why a text is no TOML; ``error`` is the parser's."""
    said, lines = str(error), text.splitlines()
    place = _PLACE.search(said)
    if place is None or "Unclosed" in said:
        number = _begin_of_open(lines, int(place[1]) if place else len(lines))
        told = "a bracket is not closed, or a comma is missing" if place else "a quote or a bracket is not closed"
        return f"line {number}, {_shown(lines, number)}: {told}"
    number = int(place[1])
    line = lines[number - 1].strip() if number <= len(lines) else ""
    if names := _NAMES.search(said):
        return f"line {number}, {_shown(lines, number)}: {_is_there(names[1])}"
    if slip := next(_slips(said, line), ""):
        return f"line {number}, {_shown(lines, number)}: {slip}"
    told = next(told for part, told in (*_SURE, *_LIKELY) if part.search(said))
    column = "" if told == _TAKEN else f", column {place[2]}"
    return f"line {number}{column}, {_shown(lines, number)}: {told}"


def _slips(said: str, line: str) -> Iterator[str]:
    """Find what people write by mistake; where the parser is sure of something else, only the quotes count."""
    known = (_QUOTES,) if any(part.search(said) for part, _ in _SURE) else _SLIPS
    yield from (advice for slip, advice in known if slip.search(line))


def _is_there(names: str) -> str:
    return f"[{'.'.join(literal_eval(names))}] is there already: write its lines into the first one"


def _shown(lines: list[str], number: int) -> str:
    line = lines[number - 1].strip() if number <= len(lines) else ""
    return f"“{line if len(line) <= _LONGEST_SHOWN else f'{line[:_LONGEST_SHOWN]}…'}”"


def _begin_of_open(lines: list[str], last: int) -> int:
    """Find the line in which what is never closed begins: all before it is TOML."""
    for number in range(last, max(0, last - _MOST_OPEN_LINES), -1):
        try:
            tomllib.loads("\n".join(lines[: number - 1]))
        except tomllib.TOMLDecodeError:
            continue
        return number
    return max(1, last)
