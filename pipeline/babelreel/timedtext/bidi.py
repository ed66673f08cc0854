"""How are numbers kept in reading order inside right-to-left text?"""

from __future__ import annotations

import re
import unicodedata

LEFT_TO_RIGHT_ISOLATE = "\u2066"
POP_ISOLATE = "\u2069"
RIGHT_TO_LEFT_MARK = "\u200f"

_LEFT_TO_RIGHT = "\u2066\u202a\u202d"
_ISOLATES = "\u2066\u2067\u2068"
_EMBEDDINGS = "\u202a\u202b\u202d\u202e"
_POP_EMBEDDING = "\u202c"
_CONTROL = re.compile(f"([{_ISOLATES}{_EMBEDDINGS}{_POP_EMBEDDING}{POP_ISOLATE}])")

_SPACE = "[ \u00a0\u2007\u2009\u202f]"
_JOINT = "[-/.,:\u2010\u2011\u2012\u2013\u2212\u066b\u066c]"
_SEPARATOR = rf"(?:{_SPACE}+[-/\u2010\u2011\u2012\u2013\u2212]{_SPACE}+|{_JOINT}|{_SPACE}+)"
#: "+32 (0)2 555 12 34", "116 000", "12/24", "08:30-17:00", "+112"; also digits alone, which are left as they are.
_NUMBER = re.compile(rf"(?:\+\d+(?:{_SPACE}?\(\d+\){_SPACE}?\d+)?|\d+)(?:{_SEPARATOR}\d+)*")


def isolate_numbers(text: str) -> str:
    """Wrap each number that holds separators or a leading plus in U+2066...U+2069; only for right-to-left text.

    The bidi algorithm would show "116 000" as "000 116" and "+32" as "32+" there. Digits alone, numbers that are part
    of a Latin word or address ("A4-12", "x.be/12/24"), and numbers in a left-to-right isolate or embedding stay as
    they are, so a second call changes nothing. Lines are independent of one another, as in the bidi algorithm.
    """
    return "\n".join(map(_isolate_in_line, text.split("\n")))


def _isolate_in_line(line: str) -> str:
    parts: list[str] = []
    opened: list[str] = []
    for part in _CONTROL.split(line):
        if _CONTROL.fullmatch(part):
            _follow(part, opened)
        elif not (opened and opened[-1] in _LEFT_TO_RIGHT):
            part = _NUMBER.sub(_wrapped, part)  # noqa: PLW2901 - the part as it is to be written
        parts.append(part)
    return "".join(parts)


def _follow(control: str, opened: list[str]) -> None:
    """Keep the stack of open isolates and embeddings, as rules X1 to X8 of UAX #9 do."""
    if control in _ISOLATES + _EMBEDDINGS:
        opened.append(control)
    elif control == _POP_EMBEDDING:
        if opened and opened[-1] in _EMBEDDINGS:
            opened.pop()
    elif any(each in _ISOLATES for each in opened):
        while opened.pop() not in _ISOLATES:
            pass


def _wrapped(match: re.Match[str]) -> str:
    number = match.group()
    if number.isdecimal() or _is_part_of_a_latin_word(match):
        return number
    return f"{LEFT_TO_RIGHT_ISOLATE}{number}{POP_ISOLATE}"


def _is_part_of_a_latin_word(match: re.Match[str]) -> bool:
    """Tell whether a left-to-right letter touches the number, at most one joint between them."""
    before = re.sub(f"{_JOINT}$", "", match.string[: match.start()])[-1:]
    after = re.sub(f"^{_JOINT}", "", match.string[match.end() :])[:1]
    return any(letter and unicodedata.bidirectional(letter) == "L" for letter in (before, after))
