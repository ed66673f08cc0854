"""The options and results that several verbs share."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

import click

from babelreel.model.film.ladder.default_rungs import DEFAULT_RUNGS


def each_of(_context: click.Context, _parameter: click.Parameter, values: Iterable[str]) -> tuple[str, ...]:
    """Take ``fr,ar`` for two values: people write lists so, and no tag or name of a rendition has a comma."""
    return tuple(part.strip() for value in values for part in value.split(",") if part.strip() or "," not in value)


class RenditionName(click.types.StringParamType):
    """The name of a rendition; ``known`` are those that every project has."""

    name = "rendition"
    known = tuple(each.name for each in DEFAULT_RUNGS)


languages_argument = click.argument("languages", metavar="[LANG]...", nargs=-1, callback=each_of)

only_option = click.option(
    "--only",
    "renditions",
    type=RenditionName(),
    multiple=True,
    callback=each_of,
    metavar="RENDITION",
    help="Only this rendition, e.g. phone-480p (repeatable).",
)

ffmpeg_option = click.option(
    "--ffmpeg", metavar="PROGRAM", help="The ffmpeg to use.  [default: $BABELREEL_FFMPEG, else the one that came along]"
)

output_option = click.option(
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="The folder for the web team, also outside of the project.  [default: [paths] output]",
)

json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")

jobs_option = click.option(
    "-j",
    "--jobs",
    type=click.IntRange(min=1),
    default=os.cpu_count() or 1,
    metavar="N",
    help="How many steps run at the same time.  [default: one per processor]",
)

keep_going_option = click.option(
    "--keep-going/--stop-at-first", default=True, help="When something fails: go on with the rest (default), or stop."
)

memory_option = click.option(
    "--memory",
    "memory_mb",
    type=click.IntRange(min=100),
    metavar="MB",
    help="How much memory all encoders may take together.  "
    "[default: an eighth of the machine's, or a quarter of a container's, 1500 at most]",
)

quiet_option = click.option("-q", "--quiet", is_flag=True, help="Show no progress.")

publish_option = click.option(
    "--publish",
    metavar="PLACE",
    help="Also send the result to a bucket (s3://BUCKET/FOLDER, gs://, az://) or a folder. Only new files are sent; "
    "the manifest goes last.",
)
