"""``babelreel convert``."""

from __future__ import annotations

from pathlib import Path

import click

from babelreel.app.convert import convert_tracks
from babelreel.config.read import read_project
from babelreel.model.counted import count
from babelreel.report.reader.speaking import tell
from babelreel.report.safe_text import printable


@click.command()
@click.argument("targets", metavar="FILE|LANG...", nargs=-1, required=True)
@click.pass_obj
def convert(root: Path, *, targets: tuple[str, ...]) -> None:
    """Write subtitles of a format that can only be read (.sbv, .ttml, .stl, .sub, ...) as .srt, beside the old file.

    From then on the new file is used; you may move the old one away. Nothing is overwritten.
    """
    for path, cues in convert_tracks(read_project(root), targets):
        tell(f"wrote {printable(path.name)}, {count(cues, 'cue')}")
