"""What is remembered of the pieces of a picture that text is drawn into, so that no track is laid out twice."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Protocol, TypeAlias

from babelreel.graph.task import SourceFile
from babelreel.timedtext.burnin.cell_cues import CellText


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownCell:
    """A piece with text: the recipe of its task, and ``lead`` and ``shown`` as ``CellText`` has them."""

    recipe: str
    lead: int
    shown: int | None


#: Those of a whole picture; ``None`` where a cell shows no text.
KnownCells: TypeAlias = tuple[KnownCell | None, ...]


class CellMemory(Protocol):
    """Remembers the pieces of each language at each rung."""

    def look_at(self, *shared: object, own: object) -> str:
        """Name all that decides what is drawn and how, and the program that does it.

        What is ``shared`` is the same object for many pictures, and its ``repr`` shows it whole.
        """
        ...

    def recall(self, picture: str, looked_at: str) -> KnownCells | None:
        """Return the pieces of a picture, if they were made of just this."""
        ...

    def keep(self, picture: str, looked_at: str, cells: KnownCells, fonts: Iterable[SourceFile]) -> None:
        """Remember the pieces of a picture, unless one of the fonts has changed since it was looked at."""
        ...


class LateTexts:
    """The texts of all cells of a picture, laid out when one is asked for; safe for several threads."""

    def __init__(self, lay: Callable[[], Iterable[CellText | None]]) -> None:
        self._lay = lay
        self._texts: tuple[CellText | None, ...] | None = None
        self._laying = threading.Lock()

    def all(self) -> tuple[CellText | None, ...]:
        """Return those of all cells; ``None`` for one that shows no text."""
        with self._laying:
            if self._texts is None:
                self._texts = tuple(self._lay())
            return self._texts

    def at(self, place: int) -> CellText:
        """Return the text of a cell that shows some."""
        text = self.all()[place]
        if text is None:
            raise AssertionError(f"cell {place + 1} was remembered as one that shows text")
        return text
