"""Parts of a picture beside one another, and the part that a cue takes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import ceil, floor

from babelreel.model.film.composition import Area
from babelreel.model.style import Look, Position
from babelreel.model.track import Align, Cue
from babelreel.timedtext.burnin.band import band_lines, line_px
from babelreel.timedtext.burnin.even_breaks import break_evenly
from babelreel.timedtext.burnin.layout import Layout, broken_lines
from babelreel.timedtext.burnin.line_width import find_shaper
from babelreel.timedtext.burnin.pair import LaidPair, PlacedCue, edges_px

_TOP_ROW = frozenset({Align.TOP_LEFT, Align.TOP, Align.TOP_RIGHT})
#: Each place at the bottom, with the one above it at the top.
_BOTTOM_ROW = {
    Align.BOTTOM_LEFT: Align.TOP_LEFT,
    Align.BOTTOM: Align.TOP,
    Align.BOTTOM_RIGHT: Align.TOP_RIGHT,
}


def do_overlap(one: Area, other: Area) -> bool:
    """Tell whether two parts of a picture have a pixel in common."""
    beside = one.left_px + one.width_px <= other.left_px or other.left_px + other.width_px <= one.left_px
    return not (beside or one.bottom_px <= other.top_px or other.bottom_px <= one.top_px)


def kept_align(layout: Layout, align: Align) -> Align:
    """Find where a cue stands, where the style does not say it: text that stands above has no row at the bottom."""
    if layout.composition:
        keeps = align in _TOP_ROW and not layout.composition.is_below
        return align if keeps else layout.align
    return _BOTTOM_ROW.get(align, align) if layout.style.position is Position.TOP else align


def find_cue_areas(layout: Layout, cues: Sequence[Cue]) -> Iterator[tuple[Cue, Area]]:
    """Measure where cues that are shown at the same time stand, the first of them at the edge of the picture.

    Cues that keep the place that their author gave them are left out.
    """
    taken = dict.fromkeys(range(3), Fraction(0))
    for cue in cues:
        if not cue.text.strip() or (cue.look and layout.style.look is Look.OWN and not layout.composition):
            continue
        align = kept_align(layout, cue.align)
        row, column = divmod(int(align.value) - 1, 3)
        texts = _drawn_lines(layout, cue)
        width = ceil(max(find_shaper(layout.font, layout.language).width_em(each) for each in texts) * layout.em_px)
        height = len(texts) * line_px(layout, cue.text)
        frame, margin = layout.frame, layout.margin_px
        top = (
            frame.height_px - margin - taken[row] - height,
            (frame.height_px - height) / 2,
            margin + taken[row],
        )[row]
        left = layout.side_margin_px + column * (layout.width_px - width) // 2
        taken[row] += height
        yield cue, Area(left_px=left, top_px=floor(top), width_px=width, height_px=ceil(height))


def find_pair_areas(pair: LaidPair) -> Iterator[tuple[PlacedCue, bool, Area]]:
    """Measure where the cues of two languages stand that are shown at once; the flag tells those of the second."""
    low, high = edges_px(pair.first)
    for layout, timeline, is_second in ((pair.first, pair.below, False), (pair.second, pair.above, True)):
        em_width = find_shaper(layout.font, layout.language).width_em
        for cue in timeline.cues:
            width = ceil(max(em_width(line.text) for line in cue.lines) * layout.em_px)
            top = high + cue.offset_px if cue.at_top else low - cue.reach_px
            left = layout.side_margin_px + (layout.width_px - width) // 2
            yield cue, is_second, Area(left_px=left, top_px=top, width_px=width, height_px=cue.height_px)


def _drawn_lines(layout: Layout, cue: Cue) -> tuple[str, ...]:
    """List the lines that are seen of a cue, also those that libass makes by itself."""
    if layout.composition:
        return tuple(line.text for line in band_lines(layout, cue))
    width = find_shaper(layout.font, layout.language).width_em
    return tuple(
        part
        for line in broken_lines(layout, cue)
        for part in (
            break_evenly(line.text, layout.width_em, width) if layout.language.breaks_at_spaces else (line.text,)
        )
    )
