"""``babelreel clean``."""

from __future__ import annotations

from pathlib import Path

import click

from babelreel.app.clean import clean_project
from babelreel.app.project.output_folder import choose_output
from babelreel.config.project_folder import read_project_folder
from babelreel.report.reader.speaking import tell
from babelreel.report.safe_text import render_size


@click.command()
@click.option("--output", is_flag=True, help="Also remove what was published in output/.")
@click.pass_obj
def clean(root: Path, *, output: bool) -> None:
    """Remove what can be made again: the finished work in .babelreel/, and with it what "rollback" needs.

    The next build then makes everything again, and takes as long as the first one.
    """
    freed = clean_project(choose_output(read_project_folder(root)), with_output=output)
    if not freed:
        tell("nothing was removed: there is nothing that can be made again")
        return
    tell(f"{render_size(freed)} freed; the next build makes everything again, which takes as long as the first one did")
