"""Which numbers does right-to-left text turn round, and as what are they then seen?

This follows the Unicode bidi algorithm (UAX #9) as far as numbers need it, for a line that runs from right to left.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple, TypeVar

from babelreel.timedtext.direction.isolates import (
    EMBEDDINGS,
    FIRST_STRONG_ISOLATE,
    ISOLATES,
    NUMBER,
    POP_EMBEDDING,
    POP_ISOLATE,
    is_part_of_a_latin_word,
)

_T = TypeVar("_T")
_OVERRIDES = frozenset("\u202d\u202e")
_LEFT_TO_RIGHT = "\u2066\u202a\u202d"
_STRONG = frozenset({"L", "R", "AL"})
_DIGITS = frozenset({"EN", "AN"})
_MIRRORED = str.maketrans("()", ")(")
#: Rule W4: between two digits of one kind, these are part of the number.
_JOINED = frozenset({("CS", "EN"), ("CS", "AN"), ("ES", "EN")})
#: Which way a resolved character runs for the neutral ones beside it (rule N1: digits count as right to left).
_SIDES = {"L": "L", "EN": "R", "AN": "R"}
#: The levels of resolved classes by the direction around them, from the lowest of each direction.
_LEVELS = {"R": {"R": 1, "L": 2, "EN": 2, "AN": 2}, "L": {"L": 2, "R": 3, "EN": 4, "AN": 4}}
#: UAX #9, BD2: isolates and embeddings deeper than this have no effect.
_MAX_DEPTH = 125


class TurnedNumber(NamedTuple):
    """A stretch of a line that holds a number, and how the number looks there, from left to right."""

    start: int
    end: int
    shown: str


@dataclass(slots=True)
class _Frame:
    """One open isolate or embedding: ``strong`` is the last letter's class, ``side`` the way the text last ran."""

    opener: str
    direction: str
    strong: str
    side: str


def turned_numbers(line: str) -> Iterator[TurnedNumber]:
    """Give each number that a right-to-left line shows in another order than it is written in.

    Spaces, a leading plus and brackets turn a number round; hyphens do after an Arabic letter; points, colons, slashes
    and no-break spaces do not. Nothing does after a Latin letter, or in a left-to-right isolate or embedding.
    """
    context = _Context(line)
    for match in NUMBER.finditer(line):
        number, start = match.group(), match.start()
        if number.isdecimal() or is_part_of_a_latin_word(match) or line[max(0, start - 1) : start].isdecimal():
            continue
        context.read_to(start)
        shown = _show(number, context.frame)
        if shown != number and not context.is_overridden:
            yield TurnedNumber(start, match.end(), shown)


class _Context:
    """What the algorithm remembers of a line when it comes to a certain character."""

    __slots__ = ("_at", "_frames", "_line")

    def __init__(self, line: str) -> None:
        self._line = line
        self._at = 0
        self._frames = [_Frame("", "R", "R", "R")]

    @property
    def frame(self) -> _Frame:
        return self._frames[-1]

    @property
    def is_overridden(self) -> bool:
        """An override is another fault, and has a rule of its own."""
        return self.frame.opener in _OVERRIDES

    def read_to(self, end: int) -> None:
        for index in range(self._at, end):
            self._read(self._line[index], index)
        self._at = max(self._at, end)

    def _read(self, character: str, index: int) -> None:
        if character in ISOLATES or character in EMBEDDINGS:
            self._open(character, index)
        elif character == POP_EMBEDDING:
            if self.frame.opener and self.frame.opener in EMBEDDINGS:
                self._close_embedding()
        elif character == POP_ISOLATE:
            if any(frame.opener in ISOLATES for frame in self._frames[1:]):
                while self._frames.pop().opener not in ISOLATES:
                    pass
        else:
            self._follow(unicodedata.bidirectional(character))

    def _open(self, opener: str, index: int) -> None:
        if len(self._frames) > _MAX_DEPTH:
            return
        is_left = opener in _LEFT_TO_RIGHT or (opener == FIRST_STRONG_ISOLATE and _starts_left(self._line, index + 1))
        direction = "L" if is_left else "R"
        self._frames.append(_Frame(opener, direction, direction, direction))

    def _close_embedding(self) -> None:
        direction = self._frames.pop().direction
        self.frame.strong = self.frame.side = direction

    def _follow(self, class_: str) -> None:
        frame = self.frame
        if class_ in _STRONG:
            frame.strong = class_
            frame.side = "L" if class_ == "L" else "R"
        elif class_ in _DIGITS:
            frame.side = "L" if class_ == "EN" and frame.strong == "L" else "R"


def _starts_left(line: str, start: int) -> bool:
    """Tell whether a first-strong isolate runs from left to right: it does unless a right-to-left letter leads."""
    depth = 0
    for index in range(start, len(line)):
        character = line[index]
        depth += (character in ISOLATES) - (character == POP_ISOLATE)
        if depth < 0:
            return True
        if depth == 0 and (class_ := unicodedata.bidirectional(character)) in _STRONG:
            return class_ == "L"
    return True


def _show(number: str, frame: _Frame) -> str:
    """Give a number as it looks behind what a frame remembers: rules I1, I2 and L2 to L4."""
    classes = _resolve([unicodedata.bidirectional(character) for character in number], frame)
    levels = [_LEVELS[frame.direction][class_] for class_ in classes]
    shown = [each.translate(_MIRRORED) if level % 2 else each for each, level in zip(number, levels, strict=True)]
    for lowest in range(max(levels), _LEVELS[frame.direction]["R"] - 1, -1):
        shown, levels = _reverse(shown, levels, lowest), _reverse(levels, levels, lowest)
    return "".join(shown)


def _reverse(items: list[_T], levels: list[int], lowest: int) -> list[_T]:
    """Turn round each run of items whose level is at least the lowest."""
    turned: list[_T] = []
    for is_high, run in groupby(zip(items, levels, strict=True), key=lambda pair: pair[1] >= lowest):
        part = [item for item, _ in run]
        turned.extend(part[::-1] if is_high else part)
    return turned


def _resolve(classes: list[str], frame: _Frame) -> list[str]:
    """Make every class L, R, EN or AN: rules W2, W4, W6, W7, N1 and N2 (N0 gives the same for brackets in numbers)."""
    if frame.strong == "AL":
        classes = ["AN" if each == "EN" else each for each in classes]
    weak = list(classes)
    for index, (before, middle, after) in enumerate(zip(classes, classes[1:], classes[2:], strict=False), start=1):
        if before == after and (middle, before) in _JOINED:
            weak[index] = before
    if frame.strong == "L":
        weak = ["L" if each == "EN" else each for each in weak]
    return _resolve_neutrals(weak, frame)


def _resolve_neutrals(weak: list[str], frame: _Frame) -> list[str]:
    resolved: list[str] = []
    side = frame.side
    runs = [(is_neutral, list(run)) for is_neutral, run in groupby(weak, key=lambda each: each not in _SIDES)]
    for index, (is_neutral, run) in enumerate(runs):
        if is_neutral:
            after = _SIDES[runs[index + 1][1][0]]  # a number ends with a digit
            resolved.extend([side if side == after else frame.direction] * len(run))
        else:
            resolved.extend(run)
            side = _SIDES[run[-1]]
    return resolved
