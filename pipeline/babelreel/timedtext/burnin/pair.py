"""Lay two languages out in one picture: the first below and large, the second above it and smaller.

All lines are broken here, and every cue has a place of its own: libass moves none of them, so no text jumps while it is
read, and what is drawn into a cell follows from the cues that are seen in it alone.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import accumulate
from math import ceil
from typing import NamedTuple

from babelreel.model.film.composition import PAIR_LINES_EACH, SECOND_SHARE, gap_px
from babelreel.model.track import Align, Cue
from babelreel.timedtext.burnin.band import is_torn, line_px, wide_lines
from babelreel.timedtext.burnin.layout import Layout, Line
from babelreel.timedtext.burnin.pair_timing import ShownCue, shown_cues, snapped

#: Of both languages together: more hides the film, and nobody reads it in the time that a subtitle has.
MOST_PAIR_LINES = 2 * PAIR_LINES_EACH

_TOP_ROW = frozenset({Align.TOP_LEFT, Align.TOP, Align.TOP_RIGHT})


class PlacedCue(NamedTuple):
    """A cue with its lines, and where they stand.

    ``offset_px`` is how far they are from the edge where text begins: the lower one or, ``at_top``, the upper one.
    """

    shown: ShownCue
    lines: tuple[Line, ...]
    height_px: int
    at_top: bool = False
    offset_px: int = 0

    @property
    def reach_px(self) -> int:
        """How far from the edge what stands next may begin."""
        return self.offset_px + self.height_px


class Timeline:
    """Cues by their first frame, to be found by the frames in which they are seen."""

    def __init__(self, cues: Iterable[PlacedCue]) -> None:
        self.cues = tuple(sorted(cues, key=lambda each: each.shown[:2]))
        self._firsts = [each.shown.first for each in self.cues]
        self._ends = list(accumulate((each.shown.end for each in self.cues), max))

    def seen(self, first: int, end: int) -> list[PlacedCue]:
        """Find the cues that are seen in any frame from ``first`` up to, not including, ``end``."""
        near = self.cues[bisect_right(self._ends, first) : bisect_left(self._firsts, end)]
        return [each for each in near if each.shown.end > first]


@dataclass(frozen=True, slots=True, kw_only=True)
class LaidPair:
    """Two languages laid out for pictures of one size; the texts of ``second`` stand above those of ``first``."""

    first: Layout
    second: Layout
    below: Timeline
    above: Timeline


def lay_pair(first: Layout, first_cues: Iterable[Cue], second: Layout, second_cues: Iterable[Cue]) -> LaidPair:
    """Lay two tracks out in one picture; the type of ``second`` gets smaller here. Cues without text are left out.

    The second language is shown when the first one is, where their times are nearly the same (``snapped``). It stands
    above all cues that are shown while it is, so that it need not move when one of them has fewer lines. At the upper
    edge it is the same from above: the second stands there, and the first below it.
    """
    second, rate = replace(second, type_size=second.type_size * SECOND_SHARE), first.frame.rate
    shown = shown_cues(first_cues, rate)
    lower = [_measured(first, each) for each in shown]
    beside = Timeline(lower)
    upper = [_beside(_measured(second, each), beside) for each in snapped(shown_cues(second_cues, rate), shown, rate)]
    gap = gap_px(first.type_px) + _beside_boxes_px(first, second)
    below = _stacked((each for each in lower if not each.at_top), Timeline(()), gap)
    above = _stacked((each for each in upper if not each.at_top), Timeline(below), gap)
    top = _stacked((each for each in upper if each.at_top), Timeline(()), gap)
    below_top = _stacked((each for each in lower if each.at_top), Timeline(top), gap)
    return LaidPair(first=first, second=second, below=Timeline((*below, *below_top)), above=Timeline((*above, *top)))


def _beside_boxes_px(*layouts: Layout) -> int:
    """Measure by how much the boxes behind both texts go beyond these, so that no place is darkened twice."""
    boxed = (each for each in layouts if each.style.background)
    return ceil(sum(each.type_px * Fraction(each.style.outline) for each in boxed))


def _measured(layout: Layout, shown: ShownCue) -> PlacedCue:
    lines = wide_lines(layout, shown.cue, PAIR_LINES_EACH)
    align = layout.align if shown.cue.align is Align.BOTTOM else shown.cue.align
    is_below_picture = layout.composition is not None and layout.composition.is_below
    return PlacedCue(
        shown=shown,
        lines=lines,
        height_px=ceil(sum(line_px(layout, line.text) for line in lines)),
        at_top=align in _TOP_ROW and not is_below_picture,
    )


def _beside(cue: PlacedCue, others: Timeline) -> PlacedCue:
    """Put a cue to that edge of the picture at which the other language stands at the same time."""
    together = others.seen(cue.shown.first, cue.shown.end)
    return cue._replace(at_top=together[0].at_top) if together else cue


def _stacked(cues: Iterable[PlacedCue], others: Timeline, gap: int) -> list[PlacedCue]:
    """Place cues of one language at one edge, each beyond all of the ``others`` that are seen with it, and each other.

    One that comes later stands further from the edge.
    """
    placed: list[PlacedCue] = []
    shown: list[PlacedCue] = []
    for cue in cues:
        first, end = cue.shown.first, cue.shown.end
        shown = [each for each in shown if each.shown.end > first]
        offset = max((each.reach_px + gap for each in others.seen(first, end)), default=0)
        for each in sorted(shown, key=lambda each: each.offset_px):
            if each.offset_px < offset + cue.height_px and offset < each.reach_px:
                offset = each.reach_px
        placed.append(cue._replace(offset_px=offset))
        shown.append(placed[-1])
    return placed


class PairMisfit(NamedTuple):
    """A cue with which a pair does not hold: so many ``lines`` of both languages are seen, or it ``is_too_large``.

    ``is_second`` says of which language it is; ``others`` are the cues that are seen with it.
    """

    cue: Cue
    is_second: bool
    lines: int
    others: tuple[Cue, ...]
    is_too_large: bool


def find_pair_misfits(pair: LaidPair) -> Iterator[PairMisfit]:
    """Find the cues with whose beginning more lines are seen than a pair may have, or that go beyond their room."""
    sides = ((pair.first, pair.below, False), (pair.second, pair.above, True))
    for layout, timeline, is_second in sides:
        for cue in timeline.cues:
            first = cue.shown.first
            seen = [*pair.below.seen(first, first + 1), *pair.above.seen(first, first + 1)]
            lines = sum(len(each.lines) for each in seen)
            is_too_large = cue.reach_px > room_px(pair.first) or is_torn(layout, cue.shown.cue)
            if lines > MOST_PAIR_LINES or is_too_large:
                others = tuple(each.shown.cue for each in seen if each.shown.cue is not cue.shown.cue)
                yield PairMisfit(cue.shown.cue, is_second, lines, others, is_too_large)


def room_px(layout: Layout) -> int:
    """Measure the height of the part of a picture in which text may stand."""
    low, high = edges_px(layout)
    return low - high


def edges_px(layout: Layout) -> tuple[int, int]:
    """Tell where the text of a pair may end below, and begin above, from the top of the picture."""
    if layout.composition:
        return layout.composition.text.bottom_px, layout.composition.text.top_px
    return layout.frame.height_px - layout.margin_px, layout.margin_px
