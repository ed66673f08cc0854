"""Break what is said to a person into the rows of a terminal, between words only."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from typing import TextIO

#: What every terminal has, where it does not say.
_COLUMNS = 80
#: Rows that go on are set in by so much more than the first one.
_INDENT = "  "
#: What stands in quotes is copied, or is a name: a command with its options stays in one row.
_WORD = re.compile(r" *(?:[^ “]*“[^”]*”[^ ]*|[^ ]+)")
#: A name with more words than this is not looked for.
_MOST_WORDS = 12


def fitted(text: str, stream: TextIO) -> str:
    """Break lines that are longer than the rows of a terminal; for a file or a program, a text stays as it is."""
    if not stream.isatty():
        return text
    columns = shutil.get_terminal_size((_COLUMNS, 24)).columns
    return "\n".join(_broken(line, columns) for line in text.split("\n"))


def _broken(line: str, columns: int) -> str:
    if len(line) * 2 <= columns:  # no character takes more than two columns
        return line
    from rich.cells import cell_len  # noqa: PLC0415 - a file or a program needs nothing of this

    if cell_len(line) <= columns:
        return line
    indent = line[: len(line) - len(line.lstrip(" "))] + _INDENT
    rows = [""]
    for word in _whole_paths(_WORD.findall(line)):
        if rows[-1].strip() and cell_len(rows[-1] + word) > columns:
            rows.append(indent + word.lstrip(" "))
        else:
            rows[-1] += word
    return "\n".join(rows)


def _whole_paths(words: list[str]) -> Iterator[str]:
    """Join the words of a path that is there: a folder may have spaces in its name."""
    start = 0
    while start < len(words):
        end = start + 1
        if "/" in words[start] or os.sep in words[start]:
            for last in range(min(len(words), start + _MOST_WORDS), end, -1):
                if os.path.lexists("".join(words[start:last]).lstrip(" (").rstrip(" .,:;)")):
                    end = last
                    break
        yield "".join(words[start:end])
        start = end
