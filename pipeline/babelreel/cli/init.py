"""``babelreel init``."""

from __future__ import annotations

from pathlib import Path

import click

from babelreel.app.project.start_project import start_project


@click.command()
@click.argument("folder", metavar="[DIR]", required=False, type=click.Path(file_okay=False, path_type=Path))
@click.pass_obj
def init(root: Path, folder: Path | None) -> None:
    """Start a project: the folders, and a babelreel.toml with every setting explained; overwrites nothing."""
    made = start_project(folder or root)
    click.echo("\n".join(f"made {path}" for path in made) or "everything was there already", err=True)
