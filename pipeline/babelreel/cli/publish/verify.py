"""``babelreel verify``."""

from __future__ import annotations

from pathlib import Path

import click

from babelreel.app.project.output_folder import choose_output
from babelreel.app.verify.published_files import verify_output, verify_project
from babelreel.cli.choices.options import ffmpeg_option, json_option
from babelreel.cli.choices.several import for_each, parted, refuse_for_several
from babelreel.config.project_folder import read_project_folder
from babelreel.model.delivery.build_summary import worst_code
from babelreel.model.delivery.verification import Verification
from babelreel.report.console.published.verification import render_verification, render_verifications
from babelreel.report.reader.speaking import show


@click.command()
@click.argument("folder", metavar="[DIR]", required=False, type=click.Path(path_type=Path))
@click.option("--deep", is_flag=True, help="Decode every picture and sound too.")
@ffmpeg_option
@json_option
@click.pass_obj
def verify(roots: tuple[Path, ...], folder: Path | None, ffmpeg: str | None, *, deep: bool, as_json: bool) -> int:
    """Compare published files with their manifest: every file, every film and every link.

    DIR is a folder with a manifest.json, by default the project's output/. Exit code 1 when anything differs.
    """
    if folder:
        refuse_for_several(roots, "DIR", "it is one folder", "Name the films, or the folder, but not both.")

    def look(root: Path) -> Verification:
        if folder:
            return verify_output(folder, is_deep=deep, ffmpeg=ffmpeg)
        return verify_project(choose_output(read_project_folder(root)), is_deep=deep, ffmpeg=ffmpeg)

    results = for_each(roots, look)
    done, codes = parted(results)
    if len(roots) > 1:
        show(render_verifications(results, as_json=as_json), nl=False, for_programs=as_json)
    else:
        told = "".join(render_verification(each, as_json=as_json) for each in done.values())
        show(told, nl=False, for_programs=as_json)
    return worst_code((*codes, *(int(not each.is_good) for each in done.values())))
