"""Show a cue at another time if no rule is broken by that, and make the edits for it.

Such an edit changes when a text is read, by fractions of a second: no such fix is safe, unless the caller knows that
nothing changes on the screen.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from fractions import Fraction

from babelreel.model.finding import Fix
from babelreel.model.timecode import Span, ms_to_frame
from babelreel.model.track import Cue, Format
from babelreel.rules.base.cue_order import is_gap_to_close, shot_frames, smallest_gap_ms
from babelreel.rules.base.edits import retiming
from babelreel.rules.base.memo import remembered
from babelreel.rules.base.subject import TrackSubject

#: Where a language counts no words, a cue keeps the time of as many as the BBC allows, whatever their length.
_WORDS_A_MINUTE = 180


def move(  # noqa: PLR0913 - a cue, two times, and what stands on both sides
    subject: TrackSubject,
    cue: Cue,
    *,
    start_ms: int | None = None,
    end_ms: int | None = None,
    free_from_ms: int | None = None,
    free_to_ms: int | None = None,
    is_safe: bool = False,
) -> Fix | None:
    """Let a cue start or end at another time; ``None`` where another rule would be broken by it.

    ``free_from_ms`` and ``free_to_ms`` are where the cue before it ends and the one after it starts, as far as a side
    that moves has one. Left over must be: a gap that is neither too short nor to be closed, time to read, and an end
    that fits the shots, if those are known.
    """
    start = _as_written(subject, cue.span.start_ms if start_ms is None else start_ms)
    end = _as_written(subject, cue.span.end_ms if end_ms is None else end_ms)
    gaps = (
        *((start - free_from_ms,) if free_from_ms is not None else ()),
        *((free_to_ms - end,) if free_to_ms is not None else ()),
    )
    if not all(_is_good_gap(subject, gap_ms) for gap_ms in gaps):
        return None
    new = Span(start_ms=start, end_ms=end)
    if _takes_in_an_instant(subject, cue.span, new):
        return None
    if not _is_good_span(subject, cue, new) or (end != cue.span.end_ms and not _is_good_end(subject, cue, new)):
        return None
    return retiming(subject.track, cue, start_ms=start, end_ms=end, is_safe=is_safe, others=())


def move_border(subject: TrackSubject, before: Cue | None, cue: Cue, start_ms: int) -> Fix | None:
    """Let a cue start at another time, and the cue before it end two frames earlier if it stands that close."""
    gap_ms = subject.profile.gap_ms(subject.rate)
    if before is None or _is_good_gap(subject, start_ms - before.span.end_ms):
        return move(subject, cue, start_ms=start_ms)
    left = move(subject, before, end_ms=start_ms - gap_ms)
    right = move(subject, cue, start_ms=start_ms)
    if left is None or right is None:
        return None
    return Fix(edits=left.edits + right.edits, is_safe=False)


def reading_ms(subject: TrackSubject, cue: Cue) -> Fraction:
    """Compute the time that a child needs for a cue, at the speed of the profile; every character counts here."""
    characters = Fraction(sum(len(line) for line in cue.lines))
    words = sum(len(line.split()) for line in cue.lines)
    word_ms = Fraction(60_000, subject.profile.wpm_adult or _WORDS_A_MINUTE)
    return max(characters * 1000 / subject.profile.cps_child, words * word_ms)


def _takes_in_an_instant(subject: TrackSubject, now: Span, new: Span) -> bool:
    """Tell whether a cue that lasts no time would be shown with another one though it was not before."""
    return any(
        new.start_ms <= instant < new.end_ms and not now.start_ms <= instant < now.end_ms
        for instant in _instants(subject)
    )


@remembered
def _instants(subject: TrackSubject) -> tuple[int, ...]:
    """List the starts of the cues that are left out of the order of time, since they have no duration."""
    return tuple(cue.span.start_ms for cue in subject.track.cues if cue.span.duration_ms <= 0)


def _is_good_gap(subject: TrackSubject, gap_ms: int) -> bool:
    return gap_ms >= smallest_gap_ms(subject) and not is_gap_to_close(subject, gap_ms)


def _is_good_span(subject: TrackSubject, cue: Cue, new: Span) -> bool:
    profile, now = subject.profile, cue.span
    if new.duration_ms < now.duration_ms:
        return profile.shortest_ms <= new.duration_ms >= reading_ms(subject, cue)
    if subject.film and now.end_ms < new.end_ms > subject.film.duration_ms:
        return False
    return new.duration_ms <= max(profile.longest_ms, now.duration_ms)


def _is_good_end(subject: TrackSubject, cue: Cue, new: Span) -> bool:
    """Tell whether a cue ends well among the shots: not just behind a cut, nor just before one, nor newly over one."""
    shots, reach = (subject.film.shots if subject.film else None) or (), shot_frames(subject)
    start, now, end = (ms_to_frame(ms, subject.rate) for ms in (new.start_ms, cue.span.end_ms, new.end_ms))
    place = bisect_left(shots, end)
    behind = shots[place - 1] if place else -1
    ahead = shots[place] - end if place < len(shots) else reach
    if start < behind and (end - behind < reach or now <= behind):
        return False
    first = bisect_right(shots, start)
    if end > now and first < place and shots[first] - start < reach:
        return False  # it began just before a cut, and would now be seen for long enough behind it to look torn
    return ahead >= reach or ahead == subject.profile.gap_frames


def _as_written(subject: TrackSubject, time_ms: int) -> int:
    """Round a time to what the file can hold: ASS and SSA have steps of 10 ms, and a cue must never grow by them."""
    return time_ms - time_ms % 10 if subject.track.format in {Format.ASS, Format.SSA} else time_ms
