"""Say for each line of a translation which cues of the reference it stands for, as far as times show it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from babelreel.model.timecode import Span
from babelreel.model.track import Cue, Track
from babelreel.model.visible_text import visible
from babelreel.rules.alignment.alignment import align

#: Two cues that share so much of the shorter one's time are shown together; less is how a translator cut the lines.
_SHARED_PERCENT = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeFrom:
    """The texts of the reference's cues that a line stands for; the first ``shared`` are also those of the line before.

    Each text is in one line.
    """

    pieces: tuple[str, ...] = ()
    shared: int = 0

    @property
    def text(self) -> str:
        """The texts, one in a line."""
        return "\n".join(self.pieces)


def in_time(cues: Iterable[Cue]) -> list[Cue]:
    """Sort cues in the order in which they are seen; those of one time stay as the file has them."""
    return sorted(cues, key=lambda cue: (cue.span.start_ms, cue.span.end_ms))


def one_line(cue: Cue) -> str:
    """Write the text of a cue in one line, without what cannot be seen."""
    return _one_line(cue.text)


@lru_cache(maxsize=1 << 13)  # each translation asks for the same reference
def _one_line(text: str) -> str:
    return " ".join(visible(text).split())


def spoken_cues(reference: Track) -> list[Cue]:
    """List the cues of the reference that say anything, in the order of time."""
    return [cue for cue in in_time(reference.cues) if one_line(cue)]


def made_from(lines: Sequence[Cue], theirs: Sequence[Cue]) -> list[MadeFrom]:
    """Say for each line which cues of the reference it stands for; both are in the order of time.

    These are the cues that are shown with it. One that is shown with no line belongs to the nearest one, so that
    all lines together stand for all of the reference.
    """
    if not lines or not theirs:
        return [MadeFrom() for _ in lines]
    alignment = align(_starts(lines), _starts(theirs))
    spans = [alignment.at(cue.span) for cue in lines]
    found = [_shown_with(span, theirs) for span in spans]
    held = {place for each in found for place in each}
    starts = [span.start_ms for span in spans]
    for place, cue in enumerate(theirs):
        if place not in held:
            found[_nearest(cue.span, spans, starts)].add(place)
    return [_made(sorted(each), found[at - 1] if at else set(), theirs) for at, each in enumerate(found)]


def _starts(cues: Sequence[Cue]) -> tuple[int, ...]:
    return tuple(cue.span.start_ms for cue in cues if cue.span.duration_ms > 0)


def _shown_with(span: Span, theirs: Sequence[Cue]) -> set[int]:
    """Find the places of the cues that share enough time with a span; else of the one that shares the most."""
    # cues may overlap, but none lasts long: the few before the first that starts late enough are looked at too
    first = max(0, bisect_left(theirs, span.start_ms, key=lambda cue: cue.span.start_ms) - 3)
    last = bisect_left(theirs, span.end_ms, key=lambda cue: cue.span.start_ms)
    together = {place: _together_ms(span, theirs[place].span) for place in range(first, last)}
    enough = {
        place
        for place, ms in together.items()
        if ms > 0 and 100 * ms >= _SHARED_PERCENT * min(span.duration_ms, theirs[place].span.duration_ms)
    }
    most = max(together, key=lambda place: together[place], default=None)
    return enough or ({most} if most is not None and together[most] > 0 else set())


def _together_ms(one: Span, other: Span) -> int:
    return min(one.end_ms, other.end_ms) - max(one.start_ms, other.start_ms)


def _nearest(span: Span, spans: Sequence[Span], starts: Sequence[int]) -> int:
    """Find the place of the span that is nearest in time, the earlier of two."""
    at = bisect_left(starts, span.start_ms)
    around = range(max(0, at - 2), min(len(spans), at + 2))
    return max(around, key=lambda place: (_together_ms(span, spans[place]), -place))


def _made(places: list[int], before: set[int], theirs: Sequence[Cue]) -> MadeFrom:
    shared = 0
    while shared < len(places) and places[shared] in before:
        shared += 1
    return MadeFrom(pieces=tuple(one_line(theirs[place]) for place in places), shared=shared)
