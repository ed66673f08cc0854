"""Check that a number is written in digits, and in digits of one kind."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from babelreel.model.finding import Severity
from babelreel.rules.base.breach import Breach
from babelreel.rules.base.rule import track_rule
from babelreel.rules.base.subject import TrackSubject
from babelreel.rules.characters.naming import name_character
from babelreel.timedtext.words.writing_systems import parts_of

#: Digits of other kinds that look like 0 to 9: full-width ones, and those of mathematics.
_STYLED_DIGITS = re.compile("[\uff10-\uff19\U0001d7ce-\U0001d7ff]+")

#: O and l among digits, and O before and behind them, in Latin, Cyrillic and Greek; not in a word or a formula such as
#: H2O2.
_LETTER_IN_NUMBER = re.compile(
    r"[0-9](?<![^\W_].)(?:[0-9]*(?:[OoIl\u041e\u043e\u0417\u039f\u03bf][0-9]+)+(?![^\W_])"
    r"|[0-9]+[ \u00a0\u202f/.-](?:OO+|\u041e\u041e+|\u039f\u039f+)(?!\w)"
    r"|[0-9]*[O\u041e\u039f]+(?![\w(+*/=^]| [=+*/]))"
    r"|(?<![\w.,/])[O\u041e\u039f][0-9]{2,}(?!\w)"
)

_DIGITS_OF_TWO_SCRIPTS = re.compile(
    r"(?:[\u0660-\u0669](?<!\d.)[\u0660-\u0669]*[\u06f0-\u06f90-9]"
    r"|[\u06f0-\u06f9](?<!\d.)[\u06f0-\u06f9]*[\u0660-\u06690-9]"
    r"|[0-9](?<!\d.)[0-9]*[\u0660-\u0669\u06f0-\u06f9])\d*"
)

_DIGITS_OF_ARABIC_SCRIPT = frozenset("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹")


@track_rule(code="GLY005", name="look-alike-digit", severity=Severity.WARNING)
def look_alike_digit(subject: TrackSubject) -> Iterator[Breach]:
    """A number holds characters that only look like its digits.

    Why: It looks right, but nobody can dial it, search for it or have it read out: “1I6 OOO” with letters, full-width
    or mathematical digits, or digits of two scripts in one number, which right-to-left text shows in another order.

    Limit: All digits of a number are of one script, and no letter O, o, l or I stands between them, nor
    an O before or after them. Full-width digits
    are right in Chinese, Japanese and Korean. Words and formulas (A1, H2O2, 5l) are none of these.

    Source: Unicode Technical Standard 39, "whole-number confusables" and mixed numbers.

    Example (in en.srt):

        4
        00:00:10,000 --> 00:00:13,000
        Call 116 OOO. It is free.

    Fix: Type the number again, with digits.
    """
    alphabet = subject.texts.characters
    patterns = [_LETTER_IN_NUMBER]
    if alphabet & _DIGITS_OF_ARABIC_SCRIPT:
        patterns.append(_DIGITS_OF_TWO_SCRIPTS)
    if "Hani" not in parts_of(subject.language.script) and any(map(_STYLED_DIGITS.match, alphabet)):
        patterns.append(_STYLED_DIGITS)
    for pattern in patterns:
        for passage, match in subject.search(pattern):
            yield Breach(
                passage=passage,
                message=f"this number is not all digits: {name_character(_odd_digit(match[0]))}",
                measured=match[0],
            )


def _odd_digit(number: str) -> str:
    """Find the first letter, or the first character that is of another kind than the first one."""
    letter = next(filter(str.isalpha, number), "")
    kind = _kind(number[0])
    return letter or next((each for each in number if each.isalnum() and _kind(each) != kind), number[0])


def _kind(character: str) -> str:
    return unicodedata.name(character, "").rsplit(" ", 1)[0]


RULES = (look_alike_digit,)
