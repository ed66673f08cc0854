"""Turn a project into the files in ``output/``."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from functools import partial
from pathlib import Path
from time import monotonic
from typing import Any, TypeAlias

import babelreel
from babelreel.app.build.dub_levels import published_dubs
from babelreel.app.build.earlier_files import look_at_earlier
from babelreel.app.build.lost_voices import both_outcomes, lost_voices
from babelreel.app.build.offline_zips import make_zips
from babelreel.app.build.pages import describe_languages, describe_pairs, make_pages
from babelreel.app.build.planning import Prepared, prepare
from babelreel.app.build.request import Request
from babelreel.app.build.stream_choice import choose_stream
from babelreel.app.build.summing_up import sum_up
from babelreel.app.build.unchanged import look_at_inputs, remember_build
from babelreel.app.build.whole_pairs import without_lonely_pairs
from babelreel.app.packs.outdated_texts import remove_outdated_texts
from babelreel.app.project.master import name_among_machines, open_digests
from babelreel.app.project.subtitles_film import remember_built
from babelreel.app.publish.history import history_of
from babelreel.app.publish.made_from import dubbed_languages, published_origins, without_new_refusals
from babelreel.app.publish.own_files import read_manifest, refuse_later
from babelreel.app.publish.publish import publish
from babelreel.app.publish.staging import Source, Stored
from babelreel.app.publish.swap import recover
from babelreel.app.shared_store import open_store
from babelreel.delivery.published_file import describe_artifact, describe_content
from babelreel.engines.engine import Engine
from babelreel.engines.outcome import Outcome
from babelreel.engines.run_with import run_with
from babelreel.errors import DamagedError
from babelreel.graph.digests import DigestCache
from babelreel.graph.event import Listener, Told
from babelreel.graph.folder_store import FolderStore
from babelreel.graph.lock import hold_project
from babelreel.graph.store import Entry, Store
from babelreel.media.programs.temporary_folder import sweep_temporary_folders
from babelreel.model.delivery.build_summary import BuildSummary
from babelreel.model.delivery.manifest import (
    Deliverable,
    Manifest,
    PublishedFile,
    PublishedLanguage,
    Role,
    Status,
    Withdrawal,
)
from babelreel.model.delivery.pairs import languages_in
from babelreel.model.delivery.publication import Published
from babelreel.model.film.encoding_ladder import rendition_names
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
    return build_with(run, project, request, store, keep_going=keep_going)


def open_results(engine: Engine, project: Project, listener: Listener) -> Store:
    """Open where an engine has the results of a project; raises what ``open_store`` raises."""
    local = FolderStore(project.store_dir)
    if not engine.store:
        return local
    return open_store(engine.store, local, warn=lambda line: listener(Told(text=line)))


def build_with(run: Run, project: Project, request: Request, store: Store, *, keep_going: bool) -> BuildSummary:
    """Check, plan, have the plan done by ``run`` with its results in a store, verify and publish.

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
                )
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
) -> tuple[Prepared, Outcome, Published | None, int]:
    """Plan, run and publish, again where a stored piece turns out to be damaged; count these pieces, too.

    Raises ``DamagedError`` when that does not end.
    """
    output = project.root / project.output_dir
    repaired = 0
    for repairs_left in range(_MOST_REPAIRS, -1, -1):
        prepared = prepare(project, request, store, digests)
        outcome = _outcome(prepared, run)
        try:
            if repairs_left:
                _refuse_damaged(outcome)
            lost = lost_voices(prepared, outcome, read_manifest(output)) if keep_going else {}
            if lost:
                prepared = prepare(project, request, store, digests, lost=lost)
                outcome = both_outcomes(outcome, _outcome(prepared, run))
            return prepared, outcome, _publish(prepared, outcome, store, digests), repaired
        except DamagedError:
            if not repairs_left:
                raise
            repaired += store.drop_damaged(prepared.results(outcome.entries).values())
    raise AssertionError  # the last round returns or raises


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
    needed = prepared.results(outcome.entries).values()
    size = sum(artifact.size for entry in needed for artifact in entry.artifacts)
    store.collect(needed, spare_bytes=max(_LEAST_SPARE_BYTES, size))


def _publish(prepared: Prepared, outcome: Outcome, store: Store, digests: DigestCache) -> Published | None:
    """Publish what was made, what was up to date without being asked for, and what an earlier build left of the rest.

    A language that is refused for what its own files hold is not among them. When no language is left, ``output/``
    stays as it is.
    """
    output = prepared.project.root / prepared.project.output_dir
    entries = prepared.results(outcome.entries)
    before = read_manifest(output)
    earlier = look_at_earlier(prepared, outcome, before, output, digests)
    files = earlier.kept()
    sources: dict[str, Stored | bytes] = {}
    for deliverable in prepared.blueprint.deliverables:
        entry = entries.get(deliverable.task)
        if entry is not None and deliverable.role is not Role.STREAM:
            files[deliverable.path] = _published_file(deliverable, entry, store)
            sources[deliverable.path] = Stored(digest=entry.digests[deliverable.output], store=store)
    files = without_lonely_pairs(files)
    if not files:
        return None
    sources = {path: source for path, source in sources.items() if path in files}
    files = earlier.archives(frozenset(file.language for file in files.values())) | files
    for file, source in choose_stream(prepared, entries, store, earlier, _reader(output, {})):
        files[file.path] = file
        sources |= {file.path: source} if source is not None else {}
    read = _reader(output, sources)
    for page in make_pages(prepared.project, prepared.languages, files, read):
        files[page.path] = replace(describe_content(page, page.content), state=_state_of_text(files, page.language))
        sources[page.path] = page.content
    whole: dict[str, Source] = dict(sources)
    for zipped, write in make_zips(prepared.project, prepared.languages, files, read):
        files[zipped.path] = zipped
        whole[zipped.path] = write
    is_whole = all(each.task in entries for each in prepared.blueprint.deliverables)
    is_old = any(file.state for file in files.values())
    is_missing = any(each.is_missed for each in prepared.blueprint.skipped)
    faults = (*prepared.refusals, *prepared.silenced, *prepared.nameless, *prepared.signed.faults)
    is_complete = is_whole and not (faults or is_missing or is_old)
    languages = describe_languages(prepared.project, prepared.languages, files, read)
    manifest = _manifest(prepared, languages, files, is_complete=is_complete)
    dubs = tuple(published_dubs(prepared, entries, store, files, before))
    refused = frozenset(each.tag for each in prepared.refusals)
    made_from = tuple(published_origins(manifest.files, prepared.made_from, refused, before))
    manifest = replace(manifest, withdrawn=_still_withdrawn(before, manifest), dubs=dubs, made_from=made_from)
    store.check_held()
    published = publish(output, manifest, whole, digests, history_of(prepared.project, output).keep)
    remove_outdated_texts(prepared.project, output, manifest)
    return published


def _still_withdrawn(before: Manifest | None, now: Manifest) -> tuple[Withdrawal, ...]:
    return tuple(each for each in before.withdrawn if each.language not in now.tags) if before else ()


def _reader(output: Path, sources: Mapping[str, Stored | bytes]) -> Callable[[str], bytes]:
    """Make the function that reads a file as it will be published: what is new in this build, else the present file."""

    def read(path: str) -> bytes:
        source = sources.get(path)
        if source is None:
            return (output / path).read_bytes()
        return source if isinstance(source, bytes) else source.store.read(source.digest)

    return read


def _state_of_text(files: Mapping[str, PublishedFile], tag: str) -> str:
    """Find the state of the text that the pages of a language show."""
    tags = languages_in(tag)
    texts = (file.state for file in files.values() if file.role is Role.CAPTIONS and file.language in tags)
    return next(texts, "")


def _published_file(deliverable: Deliverable, entry: Entry, store: Store) -> PublishedFile:
    result = next(each for each in entry.artifacts if each.name == deliverable.output)
    return describe_artifact(deliverable, result, _facts(deliverable, entry, store))


def _facts(deliverable: Deliverable, entry: Entry, store: Store) -> Mapping[str, Any]:
    if not deliverable.facts:
        return {}
    facts: dict[str, Any] = json.loads(store.read(entry.digests[deliverable.facts]), parse_float=Decimal)
    return facts


def _manifest(
    prepared: Prepared,
    languages: tuple[PublishedLanguage, ...],
    files: Mapping[str, PublishedFile],
    *,
    is_complete: bool,
) -> Manifest:
    """Describe the files: by language as the project lists them, then as the ladder does, sidecars first, streams last.

    Pairs of languages come behind them, and what belongs to no language comes last.
    """
    project = prepared.project
    tags = (*(language.tag for language in prepared.languages), *(pair.tag for pair in project.delivery.pairs), "")
    order = {tag: place for place, tag in enumerate(tags)}
    ladder = {name: place for place, name in enumerate(rendition_names(project.rungs))} | {"": -1}
    last = len(ladder)
    ordered = sorted(
        files.values(), key=lambda file: (order[file.language], ladder.get(file.rendition, last), file.path)
    )
    return Manifest(
        title=project.title,
        date=project.delivery.date,
        state=prepared.state,
        slug=project.slug,
        status=Status.COMPLETE if is_complete else Status.PARTIAL,
        languages=languages,
        files=tuple(ordered),
        pairs=describe_pairs(project, files),
        tools=(("babelreel", babelreel.__version__), ("ffmpeg", prepared.workshop.ffmpeg.version)),
    )
