"""Which numbers does a text say in words, and what do words beside figures make of them?"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from fractions import Fraction
from functools import cache

from babelreel.model.language import Language

#: A shorter word is looked for where a word begins: "ten" is no part of "often".
_SHORTEST_PART = 4
_TEN, _HUNDRED = 10, 100
_NOON = 12
#: How far behind a time of day the word for the afternoon may be, and how far before it in Chinese.
_BEHIND, _BEFORE = 20, 4


def says_in_words(text: str, number: int, language: Language) -> bool:
    """Tell whether the words for a number occur in a text, in whatever order: they may be those of another number."""
    return number > 0 and _is_made_of(number, frozenset(_said(text, language.tag, _patterns(language))))


def scaled(digits: str, behind: str, language: Language) -> tuple[int, int] | None:
    """Give the number that figures mean together with the words behind them, and how far these reach.

    "4" and " billion people" are 4 000 000 000; ``None`` where no such word follows.
    """
    value, end = Fraction(digits.replace(",", ".")), 0
    for _ in range(2):  # "500亿亿"
        match = _scales(language).match(behind, end)
        if match is None:
            break
        value, end = value * int(_scale_of(match, language)), match.end()
    return (int(value), end) if end else None


def is_afternoon(text: str, start: int, end: int, language: Language) -> bool:
    """Tell whether a time of day that stands in a text is called one of the afternoon."""
    words = language.numbers.afternoon
    if not words:
        return False
    behind = re.split(r"[\n.!?;,\d]", text[end : end + _BEHIND], maxsplit=1)[0].casefold()
    before = text[max(0, start - _BEFORE) : start]
    return any(word in behind for word in words) or (
        not language.breaks_at_spaces and any(word in before for word in words)
    )


def _said(text: str, _tag: str, patterns: dict[int, re.Pattern[str]]) -> Iterator[int]:
    folded = text.casefold()
    return (value for value, pattern in patterns.items() if pattern.search(folded))


def _is_made_of(number: int, said: Collection[int]) -> bool:
    """Tell whether a number is one of those said, a sum of them, or so many times a power of ten."""
    if number in said:
        return True
    for each in sorted(said, reverse=True):
        if each > number or each < _TEN:
            continue
        many, rest = divmod(number, each)
        is_power = set(str(each)) <= {"0", "1"} and str(each).count("1") == 1
        if ((many == 1) or (is_power and _is_made_of(many, said))) and (rest == 0 or _is_made_of(rest, said)):
            return True
    return False


def _patterns(language: Language) -> dict[int, re.Pattern[str]]:
    return _compiled(tuple(language.numbers.words.items()))


@cache
def _compiled(words: tuple[tuple[str, str], ...]) -> dict[int, re.Pattern[str]]:
    return {int(value): re.compile("|".join(map(_pattern, each.split()))) for value, each in words}


def _pattern(word: str) -> str:
    begins = len(word) < _SHORTEST_PART and word[0] < "\u0530"  # elsewhere letters stand before it: an Arabic "and"
    return rf"(?<!\w){re.escape(word)}" if begins else re.escape(word)


def _scales(language: Language) -> re.Pattern[str]:
    words = [word for value, each in language.numbers.words.items() if int(value) > _HUNDRED for word in each.split()]
    return _scale_pattern(tuple(words), has_endings=language.breaks_at_spaces)


@cache
def _scale_pattern(words: tuple[str, ...], *, has_endings: bool) -> re.Pattern[str]:
    ending = r"[^\W\d_]{0,3}" if has_endings else ""
    return re.compile(rf"\s?(?:de )?({'|'.join(map(re.escape, words)) or '(?!)'}){ending}", re.IGNORECASE)


def _scale_of(match: re.Match[str], language: Language) -> str:
    word = match[1].casefold()
    return next(value for value, each in language.numbers.words.items() if word in each.split())
