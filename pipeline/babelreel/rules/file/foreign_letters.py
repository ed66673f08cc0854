"""Tell which letters and words are foreign to a language, by what they look like alone."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

from babelreel.model.language import Language
from babelreel.rules.base.memo import remembered
from babelreel.timedtext.encoding.legacy_code_pages import alphabet_of

#: Signs that any text may have, and that say nothing of its letters.
_SIGNS = frozenset("\u00a0«»‹›“”‘’‚„…–—·•°€£§©®™¡¿♪♫×½¼¾²³\u200b\u200c\u200d\u200e\u200f\u202f\u2009")


def is_foreign_word(word: str, language: Language) -> bool:
    """Tell whether a word has a foreign letter, or the cases of its letters swapped, as a misread Cyrillic one has."""
    if word.isascii():
        return False
    return has_foreign(word, language) or (language.script == "Cyrl" and has_odd_case(word))


def has_foreign(text: str, language: Language) -> bool:
    """Tell whether a letter or sign of a text is foreign to a language."""
    return any(map(foreign_to(language).__getitem__, text))


class _Foreign(dict[str, bool]):
    """Tells of each character whether it is foreign to a language, and remembers it: a text has few different ones."""

    def __init__(self, own: frozenset[str]) -> None:
        super().__init__()
        self._own = own

    def __missing__(self, character: str) -> bool:
        """Look a character up."""
        is_mark = unicodedata.combining(character) > 0  # of a letter that is stored in two parts
        found = not (character.isascii() or is_mark or character in self._own or character in _SIGNS)
        self[character] = found
        return found


@remembered
def foreign_to(language: Language) -> _Foreign:
    """Tell of each character whether it is foreign to a language."""
    return _Foreign(alphabet_of(language).letters)


def has_odd_case(word: str) -> bool:
    """Tell whether a capital follows a small letter: a code page swaps the cases, "пРИВЕТ"."""
    if word[1:].islower():  # as of nearly all words
        return False
    return any(one.islower() and two.isupper() and not two.isascii() for one, two in pairwise(word))


def is_torn(word: str) -> bool:
    """Tell whether a capital letter or a sign beyond ASCII stands between small letters, where no word has one."""
    return any(
        before.islower() and after.islower() and not each.isascii() and (each.isupper() or not each.isalpha())
        for before, each, after in zip(word, word[1:], word[2:], strict=False)
    )
