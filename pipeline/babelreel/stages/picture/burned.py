"""Plan the picture of a rung with what is drawn for one language; of what is remembered, nothing is laid out."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeAlias

from babelreel.graph.key import key_of
from babelreel.graph.late import LateItems, LateLiteral
from babelreel.graph.plan import task_document
from babelreel.graph.task import Json, SourceFile
from babelreel.media.picture.piece import ASS
from babelreel.stages.inputs import Subtitles, Workshop
from babelreel.stages.picture.pieces import Burned, Picture, lay_language, rung_facts, style_facts, with_text
from babelreel.stages.remembered_text import look_at_text
from babelreel.timedtext.burnin.cell_cues import CellText, cut_drawing

#: What is remembered of one piece: its recipe, its lead, and which of its frames shows letters.
_CELL = re.compile(r"([0-9a-f]{64}) ([0-9]{1,9}) ([0-9]{1,9}|-)")


@dataclass(frozen=True, slots=True, kw_only=True)
class _KnownCell:
    """A piece with text: the recipe of its task, and ``lead`` and ``shown`` as ``CellText`` has them."""

    recipe: str
    lead: int
    shown: int | None


#: Those of a whole picture; ``None`` where a cell shows no text.
_KnownCells: TypeAlias = tuple[_KnownCell | None, ...]


class _LateTexts:
    """The texts of all cells of a picture, laid out when one is asked for; safe for several threads."""

    def __init__(self, lay: Callable[[], Iterable[CellText | None]]) -> None:
        self._lay = lay
        self._texts: tuple[CellText | None, ...] | None = None
        self._laying = threading.Lock()

    def all(self) -> tuple[CellText | None, ...]:
        with self._laying:
            if self._texts is None:
                self._texts = tuple(self._lay())
            return self._texts

    def at(self, place: int) -> CellText:
        text = self.all()[place]
        if text is None:
            raise AssertionError(f"cell {place + 1} was remembered as one that shows text")
        return text


@dataclass(frozen=True, slots=True, kw_only=True)
class _Look:
    """What all pieces of a picture have in common: whose text they show, in which fonts and style."""

    language: str
    names: tuple[str, ...]
    fonts: tuple[SourceFile, ...]
    settings: Mapping[str, Json]
    style: Mapping[str, Json]


class _Cell:
    """What is drawn into one cell, made when it is asked for."""

    __slots__ = ("_look", "_place", "_texts")

    def __init__(self, look: _Look, texts: _LateTexts, place: int) -> None:
        self._look, self._texts, self._place = look, texts, place

    def content(self) -> bytes:
        return self._texts.at(self._place).document.encode()

    def facts(self) -> tuple[tuple[str, Json], ...]:
        cues = self._texts.at(self._place).facts
        return ("settings", self._look.settings), ("cues", cues), ("style", self._look.style)

    def numbers(self) -> tuple[tuple[str, tuple[int, ...]], ...]:
        return (("cues", self._texts.at(self._place).numbers),)


def plan_burned_picture(workshop: Workshop, subtitles: Subtitles, shared: Picture, *, has_text: bool) -> Picture:
    """Plan the picture of a rung with what is drawn for one language: its text, an edition's title, a draft's mark.

    ``shared`` is the rung's picture without any of it. Where the memory of the workshop knows the pieces, nothing is
    laid out before somebody asks for what is drawn.
    """
    tag, rung = subtitles.language.tag, shared.settings.rung
    look = _Look(
        language=tag,
        names=(tag, *(() if has_text else ("mark",))),
        fonts=subtitles.font_files,
        settings=rung_facts(rung),
        style=style_facts(workshop.styles.of(tag, rung.name), rung),
    )
    texts = _LateTexts(partial(_lay, workshop, subtitles, shared, has_text=has_text))
    if workshop.memory is None or shared.quality:  # keys that wait for a quality cannot be remembered
        return _picture(workshop, shared, look, texts, _laid(texts))
    name = f"picture {' '.join((rung.name, *look.names))}"
    cells, style = workshop.film.footage[shared.settings.frame.rate], workshop.styles.of(tag, rung.name)
    looked_at = look_at_text(workshop.memory, subtitles, shared.settings, cells, own=(workshop.film.title, style))
    known = _read(workshop.memory.recall(name, looked_at))
    if known is not None and len(known) == len(shared.pieces):
        return _picture(workshop, shared, look, texts, known)
    picture = _picture(workshop, shared, look, texts, _laid(texts))
    known = tuple(
        replace(each, recipe=key_of(task_document(piece, {}))) if each else None
        for each, piece in zip(_laid(texts), picture.pieces, strict=True)
    )
    workshop.memory.keep(name, looked_at, map(_written, known), look.fonts)
    return _picture(workshop, shared, look, texts, known)


def _lay(workshop: Workshop, subtitles: Subtitles, shared: Picture, *, has_text: bool) -> Iterator[CellText | None]:
    """Lay out the text of each cell."""
    settings = shared.settings
    drawing = lay_language(workshop.film, workshop.styles, subtitles, settings.rung, has_text=has_text)
    return cut_drawing(drawing, (each.cell for each in workshop.film.footage[settings.frame.rate]))


def _read(lines: tuple[str, ...] | None) -> _KnownCells | None:
    """Read what was remembered; ``None`` for anything else."""
    found = [_CELL.fullmatch(line) for line in lines or ()]
    if lines is None or any(line and not each for line, each in zip(lines, found, strict=True)):
        return None
    return tuple(
        _KnownCell(recipe=each[1], lead=int(each[2]), shown=None if each[3] == "-" else int(each[3])) if each else None
        for each in found
    )


def _written(cell: _KnownCell | None) -> str:
    return f"{cell.recipe} {cell.lead} {'-' if cell.shown is None else cell.shown}" if cell else ""


def _laid(texts: _LateTexts) -> _KnownCells:
    return tuple(_KnownCell(recipe="", lead=text.lead, shown=text.shown) if text else None for text in texts.all())


def _picture(workshop: Workshop, shared: Picture, look: _Look, texts: _LateTexts, known: _KnownCells) -> Picture:
    drawn = (_burned(look, _Cell(look, texts, place), each) if each else None for place, each in enumerate(known))
    return with_text(workshop, shared, drawn)


def _burned(look: _Look, cell: _Cell, known: _KnownCell) -> Burned:
    return Burned(
        language=look.language,
        names=look.names,
        inputs=(LateLiteral(name=ASS, make=cell.content), *look.fonts),
        lead=known.lead,
        shown=known.shown,
        facts=LateItems(cell.facts),
        numbers=LateItems(cell.numbers),
        recipe=known.recipe,
    )
