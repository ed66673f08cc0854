"""Which options and results do several verbs share?"""

from __future__ import annotations

from pathlib import Path

import click

languages_argument = click.argument("languages", metavar="[LANG]...", nargs=-1)

only_option = click.option(
    "--only",
    "renditions",
    multiple=True,
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

publish_option = click.option(
    "--publish",
    metavar="PLACE",
    help="Send the result to a bucket (s3://BUCKET/FOLDER, gs://, az://) or a folder, too: what is new only, the "
    "manifest last.",
)
