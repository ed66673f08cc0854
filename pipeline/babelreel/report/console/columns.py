"""Make a text fit into the columns of a terminal."""

from __future__ import annotations

import shutil
import sys
import textwrap

from rich.cells import cell_len

from babelreel.report.findings.excerpt import isolated
from babelreel.report.reader.speaking import in_readers_language, labelled
from babelreel.report.safe_text import legible

#: What every terminal has.
COLUMNS = 80
_INDENT = "  "
#: More of a text fits into no row: some characters take no column.
_MOST_CHARS = 8 * COLUMNS


def terminal_columns() -> int | None:
    """Count the columns of the terminal that standard output goes to; ``None`` for a file or a program."""
    return shutil.get_terminal_size((COLUMNS, 24)).columns if sys.stdout.isatty() else None


def clipped_to(text: str, columns: int) -> str:
    """Shorten a text to so many columns of a terminal, in which Chinese characters take two."""
    if cell_len(text) <= columns:
        return text
    kept = text[: 8 * columns]  # a text may be as long as its file; some characters take no column
    while cell_len(kept) >= columns:
        kept = kept[:-1]
    return f"{kept}…"


def wrapped(sentence: str, columns: int = COLUMNS) -> str:
    """Break a sentence of ours into rows of so many columns; a long path stays whole."""
    said = in_readers_language(sentence)
    return textwrap.fill(
        said,
        columns,
        subsequent_indent=_INDENT,
        break_long_words=False,
        break_on_hyphens=False,
    )


def with_text(sentence: str, text: str) -> str:
    """Put the text of a line of a track after what is said of it, in its row or in the next, which has 80 columns."""
    head = labelled(sentence, "")
    shown = legible(" / ".join(text[:_MOST_CHARS].split("\n")))
    if cell_len(f"{head}“{shown}”") <= COLUMNS:
        return f"{head}“{isolated(shown)}”"
    return f"{wrapped(head.rstrip())}\n{_INDENT}“{isolated(clipped_to(shown, COLUMNS - len(_INDENT) - 2))}”"
