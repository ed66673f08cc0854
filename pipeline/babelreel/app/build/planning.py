"""Plan what is built, and why: for ``plan``, which only shows it, and for ``build``, which does it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from babelreel.app.access.signed_films import SignedFilms
from babelreel.app.build.choosing.makeable import choose_makeable
from babelreel.app.build.choosing.whole_pairs import (
    lost_pairs,
    missing_pairs,
    skip_pair,
)
from babelreel.app.build.first_fruits import take_turns
from babelreel.app.build.material import Material, look_at_material
from babelreel.app.build.request import Request
from babelreel.app.build.results.handed_over import lost_joins, lying_published
from babelreel.app.check.checked import CheckedProject
from babelreel.app.project.master import open_digests
from babelreel.app.project.tools import usable_ffmpeg
from babelreel.errors import BabelreelError, UsageError
from babelreel.graph.digests import DigestCache
from babelreel.graph.folder_store import FolderStore
from babelreel.graph.plan import Plan, make_plan
from babelreel.graph.recipe import recipes_of, state_of
from babelreel.graph.store import Entry, Store
from babelreel.media.sound.mix.mixing import MixDub
from babelreel.model.delivery.build_summary import Failure, Fate, SkippedRendition
from babelreel.model.delivery.manifest import MadeFrom, Manifest, Role
from babelreel.model.delivery.pairs import languages_in
from babelreel.model.language import Language
from babelreel.model.project import Project
from babelreel.stages.deliverables import Blueprint, plan_deliverables
from babelreel.stages.inputs import Subtitles, Workshop


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A project looked at from all sides: what the rules say, what is refused, what will be made.

    ``languages`` are those of the project, refused ones included. ``made_from`` says from what each would be made, and
    ``unchanged`` which of them are published from just that. ``silenced`` are languages whose recorded voice is not
    used, ``nameless`` those whose recorded name cannot be read, and ``signed`` tells of films of interpreters.
    ``blueprint`` and ``plan`` cover every language that is not refused, at every rendition, and ``state`` names the
    state of all that they follow from. ``wanted`` holds the tags that were asked for, ``asked`` the names of the tasks
    that the request needs, directly or through others; ``skipped`` are the renditions among those asked for that are
    not made.
    """

    project: Project
    checked: CheckedProject
    languages: tuple[Language, ...]
    made_from: Mapping[str, MadeFrom | None]
    unchanged: frozenset[str]
    refusals: tuple[Failure, ...]
    silenced: tuple[Failure, ...]
    nameless: tuple[Failure, ...]
    signed: SignedFilms
    workshop: Workshop
    blueprint: Blueprint
    state: str
    wanted: frozenset[str]
    asked: frozenset[str]
    skipped: tuple[SkippedRendition, ...]
    plan: Plan

    @property
    def wanted_refusals(self) -> tuple[Failure, ...]:
        """The languages that were asked for and are refused, or whose voice or name is, and pairs of theirs."""
        every = (*self.nameless, *self.signed.faults, *self.refusals, *self.silenced)
        refusals = (each for each in self.refusals if each.tag in self.wanted)
        pairs = lost_pairs(self.project.delivery.pairs, refusals)
        return (*(each for each in every if each.tag in self.wanted), *pairs)

    @property
    def asked_plan(self) -> Plan:
        """The part of the plan that the request needs."""
        return replace(self.plan, steps=tuple(step for step in self.plan.steps if step.task.name in self.asked))

    def results(self, made: Mapping[str, Entry]) -> Mapping[str, Entry]:
        """Collect the results by task: those ``made`` in a run, and what is up to date without being asked for."""
        return {step.task.name: step.entry for step in self.plan.steps if step.entry} | dict(made)


def prepare(
    project: Project,
    request: Request,
    store: Store,
    digests: DigestCache,
    *,
    lost: Mapping[str, BabelreelError] = MappingProxyType({}),
) -> Prepared:
    """Look at film, tracks, fonts and store, and plan the work; nothing is started and nothing is published.

    ``lost`` are languages whose voice could not be mixed, with the reason: they are planned with the film's own sound.
    """
    prepared = _plan(look_at_material(project, request, digests, lost), request, store, digests)
    _see_to_extras(prepared, request, digests)
    return prepared


def _plan(material: Material, request: Request, store: Store, digests: DigestCache) -> Prepared:
    """Plan the work, and what of it the request needs."""
    project, before, wanted = material.project, material.before, material.wanted
    subtitles, refusals = material.buildable.subtitles, material.refusals
    makeable = choose_makeable(project, request, digests)
    blueprint = plan_deliverables(material.workshop, subtitles, makeable.rungs, project.slug, project.delivery)
    blueprint = replace(blueprint, skipped=(*blueprint.skipped, *makeable.skipped))
    lying = lying_published(blueprint, before, project.root / project.output_dir, digests)
    recipes, renditions = recipes_of(blueprint.tasks), _renditions(project, blueprint, request)
    plan, asked = make_plan(blueprint.tasks, store, recipes, lying), _asked(blueprint, wanted, renditions)
    asked |= frozenset(lost_joins(blueprint, plan, before, material.unchanged))
    return Prepared(
        project=_with_draft_titles(project, subtitles),
        checked=material.checked,
        languages=material.languages,
        made_from=material.made_from,
        unchanged=material.unchanged,
        refusals=refusals,
        silenced=material.buildable.silenced,
        nameless=tuple(_nameless(material.closed, before)),
        signed=material.signed,
        workshop=material.workshop,
        blueprint=blueprint,
        state=state_of(recipes, ((each.path, each.task, each.output) for each in blueprint.deliverables)),
        wanted=wanted,
        asked=asked,
        skipped=(
            *_skipped(blueprint, wanted, renditions),
            *(() if request.languages else missing_pairs(blueprint.skipped, refusals)),
            *(skip_pair(pair) for pair in material.apart if wanted.issuperset(pair.tags)),
        ),
        plan=replace(plan, turns=take_turns(plan, blueprint, asked, before)),
    )


def _nameless(closed: Iterable[tuple[str, BabelreelError]], before: Manifest | None) -> Iterator[Failure]:
    """Say of each language whose recorded name cannot be read whether it is heard as it was published before."""
    heard = {file.language for file in (before.files if before else ()) if file.role is Role.NAME}
    for tag, error in closed:
        yield Failure(tag=tag, error=error, fate=Fate.EARLIER if tag in heard else Fate.WITHOUT_NAME)


def _with_draft_titles(project: Project, subtitles: tuple[Subtitles, ...]) -> Project:
    """Let pages call a draft one, in its title; the settings of all other languages stay."""
    drafts = {each.language.tag: each.title for each in subtitles if each.is_draft}
    if not drafts:
        return project
    known = {settings.language.tag for settings in project.languages}
    new = tuple(project.settings_of(each.language) for each in subtitles if each.language.tag not in known)
    languages = tuple(
        replace(settings, title=drafts.get(settings.language.tag, settings.title))
        for settings in (*project.languages, *new)
    )
    return replace(project, languages=languages)


def _see_to_extras(prepared: Prepared, request: Request, digests: DigestCache) -> None:
    """Refuse an ffmpeg that lacks what mixed voices need, before anything runs; raises ``MachineError``."""
    actions = [step.task.action for step in prepared.asked_plan.to_run]
    extras = {extra for action in actions if isinstance(action, MixDub) for extra in action.extras}
    if extras:
        usable_ffmpeg(prepared.project, request.ffmpeg, digests, extras)


def _renditions(project: Project, blueprint: Blueprint, request: Request) -> frozenset[str]:
    names = {rung.name for rung in project.rungs} | {each.rendition for each in blueprint.deliverables} - {""}
    for skipped in blueprint.skipped:
        if skipped.name in request.renditions:
            raise UsageError(what=f"{skipped.name} cannot hold this film.", why=skipped.why, hint=skipped.hint)
    for name in request.renditions:
        if name not in names:
            raise UsageError(
                what=f"There is no rendition “{name}”.",
                why=f"the renditions are: {', '.join(sorted(names))}",
                hint="Ask for one of these, or add it to babelreel.toml as [renditions.…].",
            )
    return frozenset(request.renditions or names)


def _skipped(blueprint: Blueprint, tags: frozenset[str], renditions: frozenset[str]) -> Iterator[SkippedRendition]:
    for each in blueprint.skipped:
        if each.rendition in renditions and tags.issuperset(languages_in(each.tag)):
            yield each


def _asked(blueprint: Blueprint, tags: frozenset[str], renditions: frozenset[str]) -> frozenset[str]:
    by_name = {task.name: task for task in blueprint.tasks}
    waiting = [
        each.task
        for each in blueprint.deliverables
        if tags.issuperset(languages_in(each.language)) and (not each.rendition or each.rendition in renditions)
    ]
    asked: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name not in asked:
            asked.add(name)
            waiting.extend(by_name[name].needs)
    return frozenset(asked)


def plan_project(project: Project, request: Request) -> Prepared:
    """Tell what ``build`` would do; nothing is started but what finding out needs."""
    digests = open_digests(project)
    try:
        return prepare(project, request, FolderStore(project.store_dir), digests)
    finally:
        digests.save()
