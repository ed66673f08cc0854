"""Choose what is published of a build's results, describe it, and publish it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import babelreel
from babelreel.app.build.choosing.whole_pairs import without_lonely_pairs
from babelreel.app.build.planning import Prepared
from babelreel.app.build.results.dub_levels import published_dubs
from babelreel.app.build.results.earlier_files import look_at_earlier
from babelreel.app.build.results.handed_over import handing_over, read_source, source_of
from babelreel.app.build.results.pages import describe_languages, describe_pairs, site_of
from babelreel.app.build.results.site_files import MadeBefore, make_site_files
from babelreel.app.build.results.stream_choice import choose_stream
from babelreel.app.packs.outdated_texts import remove_outdated_texts
from babelreel.app.publish.history import history_of
from babelreel.app.publish.made_from import published_origins
from babelreel.app.publish.own_files import is_still_there, read_manifest
from babelreel.app.publish.publish import publish, publish_and_keep
from babelreel.app.publish.staging import Source, Stored
from babelreel.delivery.published_file import describe_artifact
from babelreel.engines.outcome import Outcome
from babelreel.errors import MachineError
from babelreel.graph.digests import DigestCache
from babelreel.graph.store import Entry, Store
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
from babelreel.model.film.ladder.encoding_ladder import rendition_names


def publish_results(
    prepared: Prepared, outcome: Outcome, store: Store, digests: DigestCache, *, is_first: bool = False
) -> Published | None:
    """Publish what was made, what was up to date without being asked for, and what an earlier build left of the rest.

    A language that is refused for what its own files hold is not among them. When no language is left, ``output/``
    stays as it is. ``is_first``: the rest is being made, and nothing was published. A stream is of one piece.
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
            sources[deliverable.path] = source_of(deliverable, entry, store, prepared.plan.published, output)
    files = without_lonely_pairs(files)
    if not files:
        return None
    sources = handing_over({path: source for path, source in sources.items() if path in files}, prepared.blueprint)
    files = earlier.archives(frozenset(file.language for file in files.values())) | files
    stream = () if is_first else choose_stream(prepared, entries, store, earlier, _reader(output, {}))
    for file, source in stream:
        files[file.path] = file
        sources |= {file.path: source} if source is not None else {}
    read = _reader(output, sources)
    whole: dict[str, Source] = dict(sources)
    site = site_of(prepared.project, prepared.languages, files, read)
    made_before = _made_before(prepared, before, output, digests)
    for file, made in make_site_files(prepared.project, site, read, made_before) if site else ():
        is_page = file.role is not Role.OFFLINE
        files[file.path] = replace(file, state=_state_of_text(files, file.language)) if is_page else file
        whole |= {file.path: made} if made is not None else {}
    is_whole = all(each.task in entries for each in prepared.blueprint.deliverables)
    is_old = any(file.state for file in files.values())
    is_missing = any(each.is_missed for each in prepared.blueprint.skipped)
    faults = (*prepared.refusals, *prepared.silenced, *prepared.nameless, *prepared.signed.faults)
    left_out = earlier.left_out(files)
    is_complete = is_whole and not (faults or is_missing or is_old or left_out)
    languages = describe_languages(prepared.project, prepared.languages, files, read)
    manifest = _manifest(prepared, languages, files, is_complete=is_complete)
    dubs = tuple(published_dubs(prepared, entries, store, files, before))
    refused = frozenset(each.tag for each in prepared.refusals)
    made_from = tuple(published_origins(manifest.files, prepared.made_from, refused, before))
    manifest = replace(manifest, withdrawn=_still_withdrawn(before, manifest), dubs=dubs, made_from=made_from)
    store.check_held()
    # what came first of the same build is no earlier version
    if prepared.plan.turns:
        published = publish(output, manifest, whole, digests)
    else:
        published = publish_and_keep(output, manifest, whole, digests, history_of(prepared.project, output))
    remove_outdated_texts(prepared.project, output, manifest)
    return replace(published, left_out=left_out)


def _made_before(prepared: Prepared, before: Manifest | None, output: Path, digests: DigestCache) -> MadeBefore | None:
    """Tell which pages are published as earlier builds have made them."""
    listed = {file.path: file.sha256 for file in before.files} if before else {}

    def is_published(file: PublishedFile) -> bool:
        with suppress(MachineError):  # what cannot be read is made
            return listed.get(file.path) == file.sha256 and is_still_there(output, file, digests)
        return False

    memory = prepared.workshop.memory
    return MadeBefore(memory=memory, is_published=is_published) if memory else None


def _still_withdrawn(before: Manifest | None, now: Manifest) -> tuple[Withdrawal, ...]:
    return tuple(each for each in before.withdrawn if each.language not in now.tags) if before else ()


def _reader(output: Path, sources: Mapping[str, Stored | bytes]) -> Callable[[str], bytes]:
    """Make the function that reads a file as it will be published: what is new in this build, else the present file."""

    def read(path: str) -> bytes:
        source = sources.get(path)
        if source is None:
            return (output / path).read_bytes()
        return source if isinstance(source, bytes) else read_source(source)

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
