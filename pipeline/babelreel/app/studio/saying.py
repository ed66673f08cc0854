"""Let a person approve lines, or write a comment to one, beside what she saw."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from babelreel.app.ledger.approve import keep_ledger, ledger_with, refuse_two_films, word_of
from babelreel.app.ledger.saying import Word, said, with_comments
from babelreel.app.studio.lines import OpenLanguage, StudioLine, open_lines
from babelreel.errors import UsageError
from babelreel.graph.lock import hold_ledgers
from babelreel.model.ledger.entries import State
from babelreel.model.project import Project
from babelreel.rules.ledger.standing import standing_of

#: The verb that wrote what is written in a studio.
VERB = "studio"
_LONGEST_COMMENT = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """Of how many lines something was kept, and of how many not, because they are not what she saw any more."""

    kept: int
    changed: int
    now: OpenLanguage


def approve_lines(project: Project, tag: str, seen: Mapping[int, str], by: str, state: State = State.APPROVED) -> Said:
    """Say of lines that they are in a state: those that still say, beside the same original, what a person saw.

    ``seen`` has what she saw (``StudioLine.seen``) by the places of the lines. Nobody approves what she did not see.
    """
    word = word_of(by, state)
    with hold_ledgers(project.state_dir):
        opened = open_lines(project, tag)
        refuse_two_films(project, opened.language)
        lines = [line for place, digest in seen.items() if (line := _as_seen(opened, place, digest))]
        places = [at for line in lines if (at := place_in_standing(opened, line)) is not None]
        if places:
            ledger = ledger_with(opened.language, dict.fromkeys(places, word))
            keep_ledger(project, opened.language, ledger, VERB)
            opened = open_lines(project, tag)
    return Said(kept=len(places), changed=len(seen) - len(places), now=opened)


def comment_line(project: Project, tag: str, place: int, digest: str, comment: str) -> Said:
    """Write the comment to a line, or take it out; what was said of the line, and by whom, stays."""
    text = comment.strip()
    if len(text) > _LONGEST_COMMENT:
        raise UsageError(what=f"A comment has {_LONGEST_COMMENT} characters at most.", hint="Write a shorter one.")
    with hold_ledgers(project.state_dir):
        opened = open_lines(project, tag)
        refuse_two_films(project, opened.language)
        line = opened.known(digest, place)
        at = place_in_standing(opened, line) if line else None
        if at is None:
            return Said(kept=0, changed=1, now=opened)
        language = opened.language
        ledger = language.ledger or said(language.standing, None, {})
        standing = standing_of(language.track, language.reference, ledger)
        if standing.lines[at].entry:
            ledger = with_comments(ledger, standing, {at: text})
        else:  # nothing is kept of it yet
            ledger = said(standing, ledger, {at: Word(by="", on="", state=State.UNKNOWN, comment=text)})
        keep_ledger(project, language, ledger, VERB)
        return Said(kept=1, changed=0, now=open_lines(project, tag))


def place_in_standing(opened: OpenLanguage, line: StudioLine) -> int | None:
    """Find the place of a line among those that say anything."""
    lines = opened.language.standing.lines
    return next((at for at, each in enumerate(lines) if each is line.standing), None)


def _as_seen(opened: OpenLanguage, place: int, seen: str) -> StudioLine | None:
    alike = [line for line in opened.lines if line.seen == seen]
    return min(alike, key=lambda line: abs(line.place - place), default=None)
