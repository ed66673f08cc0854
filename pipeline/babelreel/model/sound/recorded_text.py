"""Compare a line with the text that its take was recorded for."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

#: How much of a text is compared; no line that somebody reads aloud is longer.
_MOST_CHARACTERS = 500
#: Two texts that share this much of their characters are one line that was changed; proposal of this project.
_LIKE = 0.6
#: What is heard in how a sentence is said. Other marks may change without making a voice wrong.
_HEARD_MARKS = frozenset("?!؟？！")
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedText:
    """The text of a line when its take was recorded, as a cue holds it, and when the line began then."""

    text: str
    start_ms: int

    @property
    def spoken(self) -> str:
        """What is heard of the text; see ``spoken_form``."""
        return spoken_form(self.text)


def spoken_form(text: str) -> str:
    """Reduce a text to what is heard of it: two texts of one form are spoken with the same words.

    Case, line breaks, spaces, quotes, commas, full stops and marks of direction are not heard. Kept are letters,
    digits, symbols, marks of questions and exclamations, and what stands before a digit: 1.5 is not 15.
    """
    plain = _SPACES.sub(" ", unicodedata.normalize("NFC", text)).casefold()
    pairs = zip_longest(plain, plain[1:], fillvalue="")
    return "".join(char for char, after in pairs if _is_heard(char, after)).strip()


def likeness(text: str, other: str) -> float:
    """Measure how much two spoken forms have in common, from 0 to 1; 0 if they are two lines and not one changed."""
    matcher = SequenceMatcher(None, text[:_MOST_CHARACTERS], other[:_MOST_CHARACTERS], autojunk=False)
    if matcher.quick_ratio() < _LIKE:
        return 0
    ratio = matcher.ratio()
    return ratio if ratio >= _LIKE else 0


def _is_heard(char: str, after: str) -> bool:
    kind = unicodedata.category(char)
    return kind[0] in "LMNS" or char in _HEARD_MARKS or (after.isdigit() and kind[0] in "PZ")
