"""``babelreel dub script``."""

from __future__ import annotations

from pathlib import Path

import click

from babelreel.app.voices.recording_scripts import write_scripts
from babelreel.cli.choices.options import languages_argument
from babelreel.config.project_folder import read_project_folder
from babelreel.model.counted import count
from babelreel.model.sound.recording_script import Fit, Recorded, RecordingScript
from babelreel.report.reader.speaking import tell
from babelreel.report.safe_text import printable


@click.command()
@languages_argument
@click.option(
    "--to",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Where to write.  [default: recording/ in the project]",
)
@click.pass_obj
def script(root: Path, languages: tuple[str, ...], folder: Path | None) -> None:
    """Write recording scripts, for LANG... or for all languages: a page to print, a spreadsheet, and DAPT.

    Each line has its time, the seconds there are for it, what the film says, what to say, the name of its
    recording, and an estimate of whether it can be spoken in time. Files of the same name are overwritten.
    """
    for written in write_scripts(read_project_folder(root), languages, folder):
        tell(_summary(written.script))
        for path in written.paths:
            click.echo(printable(str(_from_here(path))))


def _summary(script: RecordingScript) -> str:
    parts = [count(len(script.lines), "line")]
    parts += [f"{script.count(fit)} {fit}" for fit in (Fit.TIGHT, Fit.TOO_LONG) if script.count(fit)]
    if script.count_recorded(Recorded.NOTHING) < len(script.lines):
        parts += [f"{script.count_recorded(each)} {each}" for each in Recorded if script.count_recorded(each)]
    if script.repeated:
        parts.append(f"number {', '.join(map(str, script.repeated))} borne by more than one")
    if script.silent:
        parts.append(f"{count(len(script.silent), 'cue')} without a word left out")
    return f"{script.language.tag}: {', '.join(parts)}"


def _from_here(path: Path) -> Path:
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path
