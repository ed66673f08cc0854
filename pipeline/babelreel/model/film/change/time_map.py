"""Map each moment of a film to its place in another version of it.

Nothing here makes an overlap or loses a moment by rounding: of two moments of one stretch, the later one never comes
to lie before the earlier one.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise

from babelreel.model.timecode import Span

#: Behind the end of every film: eleven days.
END_MS = 10**9


class Fate(StrEnum):
    """What became of a stretch of the old film."""

    WHOLE = "whole"
    """All of it is in the new film, in one piece."""
    CLIPPED = "clipped"
    """One piece of it is left."""
    CUT = "cut"
    """Several pieces of it are left, with something else between them."""
    LOST = "lost"
    """Nothing of it is left."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """A part of the old film, half open, that begins at ``new_start_ms`` in the new one.

    ``rate`` is the new duration for the old one: 24/25 where a film of 24 frames a second is played at 25.
    """

    old: Span
    new_start_ms: int
    rate: Fraction = Fraction(1)

    def at(self, time_ms: int) -> int:
        """Compute the new time of a moment of the part, or of its end; to the nearest millisecond."""
        return self.new_start_ms + round((time_ms - self.old.start_ms) * self.rate)

    @property
    def new(self) -> Span:
        """Where the part lies in the new film."""
        return Span(start_ms=self.new_start_ms, end_ms=self.at(self.old.end_ms))


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedSpan:
    """What is left of a stretch of the old film: its pieces in the order of the new film, none of them empty.

    Only a stretch that lasts no time, or runs backwards, has a piece that does so too.
    """

    fate: Fate
    pieces: tuple[Span, ...]

    @property
    def longest(self) -> Span | None:
        """The longest piece, the first of several that are as long; ``None`` where nothing is left."""
        return max(self.pieces, key=lambda piece: piece.duration_ms, default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeMap:
    """How the time of an old film became that of a new one; what no stretch covers has vanished.

    The stretches stand in the order of the old film, and share no moment, neither there nor in the new one; raises
    ``ValueError`` where they do. ``from_ms``: somebody said so of what begins there, and knows of no cut.
    """

    stretches: tuple[Stretch, ...]
    from_ms: int | None = None

    def __post_init__(self) -> None:
        """Refuse stretches that are none, or share a moment."""
        for each in self.stretches:
            if each.old.duration_ms <= 0 or each.rate <= 0:
                raise ValueError(f"a stretch lasts some time, and runs forwards: {each}")
        _refuse_shared(each.old for each in self.stretches)
        _refuse_shared(sorted(each.new for each in self.stretches))

    @classmethod
    def shifted(cls, by_ms: int, from_ms: int | None = None) -> TimeMap:
        """Let all come later, or earlier where ``by_ms`` is negative; with ``from_ms`` only what begins there.

        What comes earlier takes the place of what was before it, which has vanished then.
        """
        first = max(0, from_ms or 0)
        rest = Stretch(old=Span(start_ms=first, end_ms=END_MS), new_start_ms=first + by_ms)
        kept = min(first, first + by_ms)
        before = (Stretch(old=Span(start_ms=0, end_ms=kept), new_start_ms=0),) if kept > 0 else ()
        return cls(stretches=(*before, rest), from_ms=None if from_ms is None else first)

    def followed_by(self, span: Span) -> TimeMap:
        """Return the map by which moves what is shown then: none where it began before all that moves, and goes on.

        It ran beside what moves before, so it is not cut there, and does not give way.
        """
        is_beside = self.from_ms is not None and span.start_ms < self.from_ms < span.end_ms
        return TimeMap.shifted(0) if is_beside else self

    @classmethod
    def stretched(cls, by: Fraction) -> TimeMap:
        """Multiply all times."""
        return cls(stretches=(Stretch(old=Span(start_ms=0, end_ms=END_MS), new_start_ms=0, rate=by),))

    def stretch_at(self, time_ms: int) -> Stretch | None:
        """Find the stretch that holds a moment of the old film; ``None`` where the moment has vanished."""
        place = self._place(time_ms)
        found = self.stretches[place] if place >= 0 else None
        return found if found and time_ms < found.old.end_ms else None

    def moved(self, time_ms: int) -> int | None:
        """Compute the new time of a moment; ``None`` where it has vanished."""
        found = self.stretch_at(time_ms)
        return found.at(time_ms) if found else None

    def moved_span(self, span: Span) -> MovedSpan:
        """Tell what became of a stretch of the old film; pieces that touch in the new one are one piece."""
        if span.duration_ms <= 0:
            return self._moved_moments(span)
        kept = [*self._kept(span)]
        pieces = tuple(_joined(sorted(new for _, new in kept if new.duration_ms > 0)))
        if not pieces:
            return self._moved_moments(span) if kept else MovedSpan(fate=Fate.LOST, pieces=())
        if len(pieces) > 1:
            return MovedSpan(fate=Fate.CUT, pieces=pieces)
        is_whole = sum(old.duration_ms for old, _ in kept) == span.duration_ms
        return MovedSpan(fate=Fate.WHOLE if is_whole else Fate.CLIPPED, pieces=pieces)

    def _place(self, time_ms: int) -> int:
        """Find the index of the last stretch that does not begin behind a moment; -1 where there is none."""
        return bisect_right(self.stretches, time_ms, key=lambda each: each.old.start_ms) - 1

    def _kept(self, span: Span) -> Iterator[tuple[Span, Span]]:
        """Yield each part of a span that is left, old and new."""
        for each in self.stretches[max(0, self._place(span.start_ms)) :]:
            if each.old.start_ms >= span.end_ms:
                return
            start, end = max(span.start_ms, each.old.start_ms), min(span.end_ms, each.old.end_ms)
            if start < end:
                yield Span(start_ms=start, end_ms=end), Span(start_ms=each.at(start), end_ms=each.at(end))

    def _moved_moments(self, span: Span) -> MovedSpan:
        """Move the start and the end of a span that lasts no time, runs backwards, or would last none."""
        found = self.stretch_at(span.start_ms)
        if found is None:
            return MovedSpan(fate=Fate.LOST, pieces=())
        moved = Span(start_ms=found.at(span.start_ms), end_ms=found.at(min(span.end_ms, found.old.end_ms)))
        return MovedSpan(fate=Fate.WHOLE, pieces=(moved,))


def _refuse_shared(spans: Iterable[Span]) -> None:
    for one, other in pairwise(spans):
        if other.start_ms < one.end_ms:
            raise ValueError(f"two stretches are out of order, or share a moment: {one} and {other}")


def _joined(spans: Iterable[Span]) -> Iterator[Span]:
    """Make one of neighbours that touch; the spans are in order."""
    before: Span | None = None
    for each in spans:
        if before and each.start_ms == before.end_ms:
            before = Span(start_ms=before.start_ms, end_ms=each.end_ms)
            continue
        if before:
            yield before
        before = each
    if before:
        yield before
