"""Which verbs are there?"""

from __future__ import annotations

from pathlib import Path

import click

import babelreel as package
from babelreel.cli.lazy_group import LazyGroup

#: What the help says of each verb; it lies in the module of its name.
VERBS = {
    "init": "Start a project.",
    "doctor": "Find out whether this machine can do the work.",
    "probe": "Describe the film and the recordings.",
    "check": "Look for faults in the subtitles, and mend them.",
    "convert": "Write subtitles of other formats as .srt.",
    "explain": "Say why a rule exists.",
    "plan": 'Tell what "build" would do, and why.',
    "build": "Make the files, in all languages or in some.",
    "verify": "Compare published files with their manifest.",
    "withdraw": "Take a language out of what is published.",
    "rollback": "Publish once more what was published before.",
    "serve": "Show output/ in a browser.",
    "dub": "Recording scripts, guide tracks, takes, loudness.",
    "clean": "Remove what can be made again.",
}


@click.group(
    cls=LazyGroup,
    prefix="babelreel.cli.",
    short_helps=VERBS,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(package.__version__, prog_name="babelreel")
@click.option(
    "-C",
    "--project",
    "root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=Path(),
    metavar="DIR",
    help="The project's folder, with video/ and subtitles/ in it.  [default: where you are]",
)
@click.pass_context
def babelreel(context: click.Context, root: Path) -> None:
    """One film, many languages.

    Put a film into video/ and one subtitle file per language into subtitles/ (fr.srt, ar.srt, ...), then run
    "babelreel build": output/ holds the files for web and phones, in every language.
    """
    context.obj = root
