"""``babelreel check``."""

from __future__ import annotations

from pathlib import Path

import click

from babelreel.cli.options import open_project


@click.command(short_help="Look for faults in the subtitles.")
@click.argument("targets", metavar="[PATH|LANG]...", nargs=-1)
@click.option("--select", multiple=True, metavar="CODE", help="Only rules whose code starts so, e.g. TIM (repeatable).")
@click.option("--ignore", multiple=True, metavar="CODE", help="Not the rules whose code starts so (repeatable).")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.pass_obj
def check(root: Path, targets: tuple[str, ...], select: tuple[str, ...], ignore: tuple[str, ...], form: str) -> int:
    """Look for faults in the subtitles: timing, form, encoding.

    Needs neither the film nor ffmpeg: what is known of the film is read from video/*.probe.json, which "babelreel
    probe" writes. Exit code 1 when there is an error.
    """
    from babelreel.app.check import check_project  # noqa: PLC0415 - see open_project
    from babelreel.report.findings_json import render_findings_json  # noqa: PLC0415 - as above
    from babelreel.report.findings_text import render_findings  # noqa: PLC0415 - as above

    result = check_project(open_project(root), targets, select=select, ignore=ignore)
    click.echo((render_findings_json if form == "json" else render_findings)(result), nl=False)
    return 1 if result.failed_languages else 0
