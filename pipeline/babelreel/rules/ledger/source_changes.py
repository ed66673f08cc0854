"""Find what has changed in the reference since the lines of a translation were made from it.

The sources that the ledger keeps, one after the other, are the reference as the translators knew it. It is compared
with the present one by its words. So cues that were shifted, split, joined or numbered anew change nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import accumulate

from babelreel.model.ledger.wording import placed_words, plain, words
from babelreel.rules.alignment.made_from import MadeFrom
from babelreel.rules.ledger.word_changes import Change, WordChanges, compare


class ChangeKind(StrEnum):
    """What became of the source of a line."""

    CHANGED = "changed"
    """It has other words."""
    ADDED = "added"
    """It is as it was, and more is said behind it (before the first line: in front of it)."""
    GONE = "gone"
    """Nothing of it is said any more."""
    MOVED = "moved"
    """It is said elsewhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceChange:
    """What was said when a line was translated, and what is said there now; of ``ADDED`` only what is new."""

    kind: ChangeKind
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceNow:
    """The present source of a line, and what changed in it; ``None`` where nothing did."""

    source: MadeFrom
    change: SourceChange | None = None


def sources_now(known: Sequence[MadeFrom], reference: Sequence[str]) -> list[SourceNow]:
    """Say for each line, by the source that it was made from, what its source is now.

    ``known`` and the texts of the reference's cues are in the order in which they are said.
    """
    old, stretches = _put_together(known)
    pieces = tuple(map(words, reference))
    if old == pieces:  # most often
        return [SourceNow(source=each) for each in known]
    changes = compare(old, pieces)
    text = _text_of(tuple(reference))
    moved = _moved(changes, old, pieces)
    return [_source_now(each, stretch, changes, text, moved) for each, stretch in zip(known, stretches, strict=True)]


def _put_together(known: Sequence[MadeFrom]) -> tuple[tuple[tuple[str, ...], ...], list[tuple[int, int]]]:
    """Put together the pieces of all sources, shared ones once, and say which words belong to each."""
    old: list[tuple[str, ...]] = []
    starts = [0]
    stretches = []
    for each in known:
        pieces = [words(piece) for piece in each.pieces]
        shared = each.shared if each.shared and old[-each.shared :] == pieces[: each.shared] else 0
        first = len(old) - shared
        for piece in pieces[shared:]:
            old.append(piece)
            starts.append(starts[-1] + len(piece))
        stretches.append((starts[first], starts[-1]) if pieces else (starts[-1], starts[-1]))
    return tuple(old), stretches


class _Text:
    """The text of the reference, by the places of its words: as it stands there, where whole pieces are meant."""

    def __init__(self, pieces: Sequence[str]) -> None:
        self.pieces = pieces
        lengths = accumulate((len(words(piece)) for piece in pieces), initial=0)
        self.starts = {start: place for place, start in enumerate(lengths)}
        self.text = "\n".join(map(plain, pieces))
        self.words = placed_words(self.text)

    def between(self, start: int, end: int) -> str:
        if start >= end:
            return ""
        if start in self.starts and end in self.starts:
            return "\n".join(self.pieces[self.starts[start] : self.starts[end]])
        return self.text[self.words[start].start : self.words[end - 1].end]


@lru_cache(maxsize=2)  # one reference for all translations
def _text_of(pieces: tuple[str, ...]) -> _Text:
    return _Text(pieces)


def _moved(
    changes: WordChanges, old: Sequence[tuple[str, ...]], new: Sequence[tuple[str, ...]]
) -> dict[Change, Change]:
    """Pair what was taken out with the same words that were put in elsewhere, both ways."""
    before = [word for piece in old for word in piece]
    after = [word for piece in new for word in piece]
    put_in: dict[tuple[str, ...], list[Change]] = {}
    for each in changes.changes:
        if each.first == each.last:
            put_in.setdefault(tuple(after[each.start : each.end]), []).append(each)
    found: dict[Change, Change] = {}
    for each in changes.changes:
        if each.start == each.end and (same := put_in.get(tuple(before[each.first : each.last]))):
            other = same.pop(0)
            found[each], found[other] = other, each
    return found


def _source_now(
    known: MadeFrom, stretch: tuple[int, int], changes: WordChanges, text: _Text, moved: dict[Change, Change]
) -> SourceNow:
    first, last = stretch
    own = changes.within(first, last)
    if not own:
        return SourceNow(source=known)
    start, end = changes.border(first), changes.border(last)
    now = text.between(start, end)
    source = MadeFrom(pieces=tuple(now.split("\n")) if now else (), shared=known.shared if now else 0)
    told = [each for each in own if not (each in moved and each.first == each.last)]
    if not told:  # what was put in is reported where it was before
        return SourceNow(source=source)
    return SourceNow(source=source, change=_change(known, source, told, changes, text, moved))


def _change(  # noqa: PLR0913, PLR0917 - what was, what is, and what tells how it became that
    known: MadeFrom,
    source: MadeFrom,
    own: Sequence[Change],
    changes: WordChanges,
    text: _Text,
    moved: dict[Change, Change],
) -> SourceChange:
    if all(map(changes.is_of_its_own, own)):
        added = "\n".join(text.between(each.start, each.end) for each in own)
        return SourceChange(kind=ChangeKind.ADDED, before=known.text, after=added)
    if source.pieces:
        return SourceChange(kind=ChangeKind.CHANGED, before=known.text, after=source.text)
    kind = ChangeKind.MOVED if all(each in moved for each in own) else ChangeKind.GONE
    return SourceChange(kind=kind, before=known.text, after="")
