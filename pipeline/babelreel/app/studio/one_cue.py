"""How does one cue of a file get another text or other times, while every byte of all others stays?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
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
    """Give a text as a cue can hold it: no blank lines, no spaces at the ends of lines, nothing that cannot be seen."""
    return _BLANK_LINES.sub("", tidy(text))


def rewrite_cue(data: bytes, track: Track, place: int, wanted: Wanted, language: Language) -> Rewritten | None:
    """Give the cue at a place of a track other times and another text; ``None`` where the file cannot hold them.

    Only the letters that differ are exchanged, so that markup around them stays, as far as that means what is wanted;
    else the text is written anew, with its italics. The file becomes UTF-8 where its encoding lacks a letter. What was
    written is read again, and compared.
    """
    cue, step = track.cues[place], _COARSE.get(track.format, 1)
    span = Span(start_ms=wanted.span.start_ms // step * step, end_ms=wanted.span.end_ms // step * step)
    text = tidy_text(wanted.text)
    is_lost = bool(tidy_text(cue.text)) and not (text or wanted.is_empty_meant)
    if track.format.is_read_only or is_lost or not (span == cue.span or 0 <= span.start_ms < span.end_ms):
        return None
    edits = [*_new_times(cue, span, track.format), *_new_letters(cue, track, text)]
    done = _edited(data, track, edits, language)
    if done and _is_as_meant(track, done.track, place, text, span):
        return done
    timed = _edited(data, track, _new_times(cue, span, track.format), language)
    done = timed and rewrite(timed.data, timed.track, {place: text}, language)
    return done if done and _is_as_meant(track, done.track, place, text, span) else None


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


def _edited(data: bytes, track: Track, edits: Iterator[Edit] | list[Edit], language: Language) -> Rewritten | None:
    text = apply_edits(track.source.text, edits)
    if text == track.source.text:
        return Rewritten(data=data, track=track)
    return rewritten_in_any(data, text, track, language=language)


def _is_as_meant(before: Track, after: Track, place: int, text: str, span: Span) -> bool:
    if len(before.cues) != len(after.cues):
        return False
    cue = after.cues[place]
    others = (_all_but(before, place), _all_but(after, place))
    # joiners keep players from taking a text for markup
    return (
        others[0] == others[1]
        and cue.span == span
        and tidy_text(cue.text).replace("\u2060", "") == text.replace("\u2060", "")
    )


def _all_but(track: Track, place: int) -> list[tuple[object, ...]]:
    cues = (*track.cues[:place], *track.cues[place + 1 :])
    return [(cue.number, cue.span, cue.lines, cue.italic, cue.align) for cue in cues]
