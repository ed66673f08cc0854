"""``babelreel build``."""

from __future__ import annotations

import os
import threading
import time
from contextlib import ExitStack
from pathlib import Path

import click

from babelreel.app.build.request import Request
from babelreel.app.build.unchanged import recall_build
from babelreel.app.project.output_folder import choose_output
from babelreel.cli.options import ffmpeg_option, languages_argument, only_option, output_option, publish_option
from babelreel.config.read import read_project
from babelreel.report.console.outcome import render_build


@click.command()
@languages_argument
@only_option
@click.option(
    "-j",
    "--jobs",
    type=click.IntRange(min=1),
    default=os.cpu_count() or 1,
    metavar="N",
    help="How many pieces of work run side by side.  [default: one per processor]",
)
@click.option(
    "--keep-going/--stop-at-first", default=True, help="Go on with the others when something fails (default)."
)
@click.option(
    "--memory",
    "memory_mb",
    type=click.IntRange(min=100),
    metavar="MB",
    help="How much memory all encoders may take together.  [default: a quarter of the machine's]",
)
@ffmpeg_option
@output_option
@publish_option
@click.option("-q", "--quiet", is_flag=True, help="Show no progress.")
@click.pass_obj
def build(  # noqa: PLR0913, PLR0917 - one parameter per option
    root: Path,
    languages: tuple[str, ...],
    renditions: tuple[str, ...],
    jobs: int,
    memory_mb: int | None,
    ffmpeg: str | None,
    output: Path | None,
    publish: str | None,
    *,
    keep_going: bool,
    quiet: bool,
) -> int:
    """Make the files for web and phones, in all languages or in LANG...

    Checks the subtitles first; a language with errors is left out and the others go on (exit code 3). What is up to
    date is not made again. Press Ctrl-C to stop: the next build goes on from there.
    """
    begun = time.monotonic()
    project = choose_output(read_project(root), output)
    request = Request(languages=languages, renditions=renditions, ffmpeg=ffmpeg)
    with ExitStack() as afterwards:
        if publish:
            from babelreel.cli.sending import then_send  # noqa: PLC0415 - not loaded where nothing is sent

            afterwards.enter_context(then_send(project, publish))
        summary = recall_build(project, request, begun)
        if summary is None:
            from babelreel.app.build.build import build_project  # noqa: PLC0415 - not loaded when nothing has changed
            from babelreel.report.console.progress import show_progress  # noqa: PLC0415 - as above

            with show_progress(quiet=quiet) as listener:
                summary = build_project(
                    project,
                    request,
                    jobs=jobs,
                    memory_bytes=memory_mb * 1_000_000 if memory_mb else None,
                    keep_going=keep_going,
                    listener=listener,
                    stop=threading.Event(),
                )
        click.echo(render_build(summary), err=True)
    return summary.exit_code
