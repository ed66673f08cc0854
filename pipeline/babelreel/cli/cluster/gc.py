"""``babelreel gc``."""

from __future__ import annotations

import click

from babelreel.app.shared_store import collect_shared
from babelreel.report.console.build.garbage import render_collected
from babelreel.report.reader.speaking import tell


@click.command()
@click.argument("store", metavar="STORE")
@click.option(
    "--days",
    type=click.IntRange(min=1),
    default=30,
    show_default=True,
    metavar="N",
    help="Keep what was made or used within this many days.",
)
@click.option("--dry-run", "is_dry", is_flag=True, help="Only tell what would be removed.")
def gc(store: str, days: int, *, is_dry: bool) -> None:
    """Remove from a shared store (s3://BUCKET/FOLDER, gs://, az:// or a folder) what nobody uses any more.

    Run it every day. What was not used for N days is noted, and a run at least 24 hours later removes it if it is
    still unused. It may run while others build. Times are those of the store's own clock.
    """
    tell(render_collected(collect_shared(store, days=days, is_dry=is_dry), is_dry=is_dry))
