"""``babelreel dub takes``."""

from __future__ import annotations

from pathlib import Path

import click

from babelreel.app.voices.takes import look_at_takes
from babelreel.cli.choices.options import ffmpeg_option, json_option, languages_argument
from babelreel.config.project_folder import read_project_folder
from babelreel.report.console.columns import COLUMNS, terminal_columns
from babelreel.report.console.voices.takes import render_takes, render_takes_json
from babelreel.report.reader.speaking import show, tell
from babelreel.report.safe_text import printable


@click.command()
@languages_argument
@json_option
@ffmpeg_option
@click.pass_obj
def takes(root: Path, languages: tuple[str, ...], ffmpeg: str | None, *, as_json: bool) -> int:
    """Show for each line how long it may be, how long it was spoken, and how much faster it is played.

    Lines that are too long even at the highest speed come first, marked with "!"; exit code 1 when there are any.
    This makes no films.
    """
    project = read_project_folder(root)
    dubbings = look_at_takes(project, languages, ffmpeg)
    if as_json:
        click.echo(render_takes_json(dubbings))
    elif dubbings:
        show(render_takes(dubbings, terminal_columns() or COLUMNS), nl=False)
    else:
        name = f"{project.stems_dir.as_posix()}/{printable(languages[0]) if languages else project.reference}/07.wav"
        told = "there are no recordings in these languages yet" if languages else "there are no recordings yet"
        tell(f"{told}: save line 7 as {name}, for example")
    return 1 if any(line.overrun for _, dubbing in dubbings for line in dubbing.lines) else 0
