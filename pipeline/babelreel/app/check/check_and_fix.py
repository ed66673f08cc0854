"""Do what ``check`` does from end to end: check, fix, compare with what is known, and decide whether it fails."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path
from typing import TYPE_CHECKING

from babelreel.app.check.baseline import Compared, Entry, compare, prune_baseline, read_baseline, write_baseline
from babelreel.app.check.check_project import check_project
from babelreel.app.half_written import refuse_half_written
from babelreel.model.finding import Severity
from babelreel.model.project import Project
from babelreel.rules.check import CheckResult

if TYPE_CHECKING:
    from babelreel.app.check.fixed_tracks import RepairedProject


class Repairing(Enum):
    """Which fixes are made, and whether the files are changed."""

    NONE = auto()
    SAFE = auto()
    ALL = auto()


class Keeping(Enum):
    """What is done with the baseline beside applying it."""

    NOTHING = auto()
    WRITE = auto()
    PRUNE = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewRequest:
    """What the caller asks for: files or languages (none: all), rules (none: the project's), fixes, a baseline.

    ``only_show`` leaves the files as they are. ``fail_on`` is the mildest severity that fails, ``None`` if none does.
    """

    targets: tuple[str, ...] = ()
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    repairing: Repairing = Repairing.NONE
    only_show: bool = False
    baseline: Path | None = None
    keeping: Keeping = Keeping.NOTHING
    fail_on: Severity | None = Severity.ERROR


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """What is found now, without what the baseline knows (``known`` findings), and what fixes changed.

    ``stale`` are the baseline's entries whose findings are gone.
    """

    result: CheckResult
    repaired: RepairedProject | None
    known: int
    stale: tuple[Entry, ...]
    has_failed: bool


def review_project(project: Project, request: ReviewRequest) -> Review:
    """Check the tracks, repair them if asked to, and keep the baseline; see ``ReviewRequest``.

    Raises ``UsageError`` where a move was stopped between two files: nothing that is found then helps anybody.
    """
    refuse_half_written(project)
    repaired = _repaired(project, request)
    if repaired and not request.only_show:
        from babelreel.app.check.fixed_tracks import write_repaired  # noqa: PLC0415 - most checks repair nothing

        write_repaired(project, repaired)
    result = repaired.result if repaired else _checked(project, request)
    compared = _compared(result, request)
    return Review(
        result=compared.result,
        repaired=repaired,
        known=compared.known,
        stale=compared.stale,
        has_failed=any(is_grave(each.severity, request.fail_on) for each in compared.result.findings),
    )


def is_grave(severity: Severity, fail_on: Severity | None) -> bool:
    """Tell whether a finding of a severity makes the check fail."""
    return fail_on is not None and severity.rank <= fail_on.rank


def _checked(project: Project, request: ReviewRequest) -> CheckResult:
    return check_project(project, request.targets, select=request.select, ignore=request.ignore)


def _repaired(project: Project, request: ReviewRequest) -> RepairedProject | None:
    if request.repairing is Repairing.NONE:
        return None
    from babelreel.app.check.fixed_tracks import repair_project  # noqa: PLC0415 - as above

    return repair_project(
        project,
        request.targets,
        select=request.select,
        ignore=request.ignore,
        with_unsafe=request.repairing is Repairing.ALL,
    )


def _compared(result: CheckResult, request: ReviewRequest) -> Compared:
    path = request.baseline
    if path is None:
        return Compared(result=result, known=0, stale=())
    if request.keeping is Keeping.WRITE:
        # a call for some of the files says nothing of the others
        is_partial = bool(request.targets) and path.exists()
        kept = [each for each in read_baseline(path) if not result.covers(each.path)] if is_partial else ()
        write_baseline(path, result.findings, kept)
    compared = compare(result, read_baseline(path))
    if request.keeping is Keeping.PRUNE:
        prune_baseline(path, compared)
    return compared
