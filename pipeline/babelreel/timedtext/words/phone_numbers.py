"""Find the telephone numbers that a text names, and the sentence of each.

Better none than a wrong one: only what can hardly be anything else counts.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from babelreel.timedtext.direction.isolates import NUMBER
from babelreel.timedtext.words.counting import is_wide
from babelreel.timedtext.words.paragraphs import Paragraph

_SPACE = "[ \u00a0\u2007\u2009\u202f]"

#: "(02) 555 12 34" begins with a bracket; no other number does.
_CANDIDATE = re.compile(rf"(?:\(0\d+\){_SPACE}?(?=\d))?{NUMBER.pattern}")

#: The European emergency number (Directive (EU) 2018/1972, article 109), and the numbers of social value that the
#: Commission's Decision 2007/116/EC has reserved: missing children, victims of crime, children, doctors, support.
_SHORT = frozenset({"112", "116000", "116006", "116111", "116117", "116123"})
#: How these are parted: "116 000", "116-000", "1-1-2". In math "1/12" and "11.2" have the same digits.
_SHORT_FORM = re.compile(rf"\d+|\d{{3}}(?:{_SPACE}|[-\u2010\u2011])\d{{3}}|\d-\d-\d")

#: A date of eight digits may begin with 0; national numbers with their 0 have nine and more, E.164 has fifteen at most.
_LEAST_NATIONAL, _MOST_NATIONAL, _LEAST_INTERNATIONAL, _MOST = 9, 12, 8, 15
#: In these signs a number is written in groups; others make it a sum ("116.000"), a date or a share.
_SIGNS = frozenset(" \u00a0\u2007\u2009\u202f-\u2010\u2011/.()+")
#: A decimal ("0.123 456 789") and a date with what stands beside it ("01.02.2009 08.30").
_NO_PHONE = re.compile(r"0[.,/]|(?:.*\D)?\d\d?([-/.])\d\d?\1(?:19|20)\d\d(?!\d)")

#: What beside a number makes it a part of something else, even behind a space: a sum, a formula, a price.
_OPERATORS = frozenset("%‰€$£+=×÷·*^√<>≈≤≥−")


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A number to call as the text writes it, and the sentence that names it."""

    number: str
    sentence: str


def find_calls(paragraphs: Iterable[Paragraph]) -> tuple[Call, ...]:
    """Find each telephone number once, with the first sentence that names it, in the order of the text."""
    found: dict[str, Call] = {}
    for paragraph in paragraphs:
        for sentence in paragraph.sentences:
            for match in find_phone_numbers(sentence.text):
                found.setdefault(_digits(match.group()), Call(number=match.group(), sentence=sentence.text))
    return tuple(found.values())


def find_phone_numbers(text: str) -> Iterator[re.Match[str]]:
    """Find the numbers of a text that are like phone numbers: in the form of one, and no part of anything else."""
    return (match for match in _CANDIDATE.finditer(text) if is_phone_like(text, *match.span()))


def is_phone_like(text: str, start: int, end: int) -> bool:
    """Tell whether the number at a place of a text has the form of one that is dialled, wherever it stands.

    These are 112 and the European 116 numbers, national numbers with their leading zero (nine to twelve digits) and
    international ones (eight to fifteen), in digits of any script, a leading plus included. Decimals, dates, numbers
    of zeros and ones, and what is a part of a word, a sum or a formula are none.
    """
    number = text[start:end]
    before, after = text[max(0, start - 2) : start], text[end : end + 2]
    return _has_form(number) and not (_goes_on(before[-1:], before) or _goes_on(after[:1], after))


def _goes_on(beside: str, near: str) -> bool:
    """Tell whether what stands beside a number makes it a part of something else: a word, a sum, a percentage.

    Chinese has no spaces, and a number stands right beside its characters.
    """
    if (beside.isalnum() and not is_wide(beside)) or (bool(beside) and beside in "-/_"):
        return True
    return not _OPERATORS.isdisjoint(near)


def _digits(number: str) -> str:
    return "".join(str(unicodedata.digit(each)) for each in number if each.isdecimal())


def _has_form(number: str) -> bool:
    digits = _digits(number)
    if digits in _SHORT:
        return _SHORT_FORM.fullmatch(number) is not None
    if not {each for each in number if not each.isdecimal()} <= _SIGNS or set(digits) <= {"0", "1"}:
        return False
    if number[0] == "+" or digits.startswith("00"):
        return _LEAST_INTERNATIONAL <= len(digits) <= _MOST
    return digits[0] == "0" and _LEAST_NATIONAL <= len(digits) <= _MOST_NATIONAL and not _NO_PHONE.match(number)
