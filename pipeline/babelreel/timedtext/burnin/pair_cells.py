"""Cut a pair of languages into cells: an ASS document for each language, for each has letter forms of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import ceil

from babelreel.graph.task import Json
from babelreel.model.film.cells import Cell
from babelreel.model.track import Align
from babelreel.timedtext.burnin.ass_text import render_line
from babelreel.timedtext.burnin.band import line_px
from babelreel.timedtext.burnin.cell_cues import longest_shown
from babelreel.timedtext.burnin.drawing import Drawing, DrawnCue, placed, render_drawing
from babelreel.timedtext.burnin.layout import Layout
from babelreel.timedtext.burnin.pair import LaidPair, PlacedCue, edges_px


@dataclass(frozen=True, slots=True, kw_only=True)
class PairText:
    """What is drawn into a cell: an ASS document for each language that is seen there, from the cell's first frame on.

    ``facts`` and ``numbers`` are those of each language's cues, as in ``CellText``; ``shown`` is a frame of the cell in
    which letters or digits are seen.
    """

    documents: tuple[str, ...]
    facts: tuple[tuple[Json, ...], tuple[Json, ...]]
    numbers: tuple[tuple[int, ...], tuple[int, ...]]
    shown: int | None


def cut_pair(
    pair: LaidPair, cells: Iterable[Cell], mark: str = "", signs: Sequence[DrawnCue] = ()
) -> Iterator[PairText | None]:
    """Write the text that is drawn into each cell; ``None`` for one that shows no cue, sign, or draft's ``mark``.

    ``signs`` are those of the first language; both texts are drawn over them.
    """
    mark_px = ceil(line_px(pair.first, mark)) if mark else 0
    for cell in cells:
        below = [_cut(each, cell) for each in signs if each.first < cell.end and each.end > cell.first]
        below += [_cut(_drawn(pair, pair.first, each, mark_px), cell) for each in pair.below.seen(cell.first, cell.end)]
        above = [_cut(_drawn(pair, pair.second, each, mark_px), cell) for each in pair.above.seen(cell.first, cell.end)]
        if mark:
            below.append(_marked(pair.first, mark, cell))
        yield _text(pair, below, above) if below or above else None


def _text(pair: LaidPair, below: Sequence[DrawnCue], above: Sequence[DrawnCue]) -> PairText:
    sides = ((pair.first, below), (pair.second, above))
    return PairText(
        documents=tuple(render_drawing(Drawing(layout=layout, cues=tuple(cues))) for layout, cues in sides if cues),
        facts=(_facts(below), _facts(above)),
        numbers=(_numbers(below), _numbers(above)),
        shown=longest_shown((*below, *above), 0),
    )


def _facts(cues: Iterable[DrawnCue]) -> tuple[Json, ...]:
    return tuple((cue.first, cue.end, cue.body) for cue in cues)


def _numbers(cues: Iterable[DrawnCue]) -> tuple[int, ...]:
    return tuple(cue.number for cue in cues)


def _drawn(pair: LaidPair, layout: Layout, cue: PlacedCue, mark_px: int) -> DrawnCue:
    """Draw a cue at its place; at the upper edge a draft's mark, so many pixels high, stands above it."""
    low, high = edges_px(pair.first)
    place = (Align.TOP, high + mark_px + cue.offset_px) if cue.at_top else (Align.BOTTOM, low - cue.offset_px)
    return DrawnCue(
        number=cue.shown.cue.number,
        first=cue.shown.first,
        end=cue.shown.end,
        body=rf"{{{placed(layout, *place)}\q2}}" + r"\N".join(render_line(layout, line) for line in cue.lines),
    )


def _cut(drawn: DrawnCue, cell: Cell) -> DrawnCue:
    return replace(drawn, first=max(drawn.first, cell.first) - cell.first, end=min(drawn.end, cell.end) - cell.first)


def _marked(layout: Layout, mark: str, cell: Cell) -> DrawnCue:
    top_px = layout.composition.picture.top_px if layout.composition else edges_px(layout)[1]
    return DrawnCue(number=0, first=0, end=cell.frames, body=f"{{{placed(layout, Align.TOP, top_px)}}}{mark}")
