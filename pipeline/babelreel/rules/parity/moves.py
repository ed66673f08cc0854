"""Move a track to the times of its reference, and name the command that does so."""

from __future__ import annotations

from babelreel.model.film.change.time_map import END_MS, Stretch, TimeMap
from babelreel.model.finding import Fix
from babelreel.model.timecode import Span, render_timestamp
from babelreel.rules.alignment.alignment import Alignment
from babelreel.rules.base.moving import SMALLEST_OFFSET_MS, moving, shift_call, stretch_call
from babelreel.rules.base.subject import TrackSubject


def move_to_reference(subject: TrackSubject, alignment: Alignment) -> Fix | None:
    """Move all times of a track to those of its reference; ``None`` where that cannot be done without a person."""
    return moving(subject, TimeMap(stretches=_stretches(alignment)))


def move_call(language: str, alignment: Alignment) -> str:
    """Name the commands that move the track."""
    line, later = alignment.line, alignment.later
    if line == later and line.slope == 1:
        return shift_call(language, line.shift_ms)
    if line == later:
        return stretch_call(language, line.slope, line.shift_ms)
    first_ms = line.shift_ms if abs(line.shift_ms) >= SMALLEST_OFFSET_MS else 0
    start = render_timestamp(alignment.turn_ms + first_ms, ".")
    jump = shift_call(language, later.shift_ms - first_ms, start)
    return f"{shift_call(language, first_ms)}, then {jump}" if first_ms else jump


def _stretches(alignment: Alignment) -> tuple[Stretch, ...]:
    """List where each part of the track belongs; what comes earlier takes the place of what was before it."""
    line, later = alignment.line, alignment.later
    if line == later:
        whole = Span(start_ms=0, end_ms=END_MS)
        return (Stretch(old=whole, new_start_ms=line.shift_ms, rate=line.slope),)
    turn_ms = alignment.turn_ms
    end_ms = min(turn_ms, turn_ms + later.shift_ms - line.shift_ms)
    rest = Stretch(old=Span(start_ms=turn_ms, end_ms=END_MS), new_start_ms=turn_ms + later.shift_ms)
    if end_ms <= 0:
        return (rest,)
    return Stretch(old=Span(start_ms=0, end_ms=end_ms), new_start_ms=line.shift_ms), rest
