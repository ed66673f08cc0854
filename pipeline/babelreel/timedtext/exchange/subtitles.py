"""Write lines as a subtitle file, for a translator who has a program for them."""

from __future__ import annotations

from babelreel.model.exchange.sheets import SentRow, Sheet
from babelreel.model.track import Align, Cue, Format, Track
from babelreel.timedtext.formats.sidecar import render_subrip


def write_srt(sheet: Sheet) -> bytes:
    """Write SubRip; where nothing is translated yet, what the film says stands in the places of the lines."""
    is_new = not any(row.text for row in sheet.rows)
    cues = (
        Cue(
            number=row.number,
            span=row.span,
            lines=tuple(_text(row, is_new=is_new).split("\n")),
            align=Align.TOP if row.sign else Align.BOTTOM,
        )
        for row in sheet.rows
        if row.text or row.sign or is_new
    )
    track = Track(language=sheet.language.tag, path="", format=Format.SRT, cues=tuple(cues))
    return render_subrip(track, None).encode()


def _text(row: SentRow, *, is_new: bool) -> str:
    """Write what stands in the place of a line; of words in the picture that nobody has said, what the film says."""
    return row.source if is_new or (row.sign and not row.text) else row.text
