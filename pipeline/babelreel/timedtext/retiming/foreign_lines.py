"""Find the times in files in which a cue has a line of its own: SubViewer, MicroDVD, MPL2."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from babelreel.model.file_position import Source, Spot
from babelreel.model.track import Format, Track
from babelreel.timedtext.foreign.cues import TAPE_START_MS
from babelreel.timedtext.foreign.timed_lines import MICRODVD, MPL2, SBV_LINE, frame_rate_in, sbv_ms
from babelreel.timedtext.formats.timestamp import Form
from babelreel.timedtext.retiming.clocks import Clock, Counter, WallClock, smallest_step_ms
from babelreel.timedtext.retiming.layout import Kind, Layout, TimedLine, UnmovableError, written_times

_SUBVIEWER = Form(
    shown="H:MM:SS.mmm", exact=re.compile(r"[0-9]{1,4}:[0-5]?[0-9]:[0-5]?[0-9]\.[0-9]{1,3}"), mark=".", hour_digits=1
)
_HOUR_MS = 3_600_000
_NUMBERS = re.compile(r"[0-9]+")


def layout_of_sbv(track: Track, text: str) -> Layout:
    """Find the times of YouTube's SubViewer."""
    source = Source.of(text)
    heads = [
        (number, match)
        for number, line in enumerate(source.lines, start=1)
        if (match := SBV_LINE.fullmatch(line)) and not source.line(number - 1).strip()
    ]
    lines = []
    for place, (number, match) in enumerate(heads):
        first = source.starts[number - 1]
        next_head = source.starts[heads[place + 1][0] - 1] if place + 1 < len(heads) else len(text)
        whole = Spot(first, first + len(text[first:next_head].rstrip()))
        start, end = (Spot(match.start(group), match.end(group + 3)).moved(first) for group in (1, 5))
        times = (Fraction(sbv_ms(match.groups()[:4])), Fraction(sbv_ms(match.groups()[4:])))
        lines.append(_Found(times=times, spots=(start, end), whole=whole))
    written = written_times(text, (spot for each in lines for spot in each.spots))
    clock = WallClock.of(_SUBVIEWER, written)
    return _layout(track, text, lines, clock, clock.step_ms)


def layout_of_frame_lines(track: Track, text: str, film_rate: Fraction | None, written_rate: Fraction | None) -> Layout:
    """Find the times of MicroDVD, or of MPL2, which may have the same ending.

    Frames of a file that does not say its rate are counted at ``written_rate``, and will be at ``film_rate``.
    """
    source = Source.of(text)
    numbered = [(number, line) for number, line in enumerate(source.lines, start=1) if line.strip("\ufeff \t")]
    rate = frame_rate_in(numbered[0][1].removeprefix("\ufeff")) if numbered else None
    is_mpl2 = track.format is Format.MPL2
    if not is_mpl2 and not rate and not (film_rate and written_rate):
        raise UnmovableError(
            "its times are frames, and it is not known how many make a second: write {1}{1}25 as its first line, say"
        )
    step = smallest_step_ms(track.format, rate or written_rate)
    form = MPL2 if is_mpl2 else MICRODVD
    lines = []
    for number, line in numbered[1 if rate and not is_mpl2 else 0 :]:
        if form.fullmatch(line.removeprefix("\ufeff")):
            first = source.starts[number - 1]
            start, end, *_ = (Spot(*each.span()).moved(first) for each in _NUMBERS.finditer(line))
            times = tuple(int(text[spot.start : spot.end]) * step for spot in (start, end))
            whole = Spot(first, first + len(line))
            lines.append(_Found(times=(times[0], times[1]), spots=(start, end), whole=whole))
    return _layout(track, text, lines, Counter(step_ms=smallest_step_ms(track.format, rate or film_rate)), step)


class _Found(NamedTuple):
    """A line in the file: its times as they are written, and where they and all of it stand."""

    times: tuple[Fraction, Fraction]
    spots: tuple[Spot, Spot]
    whole: Spot


def _layout(track: Track, text: str, found: Sequence[_Found], clock: Clock, step_ms: Fraction) -> Layout:
    """Put what was found beside the cues that were read; raises ``UnmovableError`` where these are others."""
    if len(found) != len(track.cues):
        raise UnmovableError("not every time in it is read as that of a line")
    # what began at ten hours was read as beginning with the film
    is_of_tape = bool(found) and found[0].times[0] - track.cues[0].span.start_ms > _HOUR_MS
    origin_ms = TAPE_START_MS if is_of_tape else 0
    if any(
        abs(each.times[0] - origin_ms - cue.span.start_ms) > step_ms
        for each, cue in zip(found, track.cues, strict=True)
    ):
        raise UnmovableError("a time in it is read otherwise than it is written")
    lines = tuple(
        TimedLine(
            number=cue.number,
            text=cue.text,
            start_ms=each.times[0] - origin_ms,
            end_ms=each.times[1] - origin_ms,
            times=((Kind.START, each.spots[0]), (Kind.END, each.spots[1])),
            whole=each.whole,
        )
        for cue, each in zip(track.cues, found, strict=True)
    )
    return Layout(
        text=text, lines=lines, clock=clock, origin_ms=origin_ms, has_order=True, is_regridded=clock.step_ms != step_ms
    )
