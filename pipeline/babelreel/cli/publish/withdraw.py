"""``babelreel withdraw``."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path

import click

from babelreel.app.project.output_folder import choose_output
from babelreel.app.publish.left_out import left_out_error, tell_lacking
from babelreel.app.publish.take_back import withdraw_languages
from babelreel.cli.choices.options import each_of, output_option, publish_option
from babelreel.cli.publish.sending import then_send
from babelreel.config.project_folder import read_project_folder
from babelreel.errors import PartialBuildError
from babelreel.report.console.published.publication import render_published, render_withdrawn
from babelreel.report.reader.speaking import tell
from babelreel.report.safe_text import printable, render_error


@click.command()
@click.argument("languages", metavar="LANG...", nargs=-1, required=True, callback=each_of)
@output_option
@publish_option
@click.pass_obj
def withdraw(root: Path, languages: tuple[str, ...], output: Path | None, publish: str | None) -> int:
    """Take LANG... out of what is published, in one step, when a text or a voice turned out to be wrong.

    Its files go, and its part in pages, streams and archive files. The next build leaves it out until its subtitle
    file changes, or until you ask for it by name ("babelreel build LANG"). "babelreel rollback" undoes it.
    """
    project = choose_output(read_project_folder(root), output)
    with then_send(project, publish) if publish else nullcontext():
        done = withdraw_languages(project, languages)
        if done.lacking:
            choice = tell_lacking(done.lacking)  # named as where a build says it: one sentence for catalogues
            tell(f"note: {printable(choice)}")
        if done.left_out:
            tell(render_error(left_out_error([file.path for file in done.left_out])))
        tell(render_published(done, str(project.output_dir)))
        if done.removed:
            tell(render_withdrawn(done, is_sent=publish is not None))
        elif not done.left_out:
            tell("nothing was removed: no file of this was published any more")
    return PartialBuildError.exit_code if done.left_out else 0
