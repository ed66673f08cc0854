"""Recognise a language by its small words.

Half of all words are articles, pronouns and prepositions. Counting them distinguishes languages in microseconds,
without the model of ``identify``, which takes more than half a second to load.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable
from functools import cache

from babelreel.model.language import Language

_WORD = re.compile(r"[^\W\d_]+")

#: Keyboards write the same Arabic letters with different code points; here they count as one.
_ONE_LETTER = str.maketrans({"ي": "ی", "ى": "ی", "ك": "ک"})


def fold(text: str) -> str:
    """Write a text in one form for each letter: small, composed, Arabic yeh and kaf as in Persian.

    The Arabic article becomes a word of its own, after a space, "and" and "with" too. Line feeds stay where they are.
    """
    folded = (text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)).lower()
    if folded.isascii() or "ا" not in folded:
        return folded
    for letter, same in (("ي", "ی"), ("ى", "ی"), ("ك", "ک"), (" وال", " ال "), (" بال", " ال "), (" ال", " ال ")):
        folded = folded.replace(letter, same)
    return folded


def split_words(folded: str) -> list[str]:
    """Split a folded text into words: runs of letters, so that an apostrophe or a joiner parts two of them."""
    return _WORD.findall(folded)


def function_words_of(language: Language) -> frozenset[str]:
    """Look up the small words of a language, folded; none if nobody listed them, nor for Chinese with its script."""
    return _folded(language.identification.function_words)


@cache
def _folded(words: frozenset[str]) -> frozenset[str]:
    return frozenset(word.translate(_ONE_LETTER) for word in words)


def count_hits(words: Iterable[str], listed: Collection[str]) -> int:
    """Count the words that stand in a list."""
    return sum(word in listed for word in words)


def is_plainly(words: Collection[str], own: Collection[Language], others: Collection[Language]) -> bool:
    """Tell whether a long text is surely in one of its ``own`` languages and in none of the ``others``.

    One word in five must be of its own language, and twice as many as of any other. A language without a list is never
    plain, and none is plain beside it.
    """
    if not all(map(function_words_of, (*own, *others))):
        return False
    best = max((count_hits(words, function_words_of(each)) for each in own), default=0)
    return 5 * best >= len(words) > 0 and all(best >= 2 * count_hits(words, function_words_of(each)) for each in others)
