"""``babelreel dub remember``."""

from __future__ import annotations

from pathlib import Path

import click

from babelreel.app.voices.remember_texts import RememberedTexts, remember_texts
from babelreel.cli.choices.options import ffmpeg_option, languages_argument
from babelreel.config.project_folder import read_project_folder
from babelreel.model.counted import count
from babelreel.report.reader.speaking import tell
from babelreel.report.safe_text import printable


@click.command()
@languages_argument
@click.option(
    "--line",
    "lines",
    type=click.IntRange(min=0),
    multiple=True,
    metavar="N",
    help="The take of this line still fits the changed line (repeatable).",
)
@ffmpeg_option
@click.pass_obj
def remember(root: Path, languages: tuple[str, ...], lines: tuple[int, ...], ffmpeg: str | None) -> int:
    """Note in takes.toml, beside the takes, which text each of them was recorded for: that of its line now.

    From then on a take follows its words: you may put lines in and take lines out, and you are told of a line that
    changed. What is noted already stays. Exit code 1 where lines changed after their takes were recorded.
    """
    project = read_project_folder(root)
    found = remember_texts(project, languages, lines=lines, ffmpeg=ffmpeg)
    for each in found:
        tell(_told(each))
        for path in each.paths:
            click.echo(printable(path))
    if not found:
        tell("there are no recordings of single lines in a language that has subtitles")
    return 1 if any(each.changed for each in found) else 0


def _told(each: RememberedTexts) -> str:
    if not each.takes:
        return f"{each.language}: no take of a line can be used, so there is nothing to remember"
    parts = [
        count(each.takes, "take is noted with its text", "takes are noted with their texts"),
        f"{len(each.new)} of them new" if each.new else "",
    ]
    if each.changed:
        numbers = ", ".join(map(str, each.changed))
        parts.append(f"changed after it was recorded: line {numbers} (“babelreel check {each.language}” tells more)")
    return f"{each.language}: {', '.join(part for part in parts if part)}"
