"""Check that numbers are seen in the order in which a child must dial them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from babelreel.model.finding import Fix, Severity
from babelreel.model.track import Cue
from babelreel.rules.base.breach import Breach
from babelreel.rules.base.edits import replacing
from babelreel.rules.base.need import Need
from babelreel.rules.base.passage import Passage
from babelreel.rules.base.rule import Purpose, Rule, track_rule
from babelreel.rules.base.subject import TrackSubject
from babelreel.timedtext.direction.bidi_numbers import turned_numbers
from babelreel.timedtext.direction.isolates import LEFT_TO_RIGHT_ISOLATE, NUMBER, isolate_left_to_right
from babelreel.timedtext.words.phone_numbers import find_phone_numbers

#: What every number of several parts holds; quicker to look for than the number itself.
_NUMBER_OF_PARTS = re.compile(r"[0-9\u0660-\u0669\u06f0-\u06f9][^\w\n]+\d|\+\d")

_ZEROS = "0\u0660\u06f0"
#: Digits of the longest number that is taken for one of a sum or a list.
_LONGEST_PART = 2

#: What stays together in every text: "08:30" and "12/24".
_PART = re.compile(r"\d(?:[./:,\u066b\u066c]?\d)*")


@track_rule(code="DIR003", name="turned-number", severity=Severity.WARNING, purpose=Purpose.ORDER)
def turned_number(subject: TrackSubject) -> Iterator[Breach]:
    """The parts of a number are shown in the wrong order.

    Why: In right-to-left text, “116 000” is seen as “000 116” and “+32 2” as “2 32+”: a child would dial a wrong
    number. babelreel's own films and pages are safe, but other players and editors that open this file are not.

    Limit: Everything that the bidi algorithm shows in another order: numbers with spaces, dashes, brackets or a leading
    plus, and numbers with hyphens after an Arabic letter. Points, colons, slashes and no-break spaces (U+00A0) keep a
    number together, and so does a Latin word before it. The digits ٠ to ٩ change their order even inside U+2066 and
    U+2069. Numbers of one or two digits with spaces between them are a list, which is read from right to left; so is a
    sum.

    Source: Unicode Standard Annex 9, the bidi algorithm.

    Example (in fa.srt):

        4
        00:00:10,000 --> 00:00:13,000
        به 116 000 زنگ بزن.

    Fix: “check --fix” wraps the number in the invisible characters U+2066 and U+2069. In a number of digits
    and spaces only, no-break spaces (U+00A0) do as well. A range is clearer in words: from 8 to 17.
    """
    if not subject.language.is_rtl:
        return
    known = _reference_numbers(subject)
    for cue, line, text in _numbered_lines(subject):
        for number in turned_numbers(text):
            passage = Passage(cue, line, number.start, number.end)
            if not (_turned_back(passage.text, known) or _is_list(passage.text)):
                yield Breach(
                    passage=passage,
                    message=f"“{passage.text}” is shown as “{number.shown}” in right-to-left text",
                    measured=passage.text,
                    fix=_isolated(subject, passage),
                )


def _is_list(text: str) -> bool:
    """Tell whether these are several numbers, and no single one: "1 3 5", or the "+2" of a sum."""
    digits = [part for part in re.split(r"\D+", text) if part]
    if text[0] == "+":
        return sum(map(len, digits)) <= _LONGEST_PART
    is_spaced = not re.search(r"[^\d\s]", text)
    is_national = len(digits[0]) > 1 and digits[0][0] in _ZEROS
    return is_spaced and not is_national and all(len(part) <= _LONGEST_PART for part in digits)


def _isolated(subject: TrackSubject, passage: Passage) -> Fix | None:
    """Wrap a number; one that is wrapped already needs its digits parted only."""
    line = passage.cue.lines[passage.line]
    wrapped = isolate_left_to_right(passage.text)
    if line[passage.start - 1 : passage.start] == LEFT_TO_RIGHT_ISOLATE:
        wrapped = wrapped[1:-1]
    return replacing(subject.track, passage, wrapped) if wrapped != passage.text else None


def _numbered_lines(subject: TrackSubject) -> Iterator[tuple[Cue, int, str]]:
    """Yield each line that holds a number of several parts, once."""
    before: tuple[int, int] | None = None
    for passage, _ in subject.search(_NUMBER_OF_PARTS):
        if before != (id(passage.cue), passage.line):
            before = (id(passage.cue), passage.line)
            yield passage.cue, passage.line, passage.cue.lines[passage.line]


@track_rule(code="DIR004", name="reversed-number", severity=Severity.ERROR, needs=frozenset({Need.REFERENCE}))
def reversed_number(subject: TrackSubject) -> Iterator[Breach]:
    """A number is stored in the reverse order of the same number in the original.

    Why: An editor showed “116 000” as “000 116”, and somebody typed the parts in the other order until it looked right.
    In every player that keeps numbers in order, a child now sees and dials a wrong number.

    Limit: Read backwards, by its parts or its digits, the number is a phone number of the original; as it is written,
    it is not. Only right-to-left languages are checked.

    Source: The subtitles in the film's own language.

    Example: en.srt says “116 000”, and ar.srt says “000 116”.

    Fix: Type the number in the order in which it is dialled, and let “check --fix” wrap it, so that every player shows
    it like this. Then call it, or let somebody read it out from the finished film.
    """
    if not subject.language.is_rtl:
        return
    known = _reference_numbers(subject)
    for cue, line, text in _numbered_lines(subject) if any(known.values()) else ():
        for match in NUMBER.finditer(text):
            passage = Passage(cue, line, *match.span())
            right = _turned_back(match.group(), known)
            if right:
                yield Breach(
                    passage=passage,
                    message=f"“{match.group()}” is “{right}” of the original, written backwards",
                    measured=match.group(),
                    limit=right,
                )


def _turned_back(number: str, known: dict[tuple[str, ...], str]) -> str:
    """Find the number of the reference whose parts, or digits, are those of a number in reverse; else empty."""
    parts = _parts(number)
    if parts in known or len(parts) == 1:
        return ""
    return known.get(parts[::-1]) or known.get(tuple(part[::-1] for part in parts[::-1])) or ""


def _parts(number: str) -> tuple[str, ...]:
    """Cut a number where right-to-left text may turn it round; digits of all scripts are the same."""
    return tuple("".join(map(_plain, part)) for part in _PART.findall(number))


def _plain(character: str) -> str:
    return str(int(character)) if character.isdecimal() else character


def _reference_numbers(subject: TrackSubject) -> dict[tuple[str, ...], str]:
    reference = subject.reference
    return _numbers("\n".join(cue.text for cue in reference.cues)) if reference else {}


@lru_cache(maxsize=1)
def _numbers(text: str) -> dict[tuple[str, ...], str]:
    """Map the numbers of a text, by their parts, to how each is written if it is like a phone number, else to ""."""
    numbers = dict.fromkeys((_parts(match.group()) for match in NUMBER.finditer(text)), "")
    return numbers | {_parts(match.group()): match.group() for match in find_phone_numbers(text)}


RULES: tuple[Rule, ...] = (turned_number, reversed_number)
