"""Estimate how long it takes to say a text.

An estimate: syllables are counted, divided by the rate at which people read the language aloud, and pauses are added.
Nobody has compared it with people yet. Beside a synthetic voice (eSpeak NG, which speaks Chinese far too slowly), the
sample's tracks come out up to 15 % shorter or 6 % longer as a whole, and a single line up to a third off.
"""

from __future__ import annotations

import re
from fractions import Fraction

from babelreel.model.language import Language
from babelreel.model.timecode import MS_PER_SECOND
from babelreel.timedtext.speech.numerals import count_number, is_dialled
from babelreel.timedtext.speech.syllables import count_syllables

#: A pause inside of a sentence, and one between two. Pauses of readers are 200 to 1000 ms long (Campione and Véronis
#: 2002, five languages); these two, near the lower end and in the middle, are proposals of this project.
COMMA_MS = 250
SENTENCE_MS = 500

#: People speak more slowly to children than they read in a laboratory: nine tenths of the rate is a proposal of this
#: project.
CARE = Fraction(9, 10)


_TOKEN = re.compile(
    r"(?P<number>\+?\d+(?:[\u00a0\u202f .,/-]\d+|\s?\(\d+\)\s?\d*)*)"
    r"|(?P<word>[^\W\d_](?:[^\W\d_]|[\u0300-\u036f\u064b-\u065f\u0670\u200c\u200d])*)"
    r"|(?P<sentence>[.!?…。！？؟۔]+)"
    r"|(?P<comma>[,;:،؛，；：、—–])"
    r"|(?P<sign>[%€$£@&/+=])"
)
#: Part of an address, not the end of a sentence: "fedasilinfo.be".
_DOT_IN_WORD = re.compile(r"(?<=\w)\.(?=[a-z])")
#: "dot", "point"; and the names of signs: "percent", "euro", "at", "and".
_DOT_SYLLABLES, _SIGN_SYLLABLES = 1, 2
_SHORTEST_ABBREVIATION, _LONGEST_ABBREVIATION = 2, 5


def estimate_ms(text: str, language: Language) -> int:
    """Estimate how many milliseconds it takes to say a text with care; 0 for one without anything to say.

    Numbers that are dialled count digit by digit, others as words, Latin abbreviations letter by letter. Silence before
    and behind the text is not counted.
    """
    syllables, pauses_ms = _measure(text, language)
    return round(syllables / (language.speech.pace.rate * CARE) * MS_PER_SECOND) + pauses_ms


def _measure(text: str, language: Language) -> tuple[Fraction, int]:
    """Count the syllables of a text, and measure the pauses between them."""
    text = _DOT_IN_WORD.sub(" @ ", text)
    shouts = text.isupper()
    syllables, pauses_ms, waiting_ms = Fraction(0), 0, 0
    for token in _TOKEN.finditer(text):
        kind, part = token.lastgroup, token.group()
        if kind in {"comma", "sentence"}:
            waiting_ms = max(waiting_ms, COMMA_MS if kind == "comma" else SENTENCE_MS)
            continue
        if syllables:
            pauses_ms += waiting_ms
        waiting_ms = 0
        spoken, inside_ms = _part(kind, part, language, shouts=shouts)
        syllables, pauses_ms = syllables + spoken, pauses_ms + inside_ms
    return syllables, pauses_ms


def _part(kind: str | None, part: str, language: Language, *, shouts: bool) -> tuple[Fraction, int]:
    """Count the syllables of a number, word or sign, and measure the pauses inside of it."""
    if kind == "number":
        groups = len(re.findall(r"\d+", part)) if is_dialled(part) else 1
        return Fraction(count_number(part, language.speech.numerals)), (groups - 1) * COMMA_MS
    if kind == "sign":
        return Fraction(_DOT_SYLLABLES if part == "@" else _SIGN_SYLLABLES), 0
    if not shouts and is_abbreviation(part):
        return Fraction(len(part)), 0
    return count_syllables(part, language), 0


def is_abbreviation(word: str) -> bool:
    """Tell whether a word is said letter by letter: two to five Latin capitals, as in "CPAS" and "EU"."""
    return _SHORTEST_ABBREVIATION <= len(word) <= _LONGEST_ABBREVIATION and word.isascii() and word.isupper()
