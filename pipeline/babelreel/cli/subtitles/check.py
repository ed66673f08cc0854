"""``babelreel check``."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from babelreel.app.check.check_and_fix import Keeping, Repairing, Review, ReviewRequest, review_project
from babelreel.cli.choices.several import film_of, for_each, parted, refuse_for_several
from babelreel.config.policy import FAIL_ON, severity_of
from babelreel.config.project_folder import read_project_folder
from babelreel.config.read import read_project
from babelreel.errors import MachineError, UsageError
from babelreel.graph.files import write_atomically
from babelreel.model.counted import count
from babelreel.model.delivery.build_summary import worst_code
from babelreel.model.finding import Severity
from babelreel.model.project import Project
from babelreel.regular_files import real_path
from babelreel.report.console.columns import terminal_columns
from babelreel.report.console.tracks.checked_files import render_files
from babelreel.report.console.tracks.diff import render_diff
from babelreel.report.console.tracks.statistics import render_statistics
from babelreel.report.findings.formats import FORMATS, below, format_of, render_findings, told_apart
from babelreel.report.reader.speaking import show, tell
from babelreel.report.safe_text import printable
from babelreel.rules.check import CheckResult, join_results

if TYPE_CHECKING:
    from babelreel.app.check.fixed_tracks import RepairedProject

#: More names than these in one message are read by nobody.
_MOST_TOLD = 5


@click.command()
@click.argument("targets", metavar="[PATH|LANG]...", nargs=-1)
@click.option("--select", multiple=True, metavar="CODE", help="Only rules whose code begins with CODE (repeatable).")
@click.option("--ignore", multiple=True, metavar="CODE", help="Skip rules whose code begins with CODE (repeatable).")
@click.option(
    "--fail-on", type=click.Choice(FAIL_ON), help="Fail at findings of this weight or above.  [default: error]"
)
@click.option("--exit-zero", is_flag=True, help="End with exit code 0 whatever is found.")
@click.option(
    "--format", "form", type=click.Choice(list(FORMATS)), help="[default: full on a terminal, concise elsewhere]"
)
@click.option(
    "--output-file",
    "outputs",
    multiple=True,
    metavar="[FORMAT=]FILE",
    help="Write the findings to a file too; the format may follow from its ending (repeatable).",
)
@click.option(
    "--baseline",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The baseline, a list of known findings: only others are shown.",
)
@click.option("--write-baseline", is_flag=True, help="Write what is found now to the baseline.")
@click.option("--prune-baseline", is_flag=True, help="Remove from the baseline what has been repaired.")
@click.option("--fix", "is_fixing", is_flag=True, help="Repair what can be repaired safely, in the files.")
@click.option("--unsafe-fixes", is_flag=True, help="Repair also what a person should look at afterwards.")
@click.option("--diff", is_flag=True, help="Show what repairing would change, and leave the files as they are.")
@click.option("--statistics", is_flag=True, help="Count the findings of each rule in place of listing them.")
@click.option("--quiet", "-q", is_flag=True, help="Print findings and nothing else.")
@click.option("--color", type=click.Choice(["auto", "always", "never"]), default="auto", show_default=True)
@click.pass_obj
def check(  # noqa: PLR0913 - each is an option of the command
    roots: tuple[Path, ...],
    *,
    targets: tuple[str, ...],
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    fail_on: str | None,
    exit_zero: bool,
    form: str | None,
    outputs: tuple[str, ...],
    baseline: Path | None,
    write_baseline: bool,
    prune_baseline: bool,
    is_fixing: bool,
    unsafe_fixes: bool,
    diff: bool,
    statistics: bool,
    quiet: bool,
    color: str,
) -> int:
    """Look for faults in the subtitles and recordings: form, times, reading speed, text, letters, voices.

    This needs neither the film nor ffmpeg: "babelreel probe" wrote what must be known of them into
    video/*.probe.json. Recordings that are not described there are listened to. Exit code 1 when there is an error
    (see --fail-on), 4 when a file cannot be read. The findings of several films (-C) are one list, with paths from
    where you are.
    """
    files = [_output(each, form) for each in outputs]
    shown = form or _usual_form()
    if baseline:
        refuse_for_several(
            roots, "--baseline", "it knows files by their place in a project", "Check each film by itself."
        )
    request = ReviewRequest(
        targets=targets,
        select=_parted(select),
        ignore=_parted(ignore),
        repairing=_repairing(is_fixing=is_fixing, unsafe=unsafe_fixes, diff=diff),
        only_show=diff,
        baseline=baseline,
        keeping=_keeping(baseline, write=write_baseline, prune=prune_baseline),
    )
    reviews, codes = parted(for_each(roots, lambda root: _review(root, request, fail_on)))
    if diff:
        shown_codes = [_show_diff(each.repaired) for each in reviews.values()]
        if not quiet:
            _tell_of_diff([each.repaired for each in reviews.values() if each.repaired], unsafe=unsafe_fixes)
        return worst_code((*codes, *shown_codes))
    result = _all_seen_from_here({Path(film): review.result for film, review in reviews.items()})
    if statistics:
        show(render_statistics(result, as_json=shown == "json"), nl=False, for_programs=shown == "json")
    else:
        _show_findings(result, shown, is_colored=_is_colored(color), is_quiet=quiet)
    for name, path in files:
        _write(path, render_findings(result, name))
    for review in () if quiet else reviews.values():
        _tell(review, request.keeping)
    _refuse_closed(result)
    return worst_code((*codes, *(int(each.has_failed and not exit_zero) for each in reviews.values())))


def _review(root: Path, request: ReviewRequest, fail_on: str | None) -> Review:
    project = read_project(root) if request.targets else read_project_folder(root)
    return review_project(project, replace(request, fail_on=_fail_on(fail_on, project)))


def _show_findings(result: CheckResult, form: str, *, is_colored: bool, is_quiet: bool) -> None:
    """Print the findings, for people below the files that were looked at."""
    if form == "full" and not is_quiet:
        show(render_files(result), nl=False)
    text = render_findings(result, form, colour=is_colored, columns=terminal_columns(), is_quiet=is_quiet)
    click.echo(text, nl=False, color=True)


def _parted(selectors: tuple[str, ...]) -> tuple[str, ...]:
    """Take ``--select TIM,RDG`` for two selectors, as other linters do."""
    return tuple(part for each in selectors for part in each.split(","))


def _usual_form() -> str:
    return "full" if sys.stdout.isatty() else "concise"


def _is_colored(color: str) -> bool:
    return color == "always" or (color == "auto" and sys.stdout.isatty() and not os.environ.get("NO_COLOR"))


def _output(value: str, form: str | None) -> tuple[str, Path]:
    """Part ``sarif=findings.sarif``; without a format, the ending of the name tells it, else ``--format``."""
    name, equals, rest = value.partition("=")
    if equals and name in FORMATS:
        if not Path(rest).name:
            _refuse(f"“{value}” does not name a file.", f"Name one: --output-file {name}=findings")
        return name, Path(rest)
    found = format_of(value) or form
    if found is None:
        _refuse(
            f"The name “{value}” does not say which format to write.", f"Name the format: --output-file json={value}"
        )
    return found, Path(value)


def _all_seen_from_here(results: Mapping[Path, CheckResult]) -> CheckResult:
    """Put results together, with paths from where the command was called: who reads them has not heard of ``-C``."""
    if len(results) == 1:
        return next(_seen_from_here(result, root) for root, result in results.items())
    return join_results(told_apart(_seen_from_here(each, root), film_of(root)) for root, each in results.items())


def _seen_from_here(result: CheckResult, root: Path) -> CheckResult:
    here = Path.cwd()
    folder = real_path(root)
    return below(result, folder.relative_to(here).as_posix()) if folder.is_relative_to(here) else result


def _write(path: Path, text: str) -> None:
    write_atomically(path, text.encode("utf-8", "backslashreplace"))


def _repairing(*, is_fixing: bool, unsafe: bool, diff: bool) -> Repairing:
    if unsafe and not (is_fixing or diff):
        _refuse("--unsafe-fixes alone changes nothing.", "Add --fix to repair the files, or --diff to look first.")
    if not (is_fixing or diff):
        return Repairing.NONE
    return Repairing.ALL if unsafe else Repairing.SAFE


def _keeping(baseline: Path | None, *, write: bool, prune: bool) -> Keeping:
    if (write or prune) and baseline is None:
        _refuse("There is no baseline to write.", "Name it: --baseline .babelreel-baseline.json")
    if write and prune:
        _refuse(
            "--write-baseline and --prune-baseline cannot go together.",
            "Leave out --prune-baseline: --write-baseline does the same and more.",
        )
    return Keeping.WRITE if write else Keeping.PRUNE if prune else Keeping.NOTHING


def _fail_on(name: str | None, project: Project) -> Severity | None:
    return project.check.fail_on if name is None else severity_of(name)


def _refuse_closed(result: CheckResult) -> None:
    """Raise ``MachineError`` where the system did not give a track: that says nothing of its text."""
    closed = sorted(result.closed)
    if closed:
        raise MachineError(
            what=f"{count(len(closed), 'subtitle file')} cannot be read: nothing in it was checked.",
            where=", ".join(closed[:_MOST_TOLD]) + (" …" if len(closed) > _MOST_TOLD else ""),
            hint="Give your user the right to read it, see that its disk is there, then run the same command again.",
        )


def _refuse(what: str, hint: str) -> NoReturn:
    raise UsageError(what=what, hint=hint)


def _show_diff(repaired: RepairedProject | None) -> int:
    """Print the diff: as it is for programs, with escapes on a terminal; 1 if there is one."""
    files = repaired.files if repaired else ()
    for file in files:
        for line in render_diff(file.name, file.before_text, file.after_text):
            click.echo(printable(line.rstrip("\r\n")) + "\n" if sys.stdout.isatty() else line, nl=False)
    return 1 if files else 0


def _tell_of_diff(shown: Sequence[RepairedProject], *, unsafe: bool) -> None:
    """Say that nothing was written, and which call writes it."""
    findings, files = sum(each.repaired for each in shown), sum(len(each.files) for each in shown)
    if not files:
        tell("there is nothing that --fix can repair")
        return
    call = f"babelreel check --fix{' --unsafe-fixes' if unsafe else ''}"
    tell(f"nothing was written: “{call}” repairs {count(findings, 'finding')} in {count(files, 'file')} like this")


def _exceptions(repaired: RepairedProject) -> Iterator[str]:
    """Say which exceptions of babelreel.toml followed their cues to new numbers, and which could not."""
    if repaired.followed.settings:
        yield "babelreel.toml: the exceptions that name a line by its number have its new number"
    for each in repaired.followed.lost:
        told = f"the exception for line {each.cue} of {printable(each.file)}"
        yield f"babelreel.toml: {told} may name another one now: look at it, or name the line by its text"


def _tell(review: Review, keeping: Keeping) -> None:
    """Say on stderr what is no finding: fixes made, findings known, entries of the baseline that are stale."""
    if review.repaired and review.repaired.repaired:
        files = count(len(review.repaired.files), "file")
        tell(f"repaired {count(review.repaired.repaired, 'finding')} in {files}")
    elif review.repaired and not (review.result.closed or review.repaired.read_only or review.repaired.elsewhere):
        tell("nothing was repaired: there is nothing that --fix can repair")
    for line in _exceptions(review.repaired) if review.repaired else ():
        tell(line)
    for name in review.repaired.read_only if review.repaired else ():
        what = f"nothing is fixed in {printable(name)}, which can only be read"
        tell(f"{what}: babelreel convert {printable(name)} writes it as .srt")
    for name, place in review.repaired.elsewhere if review.repaired else ():
        what = f"nothing is fixed in {printable(name)}, a link out of the project"
        tell(f"{what}: babelreel check --fix {printable(place)} fixes the file itself")
    if review.known:
        tell(count(review.known, "finding of the baseline is not shown", "findings of the baseline are not shown"))
    if review.stale and keeping is Keeping.NOTHING:
        entries = count(len(review.stale), "entry", "entries")
        tell(f"{entries} of the baseline are repaired: --prune-baseline removes them")
