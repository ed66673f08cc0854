"""``babelreel pack``."""

from __future__ import annotations

from pathlib import Path

import click

from babelreel.app.packs.make_packs import make_packs
from babelreel.app.project.output_folder import choose_output
from babelreel.cli.choices.options import each_of, ffmpeg_option, output_option, quiet_option
from babelreel.config.project_folder import read_project_folder
from babelreel.model.delivery.packs import PLATFORMS
from babelreel.report.console.published.packs import render_pack
from babelreel.report.reader.speaking import tell
from babelreel.report.safe_text import printable


@click.command()
@click.argument(
    "names",
    metavar="NAME...",
    nargs=-1,
    required=True,
    type=click.Choice([each.name for each in PLATFORMS], case_sensitive=False),
)
@click.option(
    "--lang",
    "languages",
    multiple=True,
    callback=each_of,
    metavar="TAG",
    help="Only this language, or pair such as ps+nl (repeatable).",
)
@output_option
@ffmpeg_option
@quiet_option
@click.pass_obj
def pack(  # noqa: PLR0913 - one parameter per option
    root: Path,
    names: tuple[str, ...],
    languages: tuple[str, ...],
    output: Path | None,
    ffmpeg: str | None,
    *,
    quiet: bool,
) -> int:
    """Pack what is published for WhatsApp, Telegram, TikTok, Instagram or YouTube.

    NAME is whatsapp, telegram, tiktok, instagram or youtube. output/packs/NAME holds a folder for each language: the
    film that fits the limits there, a text to paste beside it, and for messengers the sound alone, as a voice message.
    Exit code 3 when something is missing from a pack: it says what, and why.
    """
    project = choose_output(read_project_folder(root), output)

    def tell_more(line: str) -> None:
        if not quiet:
            tell(printable(line))

    missing = 0
    for made in make_packs(project, names, languages, ffmpeg=ffmpeg, tell=tell_more):
        missing += sum(each.is_fault for each in made.missing)
        tell(render_pack(made, str(project.output_dir)))
    return 3 if missing else 0
