"""Read by how much somebody wants the times to move."""

from __future__ import annotations

import re
from fractions import Fraction

from babelreel.app.project.read_tracks import film_rate
from babelreel.errors import UsageError
from babelreel.model.project import Project
from babelreel.model.timecode import MS_PER_SECOND, STANDARD_RATES, frames_to_ms

_SHIFT = re.compile(r"([+-]?)([0-9]{1,8}(?:[.,][0-9]{1,6})?)(ms|s|f)", re.ASCII)
_RATE = re.compile(r"([0-9]{1,9}(?:\.[0-9]{1,9})?)(?:/([0-9]{1,9}(?:\.[0-9]{1,9})?))?", re.ASCII)
_UNITS_MS = {"s": MS_PER_SECOND, "ms": 1}
#: No film is that long, and none is played so much faster or slower.
_LONGEST_MS = 24 * 3_600_000
_FASTEST = 4
#: Rates that are taken for one another are no farther apart than 24 and 30, nearly; fields are two for each frame.
_FARTHEST = Fraction(13, 10)
_KNOWN = tuple(
    one / other for one in STANDARD_RATES for other in STANDARD_RATES if 1 / _FARTHEST < one / other < _FARTHEST
)
#: So near to a known rate is one that was measured, or written with few digits.
_NEARLY = Fraction(1, 1000)


def shift_ms(project: Project, written: str) -> int:
    """Read a time such as +2.0s, -300ms or +12f, whose frames are those of the film; raises ``UsageError``."""
    match = _SHIFT.fullmatch(written.strip())
    if not match:
        if _SHIFT.fullmatch(f"{written.strip()}s"):
            sign = "" if written.strip()[0] in "+-" else "+"
            raise UsageError(what=f"“{written}” has no unit.", hint=f"Add the unit: --by={sign}{written.strip()}s")
        raise UsageError(
            what=f"“{written}” is not a time to move by.", hint="Write --by=+2.0s, --by=-300ms or --by=+12f (frames)."
        )
    amount, unit = Fraction(match[2].replace(",", ".")), match[3]
    ms = _frames_ms(project, amount, written) if unit == "f" else round(amount * _UNITS_MS[unit])
    if ms > _LONGEST_MS:
        raise UsageError(
            what=f"“{written}” is longer than any film.", hint="Write --by=+2.0s, --by=-300ms or --by=+12f (frames)."
        )
    return -ms if match[1] == "-" else ms


def _frames_ms(project: Project, frames: Fraction, written: str) -> int:
    rate = film_rate(project)
    if frames.denominator != 1:
        raise UsageError(what=f"“{written}” is not a whole number of frames.", hint="Write --by=+12f, for example.")
    if rate is None:
        raise UsageError(
            what="It is not known how long a frame is.",
            why="there is no film and no description of it, or its frames are not equally long",
            hint="Write the time in seconds: --by=+0.5s",
        )
    return frames_to_ms(frames.numerator, rate)


def stretch_rate(written: str) -> Fraction:
    """Read the factor by which times are multiplied: 25/24, 1.001; raises ``UsageError``."""
    match = _RATE.fullmatch(written.strip())
    over = Fraction(match[2]) if match and match[2] else Fraction(1)
    rate = Fraction(match[1]) / over if match and over else None
    if rate is None or not Fraction(1, _FASTEST) <= rate <= _FASTEST:
        raise UsageError(
            what=f"“{written}” is not a number to multiply times by."
            if rate is None
            else f"Times cannot be multiplied by “{written}”.",
            why="" if rate is None else f"the number must be between 1/{_FASTEST} and {_FASTEST}",
            hint="Write --by=25/24 if a film of 25 frames a second is now played at 24, or --by=24/25 for the other "
            "way round.",
        )
    return rate


def is_known_rate(rate: Fraction) -> bool:
    """Tell whether films are played so much slower or faster by mistake: 25/24, 24/23.976, 30/25, or nearly so."""
    return any(abs(rate / known - 1) <= _NEARLY for known in _KNOWN)
