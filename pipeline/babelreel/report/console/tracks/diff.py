"""Show what changes between two texts, line by line, in the form that programs read which apply patches.

``difflib`` takes time that grows with the square of a file in which lines repeat, as those of subtitles do. Fixes
change lines here and there and never move them far, so the texts are walked through side by side, and only a window
around each difference is compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

#: Lines as patch counts them; to it, a lone CR is a character like any other.
_LINE = re.compile(r"[^\n]*\n|[^\n]+")

#: Lines of each text that are compared where they differ.
_WINDOW = 40
#: Unchanged lines that are shown around a change, as in every unified diff.
_CONTEXT = 3


class Change(NamedTuple):
    """The lines from ``first`` up to ``end`` of the one text have become those from ``new_first`` to ``new_end``."""

    first: int
    end: int
    new_first: int
    new_end: int


def render_diff(name: str, before: str, after: str) -> Iterator[str]:
    """Yield the lines, with their ends, of a unified diff of the file ``name``; none where nothing changed."""
    old, new = _LINE.findall(before), _LINE.findall(after)
    for count, hunk in enumerate(_hunks(find_changes(old, new))):
        if not count:
            yield from (f"--- a/{name}\n", f"+++ b/{name}\n")
        yield from _render_hunk(hunk, old, new)


def find_changes(old: Sequence[str], new: Sequence[str]) -> Iterator[Change]:
    """Find what changed, in order, in time that grows with the number of lines."""
    here, there = 0, 0
    while here < len(old) or there < len(new):
        if here < len(old) and there < len(new) and old[here] == new[there]:
            here, there = here + 1, there + 1
            continue
        first, new_first = here, there
        here, there = _next_meeting(old, new, here, there)
        yield Change(first, here, new_first, there)


def _next_meeting(old: Sequence[str], new: Sequence[str], here: int, there: int) -> tuple[int, int]:
    """Find where the texts have the same line again; behind the windows when they have none in them."""
    one, other = old[here : here + _WINDOW], new[there : there + _WINDOW]
    for block in SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks():
        if block.size:
            return here + block.a, there + block.b
    return here + len(one), there + len(other)


def _hunks(changes: Iterator[Change]) -> Iterator[list[Change]]:
    """Put changes together whose context touches."""
    hunk: list[Change] = []
    for change in changes:
        if hunk and change.first - hunk[-1].end > 2 * _CONTEXT:
            yield hunk
            hunk = []
        hunk.append(change)
    if hunk:
        yield hunk


def _render_hunk(hunk: list[Change], old: Sequence[str], new: Sequence[str]) -> Iterator[str]:
    lead = min(_CONTEXT, hunk[0].first)
    start, new_start = hunk[0].first - lead, hunk[0].new_first - lead
    tail = min(_CONTEXT, len(old) - hunk[-1].end)
    end, new_end = hunk[-1].end + tail, hunk[-1].new_end + tail
    yield f"@@ -{_range(start, end)} +{_range(new_start, new_end)} @@\n"
    for change in hunk:
        yield from _lines(" ", old[start : change.first])
        yield from _lines("-", old[change.first : change.end])
        yield from _lines("+", new[change.new_first : change.new_end])
        start = change.end
    yield from _lines(" ", old[start:end])


def _range(start: int, end: int) -> str:
    """Write lines as patch reads them: the number of the first and how many; of none, the line before them."""
    return f"{start + 1 if end > start else start},{end - start}"


def _lines(sign: str, lines: Sequence[str]) -> Iterator[str]:
    for line in lines:
        yield f"{sign}{line}" if line.endswith("\n") else f"{sign}{line}\n\\ No newline at end of file\n"
