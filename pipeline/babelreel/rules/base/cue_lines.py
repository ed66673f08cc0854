"""Find the cue that stands on a line of the file."""

from __future__ import annotations

from bisect import bisect_right

from babelreel.model.track import Cue
from babelreel.rules.base.memo import remembered
from babelreel.rules.base.subject import TrackSubject


def cue_on_line(subject: TrackSubject, line: int) -> Cue | None:
    """Find the cue whose number, times or text stand on a line (from 1); ``None`` above, between and below cues."""
    stretches = _stretches(subject)
    place = bisect_right(stretches, line, key=lambda each: each[0]) - 1
    if place < 0:
        return None
    _, last, cue = stretches[place]
    return cue if line <= last else None


@remembered
def _stretches(subject: TrackSubject) -> tuple[tuple[int, int, Cue], ...]:
    """List the first and the last line of each cue, in the order of the file."""
    source = subject.track.source
    found = []
    for cue in subject.track.cues:
        number = cue.number_spot
        first = source.place(number.start)[0] if number.start < number.end else cue.line
        text = source.text[cue.body.start : cue.body.end].rstrip()
        found.append((first, max(cue.line, source.place(cue.body.start + max(0, len(text) - 1))[0]), cue))
    return tuple(sorted(found, key=lambda each: each[:2]))
