"""``babelreel approve``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from babelreel.app.ledger.approve import Approved, parse_numbers
from babelreel.app.ledger.approve import approve as approve_lines
from babelreel.config.project_folder import read_project_folder
from babelreel.model.counted import count
from babelreel.model.ledger.entries import State
from babelreel.report.reader.speaking import tell
from babelreel.report.safe_text import printable

#: More numbers are read by nobody.
_MOST_TOLD = 20


@click.command()
@click.argument("language", metavar="LANG")
@click.argument("lines", metavar="[LINE]...", nargs=-1)
@click.option("--by", metavar="NAME", required=True, help="Who approves them: the name is kept.")
@click.option(
    "--state",
    type=click.Choice([each.value for each in (State.DRAFT, State.TRANSLATED, State.APPROVED)]),
    help="What is said of the lines.  [default: approved]",
)
@click.option("--minor", is_flag=True, help="The change is small: the earlier approval stays.")
@click.option("--picture", is_flag=True, help="Approve only the words in the picture and on cards, not all lines.")
@click.pass_obj
def approve(  # noqa: PLR0913 - each is an option of the command
    root: Path, language: str, lines: tuple[str, ...], *, by: str, state: str | None, minor: bool, picture: bool
) -> None:
    """Say that lines of LANG are right: those with these numbers (4 7-9), or all.

    Approving all lines also approves the words in the picture and on cards.

    subtitles/LANG.review.toml keeps who approved which words. From then on "babelreel check" and "babelreel status"
    name each line whose text or original has changed. If you use git, commit that file: git can merge the approvals
    of two people. With "--state translated" you say that lines are translated, and nobody else has read them yet.
    """
    if minor and state:
        raise click.UsageError("--minor and --state cannot go together: leave one of them out.")
    wanted = None if minor else State(state or State.APPROVED)
    found = approve_lines(
        read_project_folder(root), language, parse_numbers(lines), by=by, state=wanted, is_picture=picture
    )
    for line in _told(found, wanted):
        tell(line)
    if found.is_changed:
        click.echo(printable(found.path))


def _told(found: Approved, state: State | None) -> Iterator[str]:
    left = ", ".join(map(str, found.left[:_MOST_TOLD])) + (" …" if len(found.left) > _MOST_TOLD else "")
    yield _noted(found, state)
    yield f"{found.approved} of {count(found.lines, 'line')} in this language approved"
    if found.left:
        yield f"lines still to approve: {left}"
    if found.left_shown:
        yield f"still to approve in the picture: {printable(', '.join(found.left_shown))}"
    if found.has_begun and found.is_changed:
        yield "who approved what is kept in this file; if you use git, commit it:"


def _told_of(found: Approved) -> str:
    lines, texts = count(found.said, "line"), f"{count(found.said_shown, 'text')} in the picture"
    if not found.said_shown:
        return lines
    return f"{lines} and {texts}" if found.said else texts


def _noted(found: Approved, state: State | None) -> str:
    """Say what was noted, and of what."""
    language, told = found.language, _told_of(found)
    if state is None and not found.said and not found.said_shown:
        return f"{language}: nothing noted, because no approved line has changed"
    if state is None:
        return f"{language}: only minor changes in {told}, so what was said of them before still counts"
    if state is State.APPROVED:
        return f"{language}: {told} noted as approved"
    return (
        f"{language}: {told} noted as translated"
        if state is State.TRANSLATED
        else f"{language}: {told} noted as drafts"
    )
