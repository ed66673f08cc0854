"""Put the cues of a track in the order in which they appear, and measure the gaps between them.

A cue whose end does not follow its start is left out everywhere: its times do not show where it belongs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import ceil
from typing import NamedTuple

from babelreel.model.timecode import ms_to_frame
from babelreel.model.track import Cue
from babelreel.rules.base.memo import remembered
from babelreel.rules.base.subject import TrackSubject


class Step(NamedTuple):
    """From one cue to the next one in time: ``before`` is the cue that ends last of all earlier ones.

    ``rest_ms`` is when the last of all other earlier cues ends; 0 without any.
    """

    before: Cue
    cue: Cue
    gap_ms: int
    rest_ms: int


def forward_cues(subject: TrackSubject) -> list[Cue]:
    """List the cues that last some time, in the order of the file."""
    return [cue for cue in subject.track.cues if cue.span.duration_ms > 0]


@remembered
def cues_in_time(subject: TrackSubject) -> tuple[Cue, ...]:
    """List the cues that last some time, in the order in which they start."""
    return tuple(sorted(forward_cues(subject), key=lambda cue: (cue.span.start_ms, cue.span.end_ms)))


@remembered
def steps(subject: TrackSubject) -> tuple[Step, ...]:
    """Walk through the cues in order of time; a negative gap is an overlap.

    Comparing with the cue that ends last finds every cue that overlaps any earlier one, in one pass.
    """
    return tuple(_steps(cues_in_time(subject)))


def _steps(cues: Sequence[Cue]) -> Iterator[Step]:
    if not cues:
        return
    before, rest_ms = cues[0], 0
    for cue in cues[1:]:
        yield Step(before, cue, cue.span.start_ms - before.span.end_ms, rest_ms)
        rest_ms = max(rest_ms, min(before.span.end_ms, cue.span.end_ms))
        before = max(before, cue, key=lambda each: each.span.end_ms)


def smallest_gap_ms(subject: TrackSubject) -> int:
    """Return the smallest gap in ms that may be left between two cues: half a frame less than in the profile."""
    return ceil((subject.profile.gap_frames - Fraction(1, 2)) * 1000 / subject.rate)


def closing_frames(subject: TrackSubject) -> int:
    """Count the frames from which on a gap may stay open: for half a second, 12 at 23.976 and 24 fps, 13 at 25."""
    return ms_to_frame(subject.profile.close_gap_ms, subject.rate)


def shot_frames(subject: TrackSubject) -> int:
    """Count the frames from which on a cue is clear of a shot change; rounded as for a gap that may stay open."""
    return ms_to_frame(subject.profile.shot_reach_ms, subject.rate)


def is_gap_to_close(subject: TrackSubject, gap_ms: int) -> bool:
    """Tell whether a gap is neither the smallest one nor one that may stay open, rounded to frames."""
    return subject.profile.gap_frames < ms_to_frame(gap_ms, subject.rate) < closing_frames(subject)
