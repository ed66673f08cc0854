"""Order the characters of a line as they are seen: the Unicode bidirectional algorithm (UAX #9), in full.

python-bidi, which the tests compare with, returns the order of characters and not the level at which each one runs. The
level says which brackets are mirrored, and what libass must be told so that nothing is left for it to decide.
"""

from __future__ import annotations

import unicodedata
from bisect import insort
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from babelreel.timedtext.direction.explicit_levels import (
    EMBEDDINGS,
    ISOLATES,
    STRONG,
    ExplicitLevels,
    explicit_levels,
)

#: BD16: a stack of brackets deeper than this makes a run give up on brackets.
_MOST_BRACKETS = 63
_ISOLATE_CONTROLS = frozenset("\u2066\u2067\u2068\u2069")
#: X9: what has no place on the line.
_REMOVED = EMBEDDINGS | {"PDF", "BN"}
_NEUTRAL = ISOLATES | {"B", "S", "WS", "ON", "PDI"}
#: L1: what runs as the line does where it ends it.
_TRAILING = _REMOVED | ISOLATES | {"WS", "PDI"}
#: N0 and N1: numbers count as right-to-left.
_SIDES = {"L": "L", "R": "R", "AL": "R", "EN": "R", "AN": "R"}
#: BidiBrackets.txt of Unicode 16, canonical equivalents (U+2329 for U+3008) left out: text is compared in NFC.
_OPENING = (
    "([{\u0f3a\u0f3c\u169b\u2045\u207d\u208d\u2308\u230a\u2768\u276a\u276c\u276e\u2770\u2772\u2774\u27c5\u27e6\u27e8"
    "\u27ea\u27ec\u27ee\u2983\u2985\u2987\u2989\u298b\u298d\u298f\u2991\u2993\u2995\u2997\u29d8\u29da\u29fc\u2e22"
    "\u2e24\u2e26\u2e28\u2e55\u2e57\u2e59\u2e5b\u3008\u300a\u300c\u300e\u3010\u3014\u3016\u3018\u301a\ufe59\ufe5b"
    "\ufe5d\uff08\uff3b\uff5b\uff5f\uff62"
)
_CLOSING = (
    ")]}\u0f3b\u0f3d\u169c\u2046\u207e\u208e\u2309\u230b\u2769\u276b\u276d\u276f\u2771\u2773\u2775\u27c6\u27e7\u27e9"
    "\u27eb\u27ed\u27ef\u2984\u2986\u2988\u298a\u298c\u2990\u298e\u2992\u2994\u2996\u2998\u29d9\u29db\u29fd\u2e23"
    "\u2e25\u2e27\u2e29\u2e56\u2e58\u2e5a\u2e5c\u3009\u300b\u300d\u300f\u3011\u3015\u3017\u3019\u301b\ufe5a\ufe5c"
    "\ufe5e\uff09\uff3d\uff5d\uff60\uff63"
)
_CLOSED_BY = dict(zip(_OPENING, _CLOSING, strict=True))
#: Beside brackets, these are seen the other way round in text from right to left (BidiMirroring.txt of Unicode 16);
#: mathematical signs, which no cue holds, are left out.
_MIRRORED = str.maketrans(f"{_OPENING}{_CLOSING}<>«»‹›≤≥", f"{_CLOSING}{_OPENING}><»«›‹≥≤")


class Placed(NamedTuple):
    """A character of a line, by its place there, and the level that it runs at: odd from right to left."""

    place: int
    level: int


def visual_order(line: str, *, is_rtl: bool) -> tuple[Placed, ...]:
    """Return the characters of one line from left to right, as a reader sees them, without controls of direction.

    ``is_rtl`` is the line's own direction. There is no line end in it.
    """
    levels = _levels(line, 1 if is_rtl else 0)
    ordered = [Placed(place, level) for place, level in enumerate(levels) if level is not None]
    highest = max((level for _, level in ordered), default=0)
    lowest_odd = min((level for _, level in ordered if level % 2), default=highest + 1)
    for lowest in range(highest, lowest_odd - 1, -1):  # L2
        turned: list[Placed] = []
        for is_high, group in groupby(ordered, key=lambda each: each.level >= lowest):
            stretch = list(group)
            turned += stretch[::-1] if is_high else stretch
        ordered = turned
    return tuple(each for each in ordered if line[each.place] not in _ISOLATE_CONTROLS)


def mirrored(character: str) -> str:
    """Find the character that is seen in the place of another one at an odd level (L4): "(" for ")"."""
    return character.translate(_MIRRORED)


def overridden_places(line: str) -> frozenset[int]:
    """Find the places in a right-to-left line whose characters an override makes run one way."""
    classes = [unicodedata.bidirectional(character) or "L" for character in line]
    if not {"LRO", "RLO"} & set(classes):
        return frozenset()
    forced = explicit_levels(classes, 1).classes
    return frozenset(place for place, kind in enumerate(classes) if forced[place] != kind)


def _levels(line: str, base: int) -> list[int | None]:
    """Compute the level of each character, ``None`` for an embedding: it has no place on the line.

    Joiners and other invisible characters have the level of what stands before them.
    """
    classes = [unicodedata.bidirectional(character) or "L" for character in line]
    explicit = explicit_levels(classes, base)
    levels: list[int | None] = list(explicit.levels)
    for run in _isolating_runs(explicit, base):
        for place, level in zip(run.places, run.resolved(line), strict=True):
            levels[place] = level
    for index in _trailing(classes):  # L1
        levels[index] = base
    before: int | None = base
    for index, kind in enumerate(classes):
        if kind in _REMOVED:
            levels[index] = before if kind == "BN" else None
        else:
            before = levels[index]
    return levels


def _trailing(classes: Sequence[str]) -> Iterator[int]:
    """Yield the places of spaces that end the line or stand before a tab, and of such tabs."""
    is_trailing = True
    for index in range(len(classes) - 1, -1, -1):
        kind = classes[index]
        is_trailing = kind in {"S", "B"} or (is_trailing and kind in _TRAILING)
        if is_trailing:
            yield index


def _isolating_runs(explicit: ExplicitLevels, base: int) -> Iterator[_IsolatingRun]:
    """Yield the isolating run sequences of a line (BD13, X10)."""
    kept = [index for index, kind in enumerate(explicit.classes) if kind not in _REMOVED]
    runs = [list(group) for _, group in groupby(kept, key=lambda index: explicit.levels[index])]
    beginning = {run[0]: run for run in runs}
    beside = {place: kept[number - 1] if number else None for number, place in enumerate(kept)}
    following = {before: place for place, before in beside.items() if before is not None}
    for run in runs:
        if explicit.partners.get(run[0], run[0]) < run[0]:
            continue  # goes on what was begun before an isolate
        places = list(run)
        while (end := explicit.partners.get(places[-1], -1)) > places[-1]:
            places += beginning[end]
        level = explicit.levels[run[0]]
        is_open = explicit.classes[places[-1]] in ISOLATES
        before, after = beside[run[0]], None if is_open else following.get(places[-1])
        around = [base if place is None else explicit.levels[place] for place in (before, after)]
        yield _IsolatingRun(
            places=places,
            kinds=[explicit.classes[place] for place in places],
            level=level,
            start=_side(max(level, around[0])),
            end=_side(max(level, around[1])),
        )


def _side(level: int) -> str:
    return "R" if level % 2 else "L"


@dataclass(slots=True, kw_only=True)
class _IsolatingRun:
    """An isolating run sequence: where its characters stand, and their classes, which the rules change one by one.

    ``start`` and ``end`` are the sides of what lies before and behind it.
    """

    places: list[int]
    kinds: list[str]
    level: int
    start: str
    end: str

    def resolved(self, line: str) -> Iterator[int]:
        """Apply the rules, and yield the level of each character (I1, I2)."""
        original = tuple(self.kinds)
        self._resolve_marks_and_digits()
        self._resolve_separators()
        for opening, closing in self._bracket_pairs(line):
            self._resolve_pair(opening, closing, original)
        self._resolve_neutrals()
        for kind in self.kinds:
            if self.level % 2:
                yield self.level + (kind != "R")
            else:
                yield self.level + {"L": 0, "R": 1}.get(kind, 2)

    def _resolve_marks_and_digits(self) -> None:
        """W1 to W3: marks are as what they stand on, digits after Arabic letters are Arabic ones."""
        before = strong = self.start
        for index, kind in enumerate(self.kinds):
            if kind == "NSM":
                kind = "ON" if before in ISOLATES or before == "PDI" else before  # noqa: PLW2901 - what it becomes
            before = kind
            strong = kind if kind in STRONG else strong
            self.kinds[index] = "AN" if kind == "EN" and strong == "AL" else kind
        self.kinds = ["R" if kind == "AL" else kind for kind in self.kinds]

    def _resolve_separators(self) -> None:
        """W4 to W7: separators inside of numbers, and signs beside them, belong to them."""
        kinds = self.kinds
        for index in range(1, len(kinds) - 1):
            before, kind, after = kinds[index - 1 : index + 2]
            if before == after and (kind, before) in {("CS", "EN"), ("CS", "AN"), ("ES", "EN")}:
                kinds[index] = before
        for start, end in _stretches(kinds, "ET"):
            if "EN" in (*kinds[max(0, start - 1) : start], *kinds[end : end + 1]):
                kinds[start:end] = ["EN"] * (end - start)
        strong = self.start
        for index, kind in enumerate(kinds):
            strong = kind if kind in STRONG else strong
            if kind in {"ET", "ES", "CS"}:
                kinds[index] = "ON"
            elif kind == "EN" and strong == "L":
                kinds[index] = "L"

    def _bracket_pairs(self, line: str) -> list[tuple[int, int]]:
        """Find the pairs of brackets, in order of the first of each (BD16)."""
        opened: list[tuple[str, int]] = []
        pairs: list[tuple[int, int]] = []
        for index, place in enumerate(self.places):
            character = unicodedata.normalize("NFC", line[place]) if self.kinds[index] == "ON" else ""
            if character in _CLOSED_BY:
                if len(opened) == _MOST_BRACKETS:
                    return []
                opened.append((_CLOSED_BY[character], index))
                continue
            depth = next((at for at in range(len(opened) - 1, -1, -1) if opened[at][0] == character), None)
            if depth is not None:
                insort(pairs, (opened[depth][1], index))
                del opened[depth:]
        return pairs

    def _resolve_pair(self, opening: int, closing: int, original: Sequence[str]) -> None:
        """N0: a pair runs as the text in it does, or, where that runs against the line, as what stands before it."""
        direction = _side(self.level)
        inside = {_SIDES[kind] for kind in self.kinds[opening + 1 : closing] if kind in _SIDES}
        if not inside:
            return
        before = next((_SIDES[kind] for kind in reversed(self.kinds[:opening]) if kind in _SIDES), self.start)
        side = direction if direction in inside else before
        for index in (opening, closing):
            end = index + 1
            while end < len(original) and original[end] == "NSM":
                end += 1
            self.kinds[index:end] = [side] * (end - index)

    def _resolve_neutrals(self) -> None:
        """N1, N2: neutrals run as both of their neighbours do, else as the text around them."""
        kinds = self.kinds
        for start, end in _stretches(kinds, *_NEUTRAL):
            before = _SIDES[kinds[start - 1]] if start else self.start
            after = _SIDES[kinds[end]] if end < len(kinds) else self.end
            kinds[start:end] = [before if before == after else _side(self.level)] * (end - start)


def _stretches(kinds: Sequence[str], *wanted: str) -> list[tuple[int, int]]:
    """Find where each unbroken stretch of some classes begins and ends."""
    found: list[tuple[int, int]] = []
    for is_wanted, group in groupby(range(len(kinds)), key=lambda index: kinds[index] in wanted):
        places = list(group)
        if is_wanted:
            found.append((places[0], places[-1] + 1))
    return found
