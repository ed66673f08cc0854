"""Say what changed in a publication without a build."""

from __future__ import annotations

from babelreel.model.counted import count
from babelreel.model.delivery.publication import Published, Sent
from babelreel.model.film_campaign import FilmCampaign
from babelreel.report.safe_text import printable, render_size


def render_published(done: Published, output: str) -> str:
    """Say in two lines what changed, and what is published now."""
    files = done.manifest.files
    changes = count(len(done.written), "file written", "files written") + (
        f", {count(len(done.removed), 'file removed', 'files removed')}" if done.removed else ""
    )
    there = f"{count(len(done.manifest.languages), 'language')}, {count(len(files), 'file')}"
    return f"{changes}\n{there}, {render_size(sum(file.bytes for file in files))} in {printable(output)}"


def render_withdrawn(done: Published, *, is_sent: bool) -> str:
    """Say what follows from a withdrawal, and how to go back; a folder that nobody sent has to be handed over."""
    tags = ", ".join(each.language for each in done.manifest.withdrawn)
    lines = [
        f"withdrawn: {tags}. The next build leaves this out until its subtitles change.",
        "to go back: “babelreel rollback”, or “babelreel build LANG” to publish it as it is",
    ]
    if not is_sent:
        lines.append("The web team needs the folder again: until then the old files are on the web.")
    return "\n".join(lines)


def render_front(done: Published, campaign: FilmCampaign) -> str:
    """Say in a line what stands over the films of a campaign now."""
    languages = len({file.language for file in done.manifest.files if file.language})
    written = count(len(done.written), "file written", "files written")
    pages = f"the start page of the films: {count(languages, 'language')}, {written}"
    return f"{pages} in {printable(campaign.output_dir.as_posix())}"


def render_sent(sent: Sent) -> str:
    """Say in a line what a place was sent."""
    if not (sent.sent or sent.removed):
        return f"{printable(sent.address)} is up to date"
    removed = f", {count(sent.removed, 'file removed', 'files removed')}" if sent.removed else ""
    files = count(sent.sent, "file sent", "files sent")
    return f"{files} to {printable(sent.address)}: {render_size(sent.sent_bytes)}{removed}"
