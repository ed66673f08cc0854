"""Check that every bracket and quotation mark has its other half.

What is said in brackets or quoted may go on over several cues, so all cues are walked through as one text, and a pair
may stay open for a while. The quotation marks of languages contradict one another (“ opens in English and closes in
German), so the spaces around a mark decide what it does; one that they leave undecided is taken for what fits.
"""

from __future__ import annotations

import re
from collections import defaultdict, deque
from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple

from babelreel.model.finding import Severity
from babelreel.rules.base.breach import Breach
from babelreel.rules.base.passage import Passage
from babelreel.rules.base.rule import track_rule
from babelreel.rules.base.subject import TrackSubject

#: For so many cues a pair may stay open: no remark or quotation lasts longer.
PATIENCE_CUES = 8

_BRACKETS = {"(": ")", "[": "]", "（": "）", "［": "］", "【": "】"}
_GUILLEMETS = {"«": "»", "‹": "›"}
_CORNERS = {"「": "」", "『": "』", "《": "》", "〈": "〉"}
_CLOSED_BY = {**_BRACKETS, **_GUILLEMETS, **_CORNERS}
_OPENED_BY = {closing: opening for opening, closing in _CLOSED_BY.items()}
_DOUBLE = frozenset('"“”„')

_BRACKET = re.compile(r"[()\[\]（）［］【】]")
_QUOTE = re.compile('["“”„«»‹›「」『』《》〈〉]')

_UNSPACED_SCRIPTS = frozenset({"Hans", "Hant", "Jpan"})

_BEFORE_OPENING = frozenset("([{-–—/'‘“„«¿¡")
_AFTER_CLOSING = frozenset(".,;:!?…)]}-–—/'’”»،؛؟")

#: "a)" and "1)" number a list; ":)" and ";-)" smile.
_LONE_CLOSING = re.compile(r"(?:^|[\s(])\w{1,2}$|[:;8=]['’-]?$")


class _Mark(NamedTuple):
    """One half of a pair, in the cue with this place in the track.

    ``kind`` is the same for both halves. ``opens`` is ``None`` where nothing shows whether it opens or closes; such a
    mark is ``excused``, that is, it may lack its other half.
    """

    kind: str
    opens: bool | None
    passage: Passage
    place: int
    excused: bool


@track_rule(code="TXT005", name="unpaired-bracket", severity=Severity.WARNING)
def unpaired_bracket(subject: TrackSubject) -> Iterator[Breach]:
    """A bracket is opened and never closed, or closed and never opened.

    Why: The reader waits for the end of the remark; often a piece of the text is missing.

    Limit: Every bracket has its other half, in the same line or at most 8 lines away. List numbers ("1)") and smileys
    are skipped.

    Source: The orthography of every language; the 8 lines are a proposal of this project.

    Example:

        1
        00:00:10,000 --> 00:00:14,000
        You can call (at any time.

    Fix: Write the missing bracket, or delete this one.
    """
    for mark in _unpaired_brackets(subject):
        yield _unpaired(mark, "bracket")


@track_rule(code="TXT006", name="unpaired-quotation-mark", severity=Severity.WARNING)
def unpaired_quotation_mark(subject: TrackSubject) -> Iterator[Breach]:
    """A quotation is opened and never closed, or closed and never opened.

    Why: The reader does not know where the words of somebody else end.

    Limit: Every double quotation mark has its other half, in the same line or at most 8 lines away; a quotation over
    several lines may be opened again in each. Single marks are skipped, since they may be apostrophes.

    Source: The orthography of every language; the 8 lines are a proposal of this project.

    Example:

        1
        00:00:10,000 --> 00:00:14,000
        They say: "You can stay.

    Fix: Write the missing mark, or delete this one.
    """
    for mark in _unpaired_quotes(subject):
        yield _unpaired(mark, "quotation mark")


def _unpaired(mark: _Mark, what: str) -> Breach:
    missing = "is never closed" if mark.opens else "closes what was never opened"
    return Breach(passage=mark.passage, message=f"the {what} “{mark.passage.text}” {missing}")


def _unpaired_brackets(subject: TrackSubject) -> Iterator[_Mark]:
    """Find the brackets that are never closed, or were never opened."""
    if subject.texts.characters & (_BRACKETS.keys() | set(_BRACKETS.values())):
        yield from _left_over(_brackets(subject))


def _unpaired_quotes(subject: TrackSubject) -> Iterator[_Mark]:
    """Find the quotation marks that are never closed, or were never opened; single ones may be apostrophes."""
    if subject.texts.characters & (_DOUBLE | _CLOSED_BY.keys() | _OPENED_BY.keys()):
        yield from _left_over(_quotes(subject))


def _brackets(subject: TrackSubject) -> Iterator[_Mark]:
    places = _places(subject)
    for passage, match in subject.search(_BRACKET):
        sign = match[0]
        before = passage.cue.lines[passage.line][max(0, passage.start - 4) : passage.start]
        is_lone = sign == ")" and bool(_LONE_CLOSING.search(before))
        yield _Mark(_OPENED_BY.get(sign, sign), sign in _CLOSED_BY, passage, places[id(passage.cue)], is_lone)


def _quotes(subject: TrackSubject) -> Iterator[_Mark]:
    places = _places(subject)
    for passage, match in subject.search(_QUOTE):
        line, sign = passage.cue.lines[passage.line], match[0]
        before, after = line[passage.start - 1 : passage.start] or " ", line[passage.end : passage.end + 1] or " "
        opens = _opens(subject, sign, before, after)
        kind = '"' if sign in _DOUBLE else "«" if sign in "«»" else _OPENED_BY.get(sign, sign)
        is_inches = before.isdigit() and sign in _DOUBLE and not opens
        yield _Mark(kind, opens, passage, places[id(passage.cue)], opens is None or is_inches)


def _places(subject: TrackSubject) -> dict[int, int]:
    return {id(cue): place for place, cue in enumerate(subject.track.cues)}


def _opens(subject: TrackSubject, sign: str, before: str, after: str) -> bool | None:
    """Tell whether a quotation mark opens or closes; ``None`` where nothing decides it."""
    is_turned = sign in "«»‹›" and subject.language.punctuation.has_turned_guillemets
    if sign not in _DOUBLE and not is_turned:
        return sign in _CLOSED_BY
    if sign == "„":
        return True
    if subject.language.script in _UNSPACED_SCRIPTS:
        return None if sign == '"' else sign == "“"
    if before.isspace() or after.isspace():
        return None if before.isspace() and after.isspace() else before.isspace()
    starts, ends = before in _BEFORE_OPENING, after in _AFTER_CLOSING
    return None if starts == ends else starts


def _left_over(marks: Iterator[_Mark]) -> Iterator[_Mark]:
    """Yield the marks without another half; a quotation opened anew at the head of each cue counts as one."""
    waiting: defaultdict[str, deque[_Mark]] = defaultdict(deque)
    lone: list[_Mark] = []
    for mark in marks:
        opened = waiting[mark.kind]
        while opened and mark.place - opened[0].place > PATIENCE_CUES:
            lone.append(opened.popleft())
        goes_on = bool(opened) and opened[-1].place < mark.place and _is_at_head(mark.passage)
        if opened and not mark.opens:
            opened.pop()
        elif mark.opens is False:
            lone.append(mark)
        elif not goes_on:
            opened.append(mark)
    return (mark for mark in chain(lone, *waiting.values()) if not mark.excused)


def _is_at_head(passage: Passage) -> bool:
    """Tell whether only a speaker's dash goes before."""
    before = passage.cue.lines[0][: passage.start] if passage.start <= 2 else "?"  # noqa: PLR2004 - a dash and a space
    return passage.line == 0 and not before.strip(" -–—")


RULES = (
    unpaired_bracket,
    unpaired_quotation_mark,
)
