"""``babelreel rollback``."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path

import click

from babelreel.app.project.output_folder import choose_output
from babelreel.app.publish.left_out import not_given_back_error
from babelreel.app.publish.take_back import roll_back
from babelreel.cli.choices.options import output_option, publish_option
from babelreel.cli.publish.sending import then_send
from babelreel.config.project_folder import read_project_folder
from babelreel.errors import PartialBuildError
from babelreel.report.console.published.publication import render_published
from babelreel.report.reader.speaking import tell
from babelreel.report.safe_text import render_error


@click.command()
@output_option
@publish_option
@click.pass_obj
def rollback(root: Path, output: Path | None, publish: str | None) -> int:
    """Publish again what was published before the last build (or "withdraw") that changed something.

    You can go back up to three times, one publication after the other. Your own files stay as they are: correct
    them before the next build.
    """
    project = choose_output(read_project_folder(root), output)
    with then_send(project, publish) if publish else nullcontext():
        done = roll_back(project)
        if done.left_out:
            tell(render_error(not_given_back_error([file.path for file in done.left_out])))
        tell(render_published(done, str(project.output_dir)))
    return PartialBuildError.exit_code if done.left_out else 0
