"""Keep the files that are made from the code as the code is now.

``python -m babelreel.cli.generated`` writes them, ``--check`` compares. Run it in the repository.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from babelreel.app.serve import TYPES
from babelreel.cli.verbs import babelreel
from babelreel.config.campaign_file import campaign_schema
from babelreel.config.schema import config_schema
from babelreel.config.template import starting_config
from babelreel.model.language import ENGLISH
from babelreel.report.reader.catalogue import write_catalogue
from babelreel.report.reader.language import VARIABLE
from babelreel.report.reader.renewing import renewed_catalogues
from babelreel.report.rules_page import render_rules_page
from babelreel.report.web_team_tables import render_manifest_keys, render_types

HELP_MARKS = ("<!-- help: made by babelreel.cli.generated -->", "<!-- end of help -->")
MANIFEST_MARKS = ("<!-- manifest: made by babelreel.cli.generated -->", "<!-- end of manifest -->")
TYPES_MARKS = ("<!-- types: made by babelreel.cli.generated -->", "<!-- end of types -->")
CONFIG_MARKS = ("<!-- config: made by babelreel.cli.generated -->", "<!-- end of config -->")


#: Columns of the help in the README.
WIDTH = 100


def generated_files(root: Path) -> Iterator[tuple[Path, str]]:
    """Yield each file with the text that it should have."""
    yield root / "docs" / "rules.md", render_rules_page()
    yield root / "docs" / "babelreel.schema.json", json.dumps(config_schema(), indent=2) + "\n"
    yield root / "docs" / "campaign.schema.json", json.dumps(campaign_schema(), indent=2) + "\n"
    readme = root / "README.md"
    yield readme, _between(readme.read_text("utf-8"), HELP_MARKS, f"```text\n{help_text()}\n```")
    volunteer = root / "docs" / "volunteer.md"
    config = f"```toml\n{starting_config('My film').rstrip()}\n```"
    yield volunteer, _between(volunteer.read_text("utf-8"), CONFIG_MARKS, config)
    web_team = root / "docs" / "web-team.md"
    contract = _between(web_team.read_text("utf-8"), MANIFEST_MARKS, render_manifest_keys())
    yield web_team, _between(contract, TYPES_MARKS, render_types(TYPES))
    for path, catalogue in renewed_catalogues(root / "pipeline" / "babelreel").items():
        yield path, write_catalogue(catalogue)


def help_text() -> str:
    """Return what ``babelreel --help`` prints, as wide as the README shows it."""
    context = babelreel.make_context("babelreel", [], resilient_parsing=True, terminal_width=WIDTH)
    return babelreel.get_help(context)


def outdated(root: Path) -> tuple[Path, ...]:
    """List the files that are not what the code says."""
    return tuple(path for path, text in generated_files(root) if not path.is_file() or path.read_text("utf-8") != text)


def _between(page: str, marks: tuple[str, str], text: str) -> str:
    """Replace the text between two marks of a page."""
    start, end = (re.escape(mark) for mark in marks)
    return re.sub(f"(?<={start}\n).*(?=\n{end})", lambda _: text, page, flags=re.DOTALL)


def _run(arguments: list[str]) -> int:
    os.environ[VARIABLE] = ENGLISH  # the pages are in English, whatever the machine speaks
    root = Path.cwd()
    old = outdated(root)
    if "--check" in arguments:
        for path in old:
            click.echo(f"{path.relative_to(root)} is out of date: run python -m babelreel.cli.generated")
        return 1 if old else 0
    for path, text in generated_files(root):
        if path in old:
            path.write_text(text, encoding="utf-8", newline="\n")
            click.echo(f"wrote {path.relative_to(root)}")
    return 0


if __name__ == "__main__":
    sys.exit(_run(sys.argv[1:]))
