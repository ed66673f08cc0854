"""Check that the cues change with the pictures.

A text that changes a moment before or after the picture makes the eye jump twice, and a reader begins the same text
anew. Times are compared in frames of the film. Where the film cuts twice within the reach of a cut nothing is claimed;
and where cues follow one another closely, the border between them is one fault, that of the later cue.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from babelreel.model.counted import count
from babelreel.model.finding import Fix, Severity
from babelreel.model.timecode import frames_to_ms, ms_to_frame
from babelreel.model.track import Cue
from babelreel.rules.base.breach import Breach
from babelreel.rules.base.cue_order import cues_in_time, shot_frames, steps
from babelreel.rules.base.memo import remembered
from babelreel.rules.base.need import Need
from babelreel.rules.base.retiming import move, move_border
from babelreel.rules.base.rule import limits, track_rule
from babelreel.rules.base.subject import TrackSubject
from babelreel.rules.base.track_sync import find_misfit

SHOTS = frozenset({Need.SHOTS})
#: The share of the reach of a cut, before it, in which a cue should rather start with the cut than well before it.
_RATHER_AFTER = Fraction(3, 4)


@track_rule(
    code="FLM001", name="start-after-shot-change", severity=Severity.INFO, needs=SHOTS, limit=limits("shot_reach_ms")
)
def start_after_shot_change(subject: TrackSubject) -> Iterator[Breach]:
    """A line starts a moment after the film cuts to another shot.

    Why: The eye has just turned to the new picture, and the text calls it away before it has seen anything.

    Limit: A line starts with the shot or half a second after its beginning at least: 1 to 11 frames after it at 24
    frames a second are reported, 1 to 12 at 25. Nothing is reported while the whole file is out of step with the film.

    Source: Netflix Timed Text Style Guide, "Subtitle Timing Guidelines": timing to shot changes; the frames as Subtitle
    Edit counts them.

    Example (of a film that cuts at 12.000 s):

        4
        00:00:12,280 --> 00:00:15,000
        You can ask for an interpreter.

    Fix: Let the line start with the shot, and the line before it end two frames earlier; the fix does both where there
    is room.
    """
    for cut in _borders(subject):
        frames = cut.start - cut.before_start
        if 0 < frames < cut.reach and cut.after_start - cut.start >= cut.reach:
            yield Breach(
                cue=cut.cue,
                message=f"the line starts {_frames(frames)} after a shot change: let it start with the shot",
                measured=_frames(frames),
                limit=f"0 or {_frames(cut.reach)}",
                fix=_start_at(subject, cut, cut.before_start),
            )


@track_rule(
    code="FLM002",
    name="end-before-shot-change",
    severity=Severity.INFO,
    needs=SHOTS,
    limit=limits("gap_frames", "shot_reach_ms"),
)
def end_before_shot_change(subject: TrackSubject) -> Iterator[Breach]:
    """A line ends a moment before the film cuts to another shot, or with the cut.

    Why: The eye sees two changes instead of one: the text disappears, and shortly after the picture changes. If the
    text stays to the end of the shot, there is more time to read it. Two frames without text show that it does not
    belong to the next shot.

    Limit: A line ends two frames before the cut, or half a second before it at least. A line that is followed by
    another one in less than half a second is left to the rules about gaps.

    Source: Netflix Timed Text Style Guide, "Subtitle Timing Guidelines": timing to shot changes; the frames as Subtitle
    Edit counts them.

    Example (of a film that cuts at 14.000 s):

        4
        00:00:11,000 --> 00:00:13,760
        You can ask for an interpreter.

    Fix: Let the line end two frames before the cut; the fix does it where there is room.
    """
    wanted = subject.profile.gap_frames
    for cut in _borders(subject):
        frames = cut.after_end - cut.end
        is_alone = cut.next_start - cut.end >= cut.reach
        if frames < cut.reach and frames != wanted and is_alone and cut.end - cut.before_end >= cut.reach:
            yield Breach(
                cue=cut.cue,
                message=f"the line ends {_frames(frames)} before a shot change: let it end {_frames(wanted)} before it",
                measured=_frames(frames),
                limit=_frames(wanted),
                fix=_end_before(subject, cut, cut.after_end),
            )


@track_rule(
    code="FLM003", name="glimpse-of-shot", severity=Severity.WARNING, needs=SHOTS, limit=limits("shot_reach_ms")
)
def glimpse_of_shot(subject: TrackSubject) -> Iterator[Breach]:
    """A line reaches over a shot change, but is seen on one side of it for a moment only.

    Why: When the picture changes, the eye takes the text for a new one and begins again; and the few frames on the
    other side of the cut look like a flicker.

    Limit: A line that reaches over a cut is seen on both sides for half a second at least. A line that is too short for
    that is left alone.

    Source: Netflix Timed Text Style Guide, "Subtitle Timing Guidelines": timing to shot changes. As Subtitle Edit codes
    it, a line up to 8 frames before a cut (at 24 frames a second) should start with the cut, one 9 to 11 frames before
    it earlier.

    Example (of a film that cuts at 14.000 s):

        4
        00:00:11,000 --> 00:00:14,200
        You can ask for an interpreter.

    Fix: Let the line end two frames before the cut, or start with the cut, or, if the voice goes on over the cut, stay
    for half a second. The fix does what is nearest where there is room.
    """
    for cut in _borders(subject):
        yield from _glimpse_before(subject, cut)
        yield from _glimpse_after(subject, cut)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Border:
    """A cue among the cuts of the film, in frames.

    ``before_start`` is the last cut before the cue starts, or with which it starts; ``after_start`` the first one
    later; ``before_end`` the last one before the cue ends, ``after_end`` the first one later, or with which it ends.
    Where there is none, it is far away. ``reach`` is how far from a cut a cue is clear of it. ``next_start`` is the
    start of the next cue. ``earlier`` is the cue that ends last of all that start earlier; ``is_crowded`` says that
    there are others about, so that no cue can be moved alone.
    """

    cue: Cue
    earlier: Cue | None
    is_crowded: bool
    reach: int
    start: int
    end: int
    before_start: int
    after_start: int
    before_end: int
    after_end: int
    next_start: int
    next_ms: int | None


_FAR = 10**12


@remembered
def _borders(subject: TrackSubject) -> tuple[_Border, ...]:
    return tuple(_cues_among_cuts(subject))


def _cues_among_cuts(subject: TrackSubject) -> Iterator[_Border]:
    film, rate = subject.film, subject.rate
    if film is None or not film.shots or find_misfit(subject):
        return
    shots, reach = film.shots, shot_frames(subject)
    cues = cues_in_time(subject)
    for cue, step, after in zip(cues, (None, *steps(subject)), (*cues[1:], None), strict=False):  # ends with the cues
        start, end = ms_to_frame(cue.span.start_ms, rate), ms_to_frame(cue.span.end_ms, rate)
        next_ms = after.span.start_ms if after else None
        overlaps = next_ms is not None and next_ms < cue.span.end_ms
        yield _Border(
            cue=cue,
            earlier=step.before if step else None,
            is_crowded=overlaps or (step is not None and (step.gap_ms < 0 or step.rest_ms > step.before.span.start_ms)),
            reach=reach,
            start=start,
            end=end,
            before_start=_cut(shots, bisect_right(shots, start) - 1, -_FAR),
            after_start=_cut(shots, bisect_right(shots, start), _FAR),
            before_end=_cut(shots, bisect_left(shots, end) - 1, -_FAR),
            after_end=_cut(shots, bisect_left(shots, end), _FAR),
            next_start=_FAR if next_ms is None else ms_to_frame(next_ms, rate),
            next_ms=next_ms,
        )


def _cut(shots: Sequence[int], place: int, otherwise: int) -> int:
    return shots[place] if 0 <= place < len(shots) else otherwise


def _glimpse_before(subject: TrackSubject, cut: _Border) -> Iterator[Breach]:
    """Report a cue that starts shortly before a cut."""
    frames = cut.after_start - cut.start
    if frames >= cut.reach or cut.end - cut.after_start < cut.reach or cut.start - cut.before_start < cut.reach:
        return
    is_nearer = frames < (cut.reach * _RATHER_AFTER + Fraction(1, 2)).__floor__()
    wanted = "with the cut" if is_nearer else f"{_frames(cut.reach)} before it"
    yield Breach(
        cue=cut.cue,
        message=f"the line starts {_frames(frames)} before a shot change: let it start {wanted}",
        measured=_frames(frames),
        limit=_frames(cut.reach),
        fix=_start_at(subject, cut, cut.after_start - (0 if is_nearer else cut.reach)),
    )


def _glimpse_after(subject: TrackSubject, cut: _Border) -> Iterator[Breach]:
    """Report a cue that ends shortly after a cut, unless the next one starts shortly after it too."""
    frames = cut.end - cut.before_end
    is_elsewhere = cut.next_start - cut.before_end < cut.reach or cut.before_end - cut.start < cut.reach
    if frames >= cut.reach or is_elsewhere or cut.after_end - cut.end < cut.reach:
        return
    yield Breach(
        cue=cut.cue,
        message=f"the line ends {_frames(frames)} after a shot change: let it end before the change, "
        f"or {_frames(cut.reach)} after it",
        measured=_frames(frames),
        limit=_frames(cut.reach),
        fix=_end_before(subject, cut, cut.before_end),
    )


def _start_at(subject: TrackSubject, cut: _Border, frame: int) -> Fix | None:
    """Let a cue, and with it the end of a cue close before it, move to a frame that no other cut is near to."""
    if cut.is_crowded or not _is_clear(subject, cut, frame):
        return None
    return move_border(subject, cut.earlier, cut.cue, frames_to_ms(frame, subject.rate))


def _end_before(subject: TrackSubject, cut: _Border, frame: int) -> Fix | None:
    """Let a cue end the smallest gap before a cut that no other cut is near to."""
    if cut.is_crowded or not _is_clear(subject, cut, frame):
        return None
    end_ms = frames_to_ms(frame - subject.profile.gap_frames, subject.rate)
    return move(subject, cut.cue, end_ms=end_ms, free_to_ms=cut.next_ms)


def _is_clear(subject: TrackSubject, cut: _Border, frame: int) -> bool:
    shots = subject.film.shots if subject.film else None
    near = (shots or ())[slice(*(bisect_left(shots or (), frame + side) for side in (1 - cut.reach, cut.reach)))]
    return not near or near == (frame,)


def _frames(frames: int) -> str:
    return count(frames, "frame")


RULES = (start_after_shot_change, end_before_shot_change, glimpse_of_shot)
