"""Check that every character can be drawn and has a meaning."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator

from babelreel.model.film.ladder.encoding_ladder import Text
from babelreel.model.finding import Severity
from babelreel.rules.base.breach import Breach
from babelreel.rules.base.passage import Passage
from babelreel.rules.base.rule import track_rule
from babelreel.rules.base.subject import TrackSubject
from babelreel.rules.characters.naming import name_character
from babelreel.timedtext.burnin.drawable import undrawable

#: More characters than this that no font draws are one finding.
_MANY = 8

#: Categories of Unicode whose characters mean nothing by themselves.
_KINDS = {
    "Co": "a private-use character, which only one font knows",
    "Cn": f"not assigned to anything in Unicode {unicodedata.unidata_version}",
}


@track_rule(code="GLY001", name="undrawable-character", severity=Severity.ERROR)
def undrawable_character(subject: TrackSubject) -> Iterator[Breach]:
    """No font of the project can draw a character.

    Why: The picture shows an empty box or nothing at all, in the middle of a word. Usually it is an emoji; players draw
    these in their own way or not at all.

    Limit: Every character is in the language's own font or in one of the bundled fonts. It is an error if text is
    burned into at least one rendition, which is then not made; otherwise a warning. Each character is reported once,
    where it first occurs. More than 8 such characters are reported together. Invisible characters are skipped.

    Source: The fonts.

    Example (in en.srt):

        4
        00:00:10,000 --> 00:00:13,000
        You are welcome here. \u2764

    Fix: Write it in words, or name a font file that has the character: font = "fonts/name.ttf" under the language in
    babelreel.toml.
    """
    alphabet = subject.texts.characters
    missing = undrawable(alphabet, subject.font)
    severity = None if _is_drawn(subject) else Severity.WARNING
    places = list(_first_places(subject, missing - _unknown(missing)))
    if len(places) > _MANY:
        first = " ".join(passage.text for passage, _ in places[:_MANY])
        message = f"no font can draw {len(places)} characters of this subtitle file: {first} …"
        yield Breach(passage=places[0][0], message=message, severity=severity, measured=f"{len(places)} characters")
        return
    for passage, count in places:
        message = f"no font can draw “{passage.text}” ({name_character(passage.text)}){_more(count)}"
        yield Breach(passage=passage, message=message, severity=severity)


@track_rule(code="GLY002", name="private-or-unassigned-character", severity=Severity.ERROR)
def private_or_unassigned_character(subject: TrackSubject) -> Iterator[Breach]:
    """A character has no meaning that all computers agree on.

    Why: A private-use character is whatever one font makes of it, a letter of a logo or of an old Pashto or Vietnamese
    font; elsewhere it is a box. An unassigned one is nothing yet, and often a sign of damaged bytes.

    Limit: No private-use characters, and none that Unicode has not assigned (as far as this Python knows). It is an
    error if no font of the project draws it and text is burned in; otherwise a warning.

    Source: The Unicode Standard, chapter 23.

    Example: a line copied from a web page ends with U+F3C5, which was a map symbol in the font of that page.

    Fix: Find out what was meant, in the program that the text comes from, and type that.
    """
    alphabet = subject.texts.characters
    unknown = _unknown(alphabet)
    missing = undrawable(unknown, subject.font)
    is_drawn = _is_drawn(subject)
    for passage, count in _first_places(subject, unknown):
        kind = _KINDS[unicodedata.category(passage.text)]
        yield Breach(
            passage=passage,
            message=f"U+{ord(passage.text):04X} is {kind}{_more(count)}",
            severity=None if is_drawn and passage.text in missing else Severity.WARNING,
        )


def _is_drawn(subject: TrackSubject) -> bool:
    return any(rung.text is Text.BURN_IN for rung in subject.rungs)


def _unknown(characters: frozenset[str]) -> frozenset[str]:
    return frozenset(each for each in characters if unicodedata.category(each) in _KINDS)


def _first_places(subject: TrackSubject, characters: Iterable[str]) -> Iterator[tuple[Passage, int]]:
    """Yield the first place of each character, and how many more there are."""
    text = subject.texts.text
    for start in sorted(map(text.find, characters)):
        yield subject.texts.passage(start, start + 1), text.count(text[start]) - 1


def _more(count: int) -> str:
    return f", also in {count} more {'place' if count == 1 else 'places'}" if count else ""


RULES = (
    undrawable_character,
    private_or_unassigned_character,
)
