"""Measure the rate of a film by its timestamps, not by what its header says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from babelreel.model.film.duration import MOST_UNEVEN_MS
from babelreel.model.timecode import MS_PER_SECOND, STANDARD_RATES, snap_rate

#: Timestamps may be rounded to milliseconds (Matroska), also after the film was copied into a finer container.
ROUNDING = Fraction(1, 1000)
#: A cue comes and goes with a frame: up to half a frame early or late. At this rate that is 42 ms, and viewers notice
#: 45 (ITU-R BT.1359). A film with fewer frames a second has each of them shown several times.
LEAST_RATE = Fraction(12)
#: Such a film runs at the first of these rates that shows each frame equally often; where none does, at the first.
_REPEATING_RATES = (Fraction(25), Fraction(24), Fraction(30), Fraction(24000, 1001), Fraction(30000, 1001))
#: How many of the steps from frame to frame are alike in a film that has one rate but for some gaps.
_USUAL_SHARE = Fraction(9, 10)
#: The rate of a film with a single frame and a header that says nothing.
FALLBACK_RATE = Fraction(25)
#: A measured rate is a fraction of whole ticks; every real one has a denominator up to this (30000/1001).
_LARGEST_DENOMINATOR = 1001


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """When the frames of a film are shown: ``first`` and ``end`` are in seconds on the file's own clock.

    ``slow_rate`` is as in ``VideoStream``.
    """

    rate: Fraction
    is_variable: bool
    frames: int
    first: Fraction
    end: Fraction
    slow_rate: Fraction | None = None


def measure_timing(
    ticks: Sequence[int],
    *,
    time_base: Fraction,
    last_duration: int,
    header_rates: Iterable[Fraction],
    least_rate: Fraction = Fraction(0),
) -> Timing:
    """Judge the timestamps of the frames that are shown, in any order; there must be one at least.

    The rate is constant when every timestamp lies within one tick, or else within a millisecond, of where that rate
    puts it. The header's rates are tried first, then the measured one, then the standard ones. For a variable rate, the
    result is the standard one nearest to what it is between its gaps, to which the film is brought; for a constant one
    below ``least_rate`` it is that of ``repeating_rate``. A film that only stands still at its end keeps its rate, and
    counts as one with a variable rate.
    """
    shown = sorted(set(ticks))
    measured = _measured_rate(shown, time_base)
    tried = (*header_rates, *((snap_rate(measured), measured) if measured else ()), *STANDARD_RATES)
    rate = _constant_rate(shown, time_base, tried) if measured else next((each for each in tried if each > 0), None)
    first = shown[0] * time_base
    last = last_duration * time_base if last_duration > 0 else Fraction(0)
    if rate is not None and rate < least_rate:
        end = shown[-1] * time_base + (last or 1 / rate)
        return Timing(
            rate=repeating_rate(rate), is_variable=False, frames=len(shown), first=first, end=end, slow_rate=rate
        )
    if rate is not None:
        stands_still = last - 1 / rate > Fraction(MOST_UNEVEN_MS, MS_PER_SECOND)
        end = shown[-1] * time_base + last if stands_still else first + len(shown) / rate
        return Timing(rate=rate, is_variable=stands_still, frames=len(shown), first=first, end=end)
    usual = _usual_rate(shown, time_base) or measured or FALLBACK_RATE
    nearest = min(STANDARD_RATES, key=lambda each: abs(each - usual))
    end = shown[-1] * time_base + (last or 1 / nearest)
    return Timing(rate=nearest, is_variable=True, frames=len(shown), first=first, end=end)


def repeating_rate(slow: Fraction) -> Fraction:
    """Choose the rate at which a film of few frames per second is shown, each of them several times."""
    return next((rate for rate in _REPEATING_RATES if (rate / slow).denominator == 1), _REPEATING_RATES[0])


def _measured_rate(shown: Sequence[int], time_base: Fraction) -> Fraction | None:
    """Compute the average rate; ``None`` for a single frame."""
    if len(shown) == 1:
        return None
    span = (shown[-1] - shown[0]) * time_base
    return ((len(shown) - 1) / span).limit_denominator(_LARGEST_DENOMINATOR)


def _usual_rate(shown: Sequence[int], time_base: Fraction) -> Fraction | None:
    """Compute the rate between the gaps of a film that stands still here and there, or lacks frames; else ``None``.

    By its average, such a film would be brought to a lower rate, and lose frames wherever it moves.
    """
    if len(shown) == 1:
        return None
    lengths = sorted(after - before for before, after in pairwise(shown))
    middle, tolerance = lengths[len(lengths) // 2], int(ROUNDING / time_base) + 1
    usual = [each for each in lengths if abs(each - middle) <= tolerance]
    return len(usual) / (sum(usual) * time_base) if len(usual) >= _USUAL_SHARE * len(lengths) else None


def _constant_rate(shown: Sequence[int], time_base: Fraction, tried: Iterable[Fraction]) -> Fraction | None:
    """Find the first rate that explains the timestamps to a tick, else the first that does to a millisecond."""
    errors: dict[Fraction, Fraction] = {}
    for rate in tried:
        if rate > 0 and rate not in errors:
            errors[rate] = _largest_error(shown, time_base, rate)
            if errors[rate] <= time_base:
                return rate
    return next((rate for rate, error in errors.items() if error <= ROUNDING), None)


def _largest_error(shown: Sequence[int], time_base: Fraction, rate: Fraction) -> Fraction:
    """Compute how far, in seconds, a frame lies from where a constant rate puts it (whole numbers: films are long)."""
    per_tick = time_base.numerator * rate.numerator
    per_frame = time_base.denominator * rate.denominator
    first = shown[0]
    worst = max(abs((tick - first) * per_tick - index * per_frame) for index, tick in enumerate(shown))
    return Fraction(worst, time_base.denominator * rate.numerator)
