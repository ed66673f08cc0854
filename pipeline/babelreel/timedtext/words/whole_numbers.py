"""Keep what belongs together on one line, whatever breaks the line: numbers, and marks behind a space."""

from __future__ import annotations

import re
from collections.abc import Callable

from babelreel.timedtext.direction.isolates import NUMBER

_NO_BREAK_SPACE = "\u00a0"
#: The places within a number at which two of them meet.
_BETWEEN_PARTS = re.compile(r"( +[-/\u2010\u2011\u2012\u2013\u2212] +)")
#: A space that stands beside French punctuation: no line begins with a colon.
_BESIDE_MARK = re.compile(r" (?=[:;!?»])|(?<=«) ")


def whole_numbers(text: str, *, has_room: Callable[[str], bool] = lambda _: True) -> str:
    """Keep numbers on one line: a telephone number that is broken is dialled wrong.

    A number that has no room on a line is broken between its parts ("9:00-12:00 / 13:00-17:00"), and a part that has
    none at its spaces.
    """

    def keep(number: str) -> str:
        if " " in number and has_room(number):
            return number.replace(" ", _NO_BREAK_SPACE)
        parts = _BETWEEN_PARTS.split(number)
        parts[::2] = map(keep, parts[::2]) if len(parts) > 1 else parts
        return "".join(parts)

    return NUMBER.sub(lambda found: keep(found[0]), text)


def marks_beside_words(text: str) -> str:
    """Keep a mark on the line of the word that it belongs to, where a space stands between them."""
    return _BESIDE_MARK.sub(_NO_BREAK_SPACE, text)
