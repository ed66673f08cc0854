"""``babelreel rollback``."""

from __future__ import annotations

from pathlib import Path

import click

from babelreel.app.project.output_folder import choose_output
from babelreel.app.publish.take_back import roll_back
from babelreel.cli.options import output_option
from babelreel.config.read import read_project
from babelreel.report.console.publication import render_published


@click.command()
@output_option
@click.pass_obj
def rollback(root: Path, output: Path | None) -> None:
    """Publish once more what was published before the last build (or "withdraw") that changed something.

    Up to three publications can be taken back, one after the other. The project's own files stay as they are: correct
    them before the next build, which publishes what follows from them.
    """
    project = choose_output(read_project(root), output)
    click.echo(render_published(roll_back(project), str(project.output_dir)), err=True)
