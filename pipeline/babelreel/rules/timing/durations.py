"""Check that every cue is shown for as long as it takes to read it, and no longer than the film lasts.

A cue whose end does not follow its start has one fault, and that one is reported; the other rules skip it.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest
from math import ceil, floor

from babelreel.model.finding import Fix, Severity
from babelreel.model.timecode import render_timestamp
from babelreel.model.track import Cue
from babelreel.rules.base.breach import Breach
from babelreel.rules.base.cue_order import (
    cues_in_time,
    forward_cues,
    is_gap_to_close,
)
from babelreel.rules.base.need import Need
from babelreel.rules.base.retiming import move
from babelreel.rules.base.rule import limits, track_rule
from babelreel.rules.base.subject import TrackSubject


@track_rule(code="TIM001", name="end-before-start", severity=Severity.ERROR)
def end_before_start(subject: TrackSubject) -> Iterator[Breach]:
    """A line ends before it starts.

    Why: No player shows such a line, so a sentence is missing without a trace.

    Limit: The end comes after the start.

    Source: The formats themselves; WebVTT says so explicitly.

    Example:

        4
        00:00:12,000 --> 00:00:10,500
        You can ask for an interpreter.

    Fix: Listen where the sentence begins and ends. Often one digit is wrong, or the two times are swapped.
    """
    for cue in subject.track.cues:
        if cue.span.duration_ms < 0:
            start, end = render_timestamp(cue.span.start_ms), render_timestamp(cue.span.end_ms)
            yield Breach(
                cue=cue,
                message=f"the line ends at {end}, before it starts at {start}",
                measured=f"{cue.span.duration_ms} ms",
            )


@track_rule(code="TIM002", name="zero-duration", severity=Severity.ERROR)
def zero_duration(subject: TrackSubject) -> Iterator[Breach]:
    """A line has no duration.

    Why: Nobody sees a line that lasts no time, so a sentence is missing without a trace.

    Limit: The end comes after the start.

    Source: The formats themselves; WebVTT says so explicitly.

    Example:

        4
        00:00:12,000 --> 00:00:12,000
        You can ask for an interpreter.

    Fix: Listen where the sentence ends, and write that time after the arrow.
    """
    for cue in subject.track.cues:
        if cue.span.duration_ms == 0:
            yield Breach(cue=cue, message="the line ends at the moment when it starts", measured="0 ms")


@track_rule(
    code="TIM005",
    name="short-cue",
    severity=Severity.ERROR,
    limit=limits("shortest_ms", "shortest_error_ms"),
)
def short_cue(subject: TrackSubject) -> Iterator[Breach]:
    """A line is gone before it can be read.

    Why: The eye needs time to find a new text and to begin; what is shown for less than the limit is easily lost,
    however few the words. A child who misses one line about a right may never hear of it.

    Limit: What is shown for less than the shortest time gets a warning. Nobody can read what is shown for half a second
    or less: an error. Half a frame of the film (of 25 frames a second, if it is not known) is allowed: 20 frames at 24
    frames a second are 833.3 ms, and a file may say 833. Lines without text are left to the rule empty-cue.

    Source: Netflix Timed Text Style Guide, "Duration": 5/6 of a second. Half a second is a proposal of this project.

    Example:

        4
        00:00:10,000 --> 00:00:10,440
        Wait!

    Fix: Let the line begin a little earlier or end later; if there is no room, join it to the one before or after. The
    fix lets it end later where there is room.
    """
    smallest = ceil(subject.profile.shortest_ms - subject.half_frame_ms)
    unseen = ceil(subject.profile.shortest_error_ms - subject.half_frame_ms)
    cues = cues_in_time(subject)
    for cue, after in zip_longest(cues, cues[1:]):
        if cue.span.duration_ms < smallest and cue.text.strip():
            yield Breach(
                cue=cue,
                message="the line is gone before it can be read",
                measured=f"{cue.span.duration_ms} ms",
                limit=f"{subject.profile.shortest_ms} ms",
                severity=Severity.ERROR if cue.span.duration_ms < unseen else Severity.WARNING,
                fix=_end_later(subject, cue, after),
            )


@track_rule(
    code="TIM006",
    name="long-cue",
    severity=Severity.WARNING,
    limit=limits("longest_ms"),
)
def long_cue(subject: TrackSubject) -> Iterator[Breach]:
    """A line stays on the screen for so long that it is read twice.

    Why: A reader who has finished begins again and takes the old text for a new one. Often the end is mistyped.

    Limit: The longest time on the screen. Half a frame of the film (of 25 frames a second, if it is not known) is
    allowed.

    Source: Netflix Timed Text Style Guide, "Duration"; TED and ESIST name the same number.

    Example:

        4
        00:00:10,000 --> 00:00:19,000
        Ask for an interpreter. It is free.

    Fix: Let the line end with the voice, or split it into two lines, one for each sentence.
    """
    largest = floor(subject.profile.longest_ms + subject.half_frame_ms)
    for cue in forward_cues(subject):
        if cue.span.duration_ms > largest:
            yield Breach(
                cue=cue,
                message="the line stays on the screen for too long",
                measured=f"{cue.span.duration_ms} ms",
                limit=f"{subject.profile.longest_ms} ms",
            )


@track_rule(code="TIM008", name="past-end-of-film", severity=Severity.ERROR, needs=frozenset({Need.FILM}))
def past_end_of_film(subject: TrackSubject) -> Iterator[Breach]:
    """A line starts or ends after the film has ended.

    Why: What comes after the last frame is not shown. A line that starts there is lost, and shows that the file was
    made for another cut or another speed of the film: an error. One that only ends there loses part of its time: a
    warning.

    Limit: The end of the film. An end within one frame after it is allowed, since times in a file are rounded.

    Source: The film.

    Example (of a film of 80 seconds):

        28
        00:01:21,000 --> 00:01:23,000
        You are not alone.

    Fix: Compare the last line with the film. If all lines come late, the file was made for another version of it. If a
    line only ends too late, the fix lets it end with the film; viewers see no difference.
    """
    if subject.film is None:
        return
    film_ms, frame_ms = subject.film.duration_ms, ceil(1000 / subject.rate)
    limit = render_timestamp(film_ms)
    for cue in forward_cues(subject):
        if cue.span.start_ms >= film_ms:
            start = render_timestamp(cue.span.start_ms)
            yield Breach(cue=cue, message="the line starts after the end of the film", measured=start, limit=limit)
        elif cue.span.end_ms - film_ms >= frame_ms:
            yield Breach(
                cue=cue,
                message="the line ends after the end of the film",
                measured=render_timestamp(cue.span.end_ms),
                limit=limit,
                severity=Severity.WARNING,
                fix=_end_with_film(subject, cue, film_ms),
            )


def _end_later(subject: TrackSubject, cue: Cue, after: Cue | None) -> Fix | None:
    """Let a cue be shown for the shortest time, or up to the next one if that leaves a gap which is to be closed."""
    end_ms = cue.span.start_ms + subject.profile.shortest_ms
    if after is None:
        return move(subject, cue, end_ms=end_ms)
    next_ms = after.span.start_ms
    if is_gap_to_close(subject, next_ms - end_ms):
        end_ms = next_ms - subject.profile.gap_ms(subject.rate)
    return move(subject, cue, end_ms=end_ms, free_to_ms=next_ms)


def _end_with_film(subject: TrackSubject, cue: Cue, film_ms: int) -> Fix | None:
    """Cut off what is not shown: that changes nothing, so the fix is safe. A cue among others is left to a person."""
    others = [each.span for each in forward_cues(subject) if each is not cue]
    if any(each.overlaps(cue.span) for each in others):
        return None
    later = (each.start_ms for each in others if each.start_ms > cue.span.start_ms)
    return move(subject, cue, end_ms=film_ms, free_to_ms=min(later, default=None), is_safe=True)


RULES = (
    end_before_start,
    zero_duration,
    short_cue,
    long_cue,
    past_end_of_film,
)
