"""Show what moves, ask, and write it, for the verbs that move times."""

from __future__ import annotations

import sys

import click

from babelreel.app.retime.plan import Moves
from babelreel.app.retime.unmoved import unmoved_error
from babelreel.app.retime.write_moves import write_moves
from babelreel.errors import UsageError
from babelreel.model.counted import count
from babelreel.model.project import Project
from babelreel.model.retiming import MovePlan
from babelreel.report.console.columns import wrapped
from babelreel.report.console.retime.moves import render_moves, what_goes
from babelreel.report.reader.speaking import in_readers_language, show, tell
from babelreel.report.safe_text import printable

dry_run_option = click.option("--dry-run", is_flag=True, help="Show what would move, and write nothing.")
yes_option = click.option("--yes", is_flag=True, help="Write it without a question, even if lines are removed.")


def show_and_write(  # noqa: PLR0913 - three of them are options of the commands
    project: Project,
    moves: Moves,
    verb: str,
    *,
    dry_run: bool,
    yes: bool,
    doubts: tuple[str, ...] = (),
    is_quiet: bool = False,
) -> bool:
    """Print what moves, and write it; where lines or chapters would go, ask first, or refuse without ``yes``.

    So it is with all of which there are ``doubts``. ``is_quiet``: what moves was printed already. Tells whether it was
    written.
    """
    if not is_quiet:
        show(render_moves(moves.plan), nl=False)
    if moves.plan.unmoved:
        raise unmoved_error(moves.plan.unmoved)
    for doubt in doubts:
        tell(wrapped(printable(doubt)))
    if dry_run:
        tell("nothing was written")
        return False
    if moves.plan.takes_away and not yes:
        _ask(moves.plan)
    elif doubts and not yes:
        _ask_for_doubt()
    paths = write_moves(project, moves, verb)
    done = f"{count(len(paths), 'file written', 'files written')}; “babelreel undo” puts everything back"
    nothing = "it is noted that the subtitles fit this film" if moves.owner else "nothing was written"
    nothing = "it is noted that these files fit this film" if moves.plan.fitting else nothing
    tell(done if paths else f"nothing moved, and {nothing}")
    return True


def _ask(plan: MovePlan) -> None:
    if not sys.stdin.isatty():
        raise UsageError(
            what=f"{what_goes(plan)} would be removed. Nothing was written.",
            why="others take their place" if plan.is_overtaken else "their scene is gone",
            hint="Read the list above, then run the same command again with --yes.",
        )
    click.confirm(in_readers_language(f"{what_goes(plan)} would be removed. Write it?"), abort=True, err=True)


def _ask_for_doubt() -> None:
    if not sys.stdin.isatty():
        raise UsageError(
            what="Nothing was written.",
            hint="--yes writes without a question.",
        )
    click.confirm(in_readers_language("Write it?"), abort=True, err=True)


def shown_call(verb: str, languages: tuple[str, ...], *options: str) -> str:
    """Write a call as it was typed, for "undo"."""
    return " ".join((verb, *languages, *(each for each in options if each)))
