"""Which files does the web team get, and which tasks make them?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from babelreel.graph.task import Task
from babelreel.model.delivery.manifest import Deliverable
from babelreel.model.delivery.stream import PlannedTrack
from babelreel.model.film.encoding_ladder import Rung, select_rungs
from babelreel.model.project import Delivery
from babelreel.stages.archive import archive_rung, dubbed_sound, original_sound, plan_archive, sound_rung
from babelreel.stages.inputs import Subtitles, Workshop
from babelreel.stages.language_files import plan_captions, plan_video
from babelreel.stages.leaflet import plan_leaflets
from babelreel.stages.picture import Picture, plan_shared_picture
from babelreel.stages.sound import plan_original_sound
from babelreel.stages.soundtrack import plan_dubs
from babelreel.stages.stills import plan_stills

_FILES_ONLY = Delivery(has_pages=False, has_streams=False, has_leaflets=False)

#: Tasks, in an order in which they could run, and what is published of them.
Product: TypeAlias = tuple[tuple[Task, ...], tuple[Deliverable, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Blueprint:
    """Everything to make and everything to publish; ``tasks`` are in an order in which they could run.

    ``streams`` are the tracks of which each stands in ``deliverables`` with its playlist.
    """

    tasks: tuple[Task, ...]
    deliverables: tuple[Deliverable, ...]
    streams: tuple[PlannedTrack, ...] = ()


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
    video = workshop.film.video
    fitting = select_rungs(rungs, video.display_width_px, video.display_height_px)
    tasks: dict[str, Task] = {}
    deliverables: list[Deliverable] = []
    for needed, published in _products(workshop, languages, fitting, slug, delivery) if languages else ():
        tasks.update((task.name, task) for task in needed)
        deliverables.extend(published)
    return Blueprint(tasks=tuple(tasks.values()), deliverables=tuple(deliverables))


def _products(
    workshop: Workshop, languages: Sequence[Subtitles], rungs: tuple[Rung, ...], slug: str, delivery: Delivery
) -> Iterator[Product]:
    shared = {rung.name: plan_shared_picture(workshop, rung) for rung in rungs}
    for subtitles in languages:
        yield plan_captions(subtitles, slug)
        for rung in rungs:
            yield plan_video(workshop, rung, subtitles, shared[rung.name], slug)
    if delivery.has_leaflets:
        yield plan_leaflets(workshop, languages, slug, delivery.address)
    if delivery.has_pages:
        yield plan_stills(workshop, slug)
    for kind in delivery.archive:
        yield _plan_archive(workshop, kind, shared[archive_rung(rungs).name], rungs, languages=languages, slug=slug)


def _plan_archive(  # noqa: PLR0913 - a file has these sides
    workshop: Workshop,
    kind: str,
    picture: Picture,
    rungs: tuple[Rung, ...],
    *,
    languages: Sequence[Subtitles],
    slug: str,
) -> Product:
    """Plan the file with every sound, at the best rate that any rung has, and every text."""
    best = sound_rung(rungs)
    original = plan_original_sound(workshop, best)
    sounds = [original_sound(workshop.film.language, original)] if original else []
    needed: list[Task] = []
    for language, tasks in plan_dubs(workshop, best, languages):
        needed += tasks
        sounds.append(dubbed_sound(language, tasks[-1]))
    parts, deliverable = plan_archive(workshop, kind, picture, sounds=tuple(sounds), texts=tuple(languages), slug=slug)
    return (*needed, *parts), (deliverable,)
