"""``babelreel dub guide``."""

from __future__ import annotations

from pathlib import Path

import click

from babelreel.app.voices.guide_tracks import has_voices, make_guides
from babelreel.cli.choices.options import ffmpeg_option, languages_argument
from babelreel.config.project_folder import read_project_folder
from babelreel.report.console.voices.guide import render_guide, render_missing_voice
from babelreel.report.reader.speaking import show, tell


@click.command()
@languages_argument
@click.option(
    "--to",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="The folder to write to.  [default: recording/]",
)
@ffmpeg_option
@click.pass_obj
def guide(root: Path, languages: tuple[str, ...], folder: Path | None, ffmpeg: str | None) -> int:
    """Write a guide track for each language: whoever records hears in it when each line comes, and at what pace.

    eSpeak NG speaks the lines, where it is installed and knows the language. Elsewhere a beep marks where each line
    begins. Three pips every ten seconds mark the file: it is for listening, and is never published. Exit code 1
    when a language has nothing to speak.
    """
    if not has_voices():
        tell(render_missing_voice())
    guides = make_guides(
        read_project_folder(root),
        languages,
        folder=folder,
        ffmpeg=ffmpeg,
        tell=lambda each: show(render_guide(each)),
    )
    return 1 if any(each.fault for each in guides) else 0
