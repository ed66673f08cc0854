"""Remember the pieces of pictures that text is drawn into: a note for each language at each rung."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, fields, is_dataclass
from hashlib import sha256

from babelreel.app.project.program_files import program_state
from babelreel.errors import BabelreelError
from babelreel.fonts import BUNDLED, font_path
from babelreel.graph.files import digest_file
from babelreel.graph.notes import Notes, Topic
from babelreel.graph.task import SourceFile
from babelreel.stages.remembered_cells import KnownCell, KnownCells

#: What is known of one piece: its recipe, its lead, and which of its frames shows letters.
_CELL = re.compile(r"([0-9a-f]{64}) ([0-9]{1,9}) ([0-9]{1,9}|-)")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pieces:
    """The pieces of a picture, and the digest of all that decided them; an empty text is a cell without any."""

    looked_at: str
    cells: tuple[str, ...]


def _read(document: object) -> _Pieces:
    """Read what was written; many are read, and a general reader would take most of the time of a plan."""
    if not isinstance(document, dict) or document.keys() != {"looked_at", "cells"}:
        raise ValueError("no pieces of a picture")
    looked_at, cells = document["looked_at"], document["cells"]
    if not isinstance(looked_at, str) or not isinstance(cells, list) or set(map(type, cells)) - {str}:
        raise ValueError("no pieces of a picture")
    return _Pieces(looked_at=looked_at, cells=tuple(cells))


_PIECES = Topic(name="drawn-pieces", version=1, read=_read)


class CellNotes:
    """The pieces that earlier plans had: a ``CellMemory``."""

    def __init__(self, notes: Notes) -> None:
        self._notes = notes
        self._seen: dict[int, tuple[object, str]] = {}  # by identity, each with its object, which so stays the one

    def look_at(self, *shared: object, own: object) -> str:
        """Compute a digest of all that decides what is drawn and how, and of the program that does it."""
        told = (program_state(), *map(self._digest, shared), _whole(own))
        return _digest(repr(told))

    def recall(self, picture: str, looked_at: str) -> KnownCells | None:
        """Return the pieces of a picture, if they were made of just this."""
        found = self._notes.recall(_PIECES, picture)
        if found is None or found.looked_at != looked_at:
            return None
        try:
            return tuple(map(_cell, found.cells))
        except ValueError:
            return None

    def keep(self, picture: str, looked_at: str, cells: KnownCells, fonts: Iterable[SourceFile]) -> None:
        """Remember the pieces of a picture, unless one of the fonts has changed since it was looked at."""
        if all(map(_is_as_it_was, fonts)):
            self._notes.keep(_PIECES, picture, _Pieces(looked_at=looked_at, cells=tuple(map(_written, cells))))

    def _digest(self, value: object) -> str:
        if id(value) not in self._seen:
            self._seen[id(value)] = value, _digest(repr(value))
        return self._seen[id(value)][1]


def _digest(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _whole(value: object) -> object:
    """Return what shows a value whole, the same in each run: fields that no ``repr`` shows, and sets in order."""
    if is_dataclass(value):
        return type(value).__name__, [(each.name, _whole(getattr(value, each.name))) for each in fields(value)]
    if isinstance(value, set | frozenset):
        return sorted(map(repr, map(_whole, value)))
    if isinstance(value, tuple | list):
        return list(map(_whole, value))
    return "" if callable(value) else value  # a function of the program: where it lies differs from run to run


def _written(cell: KnownCell | None) -> str:
    return f"{cell.recipe} {cell.lead} {'-' if cell.shown is None else cell.shown}" if cell else ""


def _cell(written: str) -> KnownCell | None:
    if not written:
        return None
    found = _CELL.fullmatch(written)
    if found is None:
        raise ValueError(f"{written!r} is no piece")
    recipe, lead, shown = found.groups()
    return KnownCell(recipe=recipe, lead=int(lead), shown=None if shown == "-" else int(shown))


def _is_as_it_was(font: SourceFile) -> bool:
    """Tell whether a font of the user's is the one that was looked at; those of the program are."""
    if font.path in {font_path(each) for each in BUNDLED}:
        return True
    try:
        return digest_file(font.path) == font.digest
    except BabelreelError:
        return False
