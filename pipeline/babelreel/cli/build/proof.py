"""``babelreel proof``."""

from __future__ import annotations

from pathlib import Path

import click

from babelreel.app.stills.proof import Form, Proof, Wish, make_proofs
from babelreel.cli.choices.options import ffmpeg_option, jobs_option, languages_argument, quiet_option
from babelreel.config.project_folder import read_project_folder
from babelreel.model.counted import count
from babelreel.model.finding import Severity
from babelreel.report.console.build.progress import show_progress
from babelreel.report.reader.speaking import tell
from babelreel.report.safe_text import printable


@click.command()
@languages_argument
@click.option(
    "--to",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Where to write.  [default: proof/ in the project]",
)
@click.option(
    "--as",
    "form",
    type=click.Choice([each.value for each in Form]),
    default=Form.PAGE.value,
    show_default=True,
    help="A page for any browser, or a PDF, which Chromium prints.",
)
@click.option(
    "--size",
    "--rung",
    "size",
    metavar="NAME",
    default="",
    help="At which size of the film, e.g. phone-360p: one with text in its picture.  [default: the largest]",
)
@jobs_option
@ffmpeg_option
@quiet_option
@click.pass_obj
def proof(  # noqa: PLR0913, PLR0917 - one parameter per option
    root: Path,
    languages: tuple[str, ...],
    folder: Path | None,
    form: str,
    size: str,
    jobs: int,
    ffmpeg: str | None,
    *,
    quiet: bool,
) -> int:
    """Write a sheet for each language, or for LANG...: every line as it is burned in, to read, send and print.

    Beside each picture stand the line and its time, what the film says, what "check" finds, and who approved it. A
    sheet is one file, complete in itself. A line that did not change is not drawn again. A build may run meanwhile.
    Exit code 3 when a line could not be shown: its sheet says why.
    """
    wish = Wish(form=Form(form), rung=size, folder=folder, ffmpeg=ffmpeg, jobs=jobs)
    missing = 0
    with show_progress(quiet=quiet) as listener:
        for made in make_proofs(read_project_folder(root), languages, wish, listener=listener):
            missing += made.sheet.without_picture
            tell(_summary(made))
            click.echo(printable(str(made.path)))
    return 3 if missing else 0


def _summary(made: Proof) -> str:
    sheet = made.sheet
    parts = [count(len(sheet.lines), "line"), f"{sheet.approved} approved"]
    parts += [count(sheet.count(each), each.value) for each in (Severity.ERROR, Severity.WARNING) if sheet.count(each)]
    parts += [f"{sheet.without_picture} without a picture"] if sheet.without_picture else []
    return f"{sheet.language.tag}: {', '.join(parts)}"
