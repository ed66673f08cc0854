"""Decide which of the rows that came back are taken into which lines, and what is said of the others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from babelreel.app.exchange.rows_of_lines import FoundRows
from babelreel.model.exchange.merging import Outcome, merge
from babelreel.model.exchange.receipt import Fate, ToldRow
from babelreel.model.exchange.row_key import short_digest, tidy
from babelreel.model.exchange.sheets import ReturnedRow
from babelreel.model.ledger.entries import State
from babelreel.rules.alignment.made_from import MadeFrom
from babelreel.rules.ledger.standing import Standing, TrackStanding

_NO_TEXT = short_digest("")
ORIGINAL_CHANGED = "the original was changed in this row; it is taken nowhere, change it in the film's own subtitles"
CHANGED_BOTH = "it was changed here since the file was sent, and in the file too"
CHANGED_HERE = "it was changed here since the file was sent; what is here stays"
WHY_LEFT = {
    Outcome.EMPTIED: "it is empty now; the line was left as it was",
    Outcome.RETYPED: "only the form of quotes, dots or spaces differs, as programs change it; left as it was",
    Outcome.UNMARKED: "only marks of direction are gone, which nobody sees; left as it was",
    Outcome.UNPADDED: "only zeros of a number are other ones, as programs for tables change them; left as it was",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidOfLine:
    """What a row says of its line beside the text: a state, what the translator saw as source, a comment.

    ``None`` stands for what stays; a source of ``None`` is the present one.
    """

    state: State | None
    source: MadeFrom | None = None
    comment: str | None = None


@dataclass(slots=True, kw_only=True)
class Taking:
    """New texts by the places of lines in their standing, what is said of lines, and what is reported of rows."""

    texts: dict[int, str] = field(default_factory=dict)
    said: dict[int, SaidOfLine] = field(default_factory=dict)
    told: list[ToldRow] = field(default_factory=list)
    rows: dict[int, ReturnedRow] = field(default_factory=dict)


def take_rows(standing: TrackStanding, found: FoundRows) -> Taking:
    """Decide on every row whose line is there; what cannot be decided is reported, and changes nothing."""
    taking = Taking(rows=dict(found.of_lines))
    for place, row in sorted(found.of_lines.items()):
        _take(taking, place, row, standing.lines[place])
    taking.told += (ToldRow(place=row.place, fate=Fate.LEFT, why=why, after=row.text) for row, why in found.lost)
    return taking


def outdated(now: str) -> str:
    """Say of a text that it was translated from what the film said before, and what it says now."""
    return f"taken, but translated from what the film said before; {now}"


def leave(taking: Taking, place: int, why: str) -> None:
    """Take back that a line is taken, and say so of its row."""
    row = taking.rows[place]
    del taking.texts[place]
    taking.said.pop(place, None)
    taking.told = [
        replace(each, fate=Fate.LEFT, why=why) if (each.place, each.fate) == (row.place, Fate.TAKEN) else each
        for each in taking.told
    ]


def _take(taking: Taking, place: int, row: ReturnedRow, line: Standing) -> None:
    if row.key is None:
        return
    outcome = merge(sent=row.key.text, returned=row.text, now=line.cue.text)
    number, text = line.cue.number, line.cue.text
    if row.key.source != _NO_TEXT and tidy(row.source) and short_digest(row.source) != row.key.source:
        why = ORIGINAL_CHANGED
        taking.told.append(ToldRow(place=row.place, fate=Fate.LEFT, line=number, why=why, after=tidy(row.source)))
    if outcome in {Outcome.TAKEN, Outcome.CONFLICT} and row.doubt:
        taking.told.append(ToldRow(place=row.place, fate=Fate.LEFT, line=number, why=row.doubt, after=tidy(row.text)))
        return
    if outcome is Outcome.TAKEN:
        taking.texts[place] = tidy(row.text)
        now = f"it says now: {line.source.text}" if line.source.text else "nothing of it stands beside the line now"
        why = outdated(now) if _seen(row, line) else ""
        taking.told.append(
            ToldRow(place=row.place, fate=Fate.TAKEN, line=number, why=why, before=text, after=tidy(row.text))
        )
    elif outcome is Outcome.CONFLICT:
        why = CHANGED_BOTH
        taking.told.append(
            ToldRow(place=row.place, fate=Fate.CONFLICT, line=number, why=why, before=text, after=tidy(row.text))
        )
    elif outcome in WHY_LEFT:
        taking.told.append(ToldRow(place=row.place, fate=Fate.LEFT, line=number, why=WHY_LEFT[outcome]))
    elif outcome is Outcome.KEPT:
        why = CHANGED_HERE
        taking.told.append(ToldRow(place=row.place, fate=Fate.KEPT, line=number, why=why))
    if outcome in {Outcome.TAKEN, Outcome.SAME, *WHY_LEFT}:
        _say(taking, place, row, line, is_taken=outcome is Outcome.TAKEN)


def _say(taking: Taking, place: int, row: ReturnedRow, line: Standing, *, is_taken: bool) -> None:
    """Note the state, if the text changed or another state was chosen; and the comment, if that changed."""
    if row.key is None:
        return
    sent = None if row.key.state is State.UNKNOWN else row.key.state
    # a text that changed is no longer what was approved, unless somebody says so anew
    chosen = row.state if row.is_state_said or row.state != sent else None
    is_same = short_digest(line.cue.text) == row.key.text
    state = (
        (chosen or (State.DRAFT if row.state is State.DRAFT else State.TRANSLATED))
        if is_taken
        else chosen
        if is_same
        else None
    )
    before = line.entry.comment if line.entry else ""
    comment = None if row.comment is None or tidy(row.comment) == tidy(before) else tidy(row.comment)
    if state or comment is not None:
        taking.said[place] = SaidOfLine(state=state, source=_seen(row, line), comment=comment)
    if comment:
        taking.told.append(ToldRow(place=row.place, fate=Fate.COMMENT, line=line.cue.number, after=comment))
    if state and not is_taken:
        taking.told.append(ToldRow(place=row.place, fate=Fate.STATE, line=line.cue.number, after=state.value))


def _seen(row: ReturnedRow, line: Standing) -> MadeFrom | None:
    """Find the text of the film that the translator saw: ``None`` where it is the present one."""
    key, entry = row.key, line.entry
    if key is None or key.source == short_digest(line.source.text):
        return None
    if entry and key.source == short_digest(entry.source):
        return MadeFrom(pieces=entry.pieces, shared=entry.shared)
    # a source that was typed over in the file is still what she translated from
    pieces = tuple(tidy(row.source).split("\n")) if tidy(row.source) else ()
    return MadeFrom(pieces=pieces, shared=min(key.shared, len(pieces)))


def unnamed_lines(standing: TrackStanding, taking: Taking) -> Iterator[int]:
    """Yield the numbers of the lines that no row was about."""
    return (line.cue.number for place, line in enumerate(standing.lines) if place not in taking.rows)
