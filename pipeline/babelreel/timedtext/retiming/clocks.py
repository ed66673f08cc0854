"""Write a new time in the place of an old one, in the same form."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Protocol

from babelreel.model.timecode import MS_PER_SECOND
from babelreel.model.track import Format
from babelreel.timedtext.formats.timestamp import FORMS, Form, render_time

#: A time as every program writes it; digits and signs of other scripts, and spaces in it, are written anew as a whole.
_PLAIN = re.compile(r"(?:([0-9]{1,6}):)?([0-9]{1,6}):([0-9]{1,6})(?:([,.:;] ?)([0-9]{1,9}))?")
_SIXTY = 60
_TENTH_MS = Fraction(100)
#: What fits into the digits that are read again.
_MOST_MINUTES = 999_999


class Clock(Protocol):
    """How a format counts time: in steps of so many milliseconds."""

    @property
    def step_ms(self) -> Fraction:
        """The smallest difference of two times."""

    def written(self, old: str, time_ms: Fraction) -> str:
        """Write a time, not before zero, as the old one was written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WallClock:
    """Hours, minutes, seconds and a fraction.

    ``drops_hours``: times below an hour are written without hours in this file. ``hour_digits``: hours that need fewer
    have so many in it, ``None`` where no time tells. ``drops_zeros``: a fraction is no longer than it must be. Minutes
    that were counted on past the hour are still, up to ``most_minutes``.
    """

    form: Form
    drops_hours: bool = False
    hour_digits: int | None = None
    drops_zeros: bool = False
    most_minutes: int = _MOST_MINUTES

    @classmethod
    def of(cls, form: Form, written: Iterable[str], beside: Iterable[str] = ()) -> WallClock:
        """Find the clock of a file, whose times are written so; ``beside`` are others of it, where these tell nothing.

        Moments within a line may be written otherwise than the times of the lines.
        """
        found = [match for match in map(_PLAIN.fullmatch, written) if match]
        others = [match for match in map(_PLAIN.fullmatch, beside) if match]
        is_short = any(match[1] is None for match in (*found, *others))
        has_zero_hours = any(match[1] is not None and not int(match[1]) for match in found)
        digits = (_told_hour_digits(each) for each in (found, others))
        return cls(
            form=form,
            drops_hours=is_short and not has_zero_hours,
            hour_digits=next((each for each in digits if each is not None), None),
        )

    @property
    def step_ms(self) -> Fraction:
        """A millisecond, or ten."""
        return Fraction(10 ** (3 - self.form.digits))

    def written(self, old: str, time_ms: Fraction) -> str:
        """Keep the number of digits, the marks between them, and hours where they stood or are needed."""
        match, ms = _PLAIN.fullmatch(old), round(time_ms)
        if not match:
            return render_time(ms, self.form)
        seconds, fraction = divmod(ms, MS_PER_SECOND)
        hours, minutes = self._hours_and_minutes(match, seconds // _SIXTY)
        clock = f"{minutes.zfill(len(match[2]))}:{str(seconds % _SIXTY).zfill(len(match[3]))}"
        return hours + clock + self._fraction(match, fraction)

    def _hours_and_minutes(self, match: re.Match[str], minutes: int) -> tuple[str, str]:
        is_long_count = match[1] is None and int(match[2]) >= _SIXTY and minutes <= self.most_minutes
        if is_long_count:  # 75:10 without hours
            return "", str(minutes)
        hours, minutes = divmod(minutes, _SIXTY)
        if not hours and (match[1] is None or self.drops_hours):
            return "", str(minutes).zfill(2 if match[1] is not None else 0)
        return f"{str(hours).zfill(self._hour_digits(match[1]))}:", str(minutes).zfill(2 if match[1] is None else 0)

    def _hour_digits(self, old: str | None) -> int:
        """Count the digits that hours have at least: as many as were written, unless the number itself wanted them."""
        if old and (len(old) == 1 or old.startswith("0")):
            return len(old)
        return self.hour_digits or self.form.hour_digits

    def _fraction(self, match: re.Match[str], ms: int) -> str:
        mark, old = match[4], match[5] or ""
        exact = f"{ms:03d}".rstrip("0")
        if self.drops_zeros:
            return f"{mark or self.form.mark}{exact}" if exact else ""
        if mark is None:
            return self.form.mark + f"{ms:03d}"[: self.form.digits] if ms else ""
        return mark + exact.ljust(len(old), "0")


def _told_hour_digits(found: Iterable[re.Match[str]]) -> int | None:
    """Count the digits that hours have at least; numbers that fill them tell nothing."""
    return min((len(each[1]) for each in found if each[1] and (len(each[1]) == 1 or each[1][0] == "0")), default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counter:
    """Whole numbers of steps: frames, tenths of a second."""

    step_ms: Fraction

    def written(self, old: str, time_ms: Fraction) -> str:
        """Write the number of steps, with the zeros that were before it."""
        number = str(round(time_ms / self.step_ms))
        return number.zfill(len(old)) if old.startswith("0") and len(old) > 1 else number


def smallest_step_ms(kind: Format, frame_rate: Fraction | None) -> Fraction:
    """Tell how far two times of a format lie apart at least; those of MicroDVD are frames, if their rate is known."""
    match kind:
        case Format.MICRODVD:
            return Fraction(MS_PER_SECOND) / frame_rate if frame_rate else Fraction(1)
        case Format.MPL2:
            return _TENTH_MS
        case _:
            return WallClock(form=FORMS[kind]).step_ms if kind in FORMS else Fraction(1)


def to_step(time_ms: Fraction | int, step_ms: Fraction) -> Fraction:
    """Find the nearest time of a clock; of two the one nearer to zero, so that there and back is the same.

    Besides, of two times that were apart neither passes the other.
    """
    steps = abs(Fraction(time_ms)) / step_ms
    whole = -((1 - 2 * steps) // 2)  # the nearest whole number, half down
    return (whole if time_ms >= 0 else -whole) * step_ms
