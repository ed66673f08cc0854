"""Which telephone numbers does a text name, and in which sentence?

Better none than a wrong one: only what can hardly be anything else counts.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from babelreel.timedtext.direction.isolates import NUMBER
from babelreel.timedtext.words.counting import is_wide
from babelreel.timedtext.words.paragraphs import Paragraph

#: The European emergency number (Directive (EU) 2018/1972, article 109), and the numbers of social value that the
#: Commission's Decision 2007/116/EC has reserved: missing children, victims of crime, children, doctors, support.
_SHORT = frozenset({"112", "116000", "116006", "116111", "116117", "116123"})
#: A date of eight digits may begin with 0; national numbers with their 0 have nine and more, E.164 has fifteen at most.
_LEAST_NATIONAL, _LEAST_INTERNATIONAL, _MOST = 9, 8, 15
#: In these signs a number is written in groups; others make it a sum ("116.000"), a date or a share.
_SIGNS = frozenset(" \u00a0\u2007\u2009\u202f-/.()+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A number to call as the text writes it, and the sentence that names it."""

    number: str
    sentence: str


def find_calls(paragraphs: Iterable[Paragraph]) -> tuple[Call, ...]:
    """Give each telephone number once, with the first sentence that names it, in the order of the text."""
    found: dict[str, Call] = {}
    for paragraph in paragraphs:
        for sentence in paragraph.sentences:
            for number in _numbers(sentence.text):
                found.setdefault(_digits(number), Call(number=number, sentence=sentence.text))
    return tuple(found.values())


def _numbers(text: str) -> Iterator[str]:
    for match in NUMBER.finditer(text):
        before, after = text[: match.start()][-1:], text[match.end() :][:1]
        if not (_goes_on(before) or _goes_on(after)) and _is_telephone(match.group()):
            yield match.group()


def _goes_on(beside: str) -> bool:
    """Tell whether what stands beside a number makes it a part of something else: a word, a sum, a percentage.

    Chinese has no spaces, and a number stands right beside its characters.
    """
    return (beside.isalnum() and not is_wide(beside)) or (bool(beside) and beside in "%‰€$£-/")


def _digits(number: str) -> str:
    return "".join(str(unicodedata.digit(each)) for each in number if each.isdecimal())


def _is_telephone(number: str) -> bool:
    signs = {each for each in number if not each.isdecimal()}
    digits = _digits(number)
    if digits in _SHORT:
        return not signs or all(each.isspace() for each in signs)
    least = _LEAST_INTERNATIONAL if number.startswith("+") or digits.startswith("00") else _LEAST_NATIONAL
    return signs <= _SIGNS and (number[0] == "+" or digits[0] == "0") and least <= len(digits) <= _MOST
