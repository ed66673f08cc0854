"""Change what the ledger keeps when somebody says something of a line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from babelreel.model.ledger.entries import Entry, Ledger, Minor, State, text_digest
from babelreel.model.timecode import render_timestamp
from babelreel.model.visible_text import visible
from babelreel.rules.alignment.made_from import MadeFrom
from babelreel.rules.ledger.standing import PictureStanding, Standing, TrackStanding

#: The digits of a text that a key holds: enough to tell two lines of one time apart.
_KEY_DIGITS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """What somebody (``by``) says of a line on a day (``on``, like 2026-11-30).

    ``state`` is ``None`` where it stays: what was changed is minor. ``source`` is what the line was made from, ``None``
    where that is its present source. ``comment`` is ``None`` where it stays.
    """

    by: str
    on: str
    state: State | None
    source: MadeFrom | None = None
    comment: str | None = None


def said(standing: TrackStanding, ledger: Ledger | None, words: Mapping[int, Word]) -> Ledger:
    """Make the ledger with what was said of lines, by their places in ``standing.lines``.

    It is said of the present texts. A ledger that begins keeps all other lines as unknown, so that what changes from
    then on is reported. Where something is said of all lines, those that are gone are let go.
    """
    lines = standing.lines
    keys = {entry.key for entry in ledger or ()}
    kept: list[Entry] = []
    for place, line in enumerate(lines):
        if place in words:
            entry: Entry | None = _said(line, words[place], keys)
        else:
            entry = line.entry if ledger else _new(line, line.source, keys, State.UNKNOWN)
        if entry is not None:
            keys.add(entry.key)
            kept.append(entry)
    vanished = () if words.keys() >= set(range(len(lines))) else standing.vanished
    entries = tuple(sorted((*kept, *vanished), key=lambda each: each.key))
    return Ledger(entries=entries, shown=ledger.shown if ledger else ())


def said_of_picture(standing: TrackStanding, ledger: Ledger, word: Word) -> Ledger:
    """Make the ledger with what was said of all that a language shows in the picture, as it is now.

    What is shown no more is let go. Where what was changed is minor, that is so of what was spoken of before.
    """
    return replace(ledger, shown=tuple(filter(None, (_said_of_text(each, word) for each in standing.shown))))


def _said_of_text(each: PictureStanding, word: Word) -> Entry | None:
    by = " ".join(visible(word.by).split())
    text, source = visible(each.words.text), visible(each.words.source)
    if word.state is not None:
        return Entry(key=each.words.name, state=word.state, text=text, source=source, by=by, on=word.on)
    if each.entry is None or not (each.is_rewritten or each.is_stale):
        return each.entry
    return replace(each.entry, text=text, source=source, minor=Minor(by=by, on=word.on))


def with_comments(ledger: Ledger, standing: TrackStanding, comments: Mapping[int, str]) -> Ledger:
    """Put other comments into a ledger; who said what of the lines stays."""
    by_key = {
        line.entry.key: visible(comments[place])
        for place, line in enumerate(standing.lines)
        if place in comments and line.entry
    }
    entries = tuple(replace(each, comment=by_key.get(each.key, each.comment)) for each in ledger)
    return replace(ledger, entries=entries)


def _said(line: Standing, word: Word, keys: set[str]) -> Entry:
    source = word.source or line.source
    before = line.entry or _new(line, source, keys, State.UNKNOWN)
    comment = before.comment if word.comment is None else visible(word.comment)
    now = replace(before, text=_text(line), source=source.text, shared=source.shared, comment=comment)
    by = " ".join(visible(word.by).split())
    if word.state is None:
        return replace(now, minor=Minor(by=by, on=word.on))
    return replace(now, state=word.state, by=by, on=word.on, minor=None)


def _new(line: Standing, source: MadeFrom, keys: set[str], state: State) -> Entry:
    text = _text(line)
    name = f"{render_timestamp(line.cue.span.start_ms, '.')} {text_digest(source.text, text)[:_KEY_DIGITS]}"
    key = next(each for each in _names(name) if each not in keys)
    return Entry(key=key, state=state, text=text, source=source.text, shared=source.shared)


def _names(name: str) -> Iterator[str]:
    yield name
    number = 2
    while True:
        yield f"{name} {number}"
        number += 1


def _text(line: Standing) -> str:
    return visible(line.cue.text)
