"""Write the lines that somebody changed into their file, even if the file was changed meanwhile."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from babelreel.app.kept_versions import keep_versions
from babelreel.app.ledger.approve import Language, ledger_with, word_of
from babelreel.app.ledger.ledger_file import ledger_path, render_ledger, write_ledger
from babelreel.app.studio.lines import OpenLanguage, StudioLine, open_lines
from babelreel.app.studio.one_cue import Wanted, can_be_held, rewrite_cues, tidy_text
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
#: Where a file cannot hold many lines at once, it is tried with fewer, so often at most: all others have to wait.
_MOST_TRIES = 40


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
    REFUSED = "refused"
    """The file cannot hold the line like this: nothing of it was written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """What a line was when a person began to change it: the version of its file, its place there, its digest."""

    version: str
    place: int
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A line as it was when a person began to change it, and as she wants it."""

    base: Base
    wanted: Wanted


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """What became of a line, and the language as it is now.

    ``line`` is the line now, ``None`` where nobody knows which one it was; ``is_utf8_now`` says that the file had an
    older encoding, which lacks a letter of the new text.
    """

    outcome: Outcome
    line: StudioLine | None
    now: OpenLanguage
    is_utf8_now: bool = False


def save_line(project: Project, tag: str, base: Base, wanted: Wanted, by: str = "") -> Saved:
    """Write one line, as ``save_lines`` does; raises ``UsageError``, too, for a text that the file cannot hold."""
    (saved,) = save_lines(project, tag, (Change(base=base, wanted=wanted),), by)
    if saved.outcome is Outcome.REFUSED and saved.line:
        raise UsageError(
            what="The file cannot hold the line like this.",
            where=f"{saved.now.language.track.path}, line {saved.line.cue.number}",
            why=_why_not(wanted),
            hint="Write it in another way.",
        )
    return saved


def save_lines(project: Project, tag: str, changes: Sequence[Change], by: str = "") -> tuple[Saved, ...]:
    """Write lines in one step of ``undo``, all others stay as they are on the disk now; tell what became of each.

    One that somebody else changed, or that the file cannot hold, keeps no other from being written. On return all
    outlast a power cut. Where a language has a ledger and ``by`` is known, a text that says something else is noted as
    translated by her. Raises ``UsageError`` for a file that is not written, and what reading and writing raise.
    """
    with hold_ledgers(project.state_dir):
        opened = open_lines(project, tag)
        refuse_closed(opened)
        lines = [opened.known(each.base.digest, each.base.place) for each in changes]
        wanted = {line.place: each.wanted for each, line in zip(changes, lines, strict=True) if line}
        places, rewritten = _rewritten(opened, wanted)
        now = write_lines(project, opened, places, rewritten, by)
    is_utf8_now = rewritten.track.encoding != opened.language.track.encoding
    saved = []
    for change, line in zip(changes, lines, strict=True):
        if line is None:
            saved.append(_missed(now, change.wanted))
        elif line.place in places:
            outcome = outcome_of(opened, now, change.base)
            saved.append(Saved(outcome=outcome, line=now.lines[line.place], now=now, is_utf8_now=is_utf8_now))
        else:
            saved.append(Saved(outcome=Outcome.REFUSED, line=now.lines[line.place], now=now))
    return tuple(saved)


def write_lines(
    project: Project, opened: OpenLanguage, places: Collection[int], rewritten: Rewritten, by: str
) -> OpenLanguage:
    """Put a changed file into its place, and note in the ledger who changed these lines; the caller holds the ledgers.

    Gives the language as it is then.
    """
    language = opened.language
    if rewritten.data == language.data:
        return opened
    path, noted = real_path(language.file.path), ledger_path(project, opened.tag)
    ledger = _ledger_with(language, places, rewritten, by)
    texts = {noted: render_ledger(ledger).encode()} if ledger else {}
    keep_versions(project, f"{VERB} {opened.tag}", {path: rewritten.data, **texts})
    rewrite_atomically(path, rewritten.data)
    if ledger:
        write_ledger(noted, project, ledger)
    return open_lines(project, opened.tag)


def outcome_of(opened: OpenLanguage, now: OpenLanguage, base: Base) -> Outcome:
    """Name what became of a line that was written: with what somebody else did meanwhile, or not."""
    if now is opened:
        return Outcome.SAME
    return Outcome.MERGED if opened.version != base.version else Outcome.SAVED


def _rewritten(opened: OpenLanguage, wanted: Mapping[int, Wanted]) -> tuple[frozenset[int], Rewritten]:
    """Write as many of the lines into the file as it can hold; return their places and the file."""
    language, tries = opened.language, _MOST_TRIES
    done = Rewritten(data=language.data, track=language.track)
    written: frozenset[int] = frozenset()
    left = [tuple(place for place, each in wanted.items() if can_be_held(language.track, place, each))]
    while left and tries:
        places, tries = left.pop(), tries - 1
        tried = rewrite_cues(
            done.data, done.track, {place: wanted[place] for place in places}, language.file.settings.language
        )
        if tried:
            done, written = tried, written.union(places)
        elif len(places) > 1:
            left += [places[len(places) // 2 :], places[: len(places) // 2]]
    return written, done


def _ledger_with(language: Language, places: Collection[int], rewritten: Rewritten, by: str) -> Ledger | None:
    """Note in the ledger who translated lines; ``None`` where nothing is to be noted."""
    track = rewritten.track
    if not (by and language.ledger and language.reference):
        return None
    others = {
        id(track.cues[place])
        for place in places
        if not says_the_same(language.track.cues[place].text, track.cues[place].text)
    }
    if not others:
        return None
    standing = standing_of(track, language.reference, language.ledger)
    words = {at: word_of(by, State.TRANSLATED) for at, each in enumerate(standing.lines) if id(each.cue) in others}
    if not words:
        return None
    ledger = ledger_with(replace(language, data=rewritten.data, track=track, standing=standing), words)
    return None if ledger == language.ledger else ledger


def refuse_closed(opened: OpenLanguage) -> None:
    """Raise ``UsageError`` for a language whose file is not written."""
    if opened.why_closed:
        raise UsageError(
            what="The studio does not write this file.", where=opened.language.track.path, why=opened.why_closed
        )


def _missed(now: OpenLanguage, wanted: Wanted) -> Saved:
    """Tell a line that is already as it was wanted, whose answer got lost, from one that somebody else changed."""
    text = tidy_text(wanted.text)
    for line in now.lines:
        if line.cue.span == wanted.span and tidy_text(line.cue.text) == text:
            return Saved(outcome=Outcome.SAME, line=line, now=now)
    near = [line for line in now.lines if abs(line.cue.span.start_ms - wanted.span.start_ms) <= _NEAR_MS]
    nearest = min(near, key=lambda line: (abs(line.cue.span.start_ms - wanted.span.start_ms), line.place), default=None)
    return Saved(outcome=Outcome.CONFLICT, line=nearest, now=now)


def _why_not(wanted: Wanted) -> str:
    if not tidy_text(wanted.text):
        return "a line cannot be empty"
    if not 0 <= wanted.span.start_ms < wanted.span.end_ms:
        return "it would end before it begins"
    return "the format of the file gives another meaning to a sign in it"
