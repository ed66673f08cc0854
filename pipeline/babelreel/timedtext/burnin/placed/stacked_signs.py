"""Signs that are seen at the same time: each stands clear of the others, as far as there is room."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import combinations, product

from babelreel.model.film.composition import Area, gap_px
from babelreel.model.film.signs import ShownSign
from babelreel.model.timecode import shown_frames
from babelreel.model.track import Align
from babelreel.timedtext.burnin.layout import Layout
from babelreel.timedtext.burnin.placed.areas import do_overlap
from babelreel.timedtext.burnin.placed.signs import (
    SMALLER,
    LaidSign,
    find_edge,
    find_side,
    free_of_subtitles,
    lay_sign,
    shown_picture,
)

_BOTTOM_ROW = frozenset({Align.BOTTOM_LEFT, Align.BOTTOM, Align.BOTTOM_RIGHT})


def lay_signs(layout: Layout, signs: Sequence[ShownSign]) -> tuple[LaidSign, ...]:
    """Lay signs out for a picture, in their order; one that would lie over another stands elsewhere.

    The one that begins later makes room, for as long as it is seen: nothing jumps. It stands below or above the other,
    else at another side. Where there is no room for that, all that are seen with one another are drawn smaller. A box
    says where its sign stands and how large it is, and that one never makes room. Those for which even the smallest
    type finds no room stay where they are, over one another.
    """
    laid: dict[int, LaidSign] = {}
    for group in _seen_together(layout, signs):
        laid.update(zip(group, _laid_together(layout, [signs[at] for at in group]), strict=True))
    return tuple(laid[at] for at in range(len(signs)))


def overlapping_signs(
    layout: Layout, signs: Sequence[ShownSign], laid: Sequence[LaidSign]
) -> Iterator[tuple[ShownSign, ShownSign]]:
    """Find the signs that lie over one another in a frame, each with one that comes later in their order."""
    for (one, one_laid), (other, other_laid) in combinations(zip(signs, laid, strict=True), 2):
        (first, end), (other_first, other_end) = _frames(layout, one), _frames(layout, other)
        if first < other_end and other_first < end and do_overlap(one_laid.drawn, other_laid.drawn):
            yield one, other


def _seen_together(layout: Layout, signs: Sequence[ShownSign]) -> Iterator[list[int]]:
    """Part signs into groups, by their number, of which none is seen while one of another group is."""
    group: list[int] = []
    group_end = 0
    for at in sorted(range(len(signs)), key=lambda at: _frames(layout, signs[at])):
        first, end = _frames(layout, signs[at])
        if group and first >= group_end:
            yield group
            group = []
        group.append(at)
        group_end = max(group_end, end)
    if group:
        yield group


def _laid_together(layout: Layout, signs: Sequence[ShownSign]) -> list[LaidSign]:
    usual = _clear_of_one_another(layout, signs, SMALLER[0])
    laid = usual
    for share in SMALLER[1:]:
        if not any(overlapping_signs(layout, signs, laid)):
            return laid
        laid = _clear_of_one_another(layout, signs, share)
    return usual if any(overlapping_signs(layout, signs, laid)) else laid


def _clear_of_one_another(layout: Layout, signs: Sequence[ShownSign], most: Fraction) -> list[LaidSign]:
    """Lay signs out clear of one another where there is room, in type of so much of its usual size at ``most``."""
    laid = [lay_sign(layout, each) if each.sign.box else lay_sign(layout, each, most) for each in signs]
    frames = [_frames(layout, each) for each in signs]
    fixed_first = sorted(
        range(len(signs)), key=lambda at: (signs[at].sign.box is None, frames[at][0], signs[at].sign.name)
    )
    for rank, at in enumerate(fixed_first):
        first, end = frames[at]
        beside = [laid[each].drawn for each in fixed_first[:rank] if frames[each][0] < end and frames[each][1] > first]
        if beside and signs[at].sign.box is None:
            laid[at] = _clear_of(laid[at], beside, layout)
    return laid


def _clear_of(laid: LaidSign, others: Sequence[Area], layout: Layout) -> LaidSign:
    """Move a sign down or up, else to a side and there down or up, until it meets no other one."""
    picture = shown_picture(layout)
    top, bottom = free_of_subtitles(layout, picture, find_edge(picture))
    gap = gap_px(layout.type_px)
    ways = (False, True) if laid.align in _BOTTOM_ROW else (True, False)
    for start, is_down in product(_sides(laid, picture), ways):
        moved = start
        while met := [each for each in others if do_overlap(moved.drawn, each)]:
            to = max(each.bottom_px for each in met) + gap
            if not is_down:
                to = min(each.top_px for each in met) - gap - moved.drawn.height_px
            moved = _moved(moved, down_px=to - moved.drawn.top_px)
        if moved is start or (top <= moved.drawn.top_px and moved.drawn.bottom_px <= bottom):
            return moved
    return laid


def _sides(laid: LaidSign, picture: Area) -> tuple[LaidSign, ...]:
    """List a sign at its own place, and as high at the left and the right edge of the picture."""
    left = picture.left_px + find_side(picture)
    right = picture.left_px + picture.width_px - find_side(picture) - laid.drawn.width_px
    return (laid, *(_moved(laid, right_px=to - laid.drawn.left_px) for to in (left, right) if right > left))


def _moved(laid: LaidSign, *, right_px: int = 0, down_px: int = 0) -> LaidSign:
    plate, drawn = (
        replace(each, left_px=each.left_px + right_px, top_px=each.top_px + down_px)
        for each in (laid.plate, laid.drawn)
    )
    return replace(laid, plate=plate, drawn=drawn)


def _frames(layout: Layout, shown: ShownSign) -> tuple[int, int]:
    return shown_frames(shown.sign.span, layout.frame.rate)
