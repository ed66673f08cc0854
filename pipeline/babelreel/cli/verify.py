"""``babelreel verify``."""

from __future__ import annotations

from pathlib import Path

import click

from babelreel.app.project.output_folder import choose_output
from babelreel.app.verify.published_files import verify_output, verify_project
from babelreel.cli.options import ffmpeg_option, json_option
from babelreel.config.read import read_project
from babelreel.report.console.verification import render_verification


@click.command()
@click.argument("folder", metavar="[DIR]", required=False, type=click.Path(path_type=Path))
@click.option("--deep", is_flag=True, help="Decode every picture and sound too.")
@ffmpeg_option
@json_option
@click.pass_obj
def verify(root: Path, folder: Path | None, ffmpeg: str | None, *, deep: bool, as_json: bool) -> int:
    """Compare published files with their manifest: every digest, what a probe finds in every video, and every link.

    DIR is a folder with a manifest.json, by default the project's output/. Exit code 1 when anything differs.
    """
    if folder is None:
        result = verify_project(choose_output(read_project(root)), is_deep=deep, ffmpeg=ffmpeg)
    else:
        result = verify_output(folder, is_deep=deep, ffmpeg=ffmpeg)
    click.echo(render_verification(result, as_json=as_json), nl=False)
    return 0 if result.is_good else 1
