"""``babelreel status``."""

from __future__ import annotations

from pathlib import Path

import click

from babelreel.app.ledger.status import film_status
from babelreel.cli.choices.options import json_option, languages_argument
from babelreel.cli.choices.several import for_each, parted
from babelreel.config.project_folder import read_project_folder
from babelreel.graph.files import write_atomically
from babelreel.model.delivery.build_summary import worst_code
from babelreel.report.console.columns import terminal_columns
from babelreel.report.console.tracks.status import render_status, render_status_json
from babelreel.report.reader.speaking import show, tell
from babelreel.report.safe_text import printable
from babelreel.report.status_page import render_status_page


@click.command()
@languages_argument
@json_option
@click.option(
    "--html",
    "page",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write one page, complete in itself, to send to the team.",
)
@click.pass_obj
def status(roots: tuple[Path, ...], languages: tuple[str, ...], page: Path | None, *, as_json: bool) -> int:
    """Say how far each language is: what is translated and approved, by whom, what changed since, errors, voice.

    A line counts as approved as long as neither it nor its original has changed since. Several films (-C) are shown
    one after the other.
    """
    films, codes = parted(for_each(roots, lambda root: film_status(read_project_folder(root), languages)))
    if as_json:
        click.echo(render_status_json(films.values()))
    elif not page:
        columns = terminal_columns()
        show("\n".join(render_status(each, columns) for each in films.values()), nl=False)
    if page:
        write_atomically(page, render_status_page(films.values()).encode("utf-8", "backslashreplace"))
        tell(printable(str(page)))
    return worst_code(codes)
