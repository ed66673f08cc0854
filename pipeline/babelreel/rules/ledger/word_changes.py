"""Find the words of one text that are no longer those of another, and where the others stand now."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import accumulate, islice, takewhile
from typing import NamedTuple

Words = tuple[str, ...]

#: So many pairs of words are compared; a stretch with more was written anew, and is reported as a whole.
_MOST_PAIRS = 250_000


class Change(NamedTuple):
    """Words from ``first`` to ``last`` (of the old text) that became those from ``start`` to ``end`` of the new one."""

    first: int
    last: int
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WordChanges:
    """Two texts, each cut into pieces of words, and the changes that make the one the other, in order.

    ``new_starts`` are the places of the first words of the new pieces, with the end of the text; ``borders`` are the
    same.
    """

    changes: tuple[Change, ...]
    new_starts: tuple[int, ...]
    borders: frozenset[int]

    def within(self, first: int, last: int) -> list[Change]:
        """List the changes of a stretch of the old text, with what was put in at its ends if it belongs to it."""
        start = bisect_left(self.changes, first, key=lambda each: each.last)
        near = takewhile(lambda each: each.first <= last, islice(self.changes, start, None))
        return [each for each in near if self._touches(each, first, last)]

    def _touches(self, change: Change, first: int, last: int) -> bool:
        if change.first < change.last:
            return change.first < last and first < change.last
        if first < change.first < last:
            return True
        if first == last:
            return False
        return change.first == (first if self._leans_on_next(change) else last)

    def _leans_on_next(self, change: Change) -> bool:
        """Tell whether words that are put in belong to what follows: they share a piece with it, or nothing is before.

        Else they belong to what is before them.
        """
        if change.first == 0:
            return True
        return change.start in self.borders and change.end not in self.borders

    def is_of_its_own(self, change: Change) -> bool:
        """Tell whether a change puts in whole pieces and nothing else."""
        return change.first == change.last and {change.start, change.end} <= self.borders

    def border(self, place: int) -> int:
        """Say where in the new text a place between two words of the old one is."""
        at = bisect_right(self.changes, place, key=lambda each: each.first) - 1
        if at < 0:
            return place
        change = self.changes[at]
        if place == change.first == change.last:
            return change.start if self._leans_on_next(change) else change.end
        if place >= change.last:
            return change.end + place - change.last
        if place == change.first:
            return change.start
        share = (change.end - change.start) * (place - change.first) // (change.last - change.first)
        return self._at_piece(change, change.start + share)

    def _at_piece(self, change: Change, guess: int) -> int:
        inside = self.new_starts[bisect_left(self.new_starts, change.start) : bisect_right(self.new_starts, change.end)]
        return min(inside, key=lambda each: abs(each - guess), default=guess)


@lru_cache(maxsize=4)  # most translations of one reference were made from the same text
def compare(old: tuple[Words, ...], new: tuple[Words, ...]) -> WordChanges:
    """Compare two texts, first piece by piece, then word by word in what differs.

    How a text is cut into pieces changes nothing.
    """
    old_starts, new_starts = _starts(old), _starts(new)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    changes = (
        change
        for kind, *block in matcher.get_opcodes()
        if kind != "equal"
        for change in _inside(old, new, old_starts, new_starts, block)
    )
    return WordChanges(changes=tuple(changes), new_starts=new_starts, borders=frozenset(new_starts))


def _inside(
    old: Sequence[Words],
    new: Sequence[Words],
    old_starts: tuple[int, ...],
    new_starts: tuple[int, ...],
    block: Sequence[int],
) -> Iterator[Change]:
    first, last, start, end = block
    before = [word for piece in old[first:last] for word in piece]
    after = [word for piece in new[start:end] for word in piece]
    if len(before) * len(after) > _MOST_PAIRS:
        yield Change(old_starts[first], old_starts[last], new_starts[start], new_starts[end])
        return
    for kind, *at in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind != "equal":
            yield Change(
                old_starts[first] + at[0],
                old_starts[first] + at[1],
                new_starts[start] + at[2],
                new_starts[start] + at[3],
            )


def _starts(pieces: Sequence[Words]) -> tuple[int, ...]:
    return tuple(accumulate(map(len, pieces), initial=0))
