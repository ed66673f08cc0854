"""``babelreel build``."""

from __future__ import annotations

import time
from contextlib import ExitStack
from functools import partial
from pathlib import Path

import click

from babelreel.app.build.request import Request
from babelreel.app.build.unchanged import recall_build
from babelreel.app.project.output_folder import choose_output
from babelreel.cli.choices.manner import Manner
from babelreel.cli.choices.options import (
    ffmpeg_option,
    jobs_option,
    keep_going_option,
    languages_argument,
    memory_option,
    only_option,
    output_option,
    publish_option,
    quiet_option,
)
from babelreel.cli.choices.several import film_of, refuse_for_several
from babelreel.cli.cluster.engine import EngineChoice, engine_options
from babelreel.config.project_folder import read_project_folder
from babelreel.model.delivery.build_summary import worst_code
from babelreel.model.delivery.pairs import each_language
from babelreel.model.project import Project
from babelreel.report.console.build.outcome import render_build
from babelreel.report.reader.speaking import tell


@click.command()
@languages_argument
@only_option
@jobs_option
@keep_going_option
@memory_option
@ffmpeg_option
@engine_options
@output_option
@publish_option
@quiet_option
@click.pass_obj
def build(  # noqa: PLR0913, PLR0917 - one parameter per option
    roots: tuple[Path, ...],
    languages: tuple[str, ...],
    renditions: tuple[str, ...],
    jobs: int,
    memory_mb: int | None,
    ffmpeg: str | None,
    kind: str | None,
    scheduler: str | None,
    store: str | None,
    wait_s: int | None,
    output: Path | None,
    publish: str | None,
    *,
    keep_going: bool,
    quiet: bool,
) -> int:
    """Make the files for web and phones, in all languages or in LANG...

    First the subtitles are checked. A language with errors is left out, and the others go on (exit code 3). What is
    up to date is not made again. You may stop with Ctrl-C: the next build goes on from there.

    Several films (-C) share the processors. Each is published as soon as it is ready, and one that fails stops none
    of the others. The exit code is that of the film that went worst.
    """
    request = Request(languages=each_language(languages), renditions=renditions, ffmpeg=ffmpeg)
    choice = EngineChoice(kind=kind, scheduler=scheduler, store=store, wait_s=wait_s)
    manner = Manner(jobs=jobs, memory_mb=memory_mb, keep_going=keep_going, quiet=quiet, choice=choice)
    if len(roots) == 1:
        return _build_one(roots[0], output, publish, request, manner)
    for option, value in (("--output", output), ("--publish", publish)):
        if value:
            hint = "“babelreel campaign” builds several films into one folder, with a start page."
            refuse_for_several(roots, option, "two films would be in one place", hint)
    from babelreel.cli.build.building import build_several  # noqa: PLC0415 - not loaded when nothing has changed

    results = build_several({film_of(root): partial(_read, root) for root in roots}, request, manner)
    return worst_code(each.exit_code for each in results)


def _build_one(root: Path, output: Path | None, publish: str | None, request: Request, manner: Manner) -> int:
    begun = time.monotonic()
    project = _read(root, output)
    with ExitStack() as afterwards:
        if publish:
            from babelreel.cli.publish.sending import then_send  # noqa: PLC0415 - not loaded where nothing is sent

            afterwards.enter_context(then_send(project, publish))
        summary = recall_build(project, request, begun)
        if summary is None:
            from babelreel.cli.build.building import build_one  # noqa: PLC0415 - not loaded when nothing has changed

            summary = build_one(project, request, manner)
        tell(render_build(summary))
    return summary.exit_code


def _read(root: Path, output: Path | None = None) -> Project:
    return choose_output(read_project_folder(root), output)
