"""``babelreel init``."""

from __future__ import annotations

from pathlib import Path

import click

from babelreel.app.project.start_project import start_project
from babelreel.languages.find import find_language
from babelreel.model.language import ENGLISH
from babelreel.report.reader.speaking import tell

_NEXT = (
    "then: “babelreel studio” shows the lines beside the film in a browser; there you can also start other languages",
    "finally: “babelreel build” makes the films to publish",
)


@click.command()
@click.argument("folder", metavar="[DIR]", required=False, type=click.Path(file_okay=False, path_type=Path))
@click.option("--spoken", metavar="LANG", default="", help="The language that is spoken in the film.  [default: en]")
@click.pass_obj
def init(root: Path, folder: Path | None, *, spoken: str) -> None:
    """Start a project: the folders, and a babelreel.toml that explains every setting. Nothing is overwritten."""
    made = start_project(folder or root, spoken)
    told = [f"made {path}" for path in made] or ["everything was there already"]
    tag = find_language(spoken).tag if spoken else ENGLISH
    first = f"next: put the film into video/, and its subtitles into subtitles/, as {tag}.srt"
    tell("\n".join([*told, first, *_NEXT]))
