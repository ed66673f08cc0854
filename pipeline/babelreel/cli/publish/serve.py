"""``babelreel serve``."""

from __future__ import annotations

from pathlib import Path

import click

from babelreel.app.project.output_folder import choose_output
from babelreel.app.serve import serve_output
from babelreel.config.project_folder import read_project_folder
from babelreel.report.reader.speaking import tell

#: As good as any; "babelreel" has no number of its own.
DEFAULT_PORT = 8137


@click.command()
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=DEFAULT_PORT,
    show_default=True,
    metavar="N",
    help="The port; 0 takes any that is free.",
)
@click.option("--no-browser", is_flag=True, help="Only print the address; open no browser.")
@click.pass_obj
def serve(root: Path, port: int, *, no_browser: bool) -> None:
    """Show what was built as the web will show it, on this machine alone, until you press Ctrl-C."""

    def is_ready(address: str) -> None:
        tell(f"{address} (Ctrl-C ends it)")
        if not no_browser:
            click.launch(address)

    serve_output(choose_output(read_project_folder(root)), port=port, is_ready=is_ready)
