"""``babelreel explain``."""

from __future__ import annotations

from pathlib import Path

import click

from babelreel.app.check.explain_rule import explain_rule
from babelreel.config.read import read_project
from babelreel.report.reader.speaking import in_readers_language, tell

_ENGLISH = "the pages of explain are in English"


@click.command()
@click.argument("code")
@click.pass_obj
def explain(root: Path, code: str) -> None:
    """Say why the rule CODE exists, what its limits are in each language, and where they come from."""
    told = explain_rule(read_project(root), code)
    if in_readers_language(_ENGLISH) != _ENGLISH:
        tell(_ENGLISH)
    click.echo(told)
