"""``babelreel shift``."""

from __future__ import annotations

from pathlib import Path

import click

from babelreel.app.retime.amounts import shift_ms
from babelreel.app.retime.beginnings import read_beginning
from babelreel.app.retime.by_hand import plan_shift
from babelreel.cli.choices.options import languages_argument
from babelreel.cli.retime.moving import dry_run_option, show_and_write, shown_call, yes_option
from babelreel.config.project_folder import read_project_folder


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
    help="Move only what begins there or later: the number of a line, or a time such as 0:49.5 or 49.5s.",
)
@dry_run_option
@yes_option
@click.pass_obj
def shift(  # noqa: PLR0913 - each is an option of the command
    root: Path, *, languages: tuple[str, ...], by: str, start: str | None, dry_run: bool, yes: bool
) -> None:
    """Let all subtitles, or those of LANG..., come later or earlier, when the film became longer or shorter.

    All times in the files move, and the times in takes.toml. If no language is named, chapters and words in the
    picture move too. Every other byte stays. "babelreel undo" puts everything back. Nothing is written if a line
    would begin before the film. You are asked first if lines would start after the end of the film, or if its
    voices say that the lines do not belong there.
    """
    project = read_project_folder(root)
    beginning = read_beginning(project, start, languages) if start is not None else None
    found = plan_shift(project, languages, shift_ms(project, by), beginning)
    verb = shown_call("shift", languages, f"--by={by}", "" if start is None else f"--from={start}")
    show_and_write(project, found.moves, verb, dry_run=dry_run, yes=yes, doubts=found.doubts)
