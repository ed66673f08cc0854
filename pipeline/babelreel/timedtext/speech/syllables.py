"""Count the syllables of a word.

They are counted as in careful speech, by the vowel letters and by what each spelling leaves silent or writes with two
letters. In scripts that do not write all vowels they are a share of the letters.
"""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction
from functools import lru_cache

from babelreel.model.language import Language
from babelreel.model.language_facts import Syllables

#: Each character is a syllable: Han, kana, Hangul.
_CHARACTER_SYLLABLES = re.compile(r"[\u3041-\u3096\u30a1-\u30fa\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff]")
#: Without their accents, runs of vowels: right for Vietnamese, which has one in a syllable, and near for others.
_LATIN_VOWELS = re.compile(r"[aeiouyæœøı]+")
_CYRILLIC_VOWELS = re.compile(r"[аеёиоуыэюяіїєѝ]")
_GREEK_VOWELS = re.compile(r"αι|ει|οι|ου|υι|αυ|ευ|ηυ|[αεηιουω]")
#: Scripts that write their vowels, by the names of their letters in Unicode.
_VOWELLED = {"LATIN": "Latn", "CYRILLIC": "Cyrl", "GREEK": "Grek"}
_UNKNOWN = Syllables()


def count_syllables(word: str, language: Language) -> Fraction:
    """Count the syllables of a word (letters and marks only) in a language.

    A word without a vowel has none: the l of "l'eau".
    """
    return _count(word, language.speech.syllables, language.script)


@lru_cache(maxsize=4096)
def _count(word: str, spelling: Syllables, own_script: str) -> Fraction:
    word = unicodedata.normalize("NFC", word.lower())
    characters = len(_CHARACTER_SYLLABLES.findall(word))
    if characters:
        return Fraction(characters)
    script = _VOWELLED.get(unicodedata.name(word[0], "").split(" ")[0])
    if script is None:
        return sum(map(str.isalpha, word)) * spelling.per_letter
    return Fraction(_count_vowels(word, script, spelling if script == own_script else _UNKNOWN))


def _count_vowels(word: str, script: str, spelling: Syllables) -> int:
    spoken = re.sub(spelling.silent, "", word) if spelling.silent else word
    vowels = len(re.findall(spelling.vowels, spoken)) if spelling.vowels else _count_usual_vowels(spoken, script)
    is_mute = bool(spelling.mute and re.search(spelling.mute, word))
    is_spoken = bool(spelling.spoken and re.search(spelling.spoken, word))
    return vowels - 1 if vowels > 1 and is_mute and not is_spoken else vowels


def _count_usual_vowels(word: str, script: str) -> int:
    if script == "Cyrl":  # without its accent, й would be a vowel
        return len(_CYRILLIC_VOWELS.findall(word))
    bare = "".join(char for char in unicodedata.normalize("NFD", word) if not unicodedata.combining(char))
    return len((_LATIN_VOWELS if script == "Latn" else _GREEK_VOWELS).findall(bare))
