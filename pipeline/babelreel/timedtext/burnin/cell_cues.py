"""Find the cues that one cell shows, and the cues before it that decide where those stand.

libass remembers where it put cues that overlap: a cue that had to make room stays where it is when the other one has
gone. So the cues of an overlap are drawn from their first frame on, also where that lies before the cell.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from babelreel.graph.task import Json
from babelreel.model.film.cells import Cell
from babelreel.timedtext.burnin.drawing import Drawing, DrawnCue, render_drawing

#: What ASS does not draw: commands in braces, and line breaks.
_COMMANDS = re.compile(r"\{[^}]*\}|\\[Nnh]")
#: Letters without a shape (Hangul fillers).
_FILLERS = "\u115f\u1160\u3164\uffa0"


@dataclass(frozen=True, slots=True, kw_only=True)
class CellText:
    """What is drawn into a cell: an ASS document whose time begins ``lead`` frames before the cell.

    It is the same wherever in the film the cell lies and whatever numbers its cues have. ``facts`` holds
    ``[first frame, end frame, text in ASS]`` of each cue for keys and reasons, ``numbers`` the cues' own numbers.
    ``shown`` is a frame of the cell, counted from its first, in which letters or digits are seen; ``None`` where there
    are none.
    """

    document: str
    lead: int
    facts: tuple[Json, ...]
    numbers: tuple[int, ...]
    shown: int | None


def cut_drawing(drawing: Drawing, cells: Iterable[Cell]) -> Iterator[CellText | None]:
    """Yield for each cell the text that is drawn into it; ``None`` for a cell that shows no cue, sign or title.

    A cue is cut off at the borders of the cell, or of what is drawn before it.
    """
    clusters = list(_clusters(drawing.cues))
    firsts = [cluster[0].first for cluster in clusters]
    ends = [max(cue.end for cue in cluster) for cluster in clusters]
    for cell in cells:
        # a cluster has no gap: it is seen in every cell between its first frame and its last
        seen = clusters[bisect_right(ends, cell.first) : bisect_left(firsts, cell.end)]
        signs = tuple(each for each in drawing.signs if each.first < cell.end and each.end > cell.first)
        yield _cut(drawing, cell, seen, signs) if seen or signs or drawing.title else None


def _clusters(cues: Iterable[DrawnCue]) -> Iterator[tuple[DrawnCue, ...]]:
    """Part cues in order of time where no cue is shown across: cues of different clusters never share a frame."""
    cluster: list[DrawnCue] = []
    end = 0
    for cue in cues:
        if cluster and cue.first >= end:
            yield tuple(cluster)
            cluster = []
        cluster.append(cue)
        end = max(end, cue.end)
    if cluster:
        yield tuple(cluster)


def _cut(drawing: Drawing, cell: Cell, clusters: list[tuple[DrawnCue, ...]], signs: tuple[DrawnCue, ...]) -> CellText:
    begun = [[cue for cue in cluster if cue.first < cell.end] for cluster in clusters]
    # a cue that overlaps no other stands where it stands, from whatever frame on it is drawn
    start = min([cell.first, *(cues[0].first for cues in begun if len(cues) > 1)])
    cut = tuple(
        replace(cue, first=max(cue.first, start) - start, end=min(cue.end, cell.end) - start)
        for cues in begun
        for cue in cues
    )
    title = DrawnCue(number=0, first=0, end=cell.end - start, body=drawing.title)
    behind = tuple(  # drawn first: a cue is read over them
        replace(each, first=max(each.first, cell.first) - start, end=min(each.end, cell.end) - start) for each in signs
    )
    text = (*behind, *cut)
    drawn = (*text, title) if drawing.title else text
    shown = longest_shown(text, cell.first - start)
    return CellText(
        document=render_drawing(replace(drawing, cues=drawn)),
        lead=cell.first - start,
        facts=tuple((cue.first, cue.end, cue.body) for cue in drawn),
        numbers=tuple(cue.number for cue in drawn),
        shown=longest_shown(drawn, cell.first - start) if shown is None else shown,
    )


def longest_shown(cues: Iterable[DrawnCue], lead: int) -> int | None:
    """Find the middle of the longest time that a cue with letters or digits is shown, counted from ``lead`` on."""
    spans = [(max(cue.first - lead, 0), cue.end - lead) for cue in cues if _has_letters(cue.body)]
    longest = max(spans, key=lambda span: span[1] - span[0], default=(0, 0))
    return (longest[0] + longest[1] - 1) // 2 if longest[1] > longest[0] else None


def _has_letters(body: str) -> bool:
    """Tell whether anything is seen of a text in ASS; signs may be invisible ones, and are not counted."""
    text = _COMMANDS.sub("", body)
    return any(unicodedata.category(each)[0] in "LN" and each not in _FILLERS for each in text)
