"""How are the takes of a language shown beside their lines?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from pathlib import PurePosixPath

from rich.cells import cell_len

from babelreel.model.sound.take_table import TakeRow, TakeTable
from babelreel.model.timecode import MS_PER_SECOND, render_timestamp
from babelreel.report.findings.excerpt import isolated
from babelreel.report.plain import count, printable, readable, render_json

#: A terminal is rarely narrower.
_WIDTH = 100
_FILE_WIDTH = 18
_HEAD = ("line", "time in", "has s", "spoken", "tempo", "over s", "dead s", "take")
#: How wide each column is; numbers stand at its right end, the name of the file at its left.
_WIDTHS = (6, 12, 7, 7, 5, 6, 6, _FILE_WIDTH)


def render_takes(tables: Sequence[TakeTable]) -> str:
    """Write a table for each language: a line of the film in each row, what runs over marked with "!" and on top."""
    return "\n\n".join("\n".join(_table(table)) for table in tables) + "\n"


def _table(table: TakeTable) -> Iterator[str]:
    yield f"{table.language.tag} ({isolated(table.language.own_name)}): {_summary(table)}"
    if table.dub.takes:
        yield _columns(_HEAD, "text")
        yield from (_line(row) for row in table.rows)
    yield from (f"  not used: {isolated(printable(path))}: {printable(why)}" for path, why in table.unused)


def _summary(table: TakeTable) -> str:
    if table.dub.whole and not table.dub.takes:
        return f"one recording of the whole film, {isolated(printable(table.dub.whole.path))}"
    over = sum(1 for row in table.rows if row.overrun_ms)
    bare = sum(1 for row in table.rows if not row.path)
    parts = (
        count(len(table.rows), "line"),
        f"{over} over" if over else "",
        f"{bare} without a take" if bare else "",
        f"{len(table.unused)} not used" if table.unused else "",
    )
    return ", ".join(part for part in parts if part)


def _line(row: TakeRow) -> str:
    mark = "!" if row.overrun_ms else ""
    cells = (
        f"{mark}{row.cue.number}",
        render_timestamp(row.cue.span.start_ms),
        _seconds(row.available_ms),
        _seconds(row.recorded_ms) if row.path else "-",
        _tempo(row.tempo),
        _seconds(row.overrun_ms) if row.overrun_ms else "",
        _seconds(row.dead_air_ms) if row.dead_air_ms else "",
        PurePosixPath(row.path).name or "no take",
    )
    return _columns(cells, " ".join(row.cue.lines))


def _columns(cells: Sequence[str], text: str) -> str:
    fitted = [
        _padded(_clipped(printable(cell), width), width, is_left=place == len(_WIDTHS) - 1)
        for place, (cell, width) in enumerate(zip(cells, _WIDTHS, strict=True))
    ]
    room = _WIDTH - sum(_WIDTHS) - 2 * len(_WIDTHS)
    return "  ".join((*fitted, isolated(_clipped(readable(text), room)))).rstrip()


def _padded(text: str, width: int, *, is_left: bool) -> str:
    space = " " * max(0, width - _cells(text))
    return f"{isolated(text)}{space}" if is_left else f"{space}{text}"


def _clipped(text: str, width: int) -> str:
    """Shorten a text to so many columns of a terminal, in which Chinese characters take two."""
    if _cells(text) <= width:
        return text
    kept = text[: 8 * width]  # a text may be as long as its file; some characters take no column
    while _cells(kept) >= width:
        kept = kept[:-1]
    return f"{kept}…"


def _cells(text: str) -> int:
    return cell_len(text)


def _seconds(time_ms: int) -> str:
    """Write seconds with two digits, rounded up: what is over must not look as if it fitted."""
    hundredths = -(-time_ms // 10)
    return f"{hundredths // 100}.{hundredths % 100:02d}"


def _tempo(tempo: Fraction | None) -> str:
    if tempo is None or tempo == 1:
        return "" if tempo is None else "1"
    thousandths = round(tempo * MS_PER_SECOND)
    return f"{thousandths // 1000}.{thousandths % 1000:03d}"


def render_takes_json(tables: Sequence[TakeTable]) -> str:
    """Write the same for programs: times in whole milliseconds, ``null`` where a line has no take."""
    document = {
        "version": 1,
        "languages": [
            {
                "language": table.language.tag,
                "path": table.dub.path,
                "whole": table.dub.whole.path if table.dub.whole else None,
                "lines": [_row_document(row) for row in table.rows],
                "unused": [{"path": path, "reason": why} for path, why in table.unused],
            }
            for table in tables
        ],
    }
    return render_json(document)


def _row_document(row: TakeRow) -> dict[str, object]:
    has_take = bool(row.path)
    return {
        "line": row.cue.number,
        "start_ms": row.cue.span.start_ms,
        "available_ms": row.available_ms,
        "recorded_ms": row.recorded_ms if has_take else None,
        "tempo": _tempo(row.tempo) or None,
        "overrun_ms": row.overrun_ms if has_take else None,
        "dead_air_ms": row.dead_air_ms if has_take else None,
        "path": row.path or None,
        "text": row.cue.text,
    }
