"""Read a track as running text: its sentences, and where paragraphs begin."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise

from babelreel.model.language import Language
from babelreel.model.track import Cue
from babelreel.timedtext.direction.isolates import POP_ISOLATE, bare_line, isolate_within, without_broken_isolates
from babelreel.timedtext.positions import split_lines
from babelreel.timedtext.words.counting import is_wide
from babelreel.timedtext.words.on_screen import is_on_screen

#: Nobody speaks for so long: something new begins.
PAUSE_MS = 2000
#: A film that never pauses still reads in paragraphs of three sentences or so: about 180 letters at 15 a second.
_PARAGRAPH_MS = 12_000
#: What ends no sentence for so long is written without signs for it; then the end of a cue is one.
_ENDLESS_MS = 30_000

_CLOSERS = "\"'”’»›)\\]」』）】》〉\u2069"
#: The signs that end a sentence: in most scripts before a space or the end only, in Chinese wherever they stand.
_SENTENCE_END = re.compile(rf"[.!?…؟۔]+[{_CLOSERS}]*(?=\s|$)|[。！？]+[{_CLOSERS}]*")
_QUESTION = re.compile(rf"[?؟？][{_CLOSERS}]*$")
#: A point behind a single letter shortens a word, whatever follows.
_SHORTENED = re.compile(r"(?:^|[\s.])[^\W\d_]$")
_SPACES = re.compile(r"\s*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One sentence, its numbers isolated in right-to-left text; from its first cue's start to its last one's end."""

    text: str
    start_ms: int
    end_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """Some sentences that belong together, never none, and their whole text."""

    sentences: tuple[Sentence, ...]
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stretch:
    """Cues without a pause between them as one text; ``ends`` says where in it each cue's text ends."""

    text: str
    cues: tuple[Cue, ...]
    ends: tuple[int, ...]


def lay_paragraphs(cues: Iterable[Cue], language: Language) -> tuple[Paragraph, ...]:
    """Join the lines of all cues, in the order of their times, to sentences, and these to paragraphs.

    A paragraph ends at a pause of over 2 s; or, after 12 s, where a sentence that is no question ends together with its
    cue. Words in the picture are paragraphs of their own, behind the one that is said meanwhile. Isolates around lines
    are taken off, lines of Chinese are joined without spaces. No word is lost, added or changed.
    """
    apart, said = list[Cue](), list[Cue]()
    for cue in cues:
        (apart if is_on_screen(cue, language) else said).append(cue)
    paragraphs = _laid(said, language)
    if not apart:
        return tuple(paragraphs)
    paragraphs += (
        _paragraph((_sentence(stretch, 0, len(stretch.text), language),), language)
        for cue in apart
        for stretch in _stretches([cue], language)
    )
    return tuple(sorted(paragraphs, key=lambda each: each.sentences[0].start_ms))


def _laid(cues: Iterable[Cue], language: Language) -> list[Paragraph]:
    paragraphs: list[Paragraph] = []
    for stretch in _stretches(cues, language):
        sentences = [(_sentence(stretch, start, end, language), end in stretch.ends) for start, end in _cut(stretch)]
        paragraphs.extend(_paragraph(group, language) for group in _grouped(sentences))
    return paragraphs


def _stretches(cues: Iterable[Cue], language: Language) -> Iterator[_Stretch]:
    texts = [(cue, text) for cue in sorted(cues, key=lambda cue: cue.span) if (text := _text(cue, language))]
    waiting: list[tuple[Cue, str]] = []
    end_ms = 0
    for cue, text in texts:
        if waiting and cue.span.start_ms - end_ms > PAUSE_MS:
            yield _stretch(waiting, language)
            waiting = []
        waiting.append((cue, text))
        end_ms = max(end_ms, cue.span.end_ms)
    if waiting:
        yield _stretch(waiting, language)


def _text(cue: Cue, language: Language) -> str:
    lines = (bare_line(part.strip()).strip() for line in cue.lines for part in split_lines(line))
    return _joined((line for line in lines if line), language)[0]


def _stretch(cues: list[tuple[Cue, str]], language: Language) -> _Stretch:
    text, ends = _joined((text for _, text in cues), language)
    return _Stretch(text=text, cues=tuple(cue for cue, _ in cues), ends=ends)


def _joined(parts: Iterable[str], language: Language) -> tuple[str, tuple[int, ...]]:
    """Join texts, none of them empty; returns the whole, and where in it each one ends."""
    joined: list[str] = []
    ends: list[int] = []
    length = 0
    for part in parts:
        if joined and (language.breaks_at_spaces or not (is_wide(joined[-1][-1]) or is_wide(part[0]))):
            joined.append(" ")
            length += 1
        joined.append(part)
        length += len(part)
        ends.append(length)
    return "".join(joined), tuple(ends)


def _cut(stretch: _Stretch) -> Iterator[tuple[int, int]]:
    """Find where each sentence begins and ends."""
    start = 0
    for end in sorted({*_written_ends(stretch.text), *stretch.ends[-1:]}):
        for place in _endless(stretch, start, end):
            yield start, place
            start = _after_spaces(stretch.text, place)
        yield start, end
        start = _after_spaces(stretch.text, end)


def _written_ends(text: str) -> Iterator[int]:
    begun = 0
    for found in _SENTENCE_END.finditer(text):
        following = text[_after_spaces(text, found.end()) :][:1]
        is_shortened = found.group() == "." and _SHORTENED.search(text, max(0, found.start() - 2), found.start())
        is_of_list = found.group() == "." and text[begun : found.start()].strip().isdecimal()
        # "and so on … and on", "z. B. Brot", "1. Bread"
        if not following or not (following.islower() or is_shortened or is_of_list):
            yield found.end()
            begun = found.end()


def _after_spaces(text: str, place: int) -> int:
    found = _SPACES.match(text, place)
    return found.end() if found else place


def _endless(stretch: _Stretch, start: int, end: int) -> Iterator[int]:
    """Find the ends of cues at which a text is cut that goes on and on without the end of a sentence."""
    first, last = bisect_right(stretch.ends, start), bisect_left(stretch.ends, end)
    if stretch.cues[last].span.end_ms - stretch.cues[first].span.start_ms < _ENDLESS_MS:
        return
    begun_ms = stretch.cues[first].span.start_ms
    for this, following in pairwise(range(first, last + 1)):
        if stretch.cues[this].span.end_ms - begun_ms >= _PARAGRAPH_MS:
            yield stretch.ends[this]
            begun_ms = stretch.cues[following].span.start_ms


def _sentence(stretch: _Stretch, start: int, end: int, language: Language) -> Sentence:
    text = stretch.text[start:end]
    return Sentence(
        text=isolate_within(without_broken_isolates(text), is_rtl=language.is_rtl),
        start_ms=max(0, stretch.cues[bisect_right(stretch.ends, start)].span.start_ms),
        end_ms=max(0, stretch.cues[bisect_left(stretch.ends, end)].span.end_ms),
    )


def _grouped(sentences: Iterable[tuple[Sentence, bool]]) -> Iterator[tuple[Sentence, ...]]:
    group: list[Sentence] = []
    for sentence, ends_cue in sentences:
        group.append(sentence)
        length_ms = sentence.end_ms - group[0].start_ms
        is_whole = ends_cue and not _QUESTION.search(sentence.text)  # the answer belongs to its question
        if length_ms >= _PARAGRAPH_MS and (is_whole or length_ms >= _ENDLESS_MS):
            yield tuple(group)
            group = []
    if group:
        yield tuple(group)


def _paragraph(sentences: tuple[Sentence, ...], language: Language) -> Paragraph:
    parts = (_as_one(opener, [each.text for each in group], language) for opener, group in groupby(sentences, _opener))
    text, _ = _joined(parts, language)
    return Paragraph(sentences=sentences, text=text)


def _opener(sentence: Sentence) -> str:
    """Return the isolate around a sentence that runs the other way than its language."""
    return sentence.text[0] if bare_line(sentence.text) != sentence.text else ""


def _as_one(opener: str, texts: list[str], language: Language) -> str:
    """Join sentences that run the same way; in an isolate each, those that run the other way would change places."""
    text, _ = _joined(map(bare_line, texts) if opener else texts, language)
    return f"{opener}{text}{POP_ISOLATE}" if opener else text
