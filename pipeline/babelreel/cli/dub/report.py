"""``babelreel dub report``."""

from __future__ import annotations

from pathlib import Path

import click

from babelreel.app.voices.loudness import Listening, report_loudness
from babelreel.cli.choices.options import ffmpeg_option, json_option, languages_argument
from babelreel.config.project_folder import read_project_folder
from babelreel.report.console.voices.loudness import render_loudness, render_loudness_json
from babelreel.report.reader.speaking import show


@click.command()
@languages_argument
@click.option("--measure", is_flag=True, help="Decode the files again instead of believing the manifest.")
@json_option
@ffmpeg_option
@click.pass_obj
def report(root: Path, languages: tuple[str, ...], ffmpeg: str | None, *, measure: bool, as_json: bool) -> int:
    """Say how loud every published file is, how far the languages lie apart, and how far voices are above the film.

    Exit code 1 when a file is too loud, too quiet or peaks too high, when languages are not equally loud, or when a
    line of a dub is hard to understand.
    """
    found = report_loudness(read_project_folder(root), Listening(languages=languages, measure=measure, ffmpeg=ffmpeg))
    show(render_loudness_json(found) if as_json else render_loudness(found), nl=False, for_programs=as_json)
    return 0 if found.is_good else 1
