"""``babelreel receive``."""

from __future__ import annotations

from pathlib import Path

import click

from babelreel.app.exchange.receive import Wish
from babelreel.app.exchange.receive import receive as receive_file
from babelreel.config.project_folder import read_project_folder
from babelreel.report.console.tracks.receipt import render_receipt
from babelreel.report.reader.speaking import show, tell
from babelreel.report.safe_text import printable


@click.command()
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--by", metavar="NAME", default="", help="Who translated it.  [default: the name in the file]")
@click.option(
    "--language",
    metavar="LANG",
    default="",
    help="The language of a subtitle file, or of a file that babelreel did not write.  [default: what its name says]",
)
@click.option(
    "--column",
    metavar="C",
    default="",
    help="The column of the translation, in a table that babelreel did not write.",
)
@click.pass_obj
def receive(root: Path, files: tuple[Path, ...], *, by: str, language: str, column: str) -> int:
    """Take what translators changed into the subtitles, and note who translated it.

    It takes files of "babelreel send", subtitle files, and tables with the original beside the translation. Only
    what changed is written. If a line was also changed here since the file was sent, both are shown and nothing is
    written. "babelreel undo" puts the files back as they were. Exit code 1 when rows are left for a person to
    decide on.
    """
    project, code, wish = read_project_folder(root), 0, Wish(by=by, language=language, column=column)
    for path in files:
        for receipt in receive_file(project, path, wish):
            show(render_receipt(receipt), nl=False)
            for written in receipt.paths:
                tell(f"wrote {printable(written)}")
            code = max(code, 0 if receipt.is_clean else 1)
    return code
