"""Convert milliseconds, frames and timestamps into one another without losing a frame.

Cue times are whole milliseconds, picture times are frame numbers, rates are exact fractions; no float takes part.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

MS_PER_SECOND = 1000
#: Less would be told as no time at all, with one decimal.
_TENTH_MS = 100

#: The rates that films come in, as exact fractions; a measured rate is snapped to the nearest of them.
STANDARD_RATES: tuple[Fraction, ...] = (
    Fraction(24000, 1001),
    Fraction(24),
    Fraction(25),
    Fraction(30000, 1001),
    Fraction(30),
    Fraction(48),
    Fraction(50),
    Fraction(60000, 1001),
    Fraction(60),
)


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Span:
    """A stretch of time in whole milliseconds; it may run backwards; the rules decide what that means."""

    start_ms: int
    end_ms: int

    @property
    def duration_ms(self) -> int:
        """End less start; negative when the span runs backwards."""
        return self.end_ms - self.start_ms

    def overlaps(self, other: Span) -> bool:
        """Tell whether both spans share at least one millisecond."""
        return self.start_ms < other.end_ms and other.start_ms < self.end_ms


def frames_to_ms(frames: int, rate: Fraction) -> int:
    """Compute the time of a frame's start, rounded to the nearest millisecond (half up)."""
    return int(Fraction(frames) * MS_PER_SECOND / rate + Fraction(1, 2))


def ms_to_frame(time_ms: int, rate: Fraction) -> int:
    """Find the frame whose start is nearest to a time (half up); negative times give negative frames."""
    # in whole numbers: rules ask this of every cue, and fractions are ten times slower
    ticks, second = 2 * time_ms * rate.numerator, MS_PER_SECOND * rate.denominator
    return (ticks + second) // (2 * second)


def shown_frames(span: Span, rate: Fraction) -> tuple[int, int]:
    """Return the first frame that shows a cue, and the one behind its last; at least one frame shows it."""
    first = max(0, ms_to_frame(span.start_ms, rate))
    return first, max(first + 1, ms_to_frame(span.end_ms, rate))


def middle_frame(span: Span, rate: Fraction, frames: int) -> int | None:
    """Return the middle one of those of a film's ``frames`` that show a cue; ``None`` where none does."""
    first, end = shown_frames(span, rate)
    end = min(end, frames)
    return (first + end - 1) // 2 if first < end else None


def snap_rate(measured: Fraction) -> Fraction:
    """Return the standard rate within 0.2 % of a measured one, or the measured one itself.

    0.2 % is twice the distance between 24 and 23.976 fps; the nearest wins.
    """
    nearest = min(STANDARD_RATES, key=lambda rate: abs(rate - measured))
    return nearest if abs(nearest - measured) * 500 <= nearest else measured


def render_clock(time_ms: int) -> str:
    """Write a moment of a film as a player shows it, in whole seconds: ``0:03``, ``1:02:03``."""
    minutes, seconds = divmod(max(0, time_ms) // MS_PER_SECOND, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{seconds:02d}" if hours else f"{minutes}:{seconds:02d}"


def render_seconds(time_ms: int) -> str:
    """Write how long something lasts, as people say it: ``1.8 s``, and ``0.04 s`` for a frame."""
    seconds = time_ms / MS_PER_SECOND
    return f"{seconds:.1f} s" if not time_ms or abs(time_ms) >= _TENTH_MS else f"{seconds:.2f} s"


def render_length(time_ms: int) -> str:
    """Write how long a film is, with tenths of a second, which tell two cuts apart: ``0:03.4``, ``1:02:03.0``."""
    return f"{render_clock(time_ms)}.{max(0, time_ms) % MS_PER_SECOND // 100}"


def render_timestamp(time_ms: int, separator: str = ",") -> str:
    """Write ``HH:MM:SS,mmm``; a negative time gets a minus sign, hours may have more than two digits."""
    sign, rest = ("-", -time_ms) if time_ms < 0 else ("", time_ms)
    seconds, ms = divmod(rest, MS_PER_SECOND)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{sign}{hours:02d}:{minutes:02d}:{seconds:02d}{separator}{ms:03d}"
