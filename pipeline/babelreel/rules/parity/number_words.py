"""Find the numbers that a text says in words, and what words beside figures make of them."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from fractions import Fraction
from functools import cache

from babelreel.model.language import Language

#: A shorter word is looked for where a word begins: "ten" is no part of "often".
_SHORTEST_PART = 4
_TEN, _HUNDRED = 10, 100
#: The centuries of years that are said in two halves.
_CENTURIES = range(11, 21)

#: "XVIIe siècle", "secolul al XIX-lea"; one figure alone is a letter.
_ROMAN = re.compile(r"(?<![^\W_])(?=[IVXLC]{2})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})(?=(?:e|er|ème)?(?![^\W_]))")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}

#: How far behind a time of day the word for the afternoon may be, and how far before it in Chinese.
_BEHIND, _BEFORE = 20, 4


def numbers_said(text: str, language: Language) -> frozenset[int]:
    """Find the numbers whose words occur in a text."""
    folded = text.casefold()
    return frozenset(value for value, pattern in _patterns(language).items() if pattern.search(folded))


def roman_numbers(text: str) -> frozenset[int]:
    """Find the numbers that a text writes in Roman figures, two or more."""
    return frozenset(map(_roman_value, _ROMAN.findall(text)))


def is_said(number: int, said: frozenset[int]) -> bool:
    """Tell whether a number is made of those that are said, in whatever order: they may be those of another number."""
    century, year = divmod(number, _HUNDRED)
    if _is_made_of(number, said):
        return True
    is_year = century in _CENTURIES and year > 0 and _is_made_of(year, said)
    return is_year and (year % _TEN == 0 or _is_made_of(century, said))  # "the eighties", "nineteen eighty-four"


def is_decimal_said(groups: Sequence[str], said: frozenset[int]) -> bool:
    """Tell whether all parts of a decimal are said, or its digits behind the mark one by one; zero counts as said."""
    whole, *parts = groups
    digits = {int(digit) for part in parts for digit in part}
    return all(number == 0 or is_said(number, said) for number in (int(whole), *digits)) or all(
        int(part) == 0 or is_said(int(part), said) for part in groups
    )


def scaled(digits: str, behind: str, language: Language) -> tuple[int, int] | None:
    """Compute the number that figures mean together with the words behind them, and how far these reach.

    "4" and " billion people" are 4 000 000 000; ``None`` where no such word follows.
    """
    value, end, last = Fraction(digits.replace(",", ".")), 0, 0
    while match := _scales(language).match(behind, end):  # "500亿亿"
        last = int(_scale_of(match, language))
        value, end = value * last, match.end()
    if not end:
        return None
    rest = None if language.breaks_at_spaces else _REST.match(behind, end)  # "3万5千"
    below = scaled(rest[0], behind[rest.end() :], language) if rest else None
    if rest and below and below[0] < last:
        return int(value) + below[0], rest.end() + below[1]
    return int(value), end


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


def _roman_value(figures: str) -> int:
    values = [_ROMAN_VALUES[each] for each in figures]
    return sum(
        -value if value < following else value for value, following in zip(values, [*values[1:], 0], strict=True)
    )


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


#: Figures right behind a word: the rest of the number.
_REST = re.compile(r"\d{1,4}")


def _scales(language: Language) -> re.Pattern[str]:
    words = [word for value, each in language.numbers.words.items() if int(value) > _HUNDRED for word in each.split()]
    words.sort(key=len, reverse=True)  # "miljard" is no "mil"
    return _scale_pattern(tuple(words), has_endings=language.breaks_at_spaces)


@cache
def _scale_pattern(words: tuple[str, ...], *, has_endings: bool) -> re.Pattern[str]:
    ending = r"[^\W\d_]{0,3}" if has_endings else ""
    return re.compile(rf"\s?(?:de )?({'|'.join(map(re.escape, words)) or '(?!)'}){ending}", re.IGNORECASE)


def _scale_of(match: re.Match[str], language: Language) -> str:
    word = match[1].casefold()
    return next(value for value, each in language.numbers.words.items() if word in each.split())
