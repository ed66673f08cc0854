"""Find what is torn apart where one line ends and the next one begins."""

from __future__ import annotations

import re

from babelreel.rules.base.subject import TrackSubject
from babelreel.timedtext.burnin.unspaced_breaks import CLOSING, OPENING

_INVISIBLE = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
#: What may stand around a word and is no part of it.
_AROUND = '“”„«»‹›"‘([¿¡♪-–— '
_SENTENCE_ENDS = (".", "?", "!", "…", "。", "？", "！", "؟", "۔")
_CLOSERS = "”’」』）】》»“\"')] \u2069\u200e\u200f"
#: What may begin a line in Chinese all the same: a pause that goes on, or somebody else who speaks.
_GOING_ON = "…—"
#: Signs that never begin, and never end, a line in the other languages.
_NEVER_FIRST, _NEVER_LAST = frozenset(",;:!?)]}%‰"), frozenset("([{¿¡")
_CHINESE_FIRST, _CHINESE_LAST = frozenset(CLOSING) - frozenset(_GOING_ON), frozenset(OPENING)
#: Signs and short forms after a number, the same everywhere: SI units, money, shares.
_UNIT_SIGNS = frozenset("% ‰ ° °C € $ £ ¥ km m cm mm kg g mg l ml h min s EUR USD".split())  # noqa: SIM905 - reads easier
_LATIN_NAME = re.compile("[A-Z][a-z]+")
#: Looking no further back keeps the search short in a line without spaces.
_LONGEST_NAME = 40


class Neighbours:
    """Judges the break between two lines, in the language of a subject."""

    __slots__ = ("_is_chinese", "_is_latin", "_is_rtl", "_phrases")

    def __init__(self, subject: TrackSubject) -> None:
        self._phrases = subject.language.phrases
        self._is_chinese = not subject.language.breaks_at_spaces
        self._is_latin = subject.language.script in {"Latn", "Cyrl"}
        self._is_rtl = subject.language.is_rtl

    def tear(self, above: str, below: str) -> bool:
        """Tell whether anything is torn apart."""
        return bool(
            self.torn_phrase(above, below)
            or self.torn_name(above, below)
            or self.torn_number(above, below)
            or self.early_sign(below)
            or self.late_sign(above)
        )

    def torn_phrase(self, above: str, below: str) -> str:
        """Find the article or preposition that ends the line above though its phrase goes on below."""
        phrases = self._phrases
        if not phrases.leading or not _is_word_end(above):
            return ""
        words = above.split()
        word = words[-1].lstrip(_AROUND)
        # a capital alone is a name of its own: "vitamin A"
        if len(word) == 1 and word.isupper() and len(words) > 1:
            return ""
        key, follower = word.lower().replace("'", "’"), _first_word(below)
        if not follower or follower.lower() in phrases.joints:
            return ""
        leads = (
            key in phrases.leading
            or (key in phrases.doubtful and follower.lower() in phrases.determiners)
            or (key in phrases.before_capital and follower[0].isupper())
        )
        return word if leads else ""

    def torn_name(self, above: str, below: str) -> str:
        """Find the first part of a name that goes on below.

        Two words with capitals are a name inside a sentence only, and in Arabic or Chinese text if they are Latin.
        """
        if not _is_word_end(above) or not below[:1].isupper():
            return ""
        words, follower = above.split(), _first_word(below)
        if not self._is_latin:
            name = re.search(r"[A-Za-z]+$", words[-1][-_LONGEST_NAME:])
            is_name = bool(name and _LATIN_NAME.fullmatch(name[0]) and _LATIN_NAME.match(below))
            return name[0] if name and is_name else ""
        if not self._phrases.has_telling_capitals or len(words) < 2 or not words[-2][-1].isalnum():  # noqa: PLR2004
            return ""
        return words[-1] if _is_capitalised(words[-1]) and _is_capitalised(follower) else ""

    def torn_number(self, above: str, below: str) -> str:
        """Find the number, or its first part, that ends the line above though its rest or unit is below."""
        above, below = _INVISIBLE.sub("", above).rstrip(), _INVISIBLE.sub("", below).lstrip()
        if not above[-1:].isdecimal() or not below:
            return ""
        units, word = self._phrases.units, below.split()[0]
        # two times of the day, one below the other, are two numbers
        goes_on = below[0].isdecimal() and ":" not in above.split()[-1] + word
        if self._is_chinese:
            is_torn = goes_on or below.startswith(tuple(units))
        else:
            is_torn = goes_on or word.rstrip(".,;:!?…،؟") in units or word.rstrip(".,;:!?") in _UNIT_SIGNS
        return above.split()[-1] if is_torn else ""

    def early_sign(self, below: str) -> str:
        """Find the sign that begins the line below though it belongs to what is above.

        Text written from right to left is left out: there it shows that the file is in the wrong order.
        """
        signs = _CHINESE_FIRST if self._is_chinese else _NEVER_FIRST
        return "" if self._is_rtl or below[:1] not in signs else below[:1]

    def late_sign(self, above: str) -> str:
        """Find the sign that ends the line above though it belongs to what is below."""
        signs = _CHINESE_LAST if self._is_chinese else _NEVER_LAST
        return "" if self._is_rtl or above[-1:] not in signs else above[-1:]


def ends_sentence(line: str) -> bool:
    """Tell whether a sentence ends with a line, quotes and brackets after it left out."""
    return line.rstrip(_CLOSERS).endswith(_SENTENCE_ENDS)


def _is_word_end(line: str) -> bool:
    """Tell whether a line ends within a sentence: with a letter, or with the apostrophe of a word cut short."""
    last = line[-1:]
    return last.isalpha() or (last in {"’", "'"} and line[-2:-1].isalpha())


def _first_word(line: str) -> str:
    words = line.lstrip(_AROUND).split(maxsplit=1)
    return words[0].rstrip(".,;:!?…،؛؟”»’") if words else ""


def _is_capitalised(word: str) -> bool:
    """Tell a capital with small letters after it: neither "I", "I’m" nor "OK"."""
    return len(word) > 1 and word[0].isupper() and word[1].islower()
