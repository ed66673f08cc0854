"""Decide when what lies under a voice goes down, and when it comes up again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from babelreel.model.sound.placing import HeardSound
from babelreel.model.sound.recordings import SoundInfo, ms_to_samples
from babelreel.model.timecode import Span

#: The bed goes down in the time before a voice begins, so that nothing competes with the first word.
DOWN_MS = 300
#: It comes up slower than it went down: a quick rise draws the ear.
UP_MS = 500
#: Between two lines that are closer than this the bed stays down: otherwise it pumps. More than both fades together.
PUMPING_GAP_MS = 1000


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Stretch:
    """A stretch of a sound, from sample ``start`` up to, not including, ``end``."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Duck:
    """A stretch for which the bed is down, and by how much."""

    stretch: Stretch
    depth_db: Decimal


def voice_stretches(takes: Iterable[HeardSound]) -> tuple[Stretch, ...]:
    """Return when the voices of takes are heard in the film."""
    return tuple(Stretch(start=each.start, end=each.start + each.length) for each in takes)


def passage_stretches(whole: SoundInfo) -> tuple[Stretch, ...]:
    """Return the passages of a recording of the whole film, each of which must be understood."""
    return tuple(_stretch(each.span) for each in whole.passages)


def speech_stretches(whole: SoundInfo) -> tuple[Stretch, ...]:
    """Return when somebody speaks in a recording of the whole film; all that can be heard if that is not known."""
    if whole.speech is None:
        return (Stretch(start=whole.first, end=whole.end),)
    return tuple(_stretch(span) for span in whole.speech)


def merge_stretches(stretches: Iterable[Stretch]) -> tuple[Stretch, ...]:
    """Join the stretches between which the bed would pump; the result is in order, and all gaps are long ones."""
    merged: list[Stretch] = []
    for each in sorted(stretches):
        if each.end <= each.start:
            continue
        if merged and each.start - merged[-1].end < ms_to_samples(PUMPING_GAP_MS):
            merged[-1] = Stretch(start=merged[-1].start, end=max(merged[-1].end, each.end))
        else:
            merged.append(each)
    return tuple(merged)


def _stretch(span: Span) -> Stretch:
    return Stretch(start=ms_to_samples(span.start_ms), end=ms_to_samples(span.end_ms))
