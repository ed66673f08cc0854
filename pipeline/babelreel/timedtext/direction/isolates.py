"""Put isolates into lines, to keep lines and numbers in reading order, and take them off again.

The controls of direction are named here (UAX #9), for all modules that write them or look for them.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from babelreel.timedtext.addresses import ADDRESS, without_signs_behind
from babelreel.timedtext.direction.line_direction import has_right_to_left, runs_from_right

LEFT_TO_RIGHT_ISOLATE = "\u2066"
RIGHT_TO_LEFT_ISOLATE = "\u2067"
FIRST_STRONG_ISOLATE = "\u2068"
POP_ISOLATE = "\u2069"
LEFT_TO_RIGHT_MARK = "\u200e"
RIGHT_TO_LEFT_MARK = "\u200f"

_LEFT_TO_RIGHT_OVERRIDE = "\u202d"
_LEFT_TO_RIGHT = f"\u2066\u202a{_LEFT_TO_RIGHT_OVERRIDE}"
ISOLATES = f"{LEFT_TO_RIGHT_ISOLATE}{RIGHT_TO_LEFT_ISOLATE}{FIRST_STRONG_ISOLATE}"
EMBEDDINGS = "\u202a\u202b\u202d\u202e"
POP_EMBEDDING = "\u202c"
_CONTROL = re.compile(f"([{ISOLATES}{EMBEDDINGS}{POP_EMBEDDING}{POP_ISOLATE}])")

_SPACE = "[ \u00a0\u2007\u2009\u202f]"
_JOINT = "[-/.,:\u2010\u2011\u2012\u2013\u2212\u066b\u066c]"
_SEPARATOR = rf"(?:{_SPACE}+[-/\u2010\u2011\u2012\u2013\u2212]{_SPACE}+|{_JOINT}|{_SPACE}+)"
#: "+32 (0)2 555 12 34", "116 000", "12/24", "08:30-17:00", "+112"; also digits alone, which are left as they are.
NUMBER = re.compile(rf"(?:\+\d+(?:{_SPACE}?\(\d+\){_SPACE}?\d+)?|\d+)(?:{_SEPARATOR}\d+)*")

#: Before what U+200E parts the digits of Arabic: not before their own decimal and thousands signs, which join them.
_PARTED = re.compile(r"(?<=\d)(?=[^\d\u066b\u066c])")
_ARABIC_DIGIT = re.compile("[\u0660-\u0669]")
_TRAILING_JOINT = re.compile(f"{_JOINT}$")
_LEADING_JOINT = re.compile(f"^{_JOINT}")


@lru_cache(maxsize=8192)  # the same line stands in four files and in the film
def isolate_line(line: str, *, is_rtl: bool) -> str:
    """Isolate one line for players that find its direction wrongly or not at all; ``is_rtl`` is its language's.

    Numbers and addresses in it are isolated too. A line that has nothing from right to left in it, in a language that
    has not either, stays as it is, and so does what its author has isolated in the same way.
    """
    if not is_rtl and not has_right_to_left(line):
        return line
    runs_left = runs_from_right(line, is_rtl=is_rtl)
    if runs_left or has_right_to_left(line):
        line = isolate_left_to_right(line)
    opener = RIGHT_TO_LEFT_ISOLATE if runs_left else LEFT_TO_RIGHT_ISOLATE
    is_told = not is_rtl and not runs_left and _begins_from_left(line)
    return line if is_told or _is_one_isolate(line, opener) else f"{opener}{line}{POP_ISOLATE}"


def bare_line(line: str) -> str:
    """Take off the isolate around one line; isolates inside of it stay, and so does any other line."""
    return line[1:-1] if _is_one_isolate(line, LEFT_TO_RIGHT_ISOLATE, RIGHT_TO_LEFT_ISOLATE) else line


def isolate_within(text: str, *, is_rtl: bool) -> str:
    """Isolate a text within a page that runs as its language does: all of it where it runs the other way."""
    text = isolate_line(bare_line(text), is_rtl=is_rtl)
    own = RIGHT_TO_LEFT_ISOLATE if is_rtl else LEFT_TO_RIGHT_ISOLATE
    return text[1:-1] if _is_one_isolate(text, own) else text


def without_broken_isolates(text: str) -> str:
    """Take all isolates out of a text that was cut within one; any other text stays as it is."""
    depth, lowest = 0, 0
    for character in text:
        depth += (character in ISOLATES) - (character == POP_ISOLATE)
        lowest = min(lowest, depth)
    return text if depth == lowest == 0 else re.sub("[\u2066-\u2069]", "", text)


def _begins_from_left(line: str) -> bool:
    strong = (unicodedata.bidirectional(character) for character in line)
    return next((kind for kind in strong if kind in {"L", "R", "AL"}), "L") == "L"


def _is_one_isolate(line: str, *openers: str) -> bool:
    """Tell whether a line is opened by one of these isolates, which closes at its end and not before."""
    if not line.startswith(openers):
        return False
    depth = 0
    for index, character in enumerate(line):
        depth += (character in ISOLATES) - (character == POP_ISOLATE)
        if depth == 0:
            return index == len(line) - 1
    return False


def isolate_left_to_right(text: str) -> str:
    """Wrap what must be read from left to right in U+2066...U+2069; only for text with letters from right to left.

    That is each number that holds separators or a leading plus, for the bidi algorithm would show "116 000" as
    "000 116" and "+32" as "32+" there, and each address that ends with a slash, which would stand before it. The digits
    of Arabic (U+0660 to U+0669) run from right to left even in such an isolate, unless U+200E parts them from what
    joins them. Digits alone, numbers that are part of a Latin word or address ("A4-12", "x.be/12/24"), and other digits
    in a left-to-right isolate or embedding stay as they are, so a second call changes nothing. Lines are independent of
    one another, as in the bidi algorithm.
    """
    return "\n".join(map(_isolate_in_line, text.split("\n")))


def _isolate_in_line(line: str) -> str:
    parts: list[str] = []
    opened: list[str] = []
    for part in _CONTROL.split(line):
        if _CONTROL.fullmatch(part):
            _follow(part, opened)
        elif not (opened and opened[-1] in _LEFT_TO_RIGHT):
            part = _wrap_within(part)  # noqa: PLW2901 - the part as it is to be written
        elif opened[-1] != _LEFT_TO_RIGHT_OVERRIDE:
            part = NUMBER.sub(lambda match: _marked(match.group()), part)  # noqa: PLW2901 - as above
        parts.append(part)
    return "".join(parts)


def _wrap_within(part: str) -> str:
    pieces: list[str] = []
    done = 0
    for match in ADDRESS.finditer(part):
        address = without_signs_behind(match.group())
        if address.endswith("/"):
            before = NUMBER.sub(_wrapped, part[done : match.start()])
            pieces += (before, LEFT_TO_RIGHT_ISOLATE, address, POP_ISOLATE)
            done = match.start() + len(address)
    return "".join((*pieces, NUMBER.sub(_wrapped, part[done:])))


def _follow(control: str, opened: list[str]) -> None:
    """Keep the stack of open isolates and embeddings, as rules X1 to X8 of UAX #9 do."""
    if control in ISOLATES + EMBEDDINGS:
        opened.append(control)
    elif control == POP_EMBEDDING:
        if opened and opened[-1] in EMBEDDINGS:
            opened.pop()
    elif any(each in ISOLATES for each in opened):
        while opened.pop() not in ISOLATES:
            pass


def _wrapped(match: re.Match[str]) -> str:
    number = match.group()
    if number.isdecimal() or is_part_of_a_latin_word(match):
        return number
    return f"{LEFT_TO_RIGHT_ISOLATE}{_marked(number)}{POP_ISOLATE}"


def _marked(number: str) -> str:
    """Part the digits of Arabic (U+0660 to U+0669) by marks: they run from right to left even in an isolate."""
    return _PARTED.sub(LEFT_TO_RIGHT_MARK, number) if _ARABIC_DIGIT.search(number) else number


def is_part_of_a_latin_word(match: re.Match[str]) -> bool:
    """Tell whether a left-to-right letter touches the number, at most one joint between them."""
    start, end = match.span()
    before = _TRAILING_JOINT.sub("", match.string[max(0, start - 2) : start])[-1:]
    after = _LEADING_JOINT.sub("", match.string[end : end + 2])[:1]
    return any(letter and unicodedata.bidirectional(letter) == "L" for letter in (before, after))
