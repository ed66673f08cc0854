"""Write the text of a subtitle file with new times, without the lines that are gone, in the new order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from operator import add

from babelreel.model.file_position import Spot
from babelreel.model.film.change.time_map import Fate, TimeMap
from babelreel.model.finding import Edit
from babelreel.model.timecode import Span
from babelreel.timedtext.retiming.clocks import Clock
from babelreel.timedtext.retiming.effects import scaled_effects
from babelreel.timedtext.retiming.layout import Kind, Layout, TimedLine, UnmovableError

#: Blank lines, and the end of the line before them.
_BLANK = re.compile(r"(?:[ \t]*(?:\r\n|\r|\n))+")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTimes:
    """The new times of a line, ``None`` where it is gone."""

    fate: Fate
    start_ms: Fraction | None = None
    end_ms: Fraction = Fraction(0)

    @property
    def span(self) -> Span | None:
        """The times in whole milliseconds."""
        if self.start_ms is None:
            return None
        return Span(start_ms=round(self.start_ms), end_ms=round(self.end_ms))


def written(layout: Layout, new: Sequence[NewTimes], order: Sequence[int], time_map: TimeMap) -> str:
    """Write the text of the file with its new times, without the lines that are gone, in the new order."""
    text, lines = layout.text, layout.lines
    if list(order) == list(range(len(lines))):
        return _edited(text, Spot(0, len(text)), edits_of(layout, new, order, time_map))
    wholes = [_whole(line) for line in lines]
    if any(one.end > other.start for one, other in pairwise(sorted(wholes))):
        raise UnmovableError("lines of it would have to go, or to change places, and they cannot be parted")
    slots = [wholes[place] for place in sorted(order)]
    starts, ends = [0, *(slot.end for slot in slots)], [*(slot.start for slot in slots), len(text)]
    kept = set(order)
    gone = [whole for place, whole in enumerate(wholes) if place not in kept]
    gaps = [_cut(layout, Spot(start, end), gone) for start, end in zip(starts, ends, strict=True)]
    moved = [_edited(text, wholes[place], edits_of(layout, new, [place], time_map)) for place in order]
    return gaps[0] + "".join(map(add, moved, gaps[1:]))


def _whole(line: TimedLine) -> Spot:
    if line.whole is None:
        raise UnmovableError("lines of it would have to go, or to change places, which cannot be done in this format")
    return line.whole


def _cut(layout: Layout, spot: Spot, gone: Sequence[Spot]) -> str:
    """Return what stands between lines that stay, without those that are gone and the blank lines behind these."""
    parts, done = [], spot.start
    for each in gone:
        if spot.start <= each.start < spot.end:
            parts.append(layout.text[done : each.start])
            behind = _BLANK.match(layout.text, each.end, spot.end) if layout.has_order else None
            done = behind.end() if behind else each.end
    return "".join((*parts, layout.text[done : spot.end]))


def order_of(layout: Layout, new: Sequence[NewTimes]) -> list[int]:
    """List the places of the lines that stay, in their new order: the old one unless scenes changed places."""
    places = [place for place, times in enumerate(new) if times.start_ms is not None]
    if not layout.has_order:
        return places
    old = layout.lines
    by_old = sorted(places, key=lambda place: old[place].start_ms)
    is_turned = any((new[one].start_ms or 0) > (new[other].start_ms or 0) for one, other in pairwise(by_old))
    return sorted(places, key=lambda place: new[place].start_ms or 0) if is_turned else places


def edits_of(layout: Layout, new: Sequence[NewTimes], places: Sequence[int], time_map: TimeMap) -> Iterator[Edit]:
    """Yield what changes in the text of the lines at these places."""
    for place in places:
        line, times = layout.lines[place], new[place]
        if times.start_ms is None:
            continue
        start_ms, end_ms = times.start_ms, times.end_ms
        if not line.is_read:  # a remark at the film's beginning, which nobody sees, stays there
            start_ms, end_ms = max(start_ms, Fraction(0)), max(end_ms, Fraction(0))
        values = {Kind.START: start_ms + layout.origin_ms, Kind.END: end_ms + layout.origin_ms}
        for kind, spot in line.times:
            yield _retimed(layout, spot, values[kind], layout.clock)
        line_map = time_map.followed_by(line.span)
        stretch = line_map.stretch_at(line.span.start_ms) or line_map.stretch_at(line.span.end_ms - 1)
        if line.effects and stretch and stretch.rate != 1:
            yield from scaled_effects(layout.text, line.effects, stretch.rate)
        for stamp in line.stamps:
            moved = line_map.moved(stamp.time_ms)
            was_inside = line.start_ms < stamp.time_ms < line.end_ms
            if moved is None or (was_inside and not times.start_ms < moved < times.end_ms):
                yield Edit(start=stamp.tag.start, end=stamp.tag.end, text="")  # what it parts is gone
            elif moved >= 0:
                yield _retimed(layout, stamp.time, Fraction(moved), layout.stamp_clock or layout.clock)


def _retimed(layout: Layout, spot: Spot, time_ms: Fraction, clock: Clock) -> Edit:
    return Edit(start=spot.start, end=spot.end, text=clock.written(layout.text[spot.start : spot.end], time_ms))


def _edited(text: str, spot: Spot, edits: Iterable[Edit]) -> str:
    """Make edits in a part of a text."""
    parts, done = [], spot.start
    for edit in sorted(edits, key=lambda each: each.start):
        parts += [text[done : edit.start], edit.text]
        done = edit.end
    return "".join((*parts, text[done : spot.end]))
