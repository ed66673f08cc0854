"""What was found when two versions of a film were compared."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from babelreel.model.film.change.time_map import END_MS, Stretch, TimeMap
from babelreel.model.timecode import Span

#: An edge that is known to two frames is known.
TOLD_SLACK_MS = 90


class Basis(StrEnum):
    """By what a part of the old film was recognised."""

    BOTH = "picture and sound"
    PICTURE = "picture"
    SOUND = "sound"
    NEITHER = "neither"


class Doubt(StrEnum):
    """Why nobody should rely on where a part was found without looking."""

    LITTLE = "little"
    """There is too little to recognise it by: it is short, black, still or silent."""
    ELSEWHERE = "elsewhere"
    """It would fit elsewhere nearly as well."""
    REPLACED = "replaced"
    """For a while, the new film shows and says something else in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundPart:
    """A part of the old film that is in the new one.

    ``start_slack_ms`` and ``end_slack_ms`` are how much earlier or later its ends may lie, where picture and sound
    stand still at a cut.
    """

    stretch: Stretch
    basis: Basis
    doubts: tuple[Doubt, ...] = ()
    start_slack_ms: int = 0
    end_slack_ms: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class FilmMatch:
    """The parts of an old film that are in a new one, in the order of the old one."""

    old_ms: int
    new_ms: int
    parts: tuple[FoundPart, ...]

    @property
    def is_sure(self) -> bool:
        """Tell whether all that was found can be relied on."""
        return not any(part.doubts for part in self.parts)

    @property
    def vanished(self) -> tuple[Span, ...]:
        """What of the old film is not in the new one."""
        return _between([part.stretch.old for part in self.parts], self.old_ms)

    @property
    def added(self) -> tuple[Span, ...]:
        """What of the new film is not in the old one."""
        return _between(sorted(part.stretch.new for part in self.parts), self.new_ms)

    @property
    def is_reordered(self) -> bool:
        """Tell whether parts changed places."""
        return any(after.stretch.new < before.stretch.new for before, after in pairwise(self.parts))

    def is_doubtful(self, span: Span) -> bool:
        """Tell whether a stretch of the old film lies in a part that is in doubt, or has an end at an open cut."""
        for part in self.parts:
            old = part.stretch.old
            if part.doubts and old.overlaps(span):
                return True
            edges = ((old.start_ms, part.start_slack_ms), (old.end_ms, part.end_slack_ms))
            inner = ((edge, slack) for edge, slack in edges if slack > TOLD_SLACK_MS and 0 < edge < self.old_ms)
            if any(span.start_ms - slack < edge < span.end_ms + slack for edge, slack in inner):
                return True
        return False

    def time_map(self) -> TimeMap:
        """Say where each moment of the old film lies now; what runs over the film's end goes with its last part."""
        stretches = [part.stretch for part in self.parts]
        if stretches and stretches[-1].old.end_ms >= self.old_ms and stretches[-1].new == max(s.new for s in stretches):
            last = stretches[-1]
            stretches[-1] = Stretch(
                old=Span(start_ms=last.old.start_ms, end_ms=END_MS), new_start_ms=last.new_start_ms, rate=last.rate
            )
        return TimeMap(stretches=tuple(stretches))


def _between(spans: list[Span], end_ms: int) -> tuple[Span, ...]:
    """Return what the spans, which are in order, leave out up to an end."""
    edges = [0, *(edge for span in spans for edge in (span.start_ms, span.end_ms)), end_ms]
    gaps = (Span(start_ms=start, end_ms=end) for start, end in zip(edges[::2], edges[1::2], strict=True))
    return tuple(gap for gap in gaps if gap.duration_ms > 0)
