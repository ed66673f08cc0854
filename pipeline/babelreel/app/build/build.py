"""Turn a project into the files in ``output/``."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from time import monotonic
from typing import TypeAlias

from babelreel.app.build.planning import Prepared, prepare
from babelreel.app.build.request import Request
from babelreel.app.build.results.handed_over import hand_over, kept_bytes, kept_here, lying_published
from babelreel.app.build.results.lost_voices import both_outcomes, lost_voices
from babelreel.app.build.results.publishing import publish_results
from babelreel.app.build.room import see_to_room
from babelreel.app.build.summing_up import sum_up
from babelreel.app.build.unchanged import look_at_inputs, remember_build
from babelreel.app.project.master import name_among_machines, open_digests
from babelreel.app.project.subtitles_film import remember_built
from babelreel.app.publish.history import history_of
from babelreel.app.publish.made_from import dubbed_languages, without_new_refusals
from babelreel.app.publish.own_files import read_manifest, refuse_later
from babelreel.app.publish.swap import recover
from babelreel.app.shared_store import open_store
from babelreel.engines.engine import Engine
from babelreel.engines.outcome import Outcome
from babelreel.engines.run_with import run_with
from babelreel.errors import BabelreelError, DamagedError
from babelreel.graph.digests import DigestCache
from babelreel.graph.event import Listener, Told
from babelreel.graph.folder_store import FolderStore
from babelreel.graph.lock import hold_project
from babelreel.graph.store import Entry, Store
from babelreel.media.programs.temporary_folder import sweep_temporary_folders
from babelreel.model.delivery.build_summary import BuildSummary
from babelreel.model.delivery.publication import Published
from babelreel.model.project import Project

#: Does a plan, wherever that is, and returns what came of it: ``run(plan, store=..., digest=...)``, as ``run_with``.
Run: TypeAlias = Callable[..., Outcome]

#: What a store may hold of earlier versions even when the present ones are small.
_LEAST_SPARE_BYTES = 1_000_000_000
#: A disk that damages what it was just given, time after time, is beyond us.
_MOST_REPAIRS = 3


def build_project(  # noqa: PLR0913 - a build has these sides
    project: Project,
    request: Request,
    *,
    engine: Engine,
    keep_going: bool,
    listener: Listener,
    stop: threading.Event,
) -> BuildSummary:
    """Do what ``build_with`` says with an engine."""
    run = partial(run_with, engine, listener=listener, keep_going=keep_going, stop=stop)
    store = open_results(engine, project, listener)
    return build_with(run, project, request, store, keep_going=keep_going, warn=partial(tell_line, listener))


def tell_line(listener: Listener, line: str) -> None:
    """Show a line beside the progress of the work."""
    listener(Told(text=line))


def open_results(engine: Engine, project: Project, listener: Listener) -> Store:
    """Open where an engine has the results of a project; raises what ``open_store`` raises."""
    local = FolderStore(project.store_dir)
    if not engine.store:
        return local
    return open_store(engine.store, local, warn=partial(tell_line, listener))


def build_with(  # noqa: PLR0913 - a build has these sides
    run: Run, project: Project, request: Request, store: Store, *, keep_going: bool, warn: Callable[[str], None]
) -> BuildSummary:
    """Check, plan, have the plan done by ``run`` with its results in a store, verify and publish.

    ``warn`` is told before the work begins where it may fill the disk.

    A language whose track has errors, or whose files could not be made, is left out of what is published; the others
    go on. Stored pieces that are damaged are made again. Raises ``BabelreelError`` for what stops everything; then
    ``output/`` is as it was before.
    """
    begun = monotonic()
    output = project.root / project.output_dir
    with hold_project(project.state_dir):
        recover(output, history_of(project, output).keep)
        refuse_later(output)
        before = look_at_inputs(project, request)
        digests = open_digests(project)
        store.sweep()
        sweep_temporary_folders()
        try:
            with store.hold(name_among_machines(project, digests), project.state_dir):
                prepared, outcome, published, repaired = _publish_sound(
                    project,
                    request,
                    store,
                    digests,
                    partial(run, store=store, digest=digests.digest),
                    keep_going=keep_going,
                    warn=warn,
                )
            if published:
                hand_over(prepared.blueprint, prepared.results(outcome.entries), published.manifest, store)
            if outcome.ran:
                _tidy(prepared, outcome, store)
        finally:
            digests.save()
        summary = replace(sum_up(prepared, outcome, published, monotonic() - begun), repaired=repaired)
        remember_built(project, prepared.workshop.film.info)
        remember_build(project, request, summary, before=before)
    return summary


def _publish_sound(  # noqa: PLR0913 - what all rounds share
    project: Project,
    request: Request,
    store: Store,
    digests: DigestCache,
    run: Callable[..., Outcome],
    *,
    keep_going: bool,
    warn: Callable[[str], None],
) -> tuple[Prepared, Outcome, Published | None, int]:
    """Plan, run and publish, again where a stored piece turns out to be damaged; count these pieces, too.

    Raises ``DamagedError`` when that does not end.
    """
    output = project.root / project.output_dir
    repaired = 0
    for repairs_left in range(_MOST_REPAIRS, -1, -1):
        prepared = prepare(project, request, store, digests)
        if repairs_left == _MOST_REPAIRS:
            see_to_room(prepared, store, warn)
        first: list[Published] = []
        outcome = _outcome(prepared, partial(run, on_first=partial(_publish_first, prepared, store, digests, first)))
        prepared = _as_it_lies(prepared, digests) if first else prepared
        try:
            if repairs_left:
                _refuse_damaged(outcome)
            lost = lost_voices(prepared, outcome, read_manifest(output)) if keep_going else {}
            if lost:
                prepared = prepare(project, request, store, digests, lost=lost)
                outcome = both_outcomes(outcome, _outcome(prepared, run))
            return prepared, outcome, _with(first, publish_results(prepared, outcome, store, digests)), repaired
        except DamagedError:
            if not repairs_left:
                raise
            repaired += store.drop_damaged(kept_here(prepared.results(outcome.entries), prepared.plan.published))
            digests.forget()
    raise AssertionError  # the last round returns or raises


def _publish_first(
    prepared: Prepared, store: Store, digests: DigestCache, done: list[Published], entries: Mapping[str, Entry]
) -> None:
    """Publish what can be watched already. Where that fails, the end of the build tells why, or it no longer does."""
    outcome = Outcome(entries=entries, failures={}, ran=0, up_to_date=0, cut_off=0)
    with suppress(BabelreelError):
        published = publish_results(prepared, outcome, store, digests, is_first=True)
        if published:
            done.append(published)
            hand_over(prepared.blueprint, prepared.results(entries), published.manifest, store)


def _as_it_lies(prepared: Prepared, digests: DigestCache) -> Prepared:
    """Take note of what was published while the rest was made."""
    output = prepared.project.root / prepared.project.output_dir
    lying = lying_published(prepared.blueprint, read_manifest(output), output, digests)
    return replace(prepared, plan=replace(prepared.plan, published=lying))


def _with(first: Sequence[Published], published: Published | None) -> Published | None:
    """Count what was published first among what the build has written."""
    if not published:
        return None
    written = dict.fromkeys(path for each in (*first, published) for path in each.written)
    return replace(published, written=tuple(written))


def _outcome(prepared: Prepared, run: Callable[..., Outcome]) -> Outcome:
    """Do what a build needs; a voice that was published as it is here keeps its earlier version where it fails now."""
    before = read_manifest(prepared.project.root / prepared.project.output_dir)
    done: Outcome = run(prepared.asked_plan, programs=prepared.workshop.programs)
    tasks = (step.task for step in prepared.asked_plan.steps)
    return without_new_refusals(done, tasks, prepared.unchanged & dubbed_languages(before))


def _refuse_damaged(outcome: Outcome) -> None:
    """Raise the error of a task that was given a damaged piece, if there is one."""
    for error in outcome.failures.values():
        if isinstance(error, DamagedError):
            raise error


def _tidy(prepared: Prepared, outcome: Outcome, store: Store) -> None:
    """Keep the store from growing with every edit: beside what is needed, as much again may lie there, or 1 GB."""
    needed = prepared.results(outcome.entries)
    size = kept_bytes(prepared.blueprint, needed)
    store.collect(needed.values(), spare_bytes=max(_LEAST_SPARE_BYTES, size))
