"""Compare the words of two texts."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

#: A word, one character of a script without spaces, or one mark. White space only separates words.
_WORD = re.compile(
    r"[\u2e80-\u2fdf\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
    r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]|\w+|[^\w\s]"
)
#: Marks that are set in several ways, by programs too, without anything else being said.
_MARKS = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛ʼ", "'"),
        **dict.fromkeys("“”„‟«»", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        "…": "...",
        **dict.fromkeys("\u00ad\u061c\u180e\ufeff", None),
        **dict.fromkeys(map(chr, (*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070))), None),
    }
)


class Word(NamedTuple):
    """A word as it is compared, and where it stands in the text that ``plain`` returns."""

    word: str
    start: int
    end: int


def plain(text: str) -> str:
    """Compose letters, leave out joiners and marks of direction, and set all quotes, dashes and dots alike."""
    return text if text.isascii() else unicodedata.normalize("NFC", text).translate(_MARKS)


@lru_cache(maxsize=1 << 15)  # all languages are compared with one reference
def words(text: str) -> tuple[str, ...]:
    """Split a text into what it says, word by word and mark by mark.

    Two texts with the same words say the same: line breaks and spaces, the form of quotes and dashes, and marks of
    direction are not words. Capital letters, commas and full stops are told apart, for a person approved them.
    """
    return tuple(_WORD.findall(plain(text)))


def placed_words(text: str) -> tuple[Word, ...]:
    """List the same words with their places; ``text`` is what ``plain`` returns."""
    return tuple(Word(found[0], found.start(), found.end()) for found in _WORD.finditer(text))


def says_the_same(text: str, other: str) -> bool:
    """Tell whether two texts have the same words."""
    return text == other or words(text) == words(other)
