"""Read from where on somebody wants the times to move."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction

from babelreel.app.project.description_files import find_files_of_film
from babelreel.app.project.read_tracks import load_track
from babelreel.errors import UsageError
from babelreel.model.film.change.time_map import TimeMap
from babelreel.model.project import Project
from babelreel.model.timecode import MS_PER_SECOND, render_timestamp
from babelreel.model.track import Track
from babelreel.timedtext.retiming.clocks import smallest_step_ms, to_step

_TIME = re.compile(r"(?:([0-9]{1,3}):)?([0-9]{1,3}):([0-5]?[0-9])(?:[.,]([0-9]{1,3}))?", re.ASCII)
_SECONDS = re.compile(r"([0-9]{1,6})(?:[.,]([0-9]{1,3}))?s", re.ASCII)
_NUMBER = re.compile(r"[0-9]{1,9}", re.ASCII)
#: What begins so near to a moment begins there.
_NEAR_MS = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Beginning:
    """A moment of the old film from which on all moves; ``told`` says which line was meant, where one was named."""

    start_ms: int
    told: str = ""


def read_beginning(project: Project, written: str, tags: tuple[str, ...]) -> Beginning:
    """Read the beginning: a time (0:49, 1:02:03.5, 12s), or the number of a line; raises ``UsageError``.

    The number is that of the one language that was named, else of the film's own.
    """
    written = written.strip()
    if match := _TIME.fullmatch(written):
        hours, minutes, seconds = (int(each or 0) for each in match.groups()[:3])
        return Beginning(start_ms=_ms((hours * 60 + minutes) * 60 + seconds, match[4]))
    if match := _SECONDS.fullmatch(written):
        return Beginning(start_ms=_ms(int(match[1]), match[2]))
    if not _NUMBER.fullmatch(written):
        raise UsageError(
            what=f"“{written}” is neither a line nor a time.",
            hint="Write --from=12 (a line), --from=0:49.5 or --from=49.5s (a time).",
        )
    tag = tags[0] if len(tags) == 1 else project.reference
    track = load_track(project, find_files_of_film(project, [tag])[0])
    cue = next((each for each in track.cues if each.number == int(written)), None)
    if cue is None:
        raise UsageError(
            what=f"{tag} has no line {written}.",
            where=track.path,
            hint=f"Name a line, or a time: --from=0:49.5, or --from={written}s for a second.",
        )
    start = render_timestamp(cue.span.start_ms, ".")
    told = f"from line {written} of {tag} on, at {start} (if you mean a time, write --from={written}s)"
    return Beginning(start_ms=cue.span.start_ms, told=told)


def shift_of(by_ms: int, start_ms: int | None, film_rate: Fraction | None = None) -> Callable[[Track], TimeMap]:
    """Tell how each track shifts from a moment on: a line that begins near it moves whole, or stays whole.

    A track moves by whole steps of its format: what touched does so after the way back.
    """

    def shift(track: Track) -> TimeMap:
        step_ms = smallest_step_ms(track.format, film_rate)
        return shift_among((cue.span.start_ms for cue in track.cues), round(to_step(by_ms, step_ms)), start_ms)

    return shift


def shift_among(starts: Iterable[int], by_ms: int, start_ms: int | None) -> TimeMap:
    """Shift what begins at these times: from the one that is near to a moment on, else the next one."""
    if start_ms is None:
        return TimeMap.shifted(by_ms)
    starts = sorted(starts)
    near = min(starts, key=lambda each: abs(each - start_ms), default=start_ms)
    if abs(near - start_ms) > _NEAR_MS:  # what began before stays, though it goes on behind the moment
        near = next((each for each in starts if each >= start_ms), start_ms)
    return TimeMap.shifted(by_ms, near)


def _ms(seconds: int, fraction: str | None) -> int:
    return seconds * MS_PER_SECOND + int((fraction or "0").ljust(3, "0"))
