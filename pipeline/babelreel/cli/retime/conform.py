"""``babelreel conform``."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from pathlib import Path

import click

from babelreel.app.project.subtitles_film import shown_part
from babelreel.app.retime.conform import find_change, lines_in_doubt
from babelreel.app.retime.kept_films import settle
from babelreel.app.retime.plan import plan_moves
from babelreel.app.retime.staying import with_stayed
from babelreel.cli.choices.options import each_of, ffmpeg_option, json_option
from babelreel.cli.retime.moving import dry_run_option, show_and_write, yes_option
from babelreel.config.project_folder import read_project_folder
from babelreel.errors import UsageError
from babelreel.model.timecode import render_length
from babelreel.report.console.retime.film_match import render_match, render_match_json, render_stays
from babelreel.report.reader.speaking import show, tell
from babelreel.report.safe_text import printable

_GUESS = "Please check the result in the film."
#: What tags of languages look like, in a list or alone.
_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]+)*(,[A-Za-z]{2,3}(-[A-Za-z0-9]+)*)*")
#: What is left of 80 columns beside the words around a path.
_MOST_CHARS = 45


class _OldFilm(click.Path):
    """The film as it was: a path, which a volunteer may take for the place of a language."""

    def convert(
        self, value: str | os.PathLike[str], param: click.Parameter | None, ctx: click.Context | None
    ) -> str | bytes | os.PathLike[str]:
        """Return the path; ``UsageError`` for a language."""
        if _TAG.fullmatch(str(value)) and not Path(value).exists():
            raise UsageError(
                what=f"“{value}” is no film.",
                why="the old film stands here, not a language",
                hint=f"“babelreel conform --lang {value}” moves this language alone.",
            )
        return super().convert(value, param, ctx)


@click.command()
@click.argument("old", metavar="[OLD]", required=False, type=_OldFilm(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--lang",
    "languages",
    metavar="LANG",
    multiple=True,
    callback=each_of,
    help="Move this language alone (repeatable).",
)
@click.option("--unsafe", is_flag=True, help="Move also what seems to fit the new film already.")
@dry_run_option
@yes_option
@json_option
@ffmpeg_option
@click.pass_obj
def conform(  # noqa: PLR0913 - each is an option of the command
    root: Path,
    *,
    old: Path | None,
    languages: tuple[str, ...],
    unsafe: bool,
    dry_run: bool,
    yes: bool,
    as_json: bool,
    ffmpeg: str | None,
) -> None:
    """Move all subtitles to a film that was edited again, or runs faster or slower.

    OLD is the film as it was, or its video/*.fingerprint. "babelreel probe" keeps that file when the film is
    replaced; then you need not name it. Both films are compared by picture and sound together. A table says what
    moved, what is gone, what is new, and what is not sure. You are asked before anything is written. With
    --json nothing is written without --yes. "babelreel undo" puts everything back.
    """
    project = read_project_folder(root)
    found = find_change(project, old, ffmpeg, languages, is_sure=unsafe)
    moves = plan_moves(
        project,
        found.match.time_map(),
        languages,
        stays=frozenset(found.stays),
        old_rate=found.old.rate,
        is_last=len(found.owner.after.films) == 1,
    )
    moves = replace(moves, owner=with_stayed(project, found.owner, moves.stayed, found.new.digest))
    doubtful = lines_in_doubt(found.match, moves.plan.tracks)
    if as_json:
        click.echo(render_match_json(found.match, moves.plan, doubtful))
    else:
        show(f"old film: {render_length(found.old.duration_ms)} long (from {_shown(found.source)})")
        show(f"new film: {render_length(found.new.duration_ms)} long ({_shown(found.film)})")
        show(render_match(found.match, doubtful))
        show(render_stays({shown_part(project, part): is_new for part, is_new in found.stays.items()}), nl=False)
    is_written = show_and_write(
        project,
        moves,
        "conform",
        dry_run=dry_run or (as_json and not yes),
        yes=yes,
        doubts=(_GUESS,),
        is_quiet=as_json,
    )
    if is_written:
        settle(project, found.old, found.new, found.owner.after)
        tell("next: “babelreel probe”, then “babelreel build”")


def _shown(source: str) -> str:
    """Write a path such that it fits into a line: a long one by its last part."""
    return printable(source if len(source) <= _MOST_CHARS else f"…/{Path(source).name}")
