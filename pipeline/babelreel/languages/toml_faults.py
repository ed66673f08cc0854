"""Say in plain words what is wrong with a file that is not TOML: the parser speaks to programmers."""

from __future__ import annotations

import re
from ast import literal_eval
from collections.abc import Iterator

_PLACE = re.compile(r"at line (\d+), column \d+")
_NAMES = re.compile(r"(\(.*\)) twice")
_LONGEST_SHOWN = 60

#: What a line looks like that people write, and what to write in its place; the first one that fits.
_SLIPS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"[“”„‟«»‘’]"), 'write straight quotes: "…"'),
    (re.compile(r"=\s*[\d.]*\d,\d"), "write a point in a number: 0.05"),
    (re.compile(r"=\s*\d{1,2}[-./]\d{1,2}[-./]\d{4}"), "write a day as 2026-11-30"),
    (re.compile(r"=\s*(?:True|TRUE|False|FALSE|yes|no|Yes|No)\b"), "write true or false, in small letters"),
    (re.compile(r"=\s*\[[^\]\"']*[A-Za-z]"), 'each text in a list stands in straight quotes: ["fr", "ar"]'),
    (re.compile(r"=\s*[#\w]"), 'a text stands in straight quotes: "…"'),
    (re.compile(r"=\s*$"), "its value is missing"),
    (re.compile(r"^[^=\[]+$"), "write a name, “=” and a value"),
)


def plain_fault(error: ValueError, text: str) -> str:
    """Say where and why a text is no TOML; ``error`` is the parser's."""
    place = _PLACE.search(str(error))
    if place is None:
        return f"its end is missing: a quote or a bracket is not closed ({error})"
    number = int(place[1])
    line = text.splitlines()[number - 1].strip() if number <= len(text.splitlines()) else ""
    shown = line if len(line) <= _LONGEST_SHOWN else f"{line[:_LONGEST_SHOWN]}…"
    return f"line {number}, “{shown}”: {next(_reasons(str(error), line))}"


def _reasons(said: str, line: str) -> Iterator[str]:
    if names := _NAMES.search(said):
        yield f"[{'.'.join(literal_eval(names[1]))}] is there already: write its lines into the first one"
    if "overwrite" in said:
        yield "this name has a value already"
    yield from (advice for slip, advice in _SLIPS if slip.search(line))
    yield said
