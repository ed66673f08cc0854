"""Write other texts or other times into some cues of a file, while every byte of all others stays."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import takewhile

from babelreel.model.exchange.row_key import tidy
from babelreel.model.finding import Edit
from babelreel.model.language import Language
from babelreel.model.timecode import Span
from babelreel.model.track import Cue, Format, Track
from babelreel.rules.base.edits import apply_edits
from babelreel.timedtext.exchange.new_texts import rewrite
from babelreel.timedtext.formats.timestamp import FORMS, render_time
from babelreel.timedtext.rewritten import Rewritten, rewritten_in_any

#: What may mean something else in a file than it says.
_MARKUP = re.compile(r"[<>&{}\\]|--")
_BLANK_LINES = re.compile(r"\n[ \t]*(?=\n)")
#: Lines are compared letter by letter as long as one letter of both can be held to each other so often: two of 4000
#: letters, of which none stays where it was, take a minute.
_MOST_PAIRS = 200 * 200
#: Times of ASS and SSA have steps of 10 ms.
_COARSE = {Format.ASS: 10, Format.SSA: 10}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a cue is to say, and when; that it says nothing must be meant: it goes back to waiting for its text."""

    text: str
    span: Span
    is_empty_meant: bool = False


def tidy_text(text: str) -> str:
    """Write a text as a cue can hold it: no blank lines, no spaces at the ends of lines, nothing invisible."""
    return _BLANK_LINES.sub("", tidy(text))


def rewrite_cue(data: bytes, track: Track, place: int, wanted: Wanted, language: Language) -> Rewritten | None:
    """Write another text and other times into the cue at a place; ``None`` where the file cannot hold them."""
    return rewrite_cues(data, track, {place: wanted}, language)


def rewrite_cues(data: bytes, track: Track, wanted: Mapping[int, Wanted], language: Language) -> Rewritten | None:
    """Write other texts and times into cues, by their places; ``None`` where the file cannot hold them all.

    Only the letters that differ are exchanged, so that markup around them stays, as far as that means what is wanted;
    else the text is written anew, with its italics. The file becomes UTF-8 where its encoding lacks a letter. What was
    written is read again, and compared; how often does not depend on how many cues there are.
    """
    if not all(can_be_held(track, place, each) for place, each in wanted.items()):
        return None
    meant = {place: _as_held(track, each) for place, each in wanted.items()}
    done = _edited(data, track, _edits(track, meant, meant), language)
    unlike = _unlike(track, done.track, meant) if done else None
    if done and unlike == frozenset():
        return done
    if unlike is None and len(meant) > 1:  # which of them does not fit is not known
        return None
    alike = meant.keys() - (meant if unlike is None else unlike)
    timed = _edited(data, track, _edits(track, meant, alike), language)
    anew = {place: each.text for place, each in meant.items() if place not in alike}
    done = timed and rewrite(timed.data, timed.track, anew, language)
    return done if done and _unlike(track, done.track, meant) == frozenset() else None


def can_be_held(track: Track, place: int, wanted: Wanted) -> bool:
    """Tell whether a cue can be like this at all: one that says something, unless that is meant, for some time."""
    cue, held = track.cues[place], _as_held(track, wanted)
    is_lost = bool(tidy_text(cue.text)) and not (held.text or wanted.is_empty_meant)
    is_time = held.span == cue.span or 0 <= held.span.start_ms < held.span.end_ms
    return is_time and not (is_lost or track.format.is_read_only)


def _as_held(track: Track, wanted: Wanted) -> Wanted:
    """Return what is wanted with the times that the format has, and its text as a cue holds it."""
    step = _COARSE.get(track.format, 1)
    span = Span(start_ms=wanted.span.start_ms // step * step, end_ms=wanted.span.end_ms // step * step)
    return replace(wanted, text=tidy_text(wanted.text), span=span)


def _edits(track: Track, meant: Mapping[int, Wanted], with_letters: Collection[int]) -> Iterator[Edit]:
    """Make the edits of all times, and of the letters of some cues."""
    for place, each in meant.items():
        cue = track.cues[place]
        yield from _new_times(cue, each.span, track.format)
        if place in with_letters:
            yield from _new_letters(cue, track, each.text)


def _new_times(cue: Cue, span: Span, format_: Format) -> Iterator[Edit]:
    pairs = ((cue.start_spot, cue.span.start_ms, span.start_ms), (cue.end_spot, cue.span.end_ms, span.end_ms))
    for spot, before, now in pairs:
        if before != now:
            yield Edit(start=spot.start, end=spot.end, text=render_time(now, FORMS[format_]))


def _new_letters(cue: Cue, track: Track, text: str) -> Iterator[Edit]:
    """Exchange the letters that differ, line by line, where no markup stands among them; nothing for other breaks."""
    lines = text.split("\n")
    if len(lines) != len(cue.lines):
        return
    for number, (old, new) in enumerate(zip(cue.lines, lines, strict=True)):
        for first, last, start, end in _differences(old, new):
            letters = new[start:end]
            at = cue.offset(number, first - 1) + 1 if first else cue.offset(number, 0)
            behind = cue.offset(number, last - 1) + 1 if last > first else at
            is_plain = track.source.text[at:behind] == old[first:last] and not _MARKUP.search(letters)
            if is_plain and old[first:last] != letters:
                yield Edit(start=at, end=behind, text=letters)


def _differences(old: str, new: str) -> Iterator[tuple[int, int, int, int]]:
    """Tell from where to where two lines differ; for very long ones all between their first and last difference."""
    if len(old) * len(new) > _MOST_PAIRS:
        start = _shared(old, new)
        end = _shared(old[start:][::-1], new[start:][::-1])
        yield start, len(old) - end, start, len(new) - end
        return
    for _, *places in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        first, last, start, end = places
        yield first, last, start, end


def _shared(one: str, other: str) -> int:
    """Count the letters with which both begin."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _edited(data: bytes, track: Track, edits: Iterator[Edit], language: Language) -> Rewritten | None:
    text = apply_edits(track.source.text, edits)
    if text == track.source.text:
        return Rewritten(data=data, track=track)
    return rewritten_in_any(data, text, track, language=language)


def _unlike(before: Track, after: Track, meant: Mapping[int, Wanted]) -> frozenset[int] | None:
    """Find the places of cues that are not as they were meant; ``None`` where any other cue is not as it was."""
    if len(before.cues) != len(after.cues) or _all_but(before, meant) != _all_but(after, meant):
        return None
    return frozenset(place for place, each in meant.items() if not _is_as_meant(after.cues[place], each))


def _is_as_meant(cue: Cue, meant: Wanted) -> bool:
    # joiners keep players from taking a text for markup
    return cue.span == meant.span and tidy_text(cue.text).replace("\u2060", "") == meant.text.replace("\u2060", "")


def _all_but(track: Track, places: Collection[int]) -> list[tuple[object, ...]]:
    cues = (cue for place, cue in enumerate(track.cues) if place not in places)
    return [(cue.number, cue.span, cue.lines, cue.italic, cue.align) for cue in cues]
