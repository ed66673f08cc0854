"""Tell whether a track as a whole runs with the voices of the film, or of a dub, and if not, how it runs.

The right shift of a track is the one that lays most starts of cues on a moment at which somebody begins to speak. A cue
may lie there by chance too, so a shift counts only where chance would not do as well, and where no other shift nearly
does: with too few cues, or in a film where nobody draws breath, nothing is claimed.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil, isqrt
from statistics import median_low
from typing import NamedTuple

from babelreel.model.reading_limits import Profile
from babelreel.model.timecode import Span
from babelreel.rules.base.cue_order import cues_in_time
from babelreel.rules.base.memo import remembered
from babelreel.rules.base.subject import TrackSubject

#: Fewer cues prove nothing.
FEWEST_CUES = 12
#: A cue starts with a voice if it starts so near to its beginning: cues are moved to shot changes up to half a second
#: away, and the detector of voices is right to some 50 ms.
NEAR_MS = 400
#: A shift is measured to so much, and said in whole seconds, halves or tenths.
VOICE_MS = 200
_ROUND_MS = (1000, 500, 100)
#: Looked for as far as this: the length of a long opening.
LARGEST_OFFSET_MS = 60_000
#: A track with a wrong speed began at the right time, or nearly so.
_LARGEST_OFFSET_OF_DRIFT_MS = 5_000
#: So many of the cues that are looked at must start with a voice, and this many times as many as at any other shift.
_ENOUGH = Fraction(6, 10)
_CLEARLY = Fraction(4, 3)
#: Standard deviations by which chance must be beaten; thousands of shifts are tried.
_DEVIATIONS = 5
#: More cues than this are not looked at; they are taken from all over the track.
_SAMPLE = 200
_BIN_MS = 200

_RATES = (Fraction(24_000, 1001), Fraction(24), Fraction(25), Fraction(30_000, 1001), Fraction(30))
#: Rates that are mistaken for one another; nobody takes 24 for 30.
_MISTAKEN = tuple(
    (one, other) for one in _RATES for other in _RATES if one != other and abs(one / other - 1) < Fraction(1, 20)
)
#: Time in the film for time in the track, when the track was timed for the first rate and taken to be for the second.
_RATIOS = tuple(sorted({one / other for one, other in _MISTAKEN}))


@dataclass(frozen=True, slots=True, kw_only=True)
class Misfit:
    """How a track runs against the film: a moment ``t`` of it belongs to ``ratio * t + offset_ms`` of the film.

    ``matched`` of ``looked_at`` cues then start with a voice. ``ratio`` is 1 for a mere offset, else measured;
    ``causes`` are the pairs of rates that explain it: the track was timed for the first, taken to be for the second.
    """

    ratio: Fraction
    offset_ms: int
    matched: int
    looked_at: int
    causes: tuple[tuple[Fraction, Fraction], ...] = ()

    @property
    def is_drift(self) -> bool:
        """Tell whether the track runs at another speed than the film."""
        return self.ratio != 1


class _Fit(NamedTuple):
    """How many cues start with a voice when the track is stretched by ``ratio`` and then moved by ``offset_ms``."""

    matched: int
    offset_ms: int
    ratio: Fraction


@remembered
def find_misfit(subject: TrackSubject) -> Misfit | None:
    """Tell how a track runs beside the voices of the film; ``None`` if it runs with them or nothing is certain."""
    film = subject.film
    if film is None or not film.speech or film.duration_ms <= 0:
        return None
    starts = spoken_starts(subject)
    misfit = compare_starts(starts, film.speech, film.duration_ms, subject.profile)
    return misfit if misfit is None or misfit.is_drift else _as_said(misfit, starts, film.speech)


def spoken_starts(subject: TrackSubject) -> tuple[int, ...]:
    """List when the cues begin that somebody speaks, in order."""
    return tuple(cue.span.start_ms for cue in cues_in_time(subject) if cue.is_spoken)


def compare_starts(
    starts: tuple[int, ...], speech: tuple[Span, ...], duration_ms: int, profile: Profile
) -> Misfit | None:
    """Tell how the starts of cues, in order, run beside the speech of a sound that lasts ``duration_ms``."""
    if len(starts) < FEWEST_CUES:
        return None
    sample = starts[:: ceil(len(starts) / _SAMPLE)]
    onsets = [span.start_ms for span in speech]
    if len(_pairs(sample, onsets, _Fit(0, 0, Fraction(1)))) >= _ENOUGH * len(sample):
        return None
    least = max(_ENOUGH * len(sample), _most_by_chance(len(sample), len(onsets), duration_ms))
    shifted, second = _best_shift(sample, onsets, Fraction(1), LARGEST_OFFSET_MS)
    drifted = max(_best_shift(sample, onsets, ratio, _LARGEST_OFFSET_OF_DRIFT_MS)[0] for ratio in _RATIOS)
    if drifted.matched >= max(least, _CLEARLY * shifted.matched):
        return _measure_drift(sample, onsets, drifted, profile.track_drift_ms)
    if shifted.matched < max(least, _CLEARLY * second) or abs(shifted.offset_ms) < profile.track_shift_ms:
        return None
    return Misfit(ratio=Fraction(1), offset_ms=shifted.offset_ms, matched=shifted.matched, looked_at=len(sample))


def _as_said(misfit: Misfit, starts: Sequence[int], speech: Sequence[Span]) -> Misfit:
    """Choose the roundest shift that voices cannot tell from the measured one, and that fits as many cues.

    Cues begin a little before their voices, or the detector hears these late: of a film that became two seconds longer
    or shorter, 2.2 s or 1.8 s are measured.
    """
    within_ms = min(VOICE_MS, abs(misfit.offset_ms) // 8)
    fits = count_voiced([start + misfit.offset_ms for start in starts], speech)
    for step_ms in _ROUND_MS:
        said_ms = round(misfit.offset_ms / step_ms) * step_ms
        is_near = abs(said_ms - misfit.offset_ms) <= within_ms
        if is_near and count_voiced([start + said_ms for start in starts], speech) >= fits:
            return replace(misfit, offset_ms=said_ms)
    return misfit


def count_voiced(starts: Sequence[int], speech: Sequence[Span]) -> int:
    """Count the moments at which somebody begins to speak, or nearly so; speech is in order."""
    return len(_pairs(starts, [span.start_ms for span in speech], _Fit(0, 0, Fraction(1))))


def _most_by_chance(cues: int, onsets: int, duration_ms: int) -> Fraction:
    """Compute how many cues would start near a voice by sheer luck, in thousands of tracks beside the film."""
    share = min(Fraction(1), Fraction(2 * NEAR_MS * onsets, duration_ms))
    return cues * share + isqrt(ceil(_DEVIATIONS**2 * cues * share * (1 - share)))


def _best_shift(sample: Sequence[int], onsets: list[int], ratio: Fraction, reach_ms: int) -> tuple[_Fit, int]:
    """Find the shift that lays most cues on a beginning of speech; count those of the best one far from it, too."""
    bins: Counter[int] = Counter()
    for start in sample:
        moved = round(start * ratio)
        near = onsets[bisect_left(onsets, moved - reach_ms) : bisect_right(onsets, moved + reach_ms)]
        bins.update((onset - moved) // _BIN_MS for onset in near)
    width = 2 * NEAR_MS // _BIN_MS
    sums = {place: sum(bins[place + each] for each in range(width)) for place in bins}
    best = max(sums, key=lambda place: (sums[place], -abs(place)), default=0)
    far = max((count for place, count in sums.items() if abs(place - best) > 2 * width), default=0)
    rough = _Fit(0, best * _BIN_MS + NEAR_MS, ratio)
    gaps = [onset - round(start * ratio) for start, onset in _pairs(sample, onsets, rough)]
    exact = _Fit(0, median_low(gaps), ratio) if gaps else rough
    return _Fit(len(_pairs(sample, onsets, exact)), exact.offset_ms, ratio), far


def _pairs(sample: Sequence[int], onsets: list[int], fit: _Fit) -> list[tuple[int, int]]:
    """List the cues that start with a voice, each by its own start and that of the voice."""
    return [(start, onset) for start in sample for onset in _nearest(onsets, round(start * fit.ratio) + fit.offset_ms)]


def _nearest(onsets: list[int], time_ms: int) -> Iterator[int]:
    place = bisect_left(onsets, time_ms)
    near = [each for each in onsets[max(0, place - 1) : place + 1] if abs(each - time_ms) <= NEAR_MS]
    if near:
        yield min(near, key=lambda each: abs(each - time_ms))


def _measure_drift(sample: Sequence[int], onsets: list[int], fit: _Fit, smallest_ms: int) -> Misfit | None:
    """Lay a straight line through the pairs of cue and voice (least squares, in whole numbers).

    It is a drift and not an offset if it moves the last cue by so much against the first.
    """
    pairs = _pairs(sample, onsets, fit)
    count, sum_x, sum_y = len(pairs), sum(x for x, _ in pairs), sum(y for _, y in pairs)
    spread = count * sum(x * x for x, _ in pairs) - sum_x * sum_x
    if not spread:
        return None
    ratio = Fraction(count * sum(x * y for x, y in pairs) - sum_x * sum_y, spread)
    length = sample[-1] - sample[0]
    if abs(ratio - 1) * length < smallest_ms:
        return None
    return Misfit(
        ratio=ratio,
        offset_ms=round((sum_y - ratio * sum_x) / count),
        matched=count,
        looked_at=len(sample),
        causes=tuple(each for each in _MISTAKEN if abs(each[0] / each[1] - ratio) * length <= NEAR_MS),
    )
