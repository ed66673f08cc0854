"""``babelreel dub``: everything about recorded voices."""

from __future__ import annotations

import click

from babelreel.cli.dub_guide import guide
from babelreel.cli.dub_report import report
from babelreel.cli.dub_script import script
from babelreel.cli.dub_takes import takes


@click.group(short_help="Recording scripts, guide tracks, takes, loudness.")
def dub() -> None:
    """Prepare recordings, see how they fit into the film, and how loud the result is."""


for verb in (script, guide, takes, report):
    dub.add_command(verb)
