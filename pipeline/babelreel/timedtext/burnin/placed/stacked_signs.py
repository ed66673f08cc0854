"""Signs that are seen at the same time: each stands clear of the others, as far as there is room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from babelreel.model.film.composition import Area, gap_px
from babelreel.model.film.signs import ShownSign
from babelreel.model.timecode import shown_frames
from babelreel.model.track import Align
from babelreel.timedtext.burnin.layout import Layout
from babelreel.timedtext.burnin.placed.areas import do_overlap
from babelreel.timedtext.burnin.placed.signs import LaidSign, find_edge, free_of_subtitles, lay_sign, shown_picture

_BOTTOM_ROW = frozenset({Align.BOTTOM_LEFT, Align.BOTTOM, Align.BOTTOM_RIGHT})


def lay_signs(layout: Layout, signs: Sequence[ShownSign]) -> tuple[LaidSign, ...]:
    """Lay signs out for a picture, in their order; one that would lie over another stands below or above it.

    The one that begins later makes room, for as long as it is seen: nothing jumps. A box says where its sign stands,
    and that one never does. One that finds no room stays where it is, over the other.
    """
    laid = [lay_sign(layout, each) for each in signs]
    frames = [shown_frames(each.sign.span, layout.frame.rate) for each in signs]
    fixed_first = sorted(
        range(len(signs)), key=lambda at: (signs[at].sign.box is None, frames[at][0], signs[at].sign.name)
    )
    for rank, at in enumerate(fixed_first):
        first, end = frames[at]
        beside = [laid[each].drawn for each in fixed_first[:rank] if frames[each][0] < end and frames[each][1] > first]
        if beside and signs[at].sign.box is None:
            laid[at] = _clear_of(laid[at], beside, layout)
    return tuple(laid)


def _clear_of(laid: LaidSign, others: Sequence[Area], layout: Layout) -> LaidSign:
    picture = shown_picture(layout)
    top, bottom = free_of_subtitles(layout, picture, find_edge(picture))
    gap = gap_px(layout.type_px)
    ways = (False, True) if laid.align in _BOTTOM_ROW else (True, False)
    for is_down in ways:
        moved = laid
        while met := [each for each in others if do_overlap(moved.drawn, each)]:
            to = max(each.bottom_px for each in met) + gap
            if not is_down:
                to = min(each.top_px for each in met) - gap - moved.drawn.height_px
            moved = _moved(moved, to - moved.drawn.top_px)
        if moved is laid or (top <= moved.drawn.top_px and moved.drawn.bottom_px <= bottom):
            return moved
    return laid


def _moved(laid: LaidSign, by_px: int) -> LaidSign:
    plate, drawn = (replace(each, top_px=each.top_px + by_px) for each in (laid.plate, laid.drawn))
    return replace(laid, plate=plate, drawn=drawn)
