"""``babelreel plan``."""

from __future__ import annotations

from pathlib import Path

import click

from babelreel.app.build.planning import plan_project
from babelreel.app.build.request import Request
from babelreel.cli.choices.options import ffmpeg_option, json_option, languages_argument, only_option
from babelreel.cli.choices.several import for_each, parted
from babelreel.config.project_folder import read_project_folder
from babelreel.model.delivery.build_summary import worst_code
from babelreel.model.delivery.pairs import each_language
from babelreel.report.console.build.plan import ToldPlan, render_plan, render_plan_json, render_plans, render_plans_json
from babelreel.report.reader.speaking import show


@click.command()
@languages_argument
@only_option
@click.option("--why", is_flag=True, help="Say for each step why it has to be done.")
@json_option
@ffmpeg_option
@click.pass_obj
def plan(  # noqa: PLR0913 - one parameter per option
    roots: tuple[Path, ...],
    languages: tuple[str, ...],
    renditions: tuple[str, ...],
    ffmpeg: str | None,
    *,
    why: bool,
    as_json: bool,
) -> int:
    """Say what "build" would do, and do nothing.

    With several films (-C) it sums up over all of them; --json is then a list with one plan for each.
    """
    request = Request(languages=each_language(languages), renditions=renditions, ffmpeg=ffmpeg)
    results = for_each(roots, lambda root: _plan(root, request))
    plans, codes = parted(results)
    if as_json and len(roots) > 1:
        click.echo(render_plans_json(results))
    elif as_json:
        click.echo(render_plan_json(*plans.values()))
    elif len(roots) > 1:
        show(render_plans(plans, why=why))
    else:
        show("\n".join(render_plan(each, why=why) for each in plans.values()))
    return worst_code(codes)


def _plan(root: Path, request: Request) -> ToldPlan:
    prepared = plan_project(read_project_folder(root), request)
    return ToldPlan(steps=prepared.asked_plan.steps, refusals=prepared.wanted_refusals, skipped=prepared.skipped)
