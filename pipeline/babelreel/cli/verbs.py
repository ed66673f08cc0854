"""Which verbs are there?"""

from __future__ import annotations

from pathlib import Path

import click

import babelreel as package
from babelreel.cli.build import build
from babelreel.cli.check import check
from babelreel.cli.clean import clean
from babelreel.cli.doctor import doctor
from babelreel.cli.dub import dub
from babelreel.cli.explain import explain
from babelreel.cli.init import init
from babelreel.cli.plan import plan
from babelreel.cli.probe import probe
from babelreel.cli.serve import serve
from babelreel.cli.verify import verify


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
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


for verb in (init, doctor, probe, check, explain, plan, build, verify, serve, dub, clean):
    babelreel.add_command(verb)
