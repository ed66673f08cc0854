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
@click.option("--host", default=HOST, show_default=True, help="The address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=DEFAULT_PORT, show_default=True, help="0: any free one.")
@click.option(
    "--token-file",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Who may do what, each with a token; needed for any other address than this machine's own.",
)
@click.option("--no-browser", is_flag=True, help="Only write the link; open no browser.")
@click.pass_obj
def studio(  # noqa: PLR0913 - each is an option of the command
    root: Path, language: str, *, host: str, port: int, token_file: Path | None, no_browser: bool
) -> None:
    """See, repair and approve the lines of LANG in the browser, beside the film, until you press Ctrl-C.

    Each line is written into its file when you leave it, and nothing else of the file changes. The link that is
    printed lets in anyone who has it, as long as the studio runs.
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
    begin = "begin it in the page (“New language”)" if lacking.may_begin else f"put a file {tag}.srt there"
    return (
        f"note: the token of “{name}” is for “{tag}”, and there are no subtitles in that language: nothing is shown\n"
        f"  hint: {begin}; or correct the tag in {printable(str(token_file))}, and start again"
    )
