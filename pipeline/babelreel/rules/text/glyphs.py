"""Can every character be drawn, and is it the one that was meant?"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache

from babelreel.model.film.encoding_ladder import Text
from babelreel.model.finding import Fix, Severity
from babelreel.rules.base.breach import Breach
from babelreel.rules.base.edits import replacing
from babelreel.rules.base.passage import Passage
from babelreel.rules.base.rule import Rule, track_rule
from babelreel.rules.base.subject import TrackSubject
from babelreel.timedtext.burnin.drawable import undrawable
from babelreel.timedtext.words.writing_systems import parts_of

#: What normalising changes for the eye or for the meaning of a name: Han compatibility characters, brackets as wide as
#: a Han character, and Hebrew vowel signs, whose order matters in rare words.
_CHANGED_BY_NFC = re.compile("[\u0591-\u05c7\u2329\u232a\uf900-\ufaff\U0002f800-\U0002fa1f]")
_SELECTOR = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
#: A variation selector at the beginning, behind a space or another selector, or behind a letter of an alphabet.
_IDLE_SELECTOR = re.compile(
    r"(?:^|(?<=[\sA-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u0fff\u2126\u212a\u212b\ufe00-\ufe0f]))"
    rf"{_SELECTOR.pattern}+",
    re.MULTILINE,
)
_GRAPHEME_JOINER = "\u034f"
#: Digits of other kinds that look like 0 to 9: full-width ones, and those of mathematics.
_STYLED_DIGITS = re.compile("[\uff10-\uff19\U0001d7ce-\U0001d7ff]+")
#: O and l among digits, and O behind them, in Latin, Cyrillic and Greek; not in a word or a formula such as H2O2.
_LETTER_IN_NUMBER = re.compile(
    r"[0-9](?<![^\W_].)(?:[0-9]*(?:[OoIl\u041e\u043e\u0417\u039f\u03bf][0-9]+)+(?![^\W_])"
    r"|[0-9]+[ \u00a0\u202f/.-](?:OO+|\u041e\u041e+|\u039f\u039f+)(?!\w))"
)
_DIGITS_OF_TWO_SCRIPTS = re.compile(
    r"(?:[\u0660-\u0669](?<!\d.)[\u0660-\u0669]*[\u06f0-\u06f90-9]"
    r"|[\u06f0-\u06f9](?<!\d.)[\u06f0-\u06f9]*[\u0660-\u06690-9]"
    r"|[0-9](?<!\d.)[0-9]*[\u0660-\u0669\u06f0-\u06f9])\d*"
)
_DIGITS_OF_ARABIC_SCRIPT = frozenset("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹")
#: More characters than this that no font draws are one finding.
_MANY = 8
#: Categories of Unicode whose characters mean nothing by themselves.
_KINDS = {
    "Co": "a private-use character",
    "Cn": f"not assigned to anything in Unicode {unicodedata.unidata_version}",
}


@track_rule(code="GLY001", name="undrawable-character", severity=Severity.ERROR)
def undrawable_character(subject: TrackSubject) -> Iterator[Breach]:
    """No font of the project can draw a character.

    Why: In the picture, an empty box or nothing at all stands in its place, in the middle of a word. Emoji are the
    usual case; players draw them in their own way or not at all.

    Limit: Every character is in the language's own font or in one of the bundled fonts. An error while text is burned
    into at least one rendition, which is then not made; else a warning. Each character is reported once, where it
    first stands, and more than 8 together: they are a script. Characters that are invisible by nature are left out.

    Source: The fonts.

    For example (in en.srt):

        4
        00:00:10,000 --> 00:00:13,000
        You are welcome here. \u2764

    Mend: Write it in words, or name a font file that has the character: font = "fonts/name.ttf" under the language in
    babelreel.toml.
    """
    alphabet = _alphabet(subject.texts.text)
    missing = undrawable(alphabet, subject.font)
    severity = None if _is_drawn(subject) else Severity.WARNING
    places = list(_first_places(subject, missing - _unknown(missing)))
    if len(places) > _MANY:
        first = " ".join(passage.text for passage, _ in places[:_MANY])
        message = f"no font can draw {len(places)} characters of this track: {first} …"
        yield Breach(passage=places[0][0], message=message, severity=severity, measured=f"{len(places)} characters")
        return
    for passage, count in places:
        message = f"no font can draw “{passage.text}” ({_name(passage.text)}){_more(count)}"
        yield Breach(passage=passage, message=message, severity=severity)


@track_rule(code="GLY002", name="private-or-unassigned-character", severity=Severity.ERROR)
def private_or_unassigned_character(subject: TrackSubject) -> Iterator[Breach]:
    """A character has no meaning that all computers agree on.

    Why: A private-use character is whatever one font makes of it, a letter of a logo or of an old Pashto or Vietnamese
    font; elsewhere it is a box. An unassigned one is nothing yet, and often a sign of damaged bytes.

    Limit: No private-use characters, and none that Unicode has not assigned (as far as this Python knows). An error
    where no font of the project draws it and text is burned in; else a warning.

    Source: The Unicode Standard, chapter 23.

    For example: a cue copied from a web page ends with U+F3C5, which was a map symbol in the font of that page.

    Mend: Find out what was meant, in the program that the text comes from, and type that.
    """
    alphabet = _alphabet(subject.texts.text)
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


@track_rule(code="GLY003", name="decomposed-text", severity=Severity.WARNING)
def decomposed_text(subject: TrackSubject) -> Iterator[Breach]:
    """Letters and their accents are stored apart from one another.

    Why: “ế” can be one character or three. In three, some players set the accents beside the letter, and neither a
    search nor a comparison finds the word. Vietnamese from old Windows programs and text from a Mac often come so.

    Limit: The text is in Unicode's form NFC. Reported once for each line. Vowel signs of Arabic and Hebrew in another
    order than that of NFC are left alone: they are typed so and look the same.

    Source: Unicode Standard Annex 15; the W3C's Character Model asks for NFC.

    For example (in vi.srt):

        4
        00:00:10,000 --> 00:00:13,000
        Bạn có quyền được hỏi.

    Mend: “check --fix” joins them. Where this would also put another character in the place of one (Han compatibility
    characters in names, angle brackets) or reorder Hebrew vowel signs, it does so only with “--unsafe-fixes”.
    """
    if unicodedata.is_normalized("NFC", subject.texts.text):
        return
    for cue in subject.track.cues:
        for line, text in enumerate(cue.lines):
            composed = unicodedata.normalize("NFC", text)
            if composed != text and sorted(composed) != sorted(text):
                passage = Passage(cue, line, *_changed(text, composed))
                joined = list(Counter(composed) - Counter(text))
                yield Breach(
                    passage=passage,
                    message=f"letters and accents are stored apart: {' '.join(joined)}",
                    measured=f"{len(text)} characters",
                    limit=f"{len(composed)} characters",
                    fix=_composed(subject, passage, composed, len(text)),
                )


def _changed(before: str, after: str) -> tuple[int, int]:
    """Give the stretch of a text outside of which another one is the same."""
    shorter = min(len(before), len(after))
    start = next((index for index in range(shorter) if before[index] != after[index]), shorter)
    same = next((count for count in range(shorter - start) if before[-1 - count] != after[-1 - count]), shorter - start)
    return start, len(before) - same


def _composed(subject: TrackSubject, passage: Passage, composed: str, length: int) -> Fix | None:
    text = composed[passage.start : len(composed) - (length - passage.end)]
    is_safe = not _CHANGED_BY_NFC.search(passage.text)
    return replacing(subject.track, passage, text, is_safe=is_safe)


@track_rule(code="GLY004", name="mark-without-base", severity=Severity.WARNING)
def mark_without_base(subject: TrackSubject) -> Iterator[Breach]:
    """An accent or vowel sign has no letter to stand on.

    Why: It is drawn on a dotted circle, or on the space before it. A letter was lost, or a space came between the
    letter and its accent: Vietnamese read with the wrong code page looks so.

    Limit: No combining mark at the beginning of a line or behind a space. Behind a no-break space (U+00A0) it is shown
    on its own on purpose.

    Source: The Unicode Standard, section 2.11: a mark applies to the character before it.

    For example (in fr.srt):

        4
        00:00:10,000 --> 00:00:13,000
        Tu as un tuteur, cela va ́etre bien.

    Mend: Type the letter with its accent anew.
    """
    marks = "".join(sorted(each for each in _alphabet(subject.texts.text) if _is_mark(each)))
    if not marks:
        return
    pattern = re.compile(rf"(?:^|(?<=[ \t\u2000-\u200a\u3000])){_SELECTOR.pattern}*([{marks}])+", re.MULTILINE)
    for passage, match in subject.search(pattern):
        yield Breach(passage=passage, message=f"there is no letter for this mark to stand on: {_name(match[1])}")


def _is_mark(character: str) -> bool:
    is_mark = unicodedata.category(character).startswith("M")
    return is_mark and character != _GRAPHEME_JOINER and not _SELECTOR.match(character)


@track_rule(code="GLY005", name="look-alike-digit", severity=Severity.WARNING)
def look_alike_digit(subject: TrackSubject) -> Iterator[Breach]:
    """A number holds characters that only look like its digits.

    Why: It looks right and cannot be dialled, searched or read out: “1I6 OOO” with letters, full-width or mathematical
    digits, or digits of two scripts in one number, which right-to-left text shows in another order.

    Limit: All digits of a number are of one script, and no letter O, o, l or I stands between them. Full-width digits
    are right in Chinese, Japanese and Korean. Words and formulas (A1, H2O2, 5l) are none of these.

    Source: Unicode Technical Standard 39, "whole-number confusables" and mixed numbers.

    For example (in en.srt):

        4
        00:00:10,000 --> 00:00:13,000
        Call 116 OOO. It is free.

    Mend: Type the number again, with digits.
    """
    alphabet = _alphabet(subject.texts.text)
    patterns = [_LETTER_IN_NUMBER]
    if alphabet & _DIGITS_OF_ARABIC_SCRIPT:
        patterns.append(_DIGITS_OF_TWO_SCRIPTS)
    if "Hani" not in parts_of(subject.language.script) and any(map(_STYLED_DIGITS.match, alphabet)):
        patterns.append(_STYLED_DIGITS)
    for pattern in patterns:
        for passage, match in subject.search(pattern):
            yield Breach(
                passage=passage,
                message=f"this is no plain number: {_name(_odd_digit(match[0]))} stands in it",
                measured=match[0],
            )


def _odd_digit(number: str) -> str:
    """Give the first character that is of another kind than the first one."""
    kind = _kind(number[0])
    return next((each for each in number if each.isalnum() and _kind(each) != kind), number[0])


def _kind(character: str) -> str:
    return unicodedata.name(character, "").rsplit(" ", 1)[0]


@track_rule(code="GLY006", name="idle-variation-selector", severity=Severity.INFO)
def idle_variation_selector(subject: TrackSubject) -> Iterator[Breach]:
    """An invisible variation selector stands where it selects nothing.

    Why: It comes along when emoji are deleted and their selector stays, and it can hide a message in plain text. Some
    players show a box.

    Limit: No variation selector (U+FE00 to U+FE0F, U+E0100 to U+E01EF) at the beginning of a line, behind a space or
    behind a letter of an alphabet. Behind a symbol, an emoji or a Han character it may have a meaning.

    Source: The Unicode Standard, section 23.4.

    For example (in en.srt):

        4
        00:00:10,000 --> 00:00:13,000
        You are welcome here\ufe0f.

    Mend: “check --fix” deletes it.
    """
    if not any(map(_SELECTOR.match, _alphabet(subject.texts.text))):
        return
    for passage, match in subject.search(_IDLE_SELECTOR):
        # without the selector, a mark behind it would be another letter's accent
        is_alone = not unicodedata.combining(match.string[match.end() : match.end() + 1] or " ")
        yield Breach(
            passage=passage,
            message=f"the invisible U+{ord(match[0][0]):04X} has no effect here",
            fix=replacing(subject.track, passage, "") if is_alone else None,
        )


def _is_drawn(subject: TrackSubject) -> bool:
    return any(rung.text is Text.BURN_IN for rung in subject.rungs)


@lru_cache(maxsize=2)
def _alphabet(text: str) -> frozenset[str]:
    """Give all different characters: of a million, there are a few hundred."""
    return frozenset(text) - {"\n"}


def _unknown(characters: frozenset[str]) -> frozenset[str]:
    return frozenset(each for each in characters if unicodedata.category(each) in _KINDS)


def _first_places(subject: TrackSubject, characters: Iterable[str]) -> Iterator[tuple[Passage, int]]:
    """Give the first place of each character, and how many more there are."""
    text = subject.texts.text
    for start in sorted(map(text.find, characters)):
        yield subject.texts.passage(start, start + 1), text.count(text[start]) - 1


def _name(character: str) -> str:
    return f"U+{ord(character):04X} {unicodedata.name(character, '')}".rstrip()


def _more(count: int) -> str:
    return f", also in {count} more {'place' if count == 1 else 'places'}" if count else ""


RULES: tuple[Rule, ...] = (
    undrawable_character,
    private_or_unassigned_character,
    decomposed_text,
    mark_without_base,
    look_alike_digit,
    idle_variation_selector,
)
