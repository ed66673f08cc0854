"""See before a build begins whether the disks have room for what it makes."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from babelreel.app.build.planning import Prepared
from babelreel.errors import NoSpaceError
from babelreel.graph.plan import Step
from babelreel.graph.store import Store
from babelreel.model.film.ladder.encoding_ladder import is_for_pages
from babelreel.report.safe_text import render_size
from babelreel.stages.expected_sizes import least_sizes, likely_sizes
from babelreel.system_errors import house_errors


def see_to_room(prepared: Prepared, store: Store, warn: Callable[[str], None]) -> None:
    """Compare what a build will write with what is free; nothing is asked where there is nothing to do.

    How much a picture takes is known when it is made. So a build is stopped only where the least that it can take is
    too much: raises ``NoSpaceError``. Where it is likely to take more than is free, ``warn`` is told, and it goes on.
    """
    if not prepared.asked_plan.to_run:
        return
    steps, film = prepared.plan.steps, prepared.workshop.film.info
    least = _needed(prepared, store, least_sizes(steps, film, store.last_keys()))
    likely = _needed(prepared, store, likely_sizes(steps, film))
    for folder, needed in least.items():
        with house_errors(folder):
            free = shutil.disk_usage(folder).free
        if needed > free:
            raise NoSpaceError(
                what="The disk has no room for what this build makes.",
                where=str(folder),
                why=f"it will take about {render_size(round(likely[folder]))}, and {render_size(free)} are free",
                hint=f"Make room for {render_size(round(likely[folder]) - free)} more, or build less at a time, "
                "such as one language or one size (--only).",
            )
        if likely[folder] > free:
            warn(
                f"The disk may have too little room: this build will take about {render_size(round(likely[folder]))}, "
                f"and {render_size(free)} are free. If it gets full, what is done by then is kept."
            )


def _needed(prepared: Prepared, store: Store, sizes: Mapping[str, float]) -> Mapping[Path, float]:
    """Add up the bytes that will be written, for each disk: what is joined is moved within one, and copied to another.

    What a new file replaces is kept for ``rollback``, so it frees nothing. A store that machines share keeps here only
    what there is room for.
    """
    project = prepared.project
    kept, published = _existing(project.store_dir), _existing(project.root / project.output_dir)
    is_one_disk = kept.stat().st_dev == published.stat().st_dev and not store.identity
    made = {step.task.name: step for step in prepared.asked_plan.to_run}
    needed = dict.fromkeys((kept, published), 0.0)
    needed[kept] += 0.0 if store.identity else sum(sizes[name] for name in made)
    needed[kept if is_one_disk else published] += sum(_published(prepared, made, sizes, is_one_disk=is_one_disk))
    return {folder: size for folder, size in needed.items() if size}


def _published(
    prepared: Prepared, made: Mapping[str, Step], sizes: Mapping[str, float], *, is_one_disk: bool
) -> Iterator[float]:
    for name in {each.task for each in prepared.blueprint.deliverables} & made.keys():
        if not (is_one_disk and made[name].task.handed_over):
            yield sizes[name]
    for each in prepared.blueprint.deliverables:
        if is_for_pages(each.rendition) and each.task in made:
            yield sizes[each.task]  # it is in the ZIP of its language, too


def _existing(folder: Path) -> Path:
    """Return a folder, or the nearest one above it that is there."""
    return next(each for each in (folder, *folder.absolute().parents) if each.is_dir())
