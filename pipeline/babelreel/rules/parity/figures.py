"""Find the numbers of a track, and when each is shown.

Digits of every script count as one, and so do all ways to part them: ``116 000``, ``116.000`` and ``۱۱۶۰۰۰`` are the
same.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache
from typing import NamedTuple

from babelreel.languages.find import builtin_languages
from babelreel.model.language import Language
from babelreel.model.track import Cue
from babelreel.rules.alignment.alignment import Alignment
from babelreel.rules.base.passage import Passage, TextIndex
from babelreel.rules.parity.number_words import is_afternoon, scaled
from babelreel.timedtext.words.phone_numbers import find_phone_numbers

# "1, 3, 7" are three numbers; "the 3. 1/9" and "the 2 18ths" are two
_NUMBER = re.compile(
    r"\d+(?:(?![,،.] |(?<=(?<!\d)\d)[ \u00a0\u2009\u202f]\d{2}(?!\d))"
    r"[ \u00a0\u2007\u2009\u202f.,'’\u066b\u066c/:\-\u2010-\u2013]{1,2}\d+)*"
)
#: One number, not several in groups: as it may stand before "million".
_PLAIN = re.compile(r"\d{1,12}(?:[.,]\d{1,2})?")
#: "1/12" is a share, and "24/7" or "24/24" a way to say "always": nobody dials them, also behind "call".
_SHARE = re.compile(r"\d/\d{1,2}|\d{1,2}/\d|24/24")
#: "1 3" and "2,1" are places or fractions.
_SMALL_PARTS = re.compile(rf"\d(?:[ ,]\d)+|{_SHARE.pattern}")

#: What makes a number a part of a formula: "x = 2", "3x", "c2", "f(2)", "-1/12", "[1 2]".
_BEFORE_IN_FORMULA = re.compile(r"[=*^×÷·√<>≈≤≥−_/|\[{]\s?$|[A-Za-zα-ω]\(?$|(?:^|\W)-$|\+\s?$")
#: "(1, 0, -2)".
_BEFORE_IN_PLACE, _BEHIND_IN_PLACE = re.compile(r"[(\[][-\d.,،\s]*$"), re.compile(r"[-\d.,،\s]*[)\]]")
_LONGEST_PLACE = 40
_BEHIND_IN_FORMULA = re.compile(r"\s?[=+*^×÷·√<>≈≤≥−_|\]}]|/|!\)|[a-gi-ln-rtv-zπθ](?![^\W\d_])")
_GROUP = re.compile(r"\d+")

#: "5 p.m." is 17 in most languages.
_AFTERNOON = re.compile(r"\s?p\.?\s?m\b", re.IGNORECASE)

#: What an international number is written with and without: "+32 (0)2 205 44 44".
_TRUNK_ZERO = re.compile(r"\(0\)")

#: How far before a number a word stands that asks to dial it.
_CALL_WITHIN = 40
_LONGEST_SHORT_NUMBER = 6
_LONGEST_SCALE = 60
_NOON = 12


class Figure(NamedTuple):
    """A number as it is compared: all its ``digits`` in a row, the ``groups`` they stand in, and when it is shown.

    One that ``is_phone_like`` is dialled wherever it stands, and one that ``is_called`` because a word says so.
    What ``is_in_formula`` is no fact that a reader acts on. The ``passage`` holds the words that belong to a number.
    """

    digits: str
    groups: tuple[str, ...]
    is_phone_like: bool
    is_called: bool
    at_ms: int
    passage: Passage
    is_in_formula: bool = False

    @property
    def is_dialled(self) -> bool:
        """Tell whether a child may dial it."""
        return self.is_phone_like or self.is_called


def find_figures(texts: TextIndex, alignment: Alignment, language: Language) -> list[Figure]:
    """Find the numbers of a track in order of time, which is that of the reference."""
    phones = list(find_phone_numbers(texts.text))
    figures = [_phone(match, texts, alignment) for match in phones]
    ends, call = [match.end() for match in phones], _call_pattern(language.phrases.calls)
    reach = 0
    for match in _NUMBER.finditer(texts.text):
        place = bisect_right(ends, match.start())
        if match.start() >= reach and (place == len(phones) or match.end() <= phones[place].start()):
            figure, reach = _number(match, texts, alignment, call, language)
            figures.append(figure)
    return sorted(figures, key=lambda figure: figure.at_ms)


def _phone(match: re.Match[str], texts: TextIndex, alignment: Alignment) -> Figure:
    passage = texts.passage(*match.span())
    groups = tuple(_plain_group(each) for each in _GROUP.findall(_TRUNK_ZERO.sub(" ", match[0])))
    digits = ("+" if match[0].startswith("+") else "") + "".join(groups)
    return Figure(digits, groups, True, False, _at(passage.cue, alignment), passage)  # noqa: FBT003 - named in the class


def _number(
    match: re.Match[str], texts: TextIndex, alignment: Alignment, call: re.Pattern[str], language: Language
) -> tuple[Figure, int]:
    """Read a number, and find where it ends with the words behind it that belong to it."""
    text = match.string
    groups = tuple(_plain_group(each) for each in _GROUP.findall(match[0]))
    digits = ("+" if text[max(0, match.start() - 1)] == "+" else "") + "".join(groups)
    groups, digits, end = _in_full(match, groups, digits, language)
    before = text[max(0, match.start() - _CALL_WITHIN) : match.start()]
    is_short = 3 <= len(digits) <= _LONGEST_SHORT_NUMBER and not _SHARE.fullmatch(match[0])  # noqa: PLR2004 - as 112
    is_called = is_short and call.search(before) is not None
    passage, is_in_formula = texts.passage(match.start(), end), not is_called and _is_in_formula(match)
    at_ms = _at(passage.cue, alignment)
    return Figure(digits, groups, False, is_called, at_ms, passage, is_in_formula), end  # noqa: FBT003 - as above


def _in_full(
    match: re.Match[str], groups: tuple[str, ...], digits: str, language: Language
) -> tuple[tuple[str, ...], str, int]:
    """Read a number with what the words behind it make of it: "5 p.m." is 17, "4 billion" 4 000 000 000."""
    text, first = match.string, int(groups[0][:3])
    behind = text[match.end() : match.end() + _LONGEST_SCALE]
    if _PLAIN.fullmatch(match[0]) and (whole := scaled(match[0], behind, language)):
        value, length = whole
        return (str(value),), str(value), match.end() + length
    is_time = len(digits) <= 2 or (":" in match[0] and len(groups) == 2)  # noqa: PLR2004 - "5", "5:30"
    if is_time and 0 < first < _NOON and _is_afternoon(match, language):
        groups = (str(first + _NOON), *groups[1:])
        digits = "".join(groups)
    return groups, digits, match.end()


def _is_afternoon(match: re.Match[str], language: Language) -> bool:
    text = match.string
    return bool(_AFTERNOON.match(text, match.end())) or is_afternoon(text, *match.span(), language)


def _is_in_formula(match: re.Match[str]) -> bool:
    line_start = match.string.rfind("\n", 0, match.start()) + 1
    before = match.string[max(line_start, match.start() - 3) : match.start()]
    behind = match.string[match.end() : match.end() + 3].partition("\n")[0]
    if _BEFORE_IN_PLACE.search(match.string[line_start : match.start()][-_LONGEST_PLACE:]):
        behind_place = match.string[match.end() : match.end() + _LONGEST_PLACE].partition("\n")[0]
        place = _BEHIND_IN_PLACE.match(behind_place)
        if place and ("," in place[0] or match.string[match.start() - 1] in ", -"):
            return True
    return bool(
        _BEFORE_IN_FORMULA.search(before) or _BEHIND_IN_FORMULA.match(behind) or _SMALL_PARTS.fullmatch(match[0])
    )


def _plain_group(digits: str) -> str:
    return digits if digits.isascii() else "".join(str(int(digit)) for digit in digits)


def _at(cue: Cue, alignment: Alignment) -> int:
    return alignment.at(cue.span).start_ms


@cache
def _call_pattern(own: frozenset[str]) -> re.Pattern[str]:
    """Find the words that go before a number that is dialled: a language's own, and those of the languages we know.

    Before a number, none of them means anything else in another language.
    """
    words = own.union(*(language.phrases.calls for language in builtin_languages()))
    return re.compile("|".join(map(_word_pattern, sorted(words))), re.IGNORECASE)


def _word_pattern(word: str) -> str:
    return ("" if word.startswith("*") else r"\b") + re.escape(word.strip("*")) + ("" if word.endswith("*") else r"\b")
