"""Check that every cue is on the screen alone, in its turn, and with a visible gap before the next one.

A cue whose end does not follow its start has a fault of its own; these rules skip it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from babelreel.model.counted import count
from babelreel.model.finding import Fix, Severity
from babelreel.model.timecode import frames_to_ms, ms_to_frame, render_clock, render_seconds
from babelreel.model.track import Cue, Format
from babelreel.rules.base.breach import Breach
from babelreel.rules.base.cue_order import (
    Step,
    forward_cues,
    is_gap_to_close,
    shot_frames,
    smallest_gap_ms,
    steps,
)
from babelreel.rules.base.retiming import move
from babelreel.rules.base.rule import limits, track_rule
from babelreel.rules.base.subject import TrackSubject

#: An overlap up to this many frames is a slip of rounding or of the hand; a longer one may hold two voices at once.
_SLIP_FRAMES = 2
#: An overlap of one frame at 25 frames a second: times that were rounded to frames.
_TOLERATED_MS = 40
#: No two or three voices speak so long: the end of a cue that is shown with so many later ones is a mistake.
_COVERED_BY_MISTAKE = 3


@track_rule(code="TIM003", name="overlapping-cues", severity=Severity.ERROR)
def overlapping_cues(subject: TrackSubject) -> Iterator[Breach]:
    """A line starts while an earlier one is still shown.

    Why: Nobody reads two texts at once, players stack them in different orders, and the text stream of an MP4 file
    shows one line at a time. The earlier line may stand anywhere in the file, not only just before.

    Limit: An overlap of one frame (40 ms) comes from rounding: an info. If a line is still shown when three others have
    started, its end is probably mistyped: this is reported once, as an error.

    Source: 3GPP TS 26.245, the text streams of MP4: each text stands alone until the next one takes its place.

    Example:

        4
        00:00:10,000 --> 00:00:12,640
        You can ask for an interpreter.

        5
        00:00:12,000 --> 00:00:14,000
        It is free.

    Fix: Let the earlier line end two frames before the later one starts. For an overlap of up to two frames there is a
    fix, if it leaves enough time to read. If two people speak at once, put both into one line, one in each row.
    """
    covered: defaultdict[int, list[Step]] = defaultdict(list)
    for step in steps(subject):
        if step.gap_ms < 0:
            covered[id(step.before)].append(step)
    for overlaps in covered.values():
        if len(overlaps) >= _COVERED_BY_MISTAKE:
            yield _lasting(overlaps)
        else:
            yield from (_overlap(subject, step) for step in overlaps)


@track_rule(
    code="TIM004",
    name="short-gap",
    severity=Severity.WARNING,
    limit=limits("gap_frames"),
)
def short_gap(subject: TrackSubject) -> Iterator[Breach]:
    """A line follows another one so closely that the change is hard to notice.

    Why: A moment without text shows the eye that the text is new. Without it, a slow reader goes on reading the old
    line and misses the new one.

    Limit: The smallest number of frames between two lines, at the film's own rate. Half a frame is allowed, since times
    in a file are rounded. If nothing is known of the film, 25 frames a second are assumed, and the finding says so.
    Overlapping lines are left to the rule overlapping-cues.

    Source: Netflix Timed Text Style Guide, "Subtitle Timing Guidelines": two frames.

    Example:

        4
        00:00:10,000 --> 00:00:12,000
        You can ask for an interpreter.

        5
        00:00:12,000 --> 00:00:14,000
        It is free.

    Fix: Let the earlier line end two frames (80 ms at 25 frames a second) before the later one starts. The fix does so
    where enough time to read is left.
    """
    frames, rate = subject.profile.gap_frames, subject.rate
    smallest = smallest_gap_ms(subject)
    assumed = "" if subject.film_rate else " (assumed, because the film is not known)"
    for step in steps(subject):
        if 0 <= step.gap_ms < smallest:
            yield Breach(
                cue=step.cue,
                message=f"the line follows {_name(step.before)} too closely: leave {count(frames, 'frame')} at "
                f"{float(rate):.5g} frames a second{assumed}",
                measured=f"{step.gap_ms} ms",
                limit=f"{frames_to_ms(frames, rate)} ms",
                fix=_end_before_earlier(subject, step),
            )


@track_rule(code="TIM007", name="out-of-order", severity=Severity.WARNING)
def out_of_order(subject: TrackSubject) -> Iterator[Breach]:
    """A line starts before the one that stands above it in the file.

    Why: Some players show lines in the order of the file, and skip those that come too late. Often a time is mistyped.
    The published files are always in order of time.

    Limit: No line starts before the line above it. ASS and SSA files may be in any order.

    Source: WebVTT, "WebVTT cue timings": not before the start of any line above it.

    Example:

        4
        00:00:14,000 --> 00:00:16,000
        It is free.

        5
        00:00:10,000 --> 00:00:12,000
        You can ask for an interpreter.

    Fix: Put the lines in the order of their times, or correct the mistyped time.
    """
    if subject.track.format in {Format.ASS, Format.SSA}:
        return
    cues = forward_cues(subject)
    for above, cue in pairwise(cues):
        if cue.span.start_ms < above.span.start_ms:
            yield Breach(
                cue=cue,
                message=f"the line starts before {_name(above)}, which stands above it",
                measured=f"{above.span.start_ms - cue.span.start_ms} ms",
                limit="0 ms",
            )


@track_rule(
    code="TIM009",
    name="gap-to-close",
    severity=Severity.INFO,
    limit=limits("gap_frames", "close_gap_ms", "shot_reach_ms", "longest_ms"),
)
def gap_to_close(subject: TrackSubject) -> Iterator[Breach]:
    """A short gap between two lines makes the screen flicker.

    Why: If the next text follows in less than half a second, the screen flickers. With a gap of only two frames, which
    let the eye see the change, both are easier to read, and the earlier one is shown for longer.

    Limit: A gap is either two frames or at least half a second long: 3 to 11 frames at 24 frames a second are reported,
    3 to 12 at 25. A gap may stay if the film cuts to another shot in it or near its beginning (there the line should
    start with the shot), or if the earlier line would become too long.

    Source: Netflix Timed Text Style Guide, "Subtitle Timing Guidelines", on closing gaps.

    Example:

        4
        00:00:10,000 --> 00:00:12,000
        You can ask for an interpreter.

        5
        00:00:12,320 --> 00:00:14,000
        It is free.

    Fix: Let the earlier line end two frames before the later one starts; the fix does it, unless the earlier line
    overlaps another one.
    """
    rate, longest = subject.rate, subject.profile.longest_ms
    for step in steps(subject):
        if not is_gap_to_close(subject, step.gap_ms) or _is_at_cut(subject, step):
            continue
        end_ms = step.cue.span.start_ms - subject.profile.gap_ms(rate)
        # of two lines at once, the one that is made longer may become the later one: the overlap is mended first
        is_shared = step.rest_ms > step.before.span.start_ms
        if end_ms - step.before.span.start_ms <= longest:
            yield Breach(
                cue=step.cue,
                message=f"there is a short moment without text after {_name(step.before)}: close the gap to "
                f"{count(subject.profile.gap_frames, 'frame')}",
                measured=f"{step.gap_ms} ms",
                limit=f"{subject.profile.gap_ms(rate)} ms",
                fix=None if is_shared else move(subject, step.before, end_ms=end_ms, free_to_ms=step.cue.span.start_ms),
            )


def _is_at_cut(subject: TrackSubject, step: Step) -> bool:
    """Tell whether a new shot begins in a gap, or within its reach before the gap; then shots decide."""
    if not subject.film or not subject.film.shots:
        return False
    end, start = (ms_to_frame(ms, subject.rate) for ms in (step.before.span.end_ms, step.cue.span.start_ms))
    first = max(end - shot_frames(subject), ms_to_frame(step.before.span.start_ms, subject.rate)) + 1
    place = bisect_left(subject.film.shots, first)
    return place < len(subject.film.shots) and subject.film.shots[place] < start


def _end_before_earlier(subject: TrackSubject, step: Step) -> Fix | None:
    """Let the earlier cue of a step end as long before the later one as the profile says."""
    start_ms = step.cue.span.start_ms
    end_ms = start_ms - subject.profile.gap_ms(subject.rate)
    if step.rest_ms > end_ms or step.before.span.end_ms > step.cue.span.end_ms:
        return None
    return move(subject, step.before, end_ms=end_ms, free_to_ms=start_ms)


def _overlap(subject: TrackSubject, step: Step) -> Breach:
    return Breach(
        cue=step.cue,
        message=f"the line starts {render_seconds(-step.gap_ms)} before {_name(step.before)} has ended",
        measured=f"{-step.gap_ms} ms",
        limit="0 ms",
        severity=Severity.INFO if -step.gap_ms <= _TOLERATED_MS else None,
        fix=_end_before_earlier(subject, step) if -step.gap_ms <= _SLIP_FRAMES * 1000 / subject.rate else None,
    )


def _lasting(overlaps: Sequence[Step]) -> Breach:
    """Say once of a cue that it does not end."""
    cue, first = overlaps[0].before, overlaps[0].cue
    return Breach(
        cue=cue,
        message=f"the line is still shown when the next {len(overlaps)} lines start: is its end mistyped?",
        measured=f"{cue.span.end_ms - first.span.start_ms} ms",
        limit="0 ms",
    )


def _name(cue: Cue) -> str:
    return f"line {cue.number} (at {render_clock(cue.span.start_ms)})"


RULES = (
    overlapping_cues,
    short_gap,
    out_of_order,
    gap_to_close,
)
