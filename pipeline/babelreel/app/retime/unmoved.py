"""Say which files cannot be moved, why, and what to do: where one stays, all stay."""

from __future__ import annotations

from collections.abc import Iterator

from babelreel.app.project.inventory import relative_path
from babelreel.app.project.subtitle_files import look_at_folder
from babelreel.errors import UsageError
from babelreel.model.project import Project
from babelreel.model.retiming import Unmoved
from babelreel.model.track import FaultKind
from babelreel.timedtext.retiming.layout import UnmovableError


def unmoved_error(unmoved: tuple[Unmoved, ...]) -> UsageError:
    """Make the error for files that cannot be moved: the others would be of another film than these."""
    first, *others = unmoved
    more = f"; {len(others)} more cannot be moved: {', '.join(each.path for each in others)}" if others else ""
    return UsageError(
        what="Nothing was moved: one file cannot be moved."
        if not others
        else "Nothing was moved: some files cannot be moved.",
        where=first.path,
        why=first.why + more,
        hint=_hint(first),
    )


def _hint(unmoved: Unmoved) -> str:
    if unmoved.is_early:
        return "Move by less, or only from a later line on, with --from=LINE."
    without = "or name the languages to move without it."
    if unmoved.is_foreign:
        return f"“babelreel convert {unmoved.path}” writes it as .srt, which is used from then on and moves; {without}"
    if unmoved.is_rival:
        return f"Move one of them away, {without}"
    if unmoved.takes_of:
        return f"Run “babelreel dub remember {unmoved.takes_of}” first: then each take stays with its words."
    if unmoved.is_settings:
        return f"Correct it there, {without}"
    return f"Repair it, convert it (“babelreel convert”), {without}"


def rival_files(project: Project, tags: tuple[str, ...]) -> Iterator[Unmoved]:
    """Name files in one language of which nobody knows which is meant: none of them would move with the others."""
    for stray in look_at_folder(project).strays:
        if stray.kind is FaultKind.RIVAL_FILE and (not tags or stray.tag in tags):
            yield Unmoved(path=relative_path(project, stray.path), why=stray.why, is_rival=True)


def unmoved_by(path: str, error: UnmovableError) -> Unmoved:
    """Say of a file what keeps it from being moved."""
    return Unmoved(path=path, why=str(error), is_early=error.is_early, is_foreign=error.is_foreign)
