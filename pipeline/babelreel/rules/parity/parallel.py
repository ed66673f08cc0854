"""Lay a track beside its reference: find the same moment in both, and what only one of them has."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from babelreel.model.timecode import Span
from babelreel.model.track import Cue, Track
from babelreel.rules.alignment.alignment import Alignment, covered_ms, runs
from babelreel.rules.alignment.lines import IN_STEP
from babelreel.rules.alignment.of_subject import alignment_of
from babelreel.rules.base.memo import remembered
from babelreel.rules.base.subject import TrackSubject

#: Sounds in brackets and notes of music: written for those who do not hear, and often left out of a translation.
_SOUND = re.compile(r"[\s♪♫#*]*|[\s♪♫-]*(?:\([^()]*\)|\[[^\[\]]*\]|（[^（）]*）)[\s♪♫]*|[♪♫][^♪♫]*[♪♫]\s*")

#: No reader looks that long at a text that has ended.
_LONG_BARE_MS = 4000

#: No sentence lasts as long; such a cue has a wrong time, which has a rule of its own.
_LONGEST_MS = 30_000


@remembered
def missing_stretches(subject: TrackSubject) -> tuple[list[Cue], ...]:
    """Find the cues of the reference that the track leaves bare, each run together; none for an empty track."""
    return tuple(_missing(subject))


@remembered
def extra_stretches(subject: TrackSubject) -> tuple[list[Cue], ...]:
    """Find the cues of the track under which the reference has none, each run of them together."""
    return tuple(_extra(subject))


def _missing(subject: TrackSubject) -> Iterator[list[Cue]]:
    own = shown(subject.track)
    if subject.reference and own:
        theirs = [cue for cue in shown(subject.reference) if _has_words(cue)]
        # a cue that waits for its text does not say what is said
        said = [cue for cue in own if cue.text.strip()]
        spans, places = [cue.span for cue in theirs], _places(said, alignment_of(subject))
        yield from _bare_runs(theirs, spans, places, subject.profile.stretch_ms)


def _extra(subject: TrackSubject) -> Iterator[list[Cue]]:
    theirs = shown(subject.reference) if subject.reference else []
    if theirs:
        own = [cue for cue in shown(subject.track) if _has_words(cue)]
        places, spans = _places(own, alignment_of(subject)), [cue.span for cue in theirs]
        yield from _bare_runs(own, places, spans, subject.profile.stretch_ms)


class Places(NamedTuple):
    """Where in a track the moments of its reference are: made once for all questions about one track."""

    cues: list[Cue]
    starts: list[int]
    missing: list[tuple[int, int]]
    extra: frozenset[tuple[int, int]]

    @classmethod
    def of(cls, subject: TrackSubject) -> Places:
        """Look where the cues of a track begin in the time of the reference, and which stretches it lacks."""
        cues = shown(subject.track)
        starts = [span.start_ms for span in _places(cues, alignment_of(subject))]
        missing = [(run[0].span.start_ms, run[-1].span.start_ms) for run in missing_stretches(subject)]
        extra = frozenset(_times(cue) for run in extra_stretches(subject) for cue in run)
        return cls(cues, starts, missing, extra)

    def cue_at(self, time_ms: int) -> Cue | None:
        """Find the cue of the track that is shown at a time of the reference, or the last one before it."""
        index = bisect_right(self.starts, time_ms)
        return self.cues[index - 1] if index else None

    def is_missing(self, time_ms: int) -> bool:
        """Tell whether the track has nothing at all at a time of the reference, or a cue of which nobody can tell.

        That is one without text, or one that is shown for longer than any sentence is said.
        """
        cue = self.cue_at(time_ms)
        if cue and (cue.span.duration_ms > _LONGEST_MS or not cue.text.strip()):
            return True
        index = bisect_right(self.missing, (time_ms, time_ms))
        near = self.missing[max(0, index - 1) : index + 1]
        return any(start <= time_ms <= end for start, end in near)

    def is_extra(self, cue: Cue) -> bool:
        """Tell whether the reference has nothing at all under a cue of the track."""
        return _times(cue) in self.extra


#: For a track with nothing to look for.
NOWHERE = Places([], [], [], frozenset())


def shown(track: Track) -> list[Cue]:
    """List the cues that are shown at all, in order of time."""
    return sorted((cue for cue in track.cues if cue.span.duration_ms > 0), key=_times)


def _times(cue: Cue) -> tuple[int, int]:
    return cue.span.start_ms, cue.span.end_ms


def _places(cues: Sequence[Cue], alignment: Alignment) -> list[Span]:
    """Compute where in the reference the cues of the track belong."""
    is_in_step = alignment.line == alignment.later == IN_STEP
    return [cue.span if is_in_step else alignment.at(cue.span) for cue in cues]


def _has_words(cue: Cue) -> bool:
    return not _SOUND.fullmatch(cue.text)


def _bare_runs(cues: Sequence[Cue], spans: Sequence[Span], by: Sequence[Span], shortest_ms: int) -> Iterator[list[Cue]]:
    """Find each run of cues whose spans others hardly cover; a shorter one is the freedom of a translator."""
    covered = covered_ms(spans, by)
    for first, last in runs([_is_bare(each, span) for each, span in zip(covered, spans, strict=True)]):
        if spans[last].end_ms - spans[first].start_ms >= shortest_ms:
            yield list(cues[first : last + 1])


def _is_bare(covered: int, span: Span) -> bool:
    """Tell whether a span is hardly covered: for less than a quarter of its time.

    Of a long one, the neighbours may cover more; it is less than two fifths, and more than four seconds are bare.
    """
    left = span.duration_ms - covered
    return 4 * covered < span.duration_ms or (5 * covered < 2 * span.duration_ms and left > _LONG_BARE_MS)
