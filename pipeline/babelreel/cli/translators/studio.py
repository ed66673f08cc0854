"""``babelreel studio``."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

import click

from babelreel.app.serve import HOST
from babelreel.app.studio.link_page import page_that_leads_to
from babelreel.app.studio.people import Lacking
from babelreel.app.studio.serve_studio import serve_studio
from babelreel.config.project_folder import read_project_folder
from babelreel.report.reader.speaking import tell
from babelreel.report.safe_text import printable

#: The one behind that of "serve".
DEFAULT_PORT = 8138


@click.command()
@click.argument("language", metavar="[LANG]", default="")
@click.option(
    "--host", metavar="ADDRESS", default=HOST, show_default=True, help="The address at which browsers reach the studio."
)
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    metavar="N",
    default=DEFAULT_PORT,
    show_default=True,
    help="The port; 0 takes any that is free.",
)
@click.option(
    "--token-file",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="A file that says who may do what. Needed if others reach the studio from their own machines.",
)
@click.option("--no-browser", is_flag=True, help="Only print the link; open no browser.")
@click.pass_obj
def studio(  # noqa: PLR0913 - each is an option of the command
    root: Path, language: str, *, host: str, port: int, token_file: Path | None, no_browser: bool
) -> None:
    """See, repair and approve the lines of LANG in the browser, beside the film. Press Ctrl-C to end it.

    When you leave a line, it is saved in its file; the rest of the file does not change. The studio prints a link.
    As long as the studio runs, everyone who has the link can use it.
    """
    project = read_project_folder(root)
    with ExitStack() as until_its_end:

        def is_ready(address: str, lacking: tuple[Lacking, ...]) -> None:
            tell(f"{address} (Ctrl-C ends it)")
            for each in lacking:
                tell(_told(each, token_file))
            if not no_browser:
                click.launch(until_its_end.enter_context(page_that_leads_to(address, project.state_dir)))

        serve_studio(project, language, host=host, port=port, token_file=token_file, is_ready=is_ready)


def _told(lacking: Lacking, token_file: Path | None) -> str:
    name, tag = printable(lacking.name), lacking.tag
    begin = "start the language in the page (“New language”)" if lacking.may_begin else f"put {tag}.srt there"
    return (
        f"note: “{name}” sees nothing: their token is for “{tag}”, which has no subtitles\n"
        f"  hint: {begin}; or correct the tag in {printable(str(token_file))}, and start again"
    )
