"""Write a recording script as a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from babelreel.model.sound.recording_script import RecordingScript, ScriptLine, flowing
from babelreel.model.timecode import MS_PER_SECOND, render_timestamp
from babelreel.report.spreadsheet import BYTE_ORDER_MARK, harmless

#: The first row.
HEADER = (
    *("line", "time in", "time out", "seconds available", "source text", "target text"),
    *("take", "fits", "estimated seconds", "notes", "recording"),
)


def render_script_csv(script: RecordingScript) -> str:
    """Write a row for each line as RFC 4180 says, with a byte order mark, so that Excel shows every script.

    Times are ``HH:MM:SS.mmm``, seconds have a point. Each text is in one line. An apostrophe is put before what a
    spreadsheet program could take for a formula.
    """
    rows = io.StringIO()
    writer = csv.writer(rows, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(HEADER)
    writer.writerows([harmless(value) for value in _row(script, line)] for line in script.lines)
    return BYTE_ORDER_MARK + rows.getvalue()


def _row(script: RecordingScript, line: ScriptLine) -> Iterator[str]:
    yield str(line.number)
    yield render_timestamp(line.span.start_ms, ".")
    yield render_timestamp(line.span.end_ms, ".")
    yield in_seconds(line.room_ms)
    yield flowing(line.source_text, script.source)
    yield flowing(line.text, script.language)
    yield line.take
    yield line.fit.value
    yield in_seconds(line.spoken_ms)
    yield ""
    yield line.recorded.value


def in_seconds(time_ms: int) -> str:
    """Write whole milliseconds as seconds with one decimal, rounded down: nobody shall count on a tenth too much."""
    return f"{time_ms // MS_PER_SECOND}.{time_ms % MS_PER_SECOND // 100}"
