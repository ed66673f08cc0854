"""``babelreel explain``."""

from __future__ import annotations

from pathlib import Path

import click

from babelreel.cli.options import open_project


@click.command(short_help="Say why a rule exists.")
@click.argument("code")
@click.pass_obj
def explain(root: Path, code: str) -> None:
    """Say why the rule CODE exists, what its limits are in each language, and where they come from."""
    from babelreel.app.check.run_rules import explain_rule  # noqa: PLC0415 - see open_project

    click.echo(explain_rule(open_project(root), code))
