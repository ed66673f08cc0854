"""Recognise text in UTF-8 that was read as bytes of an older code page, and find what was meant."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import groupby, islice
from typing import NamedTuple

from babelreel.model.finding import Fix, Severity
from babelreel.model.language import Language
from babelreel.rules.base.breach import Breach
from babelreel.rules.base.edits import replacing
from babelreel.rules.base.passage import Passage
from babelreel.rules.base.rule import Purpose, track_rule
from babelreel.rules.base.subject import TrackSubject
from babelreel.timedtext.encoding.legacy_code_pages import alphabet_of

#: What nearly every program took the bytes for that did not know better.
WESTERN = "windows-1252"

#: In the code page of the language itself a letter and a sign can be a pair by chance; three pairs in a row are none.
_LEAST_IN_OWN_PAGE = 3

#: Signs that a text of any language may have lost with its letters.
_SIGNS = frozenset("\u00a0«»‹›“”‘’‚„…–—·•°€£§©®™¡¿♪\u200b\u200c\u200d\u200e\u200f\u202f")

#: What can follow a letter at the end of a word without having been half of another letter: "ĐÃ”", "ĐÃ…".
_AFTER_WORD = frozenset("”’»›…\u00a0")

#: A file that is no text can have millions of repairs, of which nobody wants to see more.
_MOST = 10_000

#: How often a file may have been read wrongly and saved, one time after the other.
_MOST_TIMES = 3

#: The bytes that begin a character in UTF-8, from and to, and how many follow each.
_LEADS = ((0xC2, 0xE0, 1), (0xE0, 0xF0, 2), (0xF0, 0xF5, 3))


class _Page(NamedTuple):
    """A code page: the pattern of UTF-8 read with it, and the byte of each of its characters."""

    pattern: re.Pattern[str]
    bytes: dict[str, int]


@track_rule(code="ENC005", name="mojibake", severity=Severity.ERROR, purpose=Purpose.LETTERS | Purpose.READING)
def mojibake(subject: TrackSubject) -> Iterator[Breach]:
    """Letters were read in a wrong encoding and saved like that.

    Why: Where one letter was meant, two or three strange ones are shown, and nobody can read the text. The file itself
    is valid, so no player can repair it.

    Limit: The text cannot be turned into words of the language by writing it in Windows-1252 (or in the language's own
    old code page) and reading the bytes as UTF-8.

    Source: Proposal of this project.

    Example: `L'Ã©cole est gratuite.` for `L'école est gratuite.`

    Fix: Ask the translator for the file as it was before the other program saved it. Where nothing is lost,
    `--unsafe-fixes` restores the letters.
    """
    reported: set[tuple[int, int]] = set()
    for page in _pages_of(subject.language):
        for place, found in groupby(_repairs(subject, page), key=lambda each: (each[0].cue.line, each[0].line)):
            repairs = list(found)
            if place not in reported and _is_sure((text for _, text in repairs), page):  # pages have much in common
                reported.add(place)
                yield _mojibake_breach(subject, page, repairs)


def _repairs(subject: TrackSubject, page: str) -> Iterator[tuple[Passage, str]]:
    for passage, match in islice(subject.search(_pattern_of(page)), 10 * _MOST):  # most are mere chance
        meant = _repair(match, page, subject.language)
        if meant is not None:
            yield passage, meant


def _mojibake_breach(subject: TrackSubject, page: str, repairs: list[tuple[Passage, str]]) -> Breach:
    first, last = repairs[0][0], repairs[-1][0]
    meant = _meant_line(first.cue.lines[first.line], ((passage.start, passage.end, text) for passage, text in repairs))
    shown = meant if len(meant) <= 80 else meant[:79] + "…"  # noqa: PLR2004 - about a line of a terminal
    fixes = [replacing(subject.track, passage, text, is_safe=False) for passage, text in repairs[:_MOST]]
    edits = tuple(edit for fix in fixes if fix for edit in fix.edits)
    return Breach(
        message=f"UTF-8 was read as {page} and saved like that; what was meant is “{shown}”",
        passage=Passage(first.cue, first.line, first.start, last.end),
        fix=Fix(edits=edits, is_safe=False) if all(fixes) else None,
    )


def _pages_of(language: Language) -> tuple[str, ...]:
    """List the code pages that a text in a language may have been read with by mistake."""
    own = alphabet_of(language).pages[0]
    return (WESTERN, own) if own.startswith("windows-") and own != WESTERN else (WESTERN,)


def _pattern_of(page: str) -> re.Pattern[str]:
    """Return the pattern of what UTF-8 becomes when it is read with a code page."""
    return _page(page).pattern


def _repair(match: re.Match[str], page: str, language: Language) -> str | None:
    """Find the text that was meant by a match of ``_pattern_of``; ``None`` where it is no text of the language.

    A match may well be text: French ``é »`` with a no-break space is UTF-8 for a Chinese letter.
    """
    meant = _innermost(match[0], page, alphabet_of(language).letters)
    if meant is None:
        return None
    before = match.string[match.start() - 1] if match.start() else " "
    is_end_of_word = len(meant) == 1 and match[0][-1] in _AFTER_WORD and before.isupper()
    return None if is_end_of_word else meant


def _innermost(shown: str, page: str, letters: frozenset[str]) -> str | None:
    """Take text for bytes as often as that results in text of the language; ``None`` where it never does."""
    meant: str | None = None
    for _ in range(_MOST_TIMES):
        try:
            shown = bytes(map(_page(page).bytes.__getitem__, shown)).decode()
        except (KeyError, UnicodeDecodeError):
            break
        if all(character in letters or character in _SIGNS for character in shown):
            meant = shown
    return meant


def _is_sure(meant: Iterable[str], page: str) -> bool:
    """Tell whether the repaired stretches of one line are more than chance."""
    return page == WESTERN or max(map(len, meant)) >= _LEAST_IN_OWN_PAGE


@cache
def _page(name: str) -> _Page:
    characters = {byte: _character(byte, name) for byte in range(0x80, 0xF5)}
    # C1 controls: what ISO 8859-1 makes of the bytes that the others use for signs
    follow = _class(characters, 0x80, 0xC0, "\u0080-\u009f")
    leads = [(_class(characters, start, end), count) for start, end, count in _LEADS]
    any_lead = _class(characters, 0xC2, 0xF5)
    # to begin with one class of characters, not with a choice, makes the search many times faster
    first = "|".join(f"(?<={lead}){follow}{{{count}}}" for lead, count in leads)
    more = "|".join(f"{lead}{follow}{{{count}}}" for lead, count in leads)
    controls = {chr(byte): byte for byte in range(0x80, 0xA0)}
    return _Page(
        re.compile(f"{any_lead}(?:{first})(?:{more})*"),
        controls | {character: byte for byte, character in characters.items()},
    )


def _character(byte: int, page: str) -> str:
    return bytes((byte,)).decode(page, errors="ignore") or chr(byte)


def _class(characters: dict[int, str], first: int, last: int, more: str = "") -> str:
    return f"[{''.join(re.escape(characters[byte]) for byte in range(first, last))}{more}]"


def _meant_line(line: str, repairs: Iterator[tuple[int, int, str]]) -> str:
    """Put the texts that were meant in the place of stretches (start, end, text) of a line, which are in order."""
    parts, done = [], 0
    for start, end, text in repairs:
        parts += [line[done:start], text]
        done = end
    return "".join((*parts, line[done:]))


RULES = (mojibake,)
