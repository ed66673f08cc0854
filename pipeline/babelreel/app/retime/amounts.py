"""By how much, and from where on, does somebody want the times to move?"""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction

from babelreel.app.project.choose_tracks import find_tracks_of
from babelreel.app.project.read_tracks import film_rate, load_track
from babelreel.errors import UsageError
from babelreel.model.film.time_map import TimeMap
from babelreel.model.project import Project
from babelreel.model.timecode import MS_PER_SECOND, frames_to_ms
from babelreel.model.track import Track

_SHIFT = re.compile(r"([+-]?)([0-9]{1,8}(?:[.,][0-9]{1,6})?)(ms|s|f)", re.ASCII)
_RATE = re.compile(r"([0-9]{1,9}(?:\.[0-9]{1,9})?)(?:/([0-9]{1,9}(?:\.[0-9]{1,9})?))?", re.ASCII)
_TIME = re.compile(r"(?:([0-9]{1,3}):)?([0-9]{1,3}):([0-5]?[0-9])(?:[.,]([0-9]{1,3}))?", re.ASCII)
_UNITS_MS = {"s": MS_PER_SECOND, "ms": 1}
#: No film is that long, and none is played so much faster or slower.
_LONGEST_MS = 24 * 3_600_000
_FASTEST = 4
#: A line that begins so near to a moment begins there.
_NEAR_MS = 500


def shift_ms(project: Project, written: str) -> int:
    """Read a time such as +2.0s, -300ms or +12f, whose frames are those of the film; raises ``UsageError``."""
    match = _SHIFT.fullmatch(written.strip())
    if not match:
        raise UsageError(
            what=f"“{written}” is no time to move by", hint="--by=+2.0s, --by=-300ms or --by=+12f (frames)"
        )
    amount, unit = Fraction(match[2].replace(",", ".")), match[3]
    ms = _frames_ms(project, amount, written) if unit == "f" else round(amount * _UNITS_MS[unit])
    if ms > _LONGEST_MS:
        raise UsageError(
            what=f"“{written}” is longer than any film", hint="--by=+2.0s, --by=-300ms or --by=+12f (frames)"
        )
    return -ms if match[1] == "-" else ms


def _frames_ms(project: Project, frames: Fraction, written: str) -> int:
    rate = film_rate(project)
    if frames.denominator != 1:
        raise UsageError(what=f"“{written}” is no whole number of frames", hint="--by=+12f")
    if rate is None:
        raise UsageError(
            what="nobody knows how long a frame is",
            why="the film is not there, is not described, or its frames do not all last as long",
            hint="say it in seconds: --by=+0.5s",
        )
    return frames_to_ms(frames.numerator, rate)


def stretch_rate(written: str) -> Fraction:
    """Read by what times are multiplied: 25/24, 1.001; raises ``UsageError``."""
    match = _RATE.fullmatch(written.strip())
    over = Fraction(match[2]) if match and match[2] else Fraction(1)
    rate = Fraction(match[1]) / over if match and over else Fraction(0)
    if not Fraction(1, _FASTEST) <= rate <= _FASTEST:
        raise UsageError(
            what=f"“{written}” is nothing to multiply times by",
            hint="--by=25/24 for a film of 25 frames a second that is played at 24, --by=24/25 for the way back",
        )
    return rate


def from_ms(project: Project, written: str, tags: tuple[str, ...]) -> int:
    """Read from where on: a time (0:49, 1:02:03.5), or the number of a line; raises ``UsageError``.

    The number is that of the one language that was named, else of the film's own.
    """
    if match := _TIME.fullmatch(written.strip()):
        hours, minutes, seconds = (int(each or 0) for each in match.groups()[:3])
        return ((hours * 60 + minutes) * 60 + seconds) * MS_PER_SECOND + int((match[4] or "0").ljust(3, "0"))
    if not re.fullmatch(r"[0-9]{1,9}", written.strip(), re.ASCII):
        raise UsageError(
            what=f"“{written}” is no line and no time", hint="--from=12 (a line) or --from=0:49.5 (a time)"
        )
    tag = tags[0] if len(tags) == 1 else project.reference
    track = load_track(project, find_tracks_of(project, [tag])[0])
    cue = next((each for each in track.cues if each.number == int(written)), None)
    if cue is None:
        raise UsageError(
            what=f"{tag} has no line {written.strip()}", where=track.path, hint="name a line, or a time: --from=0:49.5"
        )
    return cue.span.start_ms


def shift_of(by_ms: int, start_ms: int | None) -> Callable[[Track], TimeMap]:
    """Give the shift of each track from a moment on: a line that begins near it moves whole, or stays whole."""

    def shift(track: Track) -> TimeMap:
        if start_ms is None:
            return TimeMap.shifted(by_ms)
        starts = (cue.span.start_ms for cue in track.cues)
        near = min(starts, key=lambda each: abs(each - start_ms), default=start_ms)
        return TimeMap.shifted(by_ms, near if abs(near - start_ms) <= _NEAR_MS else start_ms)

    return shift
