"""Name one of many tables of a file as its reader knows it: a sign by its name, a chapter by its time."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from babelreel.errors import BabelreelError
from babelreel.languages.tables import Table, parse_settings, read_settings_text

#: By the key of such tables, what says best which of them is meant; the first that it has.
_TELLING: Mapping[str, tuple[str, ...]] = {
    "sign": ("name", "from"),
    "chapter": ("start",),
    "help": ("number",),
    "check.allow": ("file", "text", "rules"),
}
_NUMBERED = re.compile(rf"({'|'.join(map(re.escape, _TELLING))})\.(\d+)(?:\.([\w.-]+))?(?=:)")
#: Longer names are no help.
_MOST_CHARS = 40


def with_names(faults: Sequence[str], path: Path) -> list[str]:
    """Write ``[[sign]] “court”, to:`` for the ``sign.1.to:`` that a fault begins with, as far as the file tells it."""
    if not any(map(_NUMBERED.match, faults)):
        return list(faults)
    try:
        text = read_settings_text(path)
        values = parse_settings(text, str)
    except (BabelreelError, OSError, ValueError, RecursionError):  # it is told elsewhere, or gone by now
        return list(faults)
    return [_NUMBERED.sub(lambda found: _named(found, values, text), fault, count=1) for fault in faults]


def _named(found: re.Match[str], values: Table, text: str) -> str:
    key, number, rest = found.groups()
    name = _name(key, int(number), values) or f"in line {_line(key, int(number), text)}"
    return f"[[{key}]] {name}{f', {rest}' if rest else ''}"


def _name(key: str, number: int, values: Table) -> str:
    """Return what tells the table from others, in quotes; empty where it has nothing of that kind."""
    tables: object = values
    for part in key.split("."):
        tables = tables.get(part) if isinstance(tables, dict) else None
    table = tables[number - 1] if isinstance(tables, list) and number <= len(tables) else None
    said = [table.get(each) for each in _TELLING[key]] if isinstance(table, dict) else []
    told = [", ".join(map(str, each)) if isinstance(each, list) else each for each in said]
    return next((f"“{each}”" for each in told if isinstance(each, str) and 0 < len(each) <= _MOST_CHARS), "")


def _line(key: str, number: int, text: str) -> int:
    """Find the line of a heading that stands several times in a file."""
    heads = re.finditer(rf"^[ \t]*\[\[\s*{re.escape(key)}\s*\]\]", text, re.MULTILINE)
    starts = [text.count("\n", 0, head.start()) + 1 for head in heads]
    return starts[number - 1] if number <= len(starts) else 1
