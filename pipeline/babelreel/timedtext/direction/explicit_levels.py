"""Compute the level of each character of a line from the controls of direction in it (UAX #9, rules X1 to X8)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

#: BD2: embeddings and isolates deeper than this have no effect.
MAX_DEPTH = 125
#: Bidi classes that open an isolate, and those that open an embedding or an override.
ISOLATES = frozenset({"LRI", "RLI", "FSI"})
EMBEDDINGS = frozenset({"LRE", "RLE", "LRO", "RLO"})
STRONG = frozenset({"L", "R", "AL"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplicitLevels:
    """What the controls of direction leave for the other rules: a level and a bidi class for each character.

    ``partners`` leads from each isolate's start to its end, and back; an isolate that nothing closes is not in it.
    """

    levels: tuple[int, ...]
    classes: tuple[str, ...]
    partners: Mapping[int, int]


def explicit_levels(classes: Sequence[str], base: int) -> ExplicitLevels:
    """Follow the controls of a line, known by its bidi classes; ``base`` is 1 where it runs from right to left."""
    stack = _Stack(base, partners := _partners(classes), classes)
    placed = [stack.place(index) for index in range(len(classes))]
    return ExplicitLevels(
        levels=tuple(status.level for status in placed),
        classes=tuple(
            status.override if status.override and kind not in EMBEDDINGS | {"PDF", "BN", "B"} else kind
            for status, kind in zip(placed, classes, strict=True)
        ),
        partners=partners,
    )


class _Status(NamedTuple):
    level: int
    override: str = ""
    is_isolate: bool = False


class _Stack:
    """The embeddings and isolates that are open; those that are too deep are only counted."""

    __slots__ = ("_base", "_classes", "_deep_embeddings", "_deep_isolates", "_isolates", "_open", "_partners")

    def __init__(self, base: int, partners: Mapping[int, int], classes: Sequence[str]) -> None:
        self._base = _Status(base)
        self._partners = partners
        self._classes = classes
        self._open = [self._base]
        self._deep_isolates = self._deep_embeddings = self._isolates = 0

    def place(self, index: int) -> _Status:
        """Read the character at an index, and return what holds for it."""
        kind = self._classes[index]
        if kind in ISOLATES:
            around = self._open[-1]
            self._enter(is_rtl=self._runs_left(index), override="", is_isolate=True)
            return around
        if kind in EMBEDDINGS:
            self._enter(is_rtl=kind[0] == "R", override=kind[0] if kind[2] == "O" else "", is_isolate=False)
        elif kind == "PDI":
            self._leave_isolate()
        elif kind == "PDF":
            self._leave_embedding()
        return self._base if kind == "B" else self._open[-1]

    def _enter(self, *, is_rtl: bool, override: str, is_isolate: bool) -> None:
        level = self._open[-1].level
        level += 1 + (level % 2 == is_rtl)
        if level <= MAX_DEPTH and not self._deep_isolates and not self._deep_embeddings:
            self._open.append(_Status(level, override, is_isolate))
            self._isolates += is_isolate
        elif is_isolate:
            self._deep_isolates += 1
        elif not self._deep_isolates:
            self._deep_embeddings += 1

    def _leave_isolate(self) -> None:
        if self._deep_isolates:
            self._deep_isolates -= 1
        elif self._isolates:
            self._deep_embeddings = 0
            while not self._open.pop().is_isolate:
                pass
            self._isolates -= 1

    def _leave_embedding(self) -> None:
        if self._deep_isolates:
            return
        if self._deep_embeddings:
            self._deep_embeddings -= 1
        elif len(self._open) > 1 and not self._open[-1].is_isolate:
            self._open.pop()

    def _runs_left(self, start: int) -> bool:
        """Tell whether an isolate runs from right to left; a first-strong one does as its first letter does (P2)."""
        if self._classes[start] != "FSI":
            return self._classes[start] == "RLI"
        index, end = start + 1, self._partners.get(start, len(self._classes))
        while index < end:
            kind = self._classes[index]
            if kind in STRONG:
                return kind != "L"
            index = self._partners.get(index, end) + 1 if kind in ISOLATES else index + 1
        return False


def _partners(classes: Sequence[str]) -> dict[int, int]:
    """Find the two ends of each isolate (BD9)."""
    found: dict[int, int] = {}
    opened: list[int] = []
    for index, kind in enumerate(classes):
        if kind in ISOLATES:
            opened.append(index)
        elif kind == "PDI" and opened:
            start = opened.pop()
            found[start], found[index] = index, start
    return found
