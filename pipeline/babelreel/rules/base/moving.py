"""Move a whole track to the times of the film, and name the command that does so."""

from __future__ import annotations

from fractions import Fraction

from babelreel.model.film.change.film_change import shown_shift
from babelreel.model.film.change.time_map import TimeMap
from babelreel.model.finding import Fix
from babelreel.rules.base.subject import TrackSubject

#: A track that is off by less before or after another call is right.
SMALLEST_OFFSET_MS = 100


def moving(subject: TrackSubject, time_map: TimeMap) -> Fix | None:
    """Move all times of a track; ``None`` where a line would go, or begin before the film, or nothing can be written.

    Nobody but a person knows that the track belongs to this film: the fix is not safe.
    """
    if subject.track.format.is_read_only:
        return None
    from babelreel.timedtext.retiming.layout import UnmovableError  # noqa: PLC0415 - few tracks are moved
    from babelreel.timedtext.retiming.move import time_edits  # noqa: PLC0415 - see above

    try:
        edits = time_edits(subject.track, time_map)
    except UnmovableError:
        return None
    return Fix(edits=edits, is_safe=False, moves=time_map) if edits else None


def shift_call(language: str, by_ms: int, from_time: str = "") -> str:
    """Name the command that moves a track, or the part of it that begins at a certain time."""
    start = f" --from={from_time}" if from_time else ""
    return f"babelreel shift {language} --by={shown_shift(by_ms)}{start}"


def stretch_call(language: str, rate: Fraction, offset_ms: int) -> str:
    """Name the commands that stretch a track from the film's beginning on, and then move it if need be."""
    stretch = f"babelreel stretch {language} --by={rate}"
    if abs(offset_ms) < SMALLEST_OFFSET_MS:
        return stretch
    return f"{stretch}, then {shift_call(language, offset_ms)}"
