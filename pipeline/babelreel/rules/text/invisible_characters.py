"""Find characters in the text that nobody sees."""

from __future__ import annotations

import re
from collections.abc import Iterator

from babelreel.model.finding import Fix, Severity
from babelreel.rules.base.breach import Breach
from babelreel.rules.base.edits import replacing
from babelreel.rules.base.passage import Passage
from babelreel.rules.base.rule import track_rule
from babelreel.rules.base.subject import TrackSubject
from babelreel.rules.text.spacing import alphabet_of, space_of

#: Soft hyphen, zero-width space, invisible operators, deprecated format characters, byte order mark.
_INVISIBLE = "\u00ad\u180e\u200b\u2061-\u2064\u206a-\u206f\ufeff\ufff9-\ufffb"

#: Zero-width non-joiner and joiner: they shape letters in Arabic and Indic scripts, and do nothing in these.
_JOINERS = "\u200c\u200d"

_UNJOINED_SCRIPTS = frozenset({"Latn", "Cyrl", "Grek", "Hans", "Hant"})

#: Scripts without spaces, where a zero-width space marks where a line may break.
_BREAKING_SCRIPTS = frozenset({"Thai", "Laoo", "Khmr", "Mymr", "Jpan"})

#: None of these, nothing to search for; the ranges hold a few more.
_UNSEEN = frozenset(
    map(chr, (0xAD, 0x180E, 0x200B, 0x200C, 0x200D, *range(0x2061, 0x2070), 0xFEFF, *range(0xFFF9, 0xFFFC)))
)


def _invisible(characters: str, joiners: str = "") -> re.Pattern[str]:
    """Find these characters with the spaces at their sides; joiners only behind a letter: they also build emoji."""
    first = rf"[{characters}]" + (rf"|(?<=[^\W\d_])[{joiners}]" if joiners else "")
    return re.compile(rf"(?<![^\S\n])[^\S\n]*(?:{first})(?:[{characters}{joiners}]|[^\S\n])*")


_INVISIBLE_ANYWHERE = _invisible(_INVISIBLE)

_INVISIBLE_OR_JOINER = _invisible(_INVISIBLE, _JOINERS)

_INVISIBLE_BUT_BREAKS = _invisible(_INVISIBLE.replace("\u200b", ""))


@track_rule(code="SPC007", name="invisible-character", severity=Severity.WARNING)
def invisible_character(subject: TrackSubject) -> Iterator[Breach]:
    """There is an invisible character in the text.

    Why: A soft hyphen is drawn as a hyphen by some players. A zero-width space cuts a word in two for search and for
    line breaks, and fonts without it show a box. These characters come along when text is copied from web pages.

    Limit: No soft hyphen, no byte order mark inside of a text, no zero-width space but in scripts without spaces, and
    no zero-width joiner or non-joiner in scripts that do not join letters (in Arabic script they are part of words).

    Source: Proposal of this project; the Unicode Standard says what each of them is for.

    Example: "inter-preter", where the hyphen is a soft one (U+00AD).

    Fix: Delete the character; `check --fix` does between letters and spaces.
    """
    if not subject.texts.characters & _UNSEEN:
        return
    for passage, match in subject.search(_invisible_in(subject.language.script)):
        character = match[0].strip()[0]
        message = f"the invisible character U+{ord(character):04X} stands in the text"
        yield Breach(passage=passage, message=message, fix=_without(subject, passage))


def _invisible_in(script: str) -> re.Pattern[str]:
    if script in _UNJOINED_SCRIPTS:
        return _INVISIBLE_OR_JOINER
    return _INVISIBLE_BUT_BREAKS if script in _BREAKING_SCRIPTS else _INVISIBLE_ANYWHERE


def _without(subject: TrackSubject, passage: Passage) -> Fix | None:
    """Leave nothing, or one space where there was any; beside other signs the character may part what must not meet."""
    line = passage.cue.lines[passage.line]
    sides = line[max(0, passage.start - 1) : passage.start] + line[passage.end : passage.end + 1]
    is_outer = passage.start == 0 or passage.end == len(line)
    left = space_of(passage.text) if any(each.isspace() for each in passage.text) and not is_outer else ""
    is_safe = all(map(str.isalnum, sides)) and len({alphabet_of(each) for each in sides}) <= 1
    return replacing(subject.track, passage, left, is_safe=is_safe)


RULES = (invisible_character,)
