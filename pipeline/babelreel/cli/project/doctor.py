"""``babelreel doctor``."""

from __future__ import annotations

from pathlib import Path

import click

from babelreel.app.doctor import examine
from babelreel.cli.choices.options import ffmpeg_option, json_option
from babelreel.report.console.health import render_health
from babelreel.report.reader.speaking import show


@click.command()
@ffmpeg_option
@json_option
@click.pass_obj
def doctor(root: Path, ffmpeg: str | None, *, as_json: bool) -> int:
    """Find out whether this machine can do the work, by drawing a line of text in every script.

    Exit code 4 when something is missing. Each line that is not "ok" says what to do.
    """
    health = examine(root, ffmpeg)
    show(render_health(health, as_json=as_json), nl=False, for_programs=as_json)
    return 0 if health.is_good else 4
