"""``babelreel stretch``."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from babelreel.app.project.subtitles_film import said_to_fit
from babelreel.app.retime.amounts import stretch_rate
from babelreel.app.retime.plan import plan_moves
from babelreel.cli.moving import dry_run_option, show_and_write, shown_call, yes_option
from babelreel.cli.options import languages_argument
from babelreel.config.read import read_project
from babelreel.model.film.time_map import TimeMap


@click.command()
@languages_argument
@click.option(
    "--by",
    metavar="RATE",
    required=True,
    help="What all times are multiplied by: 25/24 where a film of 25 frames a second is played at 24 now.",
)
@dry_run_option
@yes_option
@click.pass_obj
def stretch(root: Path, *, languages: tuple[str, ...], by: str, dry_run: bool, yes: bool) -> None:
    """Multiply the times of all subtitles, or those of LANG..., when the film runs slower or faster than before.

    All times of the files move, with what is kept of takes and, where no language is named, the chapters; every other
    byte stays. "babelreel undo" puts all of it back.
    """
    project = read_project(root)
    moves = plan_moves(project, TimeMap.stretched(stretch_rate(by)), languages)
    moves = replace(moves, owner=said_to_fit(project, moves.tags if languages else ()))
    show_and_write(project, moves, shown_call("stretch", languages, f"--by={by}"), dry_run=dry_run, yes=yes)
