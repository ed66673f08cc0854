"""Keep joined files once: in ``output/``, while the store has all that they are joined from.

A store that kept them too would be two or three times as large as what is published. A file that was changed or removed
in ``output/`` is joined again, which takes moments: what lies there is read, and never becomes part of the store.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from babelreel.app.publish.own_files import is_still_there
from babelreel.app.publish.staging import Stored
from babelreel.errors import MachineError
from babelreel.graph.digests import DigestCache
from babelreel.graph.plan import Plan, State, Step
from babelreel.graph.store import Artifact, Entry, Published, Store
from babelreel.graph.task import Task
from babelreel.model.delivery.manifest import Deliverable, Manifest, PublishedFile
from babelreel.model.delivery.pairs import languages_in
from babelreel.stages.deliverables import Blueprint


def lying_published(blueprint: Blueprint, before: Manifest | None, output: Path, digests: DigestCache) -> Published:
    """Find, by task, the digests of what was handed over and lies in its place as it was published."""
    listed = {file.path: file for file in before.files} if before else {}
    found: dict[str, frozenset[str]] = {}
    for task, deliverable in _joined(blueprint):
        file = listed.get(deliverable.path)
        there = frozenset([file.sha256] if file and _is_there(output, file, digests) else [])
        found[task.name] = found.get(task.name, there) & there
    return found


def lost_joins(blueprint: Blueprint, plan: Plan, before: Manifest | None, unchanged: frozenset[str]) -> Iterator[str]:
    """Name the tasks that join again what was changed or removed in ``output/``, and those whose results they join.

    The store must have these, and it must be the film that was published: nothing of its languages has changed since.
    """
    listed = {file.path for file in before.files} if before else set()
    steps = {step.task.name: step for step in plan.steps}
    for task, deliverable in _joined(blueprint):
        is_same = unchanged.issuperset(languages_in(deliverable.language))
        is_lost = deliverable.path in listed and steps[task.name].state is State.RUN
        if is_lost and is_same and all(steps[name].state is State.UP_TO_DATE for name in task.needs):
            yield from _with_needs(task.name, steps)


def _with_needs(name: str, steps: Mapping[str, Step]) -> Iterator[str]:
    """Yield a task and all that it follows from: a run waits for what it was not given."""
    waiting, found = [name], set[str]()
    while waiting:
        if (each := waiting.pop()) not in found:
            found.add(each)
            waiting.extend(steps[each].task.needs)
    yield from found


def _is_there(output: Path, file: PublishedFile, digests: DigestCache) -> bool:
    with suppress(MachineError):  # what cannot be read is joined again
        return is_still_there(output, file, digests)
    return False


def source_of(deliverable: Deliverable, entry: Entry, store: Store, published: Published, output: Path) -> Stored:
    """Say where the bytes of a file to publish are: in the store, or as ``lying_published`` found them."""
    digest = entry.digests[deliverable.output]
    lies_there = digest in published.get(deliverable.task, ())
    return Stored(digest=digest, store=store, published=output / deliverable.path if lies_there else None)


def handing_over(sources: Mapping[str, Stored | bytes], blueprint: Blueprint) -> dict[str, Stored | bytes]:
    """Let the store hand over the joined files among what is published, if the same bytes are published once."""
    uses = Counter(each.digest for each in sources.values() if isinstance(each, Stored))
    joined = {deliverable.path for _, deliverable in _joined(blueprint)}
    return {
        path: replace(each, is_handed_over=path in joined and uses[each.digest] == 1)
        if isinstance(each, Stored)
        else each
        for path, each in sources.items()
    }


def read_source(source: Stored) -> bytes:
    """Read what is to be published; raises ``DamagedError`` when its bytes are nowhere as they were."""
    if source.published:
        with suppress(OSError):
            content = source.published.read_bytes()
            if hashlib.sha256(content).hexdigest() == source.digest:
                return content
    return source.store.read(source.digest)


def hand_over(blueprint: Blueprint, results: Mapping[str, Entry], manifest: Manifest, store: Store) -> int:
    """Let the store keep no longer what was joined and is published now; return the bytes that are free."""
    files = {file.path: file.sha256 for file in manifest.files}
    going, waiting = set[str](), set[str]()
    for task, deliverable in _joined(blueprint):
        if task.name in results:
            digest = results[task.name].digests[deliverable.output]
            (going if files.get(deliverable.path) == digest else waiting).add(digest)
    return store.hand_over(going - waiting - {each.digest for each in _kept(blueprint, results)})


def kept_here(results: Mapping[str, Entry], published: Published) -> Iterator[Entry]:
    """Leave out of each result what the store need not have: the files that lie published."""
    for name, entry in results.items():
        there = published.get(name, ())
        yield replace(entry, artifacts=tuple(each for each in entry.artifacts if each.digest not in there))


def kept_bytes(blueprint: Blueprint, results: Mapping[str, Entry]) -> int:
    """Add up what the store is to keep for the present state of the project."""
    return sum({each.digest: each.size for each in _kept(blueprint, results)}.values())


def _kept(blueprint: Blueprint, results: Mapping[str, Entry]) -> Iterator[Artifact]:
    for task in blueprint.tasks:
        if task.name in results:
            yield from (each for each in results[task.name].artifacts if each.name not in task.handed_over)


def _joined(blueprint: Blueprint) -> Iterator[tuple[Task, Deliverable]]:
    """Yield the tasks whose file the store hands over, with what is published of it."""
    tasks = {task.name: task for task in blueprint.tasks if task.handed_over}
    for deliverable in blueprint.deliverables:
        task = tasks.get(deliverable.task)
        if task and deliverable.output in task.handed_over:
            yield task, deliverable
