"""``babelreel shift``."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from babelreel.app.project.subtitles_film import said_to_fit
from babelreel.app.retime.amounts import from_ms, shift_ms, shift_of
from babelreel.app.retime.plan import plan_moves
from babelreel.cli.moving import dry_run_option, show_and_write, shown_call, yes_option
from babelreel.cli.options import languages_argument
from babelreel.config.read import read_project
from babelreel.model.film.time_map import TimeMap


@click.command()
@languages_argument
@click.option(
    "--by",
    metavar="TIME",
    required=True,
    help="How much later all comes: +2.0s, -300ms, or +12f, frames of the film; with a minus, earlier.",
)
@click.option(
    "--from",
    "start",
    metavar="LINE|TIME",
    default="",
    help="Move only what begins there: the number of a line, or a time such as 0:49.5.",
)
@dry_run_option
@yes_option
@click.pass_obj
def shift(  # noqa: PLR0913 - each is an option of the command
    root: Path, *, languages: tuple[str, ...], by: str, start: str, dry_run: bool, yes: bool
) -> None:
    """Let all subtitles, or those of LANG..., come later or earlier, when the film became longer or shorter.

    All times of the files move, with what is kept of takes and, where no language is named, the chapters; every other
    byte stays. "babelreel undo" puts all of it back. Nothing is written where a line would begin before the film.
    """
    project = read_project(root)
    by_ms = shift_ms(project, by)
    start_ms = from_ms(project, start, languages) if start else None
    moves = plan_moves(project, TimeMap.shifted(by_ms, start_ms), languages, shift_of(by_ms, start_ms))
    moves = replace(moves, owner=said_to_fit(project, moves.tags if languages else ()))
    verb = shown_call("shift", languages, f"--by={by}", f"--from={start}" if start else "")
    show_and_write(project, moves, verb, dry_run=dry_run, yes=yes)
