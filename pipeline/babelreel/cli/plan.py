"""``babelreel plan``."""

from __future__ import annotations

from pathlib import Path

import click

from babelreel.cli.options import ffmpeg_option, json_option, languages_argument, only_option, open_project


@click.command(short_help='Tell what "build" would do, and why.')
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
    from babelreel.app.build.planning import plan_project  # noqa: PLC0415 - see open_project
    from babelreel.app.build.request import Request  # noqa: PLC0415 - as above
    from babelreel.report.console.plan import render_plan, render_plan_json  # noqa: PLC0415 - as above

    request = Request(languages=languages, renditions=renditions, ffmpeg=ffmpeg)
    prepared = plan_project(open_project(root), request)
    steps = prepared.asked_plan.steps
    if as_json:
        click.echo(render_plan_json(steps, prepared.wanted_refusals))
    else:
        click.echo(render_plan(steps, prepared.wanted_refusals, why=why))
