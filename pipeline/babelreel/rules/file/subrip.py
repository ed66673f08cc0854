"""Check that a SubRip file is numbered and timed cue by cue, without what other formats put after the times."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from babelreel.model.file_position import Source
from babelreel.model.finding import Edit, Fix, Severity
from babelreel.model.track import Cue, FaultKind, Format
from babelreel.rules.base.breach import Breach
from babelreel.rules.base.reader_faults import fault_breaches
from babelreel.rules.base.rule import Purpose, track_rule
from babelreel.rules.base.subject import TrackSubject

_DIGITS = re.compile("[0-9]+")


@track_rule(code="SRT001", name="broken-numbering", severity=Severity.WARNING, purpose=Purpose.READING)
def broken_numbering(subject: TrackSubject) -> Iterator[Breach]:
    """The numbers of the lines do not count up one by one.

    Why: A gap or a repeat in the numbers often shows that a line was lost or pasted twice. Translators name lines by
    their numbers, and a few players need them.

    Limit: Every number is one more than the number above it. The first may be any. If several numbers one after another
    are out of step, only the first is reported. As long as a part of the file cannot be read, the numbers are not
    checked.

    Source: SubRip as its makers write it. We know of no player that minds a gap.

    Example:

        4
        00:00:10,000 --> 00:00:12,000
        You can ask for an interpreter.

        6
        00:00:12,080 --> 00:00:14,000
        It is free.

    Fix: See whether a line is missing between the two. If none is, `--fix` writes the numbers again. It never changes a
    number that is higher than the count of lines, because it may belong to the text above it.
    """
    cues, source = subject.track.cues, subject.track.source
    if subject.track.format is not Format.SRT or not cues or _has_lost_cue(subject):
        return
    first = cues[0].number if _is_numbered(cues[0]) else 1
    oddities = [_oddity(cues, index, first, source) for index in range(len(cues))]
    starts = [index for index, each in enumerate(oddities) if each and (index == 0 or each != oddities[index - 1])]
    for index, end in zip(starts, [*starts[1:], len(cues)], strict=False):  # none: there is still the end
        breach = _numbering_breach(cues[index:end], first + index, source)
        yield replace(breach, fix=None) if _may_be_said(cues[index], first + len(cues)) else breach


@track_rule(code="SRT002", name="missing-timestamps", severity=Severity.ERROR, purpose=Purpose.READING)
def missing_timestamps(subject: TrackSubject) -> Iterator[Breach]:
    """A line has a number, but its times are missing.

    Why: Without times the text has no place in the film. Players show it, number and all, as the end of the line above,
    or not at all.

    Limit: The times stand below the number.

    Source: SubRip as players read it.

    Example:

        5
        It is free.

    Fix: Write the times below the number. If the line was deleted, delete its number too.
    """
    return fault_breaches(subject, FaultKind.MISSING_TIMESTAMPS)


@track_rule(code="SRT003", name="ignored-placement", severity=Severity.INFO, purpose=Purpose.READING)
def ignored_placement(subject: TrackSubject) -> Iterator[Breach]:
    r"""Coordinates or settings stand after the times of a SubRip line.

    Why: Hardly any player follows them, so the line is not where its author saw it. Our own files are made without
    them.

    Limit: SubRip has no settings.

    Source: SubRip as players read it; `X1: X2: Y1: Y2:` come from ripped discs, `line:` and `align:` from WebVTT.

    Example:

        4
        00:00:10,000 --> 00:00:12,000 X1:100 X2:620 Y1:420 Y2:480
        You can ask for an interpreter.

    Fix: Delete them (`--unsafe-fixes` does so). To place a line at the top, begin its text with `{\an8}`.
    """
    return fault_breaches(subject, FaultKind.PLACEMENT)


def _has_lost_cue(subject: TrackSubject) -> bool:
    """Tell whether a cue could not be read: its number is missing among the others, and has been reported."""
    lost = (FaultKind.UNREADABLE_CUE, FaultKind.MISSING_TIMESTAMPS)
    return any(fault.kind in lost for fault in subject.track.faults)


def _may_be_said(cue: Cue, beyond: int) -> bool:
    """Tell whether a number is higher than that of any cue: it may be the last line of the text above ("112")."""
    return _is_numbered(cue) and cue.number > beyond + 9  # a slip of the hand is near


def _is_numbered(cue: Cue) -> bool:
    return cue.number_spot.start < cue.number_spot.end


def _oddity(cues: Sequence[Cue], index: int, first: int, source: Source) -> str:
    """Name what is odd in the number of a cue; empty when it is right, or in step with a number that is not."""
    cue = cues[index]
    if not _is_numbered(cue):
        return "missing"
    written = source.text[cue.number_spot.start : cue.number_spot.end]
    if not _DIGITS.fullmatch(written):
        return written
    step = 1 if cue.number == first + index else cue.number - cues[index - 1].number
    return "" if step == 1 else str(step)


def _numbering_breach(cues: Sequence[Cue], expected: int, source: Source) -> Breach:
    """Report a stretch of cues; those in it that are right by chance are not touched."""
    line, column = source.place(cues[0].number_spot.start)
    written = source.text[cues[0].number_spot.start : cues[0].number_spot.end]
    message = f"the number {written} stands where {expected} belongs" if written else "the line has no number"
    return Breach(
        message=message,
        cue=cues[0],
        line=line,
        column=column,
        length=len(written),
        measured=written or "none",
        limit=str(expected),
        fix=Fix(edits=tuple(_renumbering(cues, expected, source))),
    )


def _renumbering(cues: Sequence[Cue], expected: int, source: Source) -> Iterator[Edit]:
    for number, cue in enumerate(cues, start=expected):
        start, end = cue.number_spot
        if start == end:
            # the line of times is the place where the number belongs; its own line end is in use there
            line = source.line(cue.line)
            behind = source.starts[cue.line - 1] + len(line)
            line_end = source.text[behind : source.start(cue.line)] or "\n"
            yield Edit(start=start, end=end, text=f"{number}{line_end}")
        elif source.text[start:end] != str(number):
            yield Edit(start=start, end=end, text=str(number))


RULES = (broken_numbering, missing_timestamps, ignored_placement)
