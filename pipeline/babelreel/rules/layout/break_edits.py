"""Make the edits that take out a line break of a cue, or put it elsewhere."""

from __future__ import annotations

import re

from babelreel.model.file_position import Spot
from babelreel.model.finding import Edit, Fix
from babelreel.model.track import Cue, Track

#: A line break and nothing else; where markup stands beside it, a person has to see to it.
_BREAK = re.compile(r"[ \t]*(\r\n|\r|\n|\\N)[ \t]*")


def joining(track: Track, cue: Cue, line: int, glue: str) -> Fix | None:
    """Put a line (from 0) and the next one on one line with ``glue`` between; ``None`` where markup interferes."""
    spot = _break_after(cue, line)
    if not _BREAK.fullmatch(track.source.text, spot.start, spot.end):
        return None
    return Fix(edits=(Edit(start=spot.start, end=spot.end, text=glue),), is_safe=False)


def moving_break(track: Track, cue: Cue, line: int, *, to: tuple[int, int], glue: str) -> Fix | None:
    """Take out the break after a line and make one at another place: a line and an index in it.

    Where the lines are put together with a space as ``glue``, the new break takes the place of a space, too. ``None``
    where markup interferes.
    """
    text, spot = track.source.text, _break_after(cue, line)
    found = _BREAK.fullmatch(text, spot.start, spot.end)
    start = cue.offset(*to)
    if not found or text[start : start + len(glue)] != glue or cue.lines[to[0]][to[1] : to[1] + len(glue)] != glue:
        return None
    edits = (
        Edit(start=spot.start, end=spot.end, text=glue),
        Edit(start=start, end=start + len(glue), text=found[1]),
    )
    return Fix(edits=tuple(sorted(edits, key=lambda edit: edit.start)), is_safe=False)


def _break_after(cue: Cue, line: int) -> Spot:
    return Spot(cue.offset(line, len(cue.lines[line])), cue.offset(line + 1, 0))
