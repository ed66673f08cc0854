"""Break a line that libass would not break, because it holds no space there.

libass breaks at spaces only. Chinese has none, and a web address may be wider than the picture. Thai, Lao, Khmer and
Burmese have none between words either, and only a dictionary finds their words: no place is known in these.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from fractions import Fraction
from itertools import takewhile
from math import ceil

from babelreel.model.language import Language
from babelreel.timedtext.burnin.even_breaks import Length, Width
from babelreel.timedtext.words.counting import is_wide

_PAUSES = "，。、；：？！"
#: Never first on a line, and never last on one: after the W3C's "Requirements for Chinese Text Layout".
CLOSING = _PAUSES + "）】》〉」』〕］｝”’…—·～％‰℃,.;:?!)]}%"
OPENING = "（【《〈「『〔［｛“‘([{"
#: What joins the characters beside it: no-break spaces and the word joiner (class GL and WJ of UAX #14).
_JOINERS = "\u00a0\u2007\u202f\u2060\ufeff"
#: Scripts whose lines may be broken between words that nothing parts (class SA of UAX #14).
_SCRIPTS_OF_A_DICTIONARY = frozenset({"Thai", "Laoo", "Khmr", "Mymr"})
_QUOTES_AND_BRACKETS = "”’」』）】》〉"
#: A slash, hyphen or similar sign after which a long address is better broken than in the middle of a name.
_ADDRESS_JOINT = re.compile(r"[-/.?&=_@]")


def needs_dictionary(language: Language) -> bool:
    """Tell whether only a dictionary knows where lines of a language may be broken; we have none."""
    return language.script in _SCRIPTS_OF_A_DICTIONARY


def width_units(text: str) -> Fraction:
    """Measure a text in em: half-width characters count one half (as Netflix counts), marks and controls 0.

    Quotes, dashes and the ellipsis, whose width Unicode calls ambiguous, are as wide as a Han character.
    """
    return sum(map(_units, text), Fraction(0))


def _units(character: str) -> Fraction:
    if unicodedata.category(character) in {"Mn", "Me", "Cc", "Cf"}:
        return Fraction(0)
    return Fraction(1) if is_wide(character) else Fraction(1, 2)


def break_chinese(line: str, max_units: float | Fraction) -> tuple[str, ...]:
    """Break a line that is wider than ``max_units`` em (see ``width_units``) into as few and as even lines as it takes.

    A break comes after a pause sign where the shorter line stays about half as long as the other (TED's limit),
    else between any two characters that may be parted: never before closing or after opening punctuation, never inside
    a number or a Latin word, unless one such word alone is wider than the line. A space at a break is dropped. What
    cannot be parted at all (a space that bears an accent) may stay wider than the limit.
    """
    limit = max(Fraction(1), Fraction(max_units))
    total = width_units(line)
    if total <= limit:
        return (line,)
    pieces: list[str] = []
    rest = line.strip(" ")
    total = width_units(rest)
    while total > limit and (place := _best_place(rest, total, limit)):
        pieces.append(rest[:place].rstrip(" "))
        shorter = rest[place:].lstrip(" ")
        total -= width_units(rest[: len(rest) - len(shorter)])
        rest = shorter
    return (*pieces, rest) if rest else tuple(pieces)


def _best_place(line: str, total: Fraction, limit: Fraction) -> int:
    """Find the break of the best kind there is that parts a line most evenly; 0 when there is none."""
    target = total / ceil(total / limit)
    places = list(takewhile(lambda each: each[1] <= limit, _places(line)))
    allowed = [(place, width) for place, width in places if may_break(line, place)]
    pauses = [
        (place, width) for place, width in allowed if is_after_pause(line[:place]) and abs(width - target) <= target / 3
    ]
    candidates = _leaving_room(pauses, total, target, limit) or _leaving_room(allowed, total, target, limit)
    chosen = candidates or allowed or places
    return min(chosen, key=lambda each: abs(each[1] - target))[0] if chosen else 0


def _leaving_room(
    places: list[tuple[int, Fraction]], total: Fraction, target: Fraction, limit: Fraction
) -> list[tuple[int, Fraction]]:
    """Keep the places after which the rest fits the lines that are left."""
    lines_left = round(total / target) - 1
    return [(place, width) for place, width in places if total - width <= lines_left * limit]


def _places(line: str) -> Iterator[tuple[int, Fraction]]:
    """Yield each place between two characters with the width before it, spaces before the place not counted."""
    for place in range(1, len(line)):
        if _units(line[place]) and line[place] != " ":
            yield place, width_units(line[:place].rstrip(" "))


def may_break(line: str, place: int) -> bool:
    """Tell whether a Chinese line may be parted before the character at a place (from 1)."""
    before, after = line[:place].rstrip(" ")[-1:], line[place]
    if not before or before in OPENING or after in CLOSING or before in _JOINERS or after in _JOINERS:
        return False
    if line[place - 1] == " ":
        return not (before.isdecimal() and after.isdecimal())
    return not (_is_glue(before) and _is_glue(after))


def _is_glue(character: str) -> bool:
    """Tell whether a character is part of a number, an amount or a word of letters, half-width or full-width."""
    if not is_wide(character) or unicodedata.category(character) == "Sc":
        return True
    return unicodedata.normalize("NFKC", character).isascii() and character not in CLOSING


def is_after_pause(head: str) -> bool:
    """Tell whether a stretch of Chinese ends with a pause sign, quotes and brackets left out."""
    return head.rstrip(" ").rstrip(_QUOTES_AND_BRACKETS)[-1:] in tuple(_PAUSES)


def cut_long_words(line: str, limit: Length, width: Width) -> tuple[str, ...]:
    """Cut each word that alone is wider than ``limit`` (in the unit of ``width``), and return the lines that result.

    A line without such a word comes back as it is. A cut comes after a joint of an address in the second half of what
    fits, else after the last character that fits; never before a combining mark.
    """
    lines: list[str] = []
    words: list[str] = []
    for word in line.split(" "):
        *full, rest = _cut(word, limit, width)
        for piece in full:
            lines.append(" ".join([*words, piece]))
            words = []
        words.append(rest)
    return (*lines, " ".join(words))


def _cut(word: str, limit: Length, width: Width) -> tuple[str, ...]:
    pieces: list[str] = []
    while width(word) > limit and (fitting := _fitting(word, limit, width)) < len(word):
        joints = [joint.end() for joint in _ADDRESS_JOINT.finditer(word, 0, fitting)]
        place = joints[-1] if joints and joints[-1] * 2 >= fitting else fitting
        pieces.append(word[:place])
        word = word[place:]
    return (*pieces, word)


def _fitting(word: str, limit: Length, width: Width) -> int:
    """Count how many characters fit, at least one; marks stay with their letter."""
    used = width(word[0])
    for place in range(1, len(word)):
        used += width(word[place])
        if used > limit and not unicodedata.combining(word[place]):
            return place
    return len(word)
