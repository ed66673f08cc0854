"""How do lines stand in a subtitle file for a translator who has a program for them?"""

from __future__ import annotations

from babelreel.model.exchange.sheets import Sheet
from babelreel.model.track import Cue, Format, Track
from babelreel.timedtext.formats.sidecar import render_subrip


def write_srt(sheet: Sheet) -> bytes:
    """Write SubRip; where nothing is translated yet, what the film says stands in the places of the lines."""
    is_new = not any(row.text for row in sheet.rows)
    cues = (
        Cue(number=row.number, span=row.span, lines=tuple((row.source if is_new else row.text).split("\n")))
        for row in sheet.rows
        if row.text or is_new
    )
    track = Track(language=sheet.language.tag, path="", format=Format.SRT, cues=tuple(cues))
    return render_subrip(track, None).encode()
