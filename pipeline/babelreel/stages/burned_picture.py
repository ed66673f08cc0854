"""Plan the picture of a rung with what is drawn for one language; of what is remembered, nothing is laid out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial

from babelreel.graph.key import key_of
from babelreel.graph.late import LateItems, LateLiteral
from babelreel.graph.plan import task_document
from babelreel.graph.task import Json, SourceFile
from babelreel.media.picture.piece import ASS
from babelreel.stages.inputs import Subtitles, Workshop
from babelreel.stages.picture import Burned, Picture, lay_language, rung_facts, style_facts, with_text
from babelreel.stages.remembered_cells import CellMemory, KnownCell, KnownCells, LateTexts
from babelreel.timedtext.burnin.cell_cues import CellText, cut_drawing


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

    def __init__(self, look: _Look, texts: LateTexts, place: int) -> None:
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
    texts = LateTexts(partial(_lay, workshop, subtitles, shared, has_text=has_text))
    if workshop.memory is None or shared.quality:  # keys that wait for a quality cannot be remembered
        return _picture(workshop, shared, look, texts, _laid(texts))
    name, looked_at = " ".join((rung.name, *look.names)), _look_at(workshop.memory, workshop, subtitles, shared)
    known = workshop.memory.recall(name, looked_at)
    if known is not None and len(known) == len(shared.pieces):
        return _picture(workshop, shared, look, texts, known)
    picture = _picture(workshop, shared, look, texts, _laid(texts))
    known = tuple(
        replace(each, recipe=key_of(task_document(piece, {}))) if each else None
        for each, piece in zip(_laid(texts), picture.pieces, strict=True)
    )
    workshop.memory.keep(name, looked_at, known, look.fonts)
    return _picture(workshop, shared, look, texts, known)


def _lay(workshop: Workshop, subtitles: Subtitles, shared: Picture, *, has_text: bool) -> Iterator[CellText | None]:
    """Lay out the text of each cell."""
    settings = shared.settings
    drawing = lay_language(workshop.film, workshop.styles, subtitles, settings.rung, has_text=has_text)
    return cut_drawing(drawing, (each.cell for each in workshop.film.footage[settings.frame.rate]))


def _look_at(memory: CellMemory, workshop: Workshop, subtitles: Subtitles, shared: Picture) -> str:
    """Name all that decides what is drawn, and the recipes; whether there is text is said by the picture's name."""
    settings, track = shared.settings, subtitles.track
    own = (
        replace(subtitles, track=replace(track, cues=()), voice=None, credits=()),
        [(place, cue.look) for place, cue in enumerate(track.cues) if cue.look],  # which a cue does not show
        workshop.film.title,
        workshop.styles.of(subtitles.language.tag, settings.rung.name),
    )
    return memory.look_at(track, settings, workshop.film.footage[settings.frame.rate], own=own)


def _laid(texts: LateTexts) -> KnownCells:
    return tuple(KnownCell(recipe="", lead=text.lead, shown=text.shown) if text else None for text in texts.all())


def _picture(workshop: Workshop, shared: Picture, look: _Look, texts: LateTexts, known: KnownCells) -> Picture:
    drawn = (_burned(look, _Cell(look, texts, place), each) if each else None for place, each in enumerate(known))
    return with_text(workshop, shared, drawn)


def _burned(look: _Look, cell: _Cell, known: KnownCell) -> Burned:
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
