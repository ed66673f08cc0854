"""Count the characters and the words that a reader sees in a text.

A character is what a reader takes for one: a grapheme cluster of Unicode (UAX #29) after composition (NFC), so that a
letter with its accents or vowel signs is one however it was typed. Markup is gone before. Counts are in halves, because
Netflix counts a half-width character in Chinese one half.
"""

from __future__ import annotations

import re
import unicodedata

from babelreel.model.language import Counting

#: What is seen as nothing, as the insides of a regular expression's brackets: controls and line ends, soft hyphens,
#: joiners, marks of direction; and Arabic vowel signs, which Subtitle Edit leaves out too, for texts for children are
#: often vowelled.
_SILENT_RANGES = r"\x00-\x1f\x7f-\x9f\xad\u061c\u064b-\u0653\u200b-\u200f\u2028-\u202e\u2060-\u2064\u2066-\u206f\ufeff"
_SILENT = re.compile(f"[{_SILENT_RANGES}]+")
#: Marks that join the letter before them, as Arabic, Persian and Vietnamese texts hold them.
_MARK_RANGES = r"\u0300-\u036f\u064b-\u065f\u0670\u200c\u200d\ufe0e\ufe0f"
#: Letters and signs that are one character each, whatever letter comes next to them: Latin, Greek, Cyrillic, Arabic,
#: Vietnamese, Chinese, and common punctuation.
_NARROW_RANGES = (
    r"\x20-\x7e\xa0-\xa8\xaa-\xac\xaf-\u02ff\u0370-\u0377\u0384-\u0482\u048a-\u052f\u060b-\u060f\u061b\u061d-\u064a\u0660-\u066f"
    r"\u0671-\u06d3\u06d4\u06ee-\u06ff\u1e00-\u1eff\u2010-\u2027\u202f-\u203b\u20ac"
)
_HAN_RANGES = r"\u3001-\u3029\u4e00-\u9fff\uff01-\uff60"
#: Something that only Unicode's own rules can count: another character, or a mark with no letter before it.
_INTRICATE = re.compile(
    f"[^{_NARROW_RANGES}{_HAN_RANGES}{_MARK_RANGES}{_SILENT_RANGES}]|"
    rf"(?:^|[\x00-\x1f\x7f-\x9f\xad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2064\u2066-\u206f\ufeff])"
    f"[{_MARK_RANGES}]"
)
_UNCOUNTED = re.compile(f"[{_MARK_RANGES}{_SILENT_RANGES}]+")
_SURELY_WIDE = re.compile(f"[{_HAN_RANGES}]")
#: Of the common signs, those that a Chinese font draws as wide as a letter or not, which ``is_wide`` has to tell.
_MAYBE_WIDE = re.compile(r"[^\x20-\x7e\u3001-\u3029\u4e00-\u9fff\uff01-\uff60]")

#: A flag, of two regional indicators, and another right behind it: a line end between them, which counts nothing, keeps
#: "regex" from going back to the first flag of a row for each of them.
_FLAG_BEFORE_ANOTHER = re.compile(r"[\U0001f1e6-\U0001f1ff]{2}(?=[\U0001f1e6-\U0001f1ff])")

_LETTER = re.compile(r"\w")


def count_halves(text: str, counting: Counting = Counting.GRAPHEMES) -> int:
    """Count the characters of a text without markup, in halves; spaces and punctuation count, line ends do not.

    It is never more than two for each code point of the text. Takes time in proportion to the length of the text.
    """
    if text.isascii():
        visible = len(_SILENT.sub("", text))
        return visible if counting is Counting.EAST_ASIAN else 2 * visible
    text = unicodedata.normalize("NFC", text)
    if _INTRICATE.search(text):
        return _count_clusters(text, counting)
    visible_text = _UNCOUNTED.sub("", text)
    if counting is Counting.GRAPHEMES:
        return 2 * len(visible_text)
    wide = len(_SURELY_WIDE.findall(visible_text)) + sum(map(is_wide, _MAYBE_WIDE.findall(visible_text)))
    return len(visible_text) + wide


def _count_clusters(text: str, counting: Counting) -> int:
    """Count by Unicode's own rules; a cluster of silent characters alone counts nothing."""
    import regex  # noqa: PLC0415 - most texts need no more than the standard library

    clusters = [
        each for each in regex.findall(r"\X", _FLAG_BEFORE_ANOTHER.sub(r"\g<0>\n", text)) if not _SILENT.fullmatch(each)
    ]
    if counting is Counting.GRAPHEMES:
        return 2 * len(clusters)
    return sum(2 if is_wide(each[0]) else 1 for each in clusters)


def is_wide(character: str) -> bool:
    """Tell whether a Chinese font draws a character one em wide; é and я are ambiguous too, but letters are narrow."""
    kind = unicodedata.east_asian_width(character)
    return kind in "WF" or (kind == "A" and not character.isalpha())


def count_words(text: str) -> int:
    """Count what stands between spaces and holds a letter or a digit: "L’avocat", "116" and "Yes/no" are one each."""
    return sum(1 for word in text.split() if _LETTER.search(word))
