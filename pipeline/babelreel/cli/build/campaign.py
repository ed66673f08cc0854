"""``babelreel campaign``."""

from __future__ import annotations

from contextlib import ExitStack
from functools import partial
from pathlib import Path

import click

from babelreel.app.build.request import Request
from babelreel.app.campaign.front import hold_campaign, publish_front
from babelreel.app.campaign.sending import open_places, send_campaign
from babelreel.app.project.output_folder import choose_output
from babelreel.cli.build.building import build_several
from babelreel.cli.choices.manner import Manner
from babelreel.cli.choices.options import (
    ffmpeg_option,
    jobs_option,
    keep_going_option,
    memory_option,
    publish_option,
    quiet_option,
)
from babelreel.cli.cluster.engine import EngineChoice, engine_options
from babelreel.config.campaign_file import CAMPAIGN_NAME, read_film_campaign
from babelreel.config.read import read_project
from babelreel.errors import BabelreelError
from babelreel.model.delivery.build_summary import worst_code
from babelreel.model.film_campaign import CampaignFilm, FilmCampaign
from babelreel.model.project import Project
from babelreel.report.console.published.publication import render_front, render_sent
from babelreel.report.reader.speaking import tell
from babelreel.report.safe_text import render_error


@click.command()
@click.argument("file", metavar="[FILE]", default=CAMPAIGN_NAME, type=click.Path(path_type=Path))
@jobs_option
@keep_going_option
@memory_option
@ffmpeg_option
@engine_options
@publish_option
@quiet_option
@click.pass_obj
def campaign(  # noqa: PLR0913, PLR0917 - one parameter per option
    root: Path,
    file: Path,
    jobs: int,
    memory_mb: int | None,
    ffmpeg: str | None,
    kind: str | None,
    scheduler: str | None,
    store: str | None,
    wait_s: int | None,
    publish: str | None,
    *,
    keep_going: bool,
    quiet: bool,
) -> int:
    """Build the films of FILE (campaign.toml), and one start page for all of them, with one list of languages.

    Each film lies in a folder of its own below the campaign's output, which you can copy to a web server as it is.
    A film that fails stays as it was published before. The exit code is that of the film that went worst.
    """
    whole = read_film_campaign(root / file)
    choice = EngineChoice(kind=kind, scheduler=scheduler, store=store, wait_s=wait_s)
    manner = Manner(jobs=jobs, memory_mb=memory_mb, keep_going=keep_going, quiet=quiet, choice=choice)
    with ExitStack() as held:
        held.enter_context(hold_campaign(whole))
        places = open_places(whole, publish) if publish else None
        films = {_label(whole, film): partial(_read, whole, film) for film in whole.films}
        results = build_several(films, Request(ffmpeg=ffmpeg), manner)
        codes = [each.exit_code for each in results]
        if any(each.was_stopped for each in results):
            return worst_code(codes)
        current = {film.name for film, code in zip(whole.films, codes, strict=True) if code == 0}
        try:
            tell(render_front(publish_front(whole, current), whole))
            for sent in send_campaign(whole, places) if places else ():
                tell(render_sent(sent))
        except BabelreelError as error:
            tell(render_error(error))
            codes.append(error.exit_code)
    return worst_code(codes)


def _label(whole: FilmCampaign, film: CampaignFilm) -> str:
    return film.root.relative_to(whole.root).as_posix()


def _read(whole: FilmCampaign, film: CampaignFilm) -> Project:
    return choose_output(read_project(film.root), whole.output / film.name, "“output” of campaign.toml")
