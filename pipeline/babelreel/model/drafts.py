"""The word DRAFT that marks what nobody approved yet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from babelreel.model.timecode import Span
from babelreel.model.track import Align, Cue, Track

#: Understood by everybody who makes films; an audience should never see it.
DRAFT = "DRAFT"
#: Two places in time that are nearer than this are one: a mark is not shown for less.
_NEAR_MS = 100


def draft_title(title: str) -> str:
    """Return the title of a film in a language that nobody approved yet."""
    return f"{DRAFT}: {title}"


def marked_track(track: Track, end_ms: int, *, has_text: bool) -> Track:
    """Return what is drawn into a draft's picture: the word, above, for all of the film, and the text if it is drawn.

    The word is a cue that begins and ends with each cue of the text: a cue for all of the film would overlap
    all others, and each would have to be drawn from the film's first frame on.
    """
    marks = tuple(_marks(track, end_ms))
    return replace(track, cues=(*track.cues, *marks) if has_text else marks)


def _marks(track: Track, end_ms: int) -> Iterator[Cue]:
    edges = sorted({0, *(edge for cue in track.cues for edge in (cue.span.start_ms, cue.span.end_ms))})
    kept = [0]
    for edge in edges:
        if kept[-1] + _NEAR_MS <= edge <= end_ms - _NEAR_MS:
            kept.append(edge)
    for start, end in pairwise((*kept, max(end_ms, 1))):
        yield Cue(number=0, span=Span(start_ms=start, end_ms=end), lines=(DRAFT,), align=Align.TOP)
