"""Check that the invisible characters that set the direction of text do what they are for.

An isolate or embedding ends with its line, as a paragraph does in the bidi algorithm.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from babelreel.model.counted import count
from babelreel.model.finding import Edit, Fix, Severity
from babelreel.rules.base.breach import Breach
from babelreel.rules.base.edits import replacing
from babelreel.rules.base.passage import Passage
from babelreel.rules.base.rule import Purpose, Rule, track_rule
from babelreel.rules.base.subject import TrackSubject
from babelreel.timedtext.direction.isolates import EMBEDDINGS, ISOLATES, POP_EMBEDDING, POP_ISOLATE

_OVERRIDE = re.compile("([\u202d\u202e])([^\u202c\n]*)")
_ISOLATED = re.compile("[\u2066-\u2068][^\u2069]*(?:\u2069|$)")
#: What a right-to-left override turns round, and what a left-to-right one does.
_TURNED = {
    "\u202e": re.compile(r"[\dA-Za-z\u00c0-\u024f\u0370-\u052f]"),
    "\u202d": re.compile("[\u05d0-\u08c7\ufb1d-\ufefc]"),
}
_PAIRED = re.compile("[\u202a-\u202e\u2066-\u2069]")
_CONTROL = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_CONTROLS = re.compile(f"{_CONTROL.pattern}+")
#: Letters and digits of the scripts that run from right to left, and overrides, which have a rule of their own.
_NEEDS_CONTROL = re.compile("[\u05d0-\u08c7\ufb1d-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff\u202d\u202e]")
_REPEATED = re.compile("[\u061c\u200e\u200f](?:(?<=\u061c)\u061c+|(?<=\u200e)\u200e+|(?<=\u200f)\u200f+)")
_DEPRECATED = re.compile("[\u206a-\u206f]+")
_RIGHT_TO_LEFT_OVERRIDE = "\u202e"
_CLOSERS = POP_EMBEDDING + POP_ISOLATE


@track_rule(code="DIR007", name="direction-override", severity=Severity.ERROR)
def direction_override(subject: TrackSubject) -> Iterator[Breach]:
    """An invisible character forces the text after it to run in one direction, letter by letter.

    Why: U+202E and U+202D show text in another order than it is stored in. What a translator reads in the editor is
    then not what the file says; a number can be hidden so that every check sees 116 000 and a child sees 000 611.

    Limit: Subtitles need none of these characters, in any language. It is an error if letters or numbers are turned
    round, otherwise a warning.

    Source: Unicode Standard Annex 9 and Technical Report 36: overrides are for special cases, and a known attack.

    Example: in en.srt, “Call” and U+202E stand before “000 611”, which is seen as “116 000”.

    Fix: Delete the text of this row and type it again. To keep a number in order, wrap it in U+2066 and U+2069.
    """
    for passage, match in subject.search(_OVERRIDE):
        override, text = match.groups()
        is_turning = _TURNED[override].search(_ISOLATED.sub("", text))
        yield Breach(
            passage=passage,
            message=f"the invisible U+{ord(override):04X} forces the text after it to run "
            f"{'from right to left' if override == _RIGHT_TO_LEFT_OVERRIDE else 'from left to right'}",
            severity=None if is_turning else Severity.WARNING,
        )


@track_rule(code="DIR008", name="unbalanced-direction-controls", severity=Severity.WARNING)
def unbalanced_direction_controls(subject: TrackSubject) -> Iterator[Breach]:
    """A row opens an isolate or an embedding that it does not close, or closes one that it did not open.

    Why: Each row stands alone: what is opened on the first row does not reach the second. And a program that joins rows
    or lines lets an open isolate run on, and turns round what follows.

    Limit: In each row, every U+2066, U+2067 and U+2068 is closed by U+2069, every U+202A, U+202B, U+202D and U+202E by
    U+202C, in the right order.

    Source: Unicode Standard Annex 9, rules X1 to X8.

    Example (in ar.srt): two rows in one isolate, which begins with U+2067 on the first row and ends with U+2069 on the
    second.

    Fix: “check --fix” closes what is open at the end of the line: players show the same as before. A closing character
    without an opening one is deleted, unless something would then be shown in another place. See whether each row is
    wrapped as it was meant.
    """
    for passage in _first_on_each_line(subject, _PAIRED):
        line = passage.cue.lines[passage.line]
        if _is_plainly_left(subject, line):
            continue
        balance = _balance(line)
        if balance.odd is not None:
            whole = passage._replace(start=0, end=len(line))
            control = line[balance.odd]
            does = "closes nothing" if control in _CLOSERS else "is not closed"
            yield Breach(
                passage=passage._replace(start=balance.odd, end=balance.odd + 1),
                message=f"U+{ord(control):04X} {does} in this row",
                fix=replacing(subject.track, whole, balance.repaired),
            )


class _Balance(NamedTuple):
    """Where the first control without its other half stands, and the line with all halves paired."""

    odd: int | None
    repaired: str


def _balance(line: str) -> _Balance:
    parts: list[str] = []
    opened: list[int] = []
    odd: list[int] = []
    isolates = 0
    for index, character in enumerate(line):
        part = character
        if character in ISOLATES or character in EMBEDDINGS:
            opened.append(index)
            isolates += character in ISOLATES
        elif character == POP_EMBEDDING:
            if opened and line[opened[-1]] in EMBEDDINGS:
                opened.pop()
            else:
                part = ""
        elif character == POP_ISOLATE:
            if isolates:
                isolates -= 1
                embeddings = _pop_to_isolate(opened, line)
                odd.extend(embeddings)
                part = POP_EMBEDDING * len(embeddings) + POP_ISOLATE
            else:
                part = ""
        if not part:
            odd.append(index)
        parts.append(part)
    parts.extend(POP_ISOLATE if line[index] in ISOLATES else POP_EMBEDDING for index in reversed(opened))
    return _Balance(min((*odd, *opened), default=None), "".join(parts))


def _pop_to_isolate(opened: list[int], line: str) -> list[int]:
    """Take the innermost isolate from the open controls, and return the embeddings that are open in it."""
    embeddings: list[int] = []
    while line[index := opened.pop()] not in ISOLATES:
        embeddings.append(index)
    return embeddings


@track_rule(code="DIR009", name="stray-direction-control", severity=Severity.WARNING, purpose=Purpose.ORDER)
def stray_direction_control(subject: TrackSubject) -> Iterator[Breach]:
    """A row of left-to-right text holds a useless invisible direction character.

    Why: Such characters are copied with a phone number from an address book or a chat. They move full stops to the
    wrong side. A reader who copies the number or address out of the text copies them too, and it does not work.

    Limit: None in a row without a word of a right-to-left script, in a language written from left to right.

    Source: Unicode Standard Annex 9, section 2: they matter only beside right-to-left text.

    Example (in en.srt):

        4
        00:00:10,000 --> 00:00:13,000
        Call \u200f116 000 for free.

    Fix: “check --fix” deletes them.
    """
    if subject.language.is_rtl:
        return
    for passage in _first_on_each_line(subject, _CONTROL):
        line = passage.cue.lines[passage.line]
        if _is_plainly_left(subject, line):
            controls = _CONTROL.findall(line)
            names = ", ".join(f"U+{ord(each):04X}" for each in dict.fromkeys(controls))
            yield Breach(
                passage=passage,
                message=f"the row holds invisible direction characters that it does not need: {names}",
                measured=count(len(controls), "character"),
                fix=_without_controls(subject, passage, line),
            )


@track_rule(code="DIR010", name="needless-direction-marks", severity=Severity.INFO)
def needless_direction_marks(subject: TrackSubject) -> Iterator[Breach]:
    """Direction marks stand where they have no effect.

    Why: Some editors add a mark each time they save. Nobody sees them, but they pile up, and old players show a box for
    each.

    Limit: The same mark (U+200E, U+200F or U+061C) not twice side by side, and none of the deprecated U+206A to U+206F.
    One mark is fine.

    Source: The Unicode Standard, section 23.3, deprecates U+206A to U+206F; by Annex 9, a repeated mark does nothing.

    Example (in ar.srt):

        4
        00:00:10,000 --> 00:00:13,000
        \u200f\u200fالمحامي مجاني.

    Fix: “check --fix” leaves one mark of each pile, and deletes deprecated ones.
    """
    for passage, match in subject.search(_REPEATED):
        if not _is_plainly_left(subject, passage.cue.lines[passage.line]):
            yield Breach(
                passage=passage,
                message=f"U+{ord(match[0][0]):04X} stands {len(match[0])} times side by side",
                measured=f"{len(match[0])} marks",
                limit="1 mark",
                fix=replacing(subject.track, passage, match[0][0]),
            )
    for passage, match in subject.search(_DEPRECATED):
        yield Breach(
            passage=passage,
            message=f"U+{ord(match[0][0]):04X} is deprecated and has no effect",
            fix=replacing(subject.track, passage, ""),
        )


def _is_plainly_left(subject: TrackSubject, line: str) -> bool:
    """Tell whether a line has no use for direction controls; what it holds of them is one fault, not several."""
    return not subject.language.is_rtl and not _NEEDS_CONTROL.search(line)


def _first_on_each_line(subject: TrackSubject, pattern: re.Pattern[str]) -> Iterator[Passage]:
    before: tuple[int, int] | None = None
    for passage, _ in subject.search(pattern):
        place = (id(passage.cue), passage.line)
        if place != before:
            before = place
            yield passage


def _without_controls(subject: TrackSubject, passage: Passage, line: str) -> Fix | None:
    edits: list[Edit] = []
    for match in _CONTROLS.finditer(line):
        fix = replacing(subject.track, passage._replace(start=match.start(), end=match.end()), "")
        if fix is None:
            return None
        edits.extend(fix.edits)
    return Fix(edits=tuple(edits))


RULES: tuple[Rule, ...] = (
    direction_override,
    unbalanced_direction_controls,
    stray_direction_control,
    needless_direction_marks,
)
