"""Say that a film is damaged, and where."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

from babelreel.errors import FilmError
from babelreel.model.timecode import MS_PER_SECOND, render_clock

#: Pictures that an AVI film counts and that cannot be found: recorders that count a few more than they write are
#: tolerated.
_MOST_MISSING_S = Fraction(1, 2)


def damage_at(path: Path, at_ms: int | None, why: str) -> FilmError:
    """Return the error for a film that is damaged at a moment, in ms of the film; ``None`` where nobody knows."""
    return FilmError(
        what="The film is damaged." if at_ms is None else f"The film is damaged at {render_clock(at_ms)}.",
        where=str(path),
        why=why,
        hint="Copy the film from the camera or the sender again, or cut the place out in a video editor.",
    )


def refuse_missing(path: Path, container: str, *, told_s: Fraction, found_s: Fraction) -> None:
    """Raise ``FilmError`` for an AVI film in which pictures are missing: its reader passes over holes silently.

    ``told_s`` is how long the film says that its picture is, 0 where it says nothing.
    """
    if container == "avi" and told_s - found_s > _MOST_MISSING_S:
        told, found = (render_clock(int(each * MS_PER_SECOND)) for each in (told_s, found_s))
        raise damage_at(path, None, f"it says that it lasts {told}, and pictures for {found} can be read")
