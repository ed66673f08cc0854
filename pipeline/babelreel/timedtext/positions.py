"""Find where in a file a piece of text stands, and make faults of such places."""

from __future__ import annotations

from babelreel.model.file_position import LINE_END, Source, Spot
from babelreel.model.track import Fault, FaultKind

#: A fault quotes no more than this: a line may have millions of characters, a report should not.
_QUOTED_CHARACTERS = 160

#: A byte order mark behind the one that decoding took away.
_SECOND_MARK = "\ufeff"


def split_lines(text: str) -> list[str]:
    r"""Cut a text where every editor does: at CRLF, CR and LF, mixed as they come.

    ``str.splitlines`` also cuts at form feeds, U+0085 and U+2028, which no editor counts as lines.
    """
    return LINE_END.split(text)


def lines_of(source: Source) -> list[str]:
    """List the lines of a text; a byte order mark that is left in the first is a space here, which moves nothing."""
    lines = source.lines
    if lines[0].startswith(_SECOND_MARK):
        lines[0] = " " + lines[0][1:]
    return lines


def line_end(source: Source, index: int) -> str:
    """Return the line end behind the line with an index (from 0), or LF at the end of a text without any."""
    if index + 1 < len(source.starts):
        end = source.starts[index + 1]
        return "\r\n" if source.text[end - 2 : end] == "\r\n" else source.text[end - 1]
    return line_end(source, index - 1) if index > 0 else "\n"


def clip(text: str) -> str:
    """Shorten a text to at most 160 characters, with an ellipsis where some are left out."""
    return text if len(text) <= _QUOTED_CHARACTERS else text[: _QUOTED_CHARACTERS - 1] + "…"


def unreadable(line: int, detail: str, text: str, column: int = 1) -> Fault:
    """Make the fault for lines of which no cue can be made; line and column count from 1."""
    return Fault(kind=FaultKind.UNREADABLE_CUE, line=line, column=column, detail=detail, text=clip(text))


def missing_blank_line(source: Source, index: int, detail: str, *, is_evident: bool = True) -> Fault:
    """Make the fault for a cue that begins at the line with this index (from 1), right below another text.

    It is repaired with the line end of the line above: another one could join with it.
    """
    return Fault(
        kind=FaultKind.MISSING_BLANK_LINE,
        line=index + 1,
        column=1,
        detail=detail,
        repaired=line_end(source, index - 1),
        is_evident=is_evident,
    )


def place_of(text: str, index: int) -> tuple[int, int]:
    """Find line and column, from 1, of the character at an index."""
    before = split_lines(text[:index])
    return len(before), len(before[-1]) + 1


def fault_at(source: Source, spot: Spot, kind: FaultKind, detail: str, *, repaired: str | None = None) -> Fault:
    """Make the fault for a stretch of the file's text; what repairs it is taken to be evident."""
    line, column = source.place(spot.start)
    return Fault(
        kind=kind,
        line=line,
        column=column,
        detail=detail,
        text=clip(split_lines(source.text[spot.start : spot.end])[0]),
        length=spot.end - spot.start,
        repaired=repaired,
        is_evident=repaired is not None,
    )
