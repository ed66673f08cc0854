"""How does a line that somebody changed come into its file, and what if the file was changed meanwhile?"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from babelreel.app.kept_versions import keep_versions
from babelreel.app.ledger.approve import Language, ledger_with, word_of
from babelreel.app.ledger.ledger_file import ledger_path, render_ledger, write_ledger
from babelreel.app.studio.lines import OpenLanguage, StudioLine, open_lines
from babelreel.app.studio.one_cue import Wanted, rewrite_cue, tidy_text
from babelreel.app.studio.saying import VERB
from babelreel.errors import UsageError
from babelreel.graph.files import rewrite_atomically
from babelreel.graph.lock import hold_ledgers
from babelreel.model.ledger.entries import Ledger, State
from babelreel.model.ledger.wording import says_the_same
from babelreel.model.project import Project
from babelreel.regular_files import real_path
from babelreel.rules.ledger.standing import standing_of
from babelreel.timedtext.rewritten import Rewritten

#: Two cues whose times share nothing, and begin further apart, are two lines for everybody.
_NEAR_MS = 2000


class Outcome(StrEnum):
    """What became of a line that was to be written."""

    SAVED = "saved"
    """It is on the disk."""
    MERGED = "merged"
    """It is on the disk, and so is what somebody else did to other lines meanwhile."""
    SAME = "same"
    """The file said so already."""
    CONFLICT = "conflict"
    """Somebody else changed this very line: nothing was written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """What a line was when a person began to change it: the version of its file, its place there, its digest."""

    version: str
    place: int
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """What became of a line, and the language as it is now.

    ``line`` is the line now, ``None`` where nobody can tell which one it was; ``is_utf8_now`` says that the file had an
    older encoding, which lacks a letter of the new text.
    """

    outcome: Outcome
    line: StudioLine | None
    now: OpenLanguage
    is_utf8_now: bool = False


def save_line(project: Project, tag: str, base: Base, wanted: Wanted, by: str = "") -> Saved:
    """Write one line, all others stay as they are on the disk now; on return it outlasts a power cut.

    Where a language has a ledger and ``by`` is known, a text that says something else is noted as translated by her.
    Raises ``UsageError`` for a text that the file cannot hold, and what reading and writing raise.
    """
    with hold_ledgers(project.state_dir):
        opened = open_lines(project, tag)
        refuse_closed(opened)
        line = opened.known(base.digest, base.place)
        if line is None:
            return _missed(opened, wanted)
        rewritten = rewrite_cue(
            opened.language.data, opened.language.track, line.place, wanted, opened.language.file.settings.language
        )
        if rewritten is None:
            raise UsageError(
                what="the file cannot hold the line like this",
                where=f"{opened.language.track.path}, line {line.cue.number}",
                why=_why_not(wanted),
                hint="write it in another way",
            )
        is_merged = opened.version != base.version
        return write_line(project, opened, line, rewritten, by, Outcome.MERGED if is_merged else Outcome.SAVED)


def write_line(  # noqa: PLR0913, PLR0917 - what was there, what is to be, who says so
    project: Project, opened: OpenLanguage, line: StudioLine, rewritten: Rewritten, by: str, outcome: Outcome
) -> Saved:
    """Put a changed file into its place, and note in the ledger who changed the line; the caller holds the ledgers."""
    language = opened.language
    if rewritten.data == language.data:
        return Saved(outcome=Outcome.SAME, line=line, now=opened)
    path, noted = real_path(language.file.path), ledger_path(project, opened.tag)
    ledger = _ledger_with(language, line.place, rewritten, by)
    texts = {noted: render_ledger(ledger).encode()} if ledger else {}
    keep_versions(project, f"{VERB} {opened.tag}", {path: rewritten.data, **texts})
    rewrite_atomically(path, rewritten.data)
    if ledger:
        write_ledger(noted, project, ledger)
    now = open_lines(project, opened.tag)
    return Saved(
        outcome=outcome,
        line=now.lines[line.place],
        now=now,
        is_utf8_now=rewritten.track.encoding != language.track.encoding,
    )


def _ledger_with(language: Language, place: int, rewritten: Rewritten, by: str) -> Ledger | None:
    """Give the ledger with who translated a line; ``None`` where nothing is to be noted."""
    track = rewritten.track
    if not (by and language.ledger and language.reference):
        return None
    if says_the_same(language.track.cues[place].text, track.cues[place].text):
        return None
    standing = standing_of(track, language.reference, language.ledger)
    at = next((at for at, each in enumerate(standing.lines) if each.cue is track.cues[place]), None)
    if at is None:
        return None
    ledger = ledger_with(
        replace(language, data=rewritten.data, track=track, standing=standing), {at: word_of(by, State.TRANSLATED)}
    )
    return None if ledger == language.ledger else ledger


def refuse_closed(opened: OpenLanguage) -> None:
    """Raise ``UsageError`` for a language whose file is not written."""
    if opened.why_closed:
        raise UsageError(what="this file is not written here", where=opened.language.track.path, why=opened.why_closed)


def _missed(opened: OpenLanguage, wanted: Wanted) -> Saved:
    """Tell a line that is already as it was wanted, whose answer got lost, from one that somebody else changed."""
    text = tidy_text(wanted.text)
    for line in opened.lines:
        if line.cue.span == wanted.span and tidy_text(line.cue.text) == text:
            return Saved(outcome=Outcome.SAME, line=line, now=opened)
    near = [line for line in opened.lines if abs(line.cue.span.start_ms - wanted.span.start_ms) <= _NEAR_MS]
    nearest = min(near, key=lambda line: (abs(line.cue.span.start_ms - wanted.span.start_ms), line.place), default=None)
    return Saved(outcome=Outcome.CONFLICT, line=nearest, now=opened)


def _why_not(wanted: Wanted) -> str:
    if not tidy_text(wanted.text):
        return "a line cannot be empty"
    if not 0 <= wanted.span.start_ms < wanted.span.end_ms:
        return "it would end before it begins"
    return "the format of the file gives another meaning to a sign in it"
