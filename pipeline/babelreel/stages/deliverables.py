"""Plan the files that the web team gets, and the tasks that make them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from babelreel.graph.task import Task
from babelreel.model.delivery.build_summary import SkippedRendition
from babelreel.model.delivery.manifest import Deliverable
from babelreel.model.delivery.stream import PlannedTrack
from babelreel.model.film.ladder.encoding_ladder import Rung, Text, film_rungs, smallest_rung
from babelreel.model.film.signed import is_signed
from babelreel.model.project import Delivery
from babelreel.model.variant import Variant
from babelreel.stages.films.archive import archive_rung, plan_archive
from babelreel.stages.films.cards import with_cards
from babelreel.stages.films.editions import skip_misfit
from babelreel.stages.films.language_files import plan_captions, plan_page_film, plan_video
from babelreel.stages.films.pairs import Product, plan_pairs
from babelreel.stages.films.signed import plan_signed
from babelreel.stages.films.signed_picture import plan_signed_pictures
from babelreel.stages.films.streams import plan_streams
from babelreel.stages.inputs import Subtitles, Workshop
from babelreel.stages.parts import Parts, plan_parts
from babelreel.stages.prints.leaflet import plan_leaflets
from babelreel.stages.sound.names import plan_names
from babelreel.stages.stills.logo import plan_logo
from babelreel.stages.stills.poster_and_storyboard import plan_stills
from babelreel.stages.stills.title_pictures import plan_title_pictures

_FILES_ONLY = Delivery(has_pages=False, has_streams=False, has_leaflets=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Blueprint:
    """Everything to make and everything to publish; ``tasks`` are in an order in which they could run.

    ``streams`` are the tracks of which each stands in ``deliverables`` with its playlist. ``skipped`` are
    renditions that this film cannot have.
    """

    tasks: tuple[Task, ...]
    deliverables: tuple[Deliverable, ...]
    streams: tuple[PlannedTrack, ...] = ()
    skipped: tuple[SkippedRendition, ...] = ()


def plan_deliverables(
    workshop: Workshop,
    languages: Sequence[Subtitles],
    rungs: tuple[Rung, ...],
    slug: str,
    delivery: Delivery = _FILES_ONLY,
) -> Blueprint:
    """Plan every language at every rung that suits the film, with its subtitles, and what ``delivery`` asks for.

    Tasks that several languages share (text-free pictures, sounds) appear once. Without any language there is nothing
    to make.
    """
    if not languages:
        return Blueprint(tasks=(), deliverables=())
    languages = [with_cards(workshop, each, delivery.address) for each in languages]
    parts = plan_parts(workshop, languages, tuple(rung for rung in rungs if not is_signed(rung.name)))
    unfit = _unfit(workshop, _with_films(languages, delivery), parts)
    pairs = plan_pairs(workshop, _with_films(languages, delivery), parts, slug, delivery)
    signed = tuple(_signed(workshop, _with_films(languages, delivery), rungs, parts, slug))
    tasks = {task.name: task for task in parts.lain_under}
    deliverables: list[Deliverable] = []
    for needed, published in (
        *_products(workshop, languages, parts, slug, delivery, frozenset(unfit)),
        *pairs.products,
        *(each for each in signed if not isinstance(each, SkippedRendition)),
    ):
        tasks.update((task.name, task) for task in needed)
        deliverables.extend(published)
    streams = plan_streams(workshop, parts, _with_text(languages)) if delivery.has_streams else ()
    for each in streams:
        tasks.update((task.name, task) for task in each.tasks)
        deliverables.append(each.playlist)
    return Blueprint(
        tasks=tuple(tasks.values()),
        deliverables=tuple(deliverables),
        streams=tuple(each.track for each in streams),
        skipped=(
            *parts.skipped,
            *unfit.values(),
            *pairs.skipped,
            *(each for each in signed if isinstance(each, SkippedRendition)),
        ),
    )


def _signed(
    workshop: Workshop, languages: Sequence[Subtitles], rungs: tuple[Rung, ...], parts: Parts, slug: str
) -> Iterator[Product | SkippedRendition]:
    """Plan the films that show an interpreter, of the languages that have one."""
    for rung in rungs:
        if is_signed(rung.name):
            yield from plan_signed_pictures(workshop, rung, languages, parts, slug)


def _unfit(
    workshop: Workshop, languages: Sequence[Subtitles], parts: Parts
) -> Mapping[tuple[str, str], SkippedRendition]:
    """Find the sizes in which a language does not fit, by the name of the rung and the language's tag."""
    looked_at = {
        (rung.name, each.language.tag): skip_misfit(workshop.film, workshop.styles, each, rung)
        for rung in parts.rungs
        for each in languages
        if rung in _rungs_for(each, parts.rungs)
    }
    return {place: skipped for place, skipped in looked_at.items() if skipped}


def _products(  # noqa: PLR0913, PLR0917 - all of it is asked for at once
    workshop: Workshop,
    languages: Sequence[Subtitles],
    parts: Parts,
    slug: str,
    delivery: Delivery,
    unfit: frozenset[tuple[str, str]],
) -> Iterator[Product]:
    texts = _with_text(languages)
    films = _with_films(languages, delivery)
    yield from (plan_captions(workshop, each, slug) for each in texts)
    for subtitles in films:
        for rung in _rungs_for(subtitles, parts.rungs):
            if (rung.name, subtitles.language.tag) not in unfit:
                yield plan_video(workshop, rung, subtitles, parts, slug)
        if delivery.has_pages:
            yield plan_page_film(workshop, subtitles, parts, slug)
    if delivery.has_leaflets and (printed := _with_text(films)):
        yield plan_leaflets(workshop, printed, slug, delivery.address)
    if delivery.has_pages:
        yield plan_stills(workshop, slug)
        yield plan_names(workshop, films, slug)
    yield from (plan_signed(workshop, each, slug) for each in workshop.signed)
    if delivery.has_title_pictures:
        yield plan_title_pictures(workshop, films, slug)
    if workshop.logo and (delivery.has_pages or delivery.has_leaflets):
        yield plan_logo(workshop.logo)
    for kind in delivery.archive:
        picture = parts.pictures[archive_rung(parts.rungs).name]
        tasks, archive = plan_archive(workshop, kind, picture, sounds=parts.sounds, texts=texts, slug=slug)
        yield tasks, (archive,)


def _rungs_for(subtitles: Subtitles, rungs: Sequence[Rung]) -> Sequence[Rung]:
    """Choose the sizes that are wanted of a language.

    A described film is made where the picture has no text for anybody: no picture is encoded for it. Where every size
    that all players show has its text burned in, it is made in the smallest of them, without the text.
    """
    if subtitles.language.variant is not Variant.DESCRIBED:
        return rungs
    shared = [rung for rung in rungs if rung.text is not Text.BURN_IN and not rung.edition]
    return shared if film_rungs(shared) else [smallest_rung(rungs), *shared]


def _with_films(languages: Sequence[Subtitles], delivery: Delivery) -> tuple[Subtitles, ...]:
    """Choose the languages with films, pages and leaflets; a text for the deaf stands beside others without them."""
    return tuple(each for each in languages if delivery.has_films_of(each.language))


def _with_text(languages: Sequence[Subtitles]) -> tuple[Subtitles, ...]:
    return tuple(each for each in languages if each.has_text)
