"""Keep what belongs together on one line, whatever breaks the line: numbers, and marks behind a space."""

from __future__ import annotations

import re

from babelreel.timedtext.direction.isolates import NUMBER

_NO_BREAK_SPACE = "\u00a0"
#: A space that stands beside French punctuation: no line begins with a colon.
_BESIDE_MARK = re.compile(r" (?=[:;!?»])|(?<=«) ")


def whole_numbers(text: str) -> str:
    """Keep numbers on one line: a telephone number that is broken is dialled wrong."""
    return NUMBER.sub(lambda found: found[0].replace(" ", _NO_BREAK_SPACE), text)


def marks_beside_words(text: str) -> str:
    """Keep a mark on the line of the word that it belongs to, where a space stands between them."""
    return _BESIDE_MARK.sub(_NO_BREAK_SPACE, text)
