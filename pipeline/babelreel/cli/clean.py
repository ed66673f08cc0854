"""``babelreel clean``."""

from __future__ import annotations

from pathlib import Path

import click

from babelreel.cli.options import open_project


@click.command(short_help="Remove what can be made again.")
@click.option("--output", is_flag=True, help="Also remove what was published in output/.")
@click.pass_obj
def clean(root: Path, *, output: bool) -> None:
    """Remove what can be made again, and nothing else: the store of built pieces in .babelreel/."""
    from babelreel.app.clean import clean_project  # noqa: PLC0415 - see open_project
    from babelreel.report.plain import render_size  # noqa: PLC0415 - as above

    freed = clean_project(open_project(root), with_output=output)
    click.echo(f"{render_size(freed)} freed", err=True)
