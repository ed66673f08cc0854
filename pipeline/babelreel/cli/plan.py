"""``babelreel plan``."""

from __future__ import annotations

from pathlib import Path

import click

from babelreel.app.build.planning import plan_project
from babelreel.app.build.request import Request
from babelreel.cli.options import ffmpeg_option, json_option, languages_argument, only_option
from babelreel.config.read import read_project
from babelreel.report.console.plan import render_plan, render_plan_json


@click.command()
@languages_argument
@only_option
@click.option("--why", is_flag=True, help="Say for each piece of work why it has to be done.")
@json_option
@ffmpeg_option
@click.pass_obj
def plan(  # noqa: PLR0913 - one parameter per option
    root: Path,
    languages: tuple[str, ...],
    renditions: tuple[str, ...],
    ffmpeg: str | None,
    *,
    why: bool,
    as_json: bool,
) -> None:
    """Tell what "build" would do, and do nothing."""
    request = Request(languages=languages, renditions=renditions, ffmpeg=ffmpeg)
    prepared = plan_project(read_project(root), request)
    steps = prepared.asked_plan.steps
    if as_json:
        click.echo(render_plan_json(steps, prepared.wanted_refusals, prepared.blueprint.skipped))
    else:
        click.echo(render_plan(steps, prepared.wanted_refusals, prepared.blueprint.skipped, why=why))
