"""``babelreel stretch``."""

from __future__ import annotations

from pathlib import Path

import click

from babelreel.app.retime.amounts import stretch_rate
from babelreel.app.retime.by_hand import plan_stretch
from babelreel.cli.choices.options import languages_argument
from babelreel.cli.retime.moving import dry_run_option, show_and_write, shown_call, yes_option
from babelreel.config.project_folder import read_project_folder


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

    All times in the files move, and the times in takes.toml. If no language is named, chapters and words in the
    picture move too. Every other byte stays. "babelreel undo" puts everything back. You are asked first if the rate
    fits no change between two common frame rates, or if the voices of the film say that the lines do not belong
    there.
    """
    project = read_project_folder(root)
    found = plan_stretch(project, languages, stretch_rate(by))
    verb = shown_call("stretch", languages, f"--by={by}")
    show_and_write(project, found.moves, verb, dry_run=dry_run, yes=yes, doubts=found.doubts)
