"""Where in a file does a piece of text stand?"""

from __future__ import annotations

from babelreel.model.source import LINE_END
from babelreel.model.track import Fault, FaultKind

#: A fault quotes no more than this: a line may have millions of characters, a report should not.
_QUOTED_CHARACTERS = 160


def split_lines(text: str) -> list[str]:
    r"""Cut a text where every editor does: at CRLF, CR and LF, mixed as they come.

    ``str.splitlines`` also cuts at form feeds, U+0085 and U+2028, which no editor counts as lines.
    """
    return LINE_END.split(text)


def clip(text: str) -> str:
    """Give at most 160 characters of a text, with an ellipsis where some are left out."""
    return text if len(text) <= _QUOTED_CHARACTERS else text[: _QUOTED_CHARACTERS - 1] + "…"


def unreadable(line: int, detail: str, text: str, column: int = 1) -> Fault:
    """Make the fault for lines of which no cue can be made; line and column count from 1."""
    return Fault(kind=FaultKind.UNREADABLE_CUE, line=line, column=column, detail=detail, text=clip(text))


def place_of(text: str, index: int) -> tuple[int, int]:
    """Give line and column, from 1, of the character at an index."""
    before = split_lines(text[:index])
    return len(before), len(before[-1]) + 1
