"""``babelreel undo``."""

from __future__ import annotations

from pathlib import Path

import click

from babelreel.app.kept_versions import undo as undo_last
from babelreel.config.project_folder import read_project_folder
from babelreel.report.reader.speaking import show, tell
from babelreel.report.safe_text import printable


@click.command()
@click.pass_obj
def undo(root: Path) -> None:
    """Put your own files back as they were before the last command that wrote them, or the last change in the studio.

    Such commands are receive, approve, check --fix, shift, stretch and conform. A second call goes one further
    back. A file that somebody changed since stays as it is; the message says where its earlier content is.
    """
    undone = undo_last(read_project_folder(root))
    tell(f"the last change is undone: “{printable(undone.verb)}”")
    for path in undone.restored:
        show(f"put back {printable(path)}")
    for path in undone.removed:
        show(f"removed {printable(path)}, which was not there before")
    for path, before in undone.left:
        kept = f"; what it held before lies in {printable(before)}" if before else ""
        tell(f"left {printable(path)}, which was changed since{kept}")
    for path in undone.kept_with:
        tell(f"left {printable(path)} as it is: it belongs to subtitles that were changed since")
