"""Plan the films of two languages at once: both texts in one picture, and the sound of the first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from babelreel.graph.task import Json, Literal, SourceFile, Task
from babelreel.media.picture.piece import ASS, SECOND_ASS
from babelreel.model.delivery.build_summary import SkippedRendition
from babelreel.model.delivery.manifest import Deliverable, Role
from babelreel.model.delivery.pairs import Pair
from babelreel.model.delivery.published_paths import PublishedPaths
from babelreel.model.drafts import DRAFT
from babelreel.model.film.ladder.encoding_ladder import Rung, Sound, Text
from babelreel.model.project import Delivery
from babelreel.model.style import Styles
from babelreel.stages.films.content import choose_content
from babelreel.stages.films.editions import skip_lost_number
from babelreel.stages.films.language_files import FACTS, FILM, plan_mux
from babelreel.stages.inputs import Film, Subtitles, Workshop
from babelreel.stages.parts import Parts
from babelreel.stages.picture.pieces import (
    Burned,
    Picture,
    lay_language,
    plan_shared_picture,
    rung_facts,
    style_facts,
    with_text,
)
from babelreel.stages.prints.pair_leaflet import plan_pair_leaflet, second_fonts
from babelreel.stages.sound.soundtrack import plan_soundtrack
from babelreel.timedtext.burnin.pair import LaidPair, find_pair_misfits, lay_pair
from babelreel.timedtext.burnin.pair_cells import PairText, cut_pair

#: Tasks, in an order in which they could run, and what is published of them.
Product: TypeAlias = tuple[tuple[Task, ...], tuple[Deliverable, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedPairs:
    """What is made of pairs of languages, and what is not."""

    products: tuple[Product, ...] = ()
    skipped: tuple[SkippedRendition, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PairOfTexts:
    """The subtitles of a pair that is to be made; both have text."""

    pair: Pair
    first: Subtitles
    second: Subtitles

    @property
    def is_draft(self) -> bool:
        """Tell whether nobody approved one of them yet."""
        return self.first.is_draft or self.second.is_draft

    @property
    def font_files(self) -> tuple[SourceFile, ...]:
        """The fonts of both."""
        return tuple(
            {font.name: font for font in (*self.first.font_files, *second_fonts(self.first, self.second))}.values()
        )


def plan_pairs(
    workshop: Workshop, languages: Sequence[Subtitles], parts: Parts, slug: str, delivery: Delivery
) -> PlannedPairs:
    """Plan the films and leaflets of the pairs that ``delivery`` asks for, where both languages are there with text."""
    texts = {each.language.tag: each for each in languages if each.has_text}
    products: list[Product] = []
    skipped: list[SkippedRendition] = []
    for pair in delivery.pairs:
        missing = next((tag for tag in pair.tags if tag not in texts), None)
        if missing:
            skipped.append(_skip_missing(pair, missing))
            continue
        both = PairOfTexts(pair=pair, first=texts[pair.first], second=texts[pair.second])
        if delivery.has_leaflets:
            products.append(plan_pair_leaflet(workshop, pair, both.first, both.second, slug, delivery.address))
        for rung in parts.rungs:
            if rung.text is Text.BURN_IN:
                misfit = skip_misfit_pair(workshop.film, workshop.styles, both, rung)
                if misfit:
                    skipped.append(misfit)
                else:
                    products.append(_plan_video(workshop, rung, both, parts, slug))
    return PlannedPairs(products=tuple(products), skipped=tuple(skipped))


def _skip_missing(pair: Pair, tag: str) -> SkippedRendition:
    return SkippedRendition(
        name=f"the pair {pair.tag}",
        tag=pair.tag,
        why=f"there is no text in {tag} that can be published",
        hint=f"babelreel check {tag} says what it lacks; add it, or take {pair.tag} out of pairs in babelreel.toml.",
    )


def lay_texts(film: Film, styles: Styles, texts: PairOfTexts, rung: Rung) -> LaidPair:
    """Lay out both texts for the pictures of a rung."""
    both = ((texts.first, texts.second), (texts.second, texts.first))
    first, second = (lay_language(film, styles, one, rung, beside=other).layout for one, other in both)
    return lay_pair(first, texts.first.track.cues, second, texts.second.track.cues)


def skip_misfit_pair(film: Film, styles: Styles, texts: PairOfTexts, rung: Rung) -> SkippedRendition | None:
    """Tell why a rung is not made of a pair; ``None`` where it is."""
    misfit = next(find_pair_misfits(lay_texts(film, styles, texts, rung)), None)
    if misfit is None:
        return skip_lost_number(film, styles, texts.first, rung, beside=texts.second, tag=texts.pair.tag)
    tag = (texts.second if misfit.is_second else texts.first).language.tag
    taken = "more room than there is" if misfit.is_too_large else f"{misfit.lines} lines, and four fit"
    return SkippedRendition(
        name=f"{rung.name} in {texts.pair.tag}",
        rendition=rung.name,
        tag=texts.pair.tag,
        why=f"at cue {misfit.cue.number} of {tag} both texts together take {taken}",
        hint=f"babelreel check {texts.pair.first} --select PAI001 lists all such places; say them in fewer words.",
    )


def _plan_video(workshop: Workshop, rung: Rung, texts: PairOfTexts, parts: Parts, slug: str) -> Product:
    """Plan the film of a pair at a rung that draws text into its picture."""
    first, tag = texts.first, texts.pair.tag
    usual = parts.pictures[rung.name]
    # an edition has its picture elsewhere, for it needs more room for text; within a bound, more text leaves it less
    shared = plan_shared_picture(workshop, rung, is_pair=True) if rung.edition or usual.quality else usual
    picture = _plan_picture(workshop, texts, shared)
    sound = choose_content(workshop.film, first, rung).sound
    mix = parts.mixes.get(first.language.tag) if sound is Sound.DUB else None
    sounds = plan_soundtrack(workshop, rung, first, mix)
    file = plan_mux(workshop, rung, first, picture, sounds[-1] if sounds else None, tag=tag)
    deliverable = Deliverable(
        path=PublishedPaths(slug=slug).film(tag, rung.name),
        role=Role.VIDEO,
        language=tag,
        rendition=rung.name,
        sound=sound.value,
        text=rung.text,
        task=file.name,
        output=FILM,
        facts=FACTS,
        mime="video/mp4",
    )
    return (*picture.tasks, *sounds, file), (deliverable,)


def _plan_picture(workshop: Workshop, texts: PairOfTexts, shared: Picture) -> Picture:
    rung, cells = shared.settings.rung, (each.cell for each in workshop.film.footage[shared.settings.frame.rate])
    laid = lay_texts(workshop.film, workshop.styles, texts, rung)
    facts: dict[str, Json] = {
        f"{tag} style": style_facts(layout.style, rung)
        for tag, layout in zip(texts.pair.tags, (laid.first, laid.second), strict=True)
    }
    facts["settings"] = rung_facts(rung)
    # words in the picture are said once, in the first language
    signs = lay_language(workshop.film, workshop.styles, texts.first, rung, beside=texts.second).signs
    drawn = cut_pair(laid, cells, DRAFT if texts.is_draft else "", signs)
    return with_text(workshop, shared, (_burned(texts, each, facts) if each else None for each in drawn))


def _burned(texts: PairOfTexts, text: PairText, facts: Mapping[str, Json]) -> Burned:
    names = [f"{tag} cues" for tag in texts.pair.tags]
    return Burned(
        language=texts.pair.tag,
        names=(texts.pair.tag,),
        inputs=(*_documents(text), *texts.font_files),
        lead=0,
        shown=text.shown,
        facts=(*zip(names, text.facts, strict=True), *facts.items()),
        numbers=tuple(zip(names, text.numbers, strict=True)),
        has_second=len(text.documents) > 1,
    )


def _documents(text: PairText) -> Iterator[Literal]:
    for name, document in zip((ASS, SECOND_ASS), text.documents, strict=False):
        yield Literal(name=name, content=document.encode())
