"""Count the syllables that a number has when it is said."""

from __future__ import annotations

import re

from babelreel.model.language_facts import Numerals

#: Said digit by digit: with a country code or a leading zero, the harmonised numbers of social value (116 000 ...) and
#: the emergency numbers from 100 to 119.
_DIALLED = re.compile(r"\+.*|0\d.*|116\D?\d{3}|1[01]\d")
#: One number written with marks between the thousands.
_GROUPED = re.compile(r"\d{1,3}(?:[\u00a0\u202f .,]\d{3})+")
#: More digits than this are an account or a phone, whatever they begin with.
_LONGEST_WORDS = 6


def is_dialled(written: str) -> bool:
    """Tell whether a number, as it is written, is said digit by digit."""
    digits = sum(map(str.isdigit, written))
    return bool(_DIALLED.fullmatch(_western(written))) or digits > _LONGEST_WORDS


def count_number(written: str, numerals: Numerals) -> int:
    """Count the syllables of a number, as it is written, or of several with something between them."""
    western = _western(written)
    if is_dialled(written):
        return sum(_digit(char, numerals) for char in western if char.isdigit())
    numbers = [western] if _GROUPED.fullmatch(western) else re.findall(r"\d+", western)
    return sum(_count_words(int(re.sub(r"\D", "", number)), numerals) for number in numbers)


def _western(written: str) -> str:
    """Write Arabic, Persian and other digits as 0 to 9."""
    return "".join(str(int(char)) if char.isdecimal() else char for char in written)


def _digit(char: str, numerals: Numerals) -> int:
    return int(numerals.digits[int(char)]) if char.isdecimal() else 1


def _count_words(number: int, numerals: Numerals) -> int:
    if number < 10:  # noqa: PLR2004 - one digit
        return int(numerals.digits[number])
    thousands, rest = divmod(number, 1000)
    ahead = _count_words(thousands, numerals) if thousands > 1 else 0
    return ahead + (numerals.thousand if thousands else 0) + _below_thousand(rest, numerals)


def _below_thousand(number: int, numerals: Numerals) -> int:
    """Count "eight hundred and eighty-eight", without the "and"; "one" is not said before ten and hundred."""
    hundreds, tens, ones = number // 100, number // 10 % 10, number % 10
    syllables = int(numerals.digits[ones]) if ones else 0
    for digit, place in ((tens, numerals.ten), (hundreds, numerals.hundred)):
        syllables += place + (int(numerals.digits[digit]) if digit > 1 else 0) if digit else 0
    return syllables
