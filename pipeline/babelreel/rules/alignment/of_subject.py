"""Lay the times of a track on those of its original, and tell whether the original is right itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from babelreel.model.track import Cue
from babelreel.rules.alignment.alignment import Alignment, align
from babelreel.rules.base.memo import remembered
from babelreel.rules.base.subject import TrackSubject
from babelreel.rules.base.track_sync import NEAR_MS, Misfit, count_voiced, find_misfit, spoken_starts


@remembered
def alignment_of(subject: TrackSubject) -> Alignment:
    """Lay the times of a track on those of its reference."""
    reference = subject.reference.cues if subject.reference else ()
    return align(_in_times(subject.track.cues), _in_times(reference))


def misfit_of_reference(subject: TrackSubject) -> Misfit | None:
    """Tell how the original runs beside the voices of the film; ``None`` if it runs with them or nobody knows."""
    if subject.reference is None or not subject.is_of_reference_film:
        return None
    return find_misfit(replace(subject, track=subject.reference, reference=None, is_reference=True))


def as_beside_reference(subject: TrackSubject, misfit: Misfit) -> Misfit:
    """Choose the shift that takes a track to where the original belongs, if voices allow it beside the measured one.

    Times are compared more finely than voices are heard. So of one fault the same is said in every language, and the
    same as by the rule that compares times.
    """
    alignment = alignment_of(subject)
    line = alignment.line
    if subject.reference is None or not subject.is_of_reference_film or not alignment.is_sure:
        return misfit
    reference = misfit_of_reference(subject)
    if line != alignment.later or line.slope != 1 or (reference and reference.is_drift):
        return misfit
    shift_ms = line.shift_ms + (reference.offset_ms if reference else 0)
    starts = spoken_starts(subject)
    speech = subject.film.speech if subject.film else None
    matched = count_voiced([start + shift_ms for start in starts], speech or ())
    # as many cues start with a voice, but for some that lie at the edge of what counts as near
    if abs(shift_ms - misfit.offset_ms) > NEAR_MS or 5 * matched < 4 * misfit.matched * len(starts) // misfit.looked_at:
        return misfit
    return replace(misfit, offset_ms=shift_ms, matched=matched, looked_at=len(starts))


def _in_times(cues: Sequence[Cue]) -> tuple[int, ...]:
    return tuple(cue.span.start_ms for cue in cues if cue.span.duration_ms > 0)
