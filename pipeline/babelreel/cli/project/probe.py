"""``babelreel probe``."""

from __future__ import annotations

from pathlib import Path

import click

from babelreel.app.check.film_replaced import find_other_film
from babelreel.app.project.described_film import FilmToCheck
from babelreel.app.project.look_closely import describe_film
from babelreel.app.retime.kept_films import remember_film
from babelreel.app.voices.stems import describe_sounds
from babelreel.cli.choices.options import ffmpeg_option, json_option
from babelreel.config.project_folder import read_project_folder
from babelreel.report.console.columns import wrapped
from babelreel.report.console.probe import labelled, render_probe, render_probe_json, render_sounds
from babelreel.report.reader.speaking import show, tell
from babelreel.report.safe_text import printable


@click.command()
@ffmpeg_option
@json_option
@click.pass_obj
def probe(root: Path, ffmpeg: str | None, *, as_json: bool) -> None:
    """Write a description of the film into video/*.probe.json, so that "check" needs no film.

    This also finds where the film cuts from shot to shot, and where somebody speaks. For that the whole film is
    decoded, once for each version of it: a few seconds for each minute of film. The sounds in stems/ are listened
    to as well, and described in stems.probe.json.

    What the film looks and sounds like is kept in *.fingerprint, so that "babelreel conform" can move all subtitles
    when the film is replaced by one that was edited again.
    """
    project = read_project_folder(root)
    path, info = describe_film(project, ffmpeg)
    kept = remember_film(project, info, ffmpeg)
    target, sounds = describe_sounds(project, ffmpeg)
    if as_json:
        click.echo(render_probe_json(info))
        return
    show(render_probe(info, path))
    show(labelled(f"written  {printable(str(kept))}"))
    other = find_other_film(project, FilmToCheck(film=info), None)
    if other:
        tell(wrapped(other.tell()))
    if sounds:
        show(render_sounds(sounds, target))
