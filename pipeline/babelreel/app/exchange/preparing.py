"""Prepare a track and its ledger as they will be when what came back is taken."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias

from babelreel.app.exchange.languages import ProjectLanguage
from babelreel.app.exchange.taking import SaidOfLine, Taking, leave
from babelreel.app.ledger.approve import word_of
from babelreel.app.ledger.saying import Word, said, with_comments
from babelreel.errors import UsageError
from babelreel.model.exchange.receipt import Fate, ToldRow
from babelreel.model.exchange.sheets import ReturnedRow
from babelreel.model.ledger.entries import Ledger, State
from babelreel.model.timecode import Span
from babelreel.model.track import Format, Track
from babelreel.rules.ledger.standing import TrackStanding, standing_of
from babelreel.timedtext.exchange.new_texts import NewCue, rewrite, without_joiners
from babelreel.timedtext.rewritten import Rewritten

_UNWRITABLE = "the subtitle file cannot hold this text: an empty line in it, or a sign that means something else there"
#: A line that is put in, and its row.
Added: TypeAlias = tuple[NewCue, ReturnedRow]


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """What is to be written of one language, and what is said then; ``places`` are those of the changed lines' rows."""

    track: Track
    rewritten: Rewritten | None
    ledger: Ledger | None
    standing: TrackStanding
    places: Mapping[int, str]


def leave_unwritable(language: ProjectLanguage, taking: Taking, added: list[Added]) -> list[Added]:
    """Leave each text alone that the file cannot hold, and say so; return the lines that can be put in.

    Where the file can hold none at all, that is no row's fault, and all stay for ``prepare`` to refuse.
    """
    track = language.track
    if track.format.is_read_only or (added and track.format is not Format.SRT):
        return added
    if not (taking.texts or added) or _rewrite(language, taking.texts, added) is not None:
        return added
    for place in [place for place, text in taking.texts.items() if _rewrite(language, {place: text}, []) is None]:
        leave(taking, place, _UNWRITABLE)
    unwritable = {id(row): row for cue, row in added if _rewrite(language, {}, [(cue, row)]) is None}
    taking.told += (
        ToldRow(place=row.place, fate=Fate.LEFT, why=_UNWRITABLE, after=row.text) for row in unwritable.values()
    )
    return [each for each in added if id(each[1]) not in unwritable]


def _rewrite(language: ProjectLanguage, said: Mapping[int, str], added: list[Added]) -> Rewritten | None:
    """Write the file with other texts, by the places of lines in their standing; ``None`` where it cannot hold them."""
    index = {id(cue): place for place, cue in enumerate(language.track.cues)}
    texts = {index[id(language.standing.lines[place].cue)]: text for place, text in said.items()}
    return rewrite(language.data, language.track, texts, language.settings.language, (cue for cue, _ in added))


def prepare(language: ProjectLanguage, taking: Taking, added: list[Added], by: str) -> Prepared:
    """Make the file and the ledger as they will be; where the file cannot hold the texts, nothing of it is taken."""
    rewritten = None
    if taking.texts or added:
        rewritten = _rewrite(language, taking.texts, added)
        if rewritten is None:
            raise UsageError(
                what="The subtitle file cannot hold these texts as they are.",
                where=language.track.path,
                why="its format can only be read, or gives another meaning to a sign in one of them",
                hint=f"Convert it (“babelreel convert {language.tag}”), then receive the file again.",
            )
    track = rewritten.track if rewritten else language.track
    standing = standing_of(track, language.reference, language.ledger)
    places = _places(standing, language.standing, taking, added)
    words = {place: _word(each, by) for place, each in places.items() if each.state}
    ledger = said(standing, language.ledger, words) if words else language.ledger
    comments = {place: each.comment for place, each in places.items() if not each.state and each.comment is not None}
    if comments:
        begun = ledger or said(standing, None, {})
        ledger = with_comments(begun, standing_of(track, language.reference, begun), comments)
    rows = {id(standing.lines[at].cue): row for at, row in _rows_of(standing, language.standing, taking, added)}
    return Prepared(
        track=track,
        rewritten=rewritten,
        ledger=ledger,
        standing=standing_of(track, language.reference, ledger),
        places={place: rows[id(line.cue)].place for place, line in enumerate(standing.lines) if id(line.cue) in rows},
    )


def _word(each: SaidOfLine, by: str) -> Word:
    return replace(word_of(by, each.state), source=each.source, comment=each.comment)


def _known(cue_span: Span, text: str) -> tuple[int, int, str]:
    return cue_span.start_ms, cue_span.end_ms, without_joiners(text)


def _now(now: TrackStanding, before: TrackStanding, taking: Taking) -> Iterator[tuple[int, int]]:
    """Pair the places of lines before with those now, by time and text."""
    there: dict[tuple[int, int, str], list[int]] = defaultdict(list)
    for place, line in enumerate(now.lines):
        there[_known(line.cue.span, line.cue.text)].append(place)
    for place, line in enumerate(before.lines):
        same = there[_known(line.cue.span, taking.texts.get(place, line.cue.text))]
        if same:
            yield place, same.pop(0)


def _places(now: TrackStanding, before: TrackStanding, taking: Taking, added: list[Added]) -> dict[int, SaidOfLine]:
    """Map the places of lines now to what is said of them."""
    found = {at: taking.said[place] for place, at in _now(now, before, taking) if place in taking.said}
    for at, row in _new_rows(now, added):
        found[at] = SaidOfLine(state=row.state or State.TRANSLATED, comment=row.comment or None)
    return found


def _new_rows(now: TrackStanding, added: list[Added]) -> Iterator[tuple[int, ReturnedRow]]:
    new = {_known(cue.span, cue.text): row for cue, row in added}
    for place, line in enumerate(now.lines):
        row = new.get(_known(line.cue.span, line.cue.text))
        if row:
            yield place, row


def _rows_of(
    now: TrackStanding, before: TrackStanding, taking: Taking, added: list[Added]
) -> Iterator[tuple[int, ReturnedRow]]:
    """Yield the rows of the lines whose text changed, by the lines' places now."""
    yield from ((at, taking.rows[place]) for place, at in _now(now, before, taking) if place in taking.texts)
    yield from _new_rows(now, added)
