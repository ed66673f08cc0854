"""Check that accents, marks and selectors stand with the character that they belong to."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

from babelreel.model.finding import Fix, Severity
from babelreel.rules.base.breach import Breach
from babelreel.rules.base.edits import replacing
from babelreel.rules.base.passage import Passage
from babelreel.rules.base.rule import track_rule
from babelreel.rules.base.subject import TrackSubject
from babelreel.rules.characters.naming import name_character

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


@track_rule(code="GLY003", name="decomposed-text", severity=Severity.WARNING)
def decomposed_text(subject: TrackSubject) -> Iterator[Breach]:
    """Letters and their accents are stored apart from one another.

    Why: “ế” can be one character or three. In three, some players set the accents beside the letter, and neither a
    search nor a comparison finds the word. Vietnamese from old Windows programs and text from a Mac often come so.

    Limit: The text is in Unicode's form NFC. Reported once for each row. Vowel signs of Arabic and Hebrew in another
    order than that of NFC are left alone: they are typed so and look the same.

    Source: Unicode Standard Annex 15; the W3C's Character Model asks for NFC.

    Example (in vi.srt):

        4
        00:00:10,000 --> 00:00:13,000
        Bạn có quyền được hỏi.

    Fix: “check --fix” joins them. Where this would also put another character in the place of one (Han compatibility
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
    """Find the stretch of a text outside of which another one is the same."""
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

    Limit: No combining mark at the beginning of a row or after a space. After a no-break space (U+00A0) it is shown on
    its own on purpose.

    Source: The Unicode Standard, section 2.11: a mark applies to the character before it.

    Example (in fr.srt):

        4
        00:00:10,000 --> 00:00:13,000
        Tu as un tuteur, cela va ́etre bien.

    Fix: Type the letter with its accent again.
    """
    marks = "".join(sorted(each for each in subject.texts.characters if _is_mark(each)))
    if not marks:
        return
    pattern = re.compile(rf"(?:^|(?<=[ \t\u2000-\u200a\u3000])){_SELECTOR.pattern}*([{marks}])+", re.MULTILINE)
    for passage, match in subject.search(pattern):
        yield Breach(
            passage=passage, message=f"there is no letter for this mark to stand on: {name_character(match[1])}"
        )


def _is_mark(character: str) -> bool:
    is_mark = unicodedata.category(character).startswith("M")
    return is_mark and character != _GRAPHEME_JOINER and not _SELECTOR.match(character)


@track_rule(code="GLY006", name="idle-variation-selector", severity=Severity.INFO)
def idle_variation_selector(subject: TrackSubject) -> Iterator[Breach]:
    """An invisible variation selector stands where it selects nothing.

    Why: It comes along when emoji are deleted and their selector stays, and it can hide a message in plain text. Some
    players show a box.

    Limit: No variation selector (U+FE00 to U+FE0F, U+E0100 to U+E01EF) at the beginning of a row, after a space or
    after a letter of an alphabet. After a symbol, an emoji or a Han character it may have a meaning.

    Source: The Unicode Standard, section 23.4.

    Example (in en.srt):

        4
        00:00:10,000 --> 00:00:13,000
        You are welcome here\ufe0f.

    Fix: “check --fix” deletes it.
    """
    if not any(map(_SELECTOR.match, subject.texts.characters)):
        return
    for passage, match in subject.search(_IDLE_SELECTOR):
        # without the selector, a mark behind it would be another letter's accent
        is_alone = not unicodedata.combining(match.string[match.end() : match.end() + 1] or " ")
        yield Breach(
            passage=passage,
            message=f"the invisible U+{ord(match[0][0]):04X} has no effect here",
            fix=replacing(subject.track, passage, "") if is_alone else None,
        )


RULES = (
    decomposed_text,
    mark_without_base,
    idle_variation_selector,
)
