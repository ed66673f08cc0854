"""Keep the faults of a file that are worth it.

A file of another kind can have a fault in each of its million lines. Nobody reads them, and each costs memory.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from babelreel.model.track import Fault, FaultKind

#: Of each kind: a report that is longer helps nobody, and a kind of little weight must not hide a grave one.
LIMIT_FAULTS = 1000


class FaultList:
    """The faults found so far: of each kind the first thousand, and how many more there were."""

    __slots__ = ("_beyond", "_counts", "_kept")

    def __init__(self) -> None:
        self._kept: list[Fault] = []
        self._counts: Counter[FaultKind] = Counter()
        self._beyond: dict[FaultKind, Fault] = {}

    def __bool__(self) -> bool:
        return bool(self._kept)

    def add(self, fault: Fault) -> None:
        """Keep a fault, or count it."""
        self._counts[fault.kind] += 1
        if self._counts[fault.kind] <= LIMIT_FAULTS:
            self._kept.append(fault)
        else:
            self._beyond.setdefault(fault.kind, fault)

    def extend(self, faults: Iterable[Fault]) -> None:
        """Keep or count each of some faults."""
        for fault in faults:
            self.add(fault)

    def kept(self) -> tuple[Fault, ...]:
        """List the kept faults and, for each kind that has more of them, one that says how many."""
        return (*self._kept, *(self._and_more(kind, fault) for kind, fault in self._beyond.items()))

    def _and_more(self, kind: FaultKind, first: Fault) -> Fault:
        more = self._counts[kind] - LIMIT_FAULTS
        detail = f"from here on {more} more of this kind: only the first {LIMIT_FAULTS} are listed"
        return replace(first, detail=detail, text="", length=0, repaired=None)
