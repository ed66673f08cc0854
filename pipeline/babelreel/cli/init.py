"""``babelreel init``."""

from __future__ import annotations

from pathlib import Path

import click


@click.command(short_help="Start a project.")
@click.argument("folder", metavar="[DIR]", required=False, type=click.Path(file_okay=False, path_type=Path))
@click.pass_obj
def init(root: Path, folder: Path | None) -> None:
    """Start a project: the folders, and a babelreel.toml with every setting explained; overwrites nothing."""
    from babelreel.app.project.start_project import start_project  # noqa: PLC0415 - see open_project

    made = start_project(folder or root)
    click.echo("\n".join(f"made {path}" for path in made) or "everything was there already", err=True)
