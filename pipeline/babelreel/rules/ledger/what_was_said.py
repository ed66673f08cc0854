"""Check that what people said of the lines of a track is still true of these words, and of the reference."""

from __future__ import annotations

from collections.abc import Iterator

from babelreel.model.finding import Severity
from babelreel.model.ledger.entries import State
from babelreel.rules.base.breach import Breach
from babelreel.rules.base.memo import remembered
from babelreel.rules.base.need import Need
from babelreel.rules.base.rule import TrackRule, track_rule
from babelreel.rules.base.short_texts import quoted, some
from babelreel.rules.base.subject import TrackSubject
from babelreel.rules.ledger.in_words import differing
from babelreel.rules.ledger.source_changes import ChangeKind, SourceChange
from babelreel.rules.ledger.standing import TrackStanding, standing_of


@remembered
def _standing(subject: TrackSubject) -> TrackStanding:
    is_of_one_film = subject.is_of_reference_film
    return standing_of(subject.track, subject.reference, subject.ledger, subject.shown, is_of_one_film=is_of_one_film)


@track_rule(code="LDG001", name="source-changed", severity=Severity.WARNING, needs=frozenset({Need.REFERENCE}))
def source_changed(subject: TrackSubject) -> Iterator[Breach]:
    """The original was changed after a line was translated.

    Why: "You have the right to a lawyer" became "You do not have the right to a lawyer", and eleven translations still
    say what was there before.

    Limit: The words of the original are those that fr.review.toml keeps for the line. Times, numbers, how the text is
    cut into lines and rows, spaces, the form of quotes and marks of direction may change. Nothing is reported if there
    is no such file, or for lines that are not in it.

    Source: Gettext marks such a translation as fuzzy, and Weblate as needing editing.

    Example: line 4 was made from "You have the right to a lawyer." and the original says now "You do not have the right
    to a lawyer."

    Fix: Change the line. If it still holds, say so with your name: "babelreel approve fr 4 --by Amina" approves it
    again, and "babelreel approve fr 4 --minor --by Amina" keeps the earlier approval.
    """
    if subject.ledger is None or subject.reference is None:
        return
    for line in _standing(subject).lines:
        if line.change:
            yield Breach(cue=line.cue, message=_told(line.change))
    for each in _standing(subject).shown:
        if each.entry and each.is_stale and not each.is_rewritten:
            before, after = differing(each.entry.source, each.words.source)
            said = f"the original said “{before}” there when this was {each.entry.state}"
            yield Breach(message=f"{each.words.called}: {said}, and says “{after}” now")


def _told(change: SourceChange) -> str:
    match change.kind:
        case ChangeKind.ADDED:
            return f"the original says more here since this was translated: {quoted(change.after)}"
        case ChangeKind.GONE:
            return f"the original said {quoted(change.before)} when this was translated, and says nothing here now"
        case ChangeKind.MOVED:
            return f"the original said {quoted(change.before)} when this was translated, and says it elsewhere now"
        case ChangeKind.CHANGED:
            before, after = differing(change.before, change.after)
            return f"the original said “{before}” when this was translated, and says “{after}” now"


@track_rule(code="LDG002", name="approved-text-changed", severity=Severity.WARNING)
def approved_text_changed(subject: TrackSubject) -> Iterator[Breach]:
    """A line was changed after it was approved.

    Why: Somebody approved the earlier words. Nobody has read these.

    Limit: The words of an approved line are those that fr.review.toml keeps. Line breaks, spaces, the form of quotes
    and marks of direction may change. The same is so of words in the picture, and of all that stands on a card.

    Source: Proposal of this project.

    Example: Amina approved "Tu as droit à un avocat.", and the line says "Tu as un avocat." now.

    Fix: Read the line, and approve it with your name: "babelreel approve fr 4 --by Amina", or with "--minor" if the
    change does not matter.
    """
    if subject.ledger is None:
        return
    for line in _standing(subject).lines:
        if line.entry and line.state is State.APPROVED and line.is_rewritten:
            before, after = differing(line.entry.text, line.cue.text)
            who = line.entry.by or "somebody"
            yield Breach(cue=line.cue, message=f"{who} approved “{before}”, and the line says “{after}” now")
    for each in _standing(subject).shown:
        if each.entry and each.entry.state is State.APPROVED and each.is_rewritten:
            before, after = differing(each.entry.text, each.words.text)
            said = f"{each.entry.by or 'somebody'} approved “{before}”"
            yield Breach(message=f"{each.words.called}: {said}, and now “{after}” is there")


@track_rule(code="LDG003", name="not-approved", severity=Severity.INFO)
def not_approved(subject: TrackSubject) -> Iterator[Breach]:
    """Some lines are not approved.

    Why: Nobody but the translator has compared them with what the film says. If babelreel.toml publishes only what is
    approved, the language keeps its earlier version until somebody has approved them.

    Limit: Every line is approved as it is now, for what the original says now, and so are the words in the picture and
    on cards. It is reported once for each subtitle file; with only = "approved" in [publish] it is a warning. Without a
    fr.review.toml it is reported only then.

    Source: Proposal of this project.

    Example: 3 of 22 lines are not approved: 4, 7, 9.

    Fix: Have somebody read the lines, and approve them: "babelreel approve fr 4 7 9 --by Amina". For the words in the
    picture and on cards: "babelreel approve fr --picture --by Amina".
    """
    if subject.ledger_fault or (subject.ledger is None and not subject.wants_approval):
        return
    standing = _standing(subject)
    left = standing.unapproved
    if left:
        numbers = some([str(line.cue.number) for line in left])
        lines = "line is" if len(standing.lines) == 1 else "lines are"
        yield Breach(
            message=f"{len(left)} of {len(standing.lines)} {lines} not approved: {numbers}",
            severity=Severity.WARNING if subject.wants_approval else None,
        )
    if shown := standing.unapproved_shown:
        names = ", ".join(each.words.called for each in shown)
        yield Breach(
            message=f"not approved in the picture: {names}",
            severity=Severity.WARNING if subject.wants_approval else None,
        )


@track_rule(code="LDG004", name="unreadable-ledger", severity=Severity.WARNING)
def unreadable_ledger(subject: TrackSubject) -> Iterator[Breach]:
    """The file of approvals cannot be read.

    Why: Without it, nobody learns which lines are no longer true.

    Limit: fr.review.toml, beside the subtitles, is TOML as "babelreel approve" writes it.

    Source: Proposal of this project.

    Example: Git left marks of a conflict in it, because two people approved the same line.

    Fix: Open the file in an editor, keep one of the two sides at each place, and delete the marks. Or restore the
    version before from version control.
    """
    if subject.ledger_fault:
        yield Breach(message=f"{subject.language.tag}.review.toml cannot be read: {subject.ledger_fault}")


RULES: tuple[TrackRule, ...] = (source_changed, approved_text_changed, not_approved, unreadable_ledger)
