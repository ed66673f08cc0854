"""``babelreel send``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from babelreel.app.exchange.send import Sent
from babelreel.app.exchange.send import send as send_file
from babelreel.app.exchange.side_by_side import send_all
from babelreel.cli.choices.options import quiet_option
from babelreel.config.project_folder import read_project_folder
from babelreel.model.counted import count
from babelreel.report.console.build.progress import show_progress
from babelreel.report.reader.speaking import tell
from babelreel.report.safe_text import printable
from babelreel.timedtext.exchange.forms import Form


@click.command()
@click.argument("language", metavar="LANG", required=False)
@click.option("--all", "is_all", is_flag=True, help="One sheet to print, with all languages side by side.")
@click.option(
    "--as",
    "form",
    type=click.Choice([each.value for each in Form]),
    default=Form.XLSX.value,
    show_default=True,
    help="A sheet, a document, a catalogue for translation programs, subtitles, or a page to fill in by browser.",
)
@click.option(
    "--to",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Where to write.  [default: translators/ in the project]",
)
@quiet_option
@click.pass_obj
def send(  # noqa: PLR0913 - one parameter per option
    root: Path, language: str | None, *, is_all: bool, form: str, folder: Path | None, quiet: bool
) -> None:
    """Write a file for the translator of LANG: every line, what the film says now, and what it said before.

    A language without subtitles gets the lines of the film, with their times. "babelreel receive" takes what comes
    back. A file of the same name is overwritten; if anything in it was not received yet, the old file is
    renamed first. --all makes a sheet to read and print: lines are coloured where "babelreel check" finds anything,
    and a note says what.
    """
    if is_all == bool(language):
        raise click.UsageError("Name one language, or --all.")
    if is_all and form != Form.XLSX:
        raise click.UsageError("All languages side by side are a sheet: leave --as out.")
    if not language:
        done = send_all(read_project_folder(root), folder)
        click.echo(printable(str(done.path)))
        if done.left_out:
            raise done.left_out
        return
    # only the stills of a page take long; where nobody looks on, the report at the end is enough
    is_silent = quiet or form != Form.PAGE or not sys.stderr.isatty()
    with show_progress(quiet=is_silent) as listener:
        sent = send_file(read_project_folder(root), language, Form(form), folder, listener=listener)
    tell(_told(sent))
    if sent.aside:
        tell(f"the earlier file has not been received; it is {printable(sent.aside.name)} now")
    click.echo(printable(str(sent.path)))


def _told(sent: Sent) -> str:
    if sent.new_name:
        lines = count(sent.lines, "line")
        return f"{sent.language} ({printable(sent.new_name)}) is a new language: {lines} to translate."
    parts = [count(sent.lines, "line")]
    parts += [f"the film says something else at {sent.changed} of them now"] if sent.changed else []
    parts += [f"{sent.empty} not translated yet"] if sent.empty else []
    return f"{sent.language}: {', '.join(parts)}"
