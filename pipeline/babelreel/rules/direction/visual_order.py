"""Count the words which show that right-to-left text is stored in its reading order, or that it is stored backwards.

Some letters only end a word, so a word that begins with one is spelt backwards; so is a common word in reverse. One
such word proves nothing: a track is judged by all of its words.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from enum import Enum
from functools import cache, lru_cache
from typing import NamedTuple

from babelreel.model.language_facts import ReadingOrder
from babelreel.rules.base.passage import Passage
from babelreel.rules.base.subject import TrackSubject

#: Vowel signs of Hebrew and Arabic.
_MARKS = (
    "\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"
    "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed"
)
_MARK = re.compile(f"[{_MARKS}]")
_TRAILING_MARKS = re.compile(f"[{_MARKS}]+$")
#: Joiners hold the parts of a word together.
_WORD = re.compile(rf"[\w{_MARKS}\u200c\u200d]{{2,}}")

#: Proposals of this project. In the Universal Declaration of Human Rights (ar fa ps ur he yi ug), 236 to 703 words of
#: each language show the right order, and one word of one language the wrong one; reversed line by line, 285 to 774
#: show the wrong one and at most 20 the right one.
SURE_WORDS = 4
SURE_RATIO = 4
#: So many words of one cue, and none to the contrary.
SURE_WORDS_OF_CUE = 2


class Signs(NamedTuple):
    """How many words of a text show that it stands in reading order, and how many that it stands backwards."""

    forward: int
    backward: int

    @property
    def are_backward(self) -> bool:
        """Tell whether nearly all that show an order show the wrong one."""
        return self.backward >= SURE_WORDS and self.backward >= SURE_RATIO * self.forward


class _Sign(Enum):
    """What a word shows."""

    FORWARD = "forward"
    BACKWARD = "backward"


def count_signs(subject: TrackSubject) -> Signs:
    """Look at all words of a track."""
    return _count(subject.texts.text, subject.language.reading_order)


def backward_cues(subject: TrackSubject) -> Iterator[tuple[Passage, int]]:
    """Find each cue that is surely backwards: its first word that shows it, and how many do."""
    spelling = subject.language.reading_order
    for cue in subject.track.cues:
        words = [
            Passage(cue, line, *match.span()) for line, text in enumerate(cue.lines) for match in _WORD.finditer(text)
        ]
        signs = [(_sign(word.text, spelling), word) for word in words]
        backward = [word for sign, word in signs if sign is _Sign.BACKWARD]
        if len(backward) >= SURE_WORDS_OF_CUE and not any(sign is _Sign.FORWARD for sign, _ in signs):
            yield backward[0], len(backward)


@lru_cache(maxsize=4)
def _count(text: str, spelling: ReadingOrder) -> Signs:
    """Judge each different word once: long tracks repeat most of theirs."""
    signs: Counter[_Sign | None] = Counter()
    for word, count in Counter(_WORD.findall(text)).items():
        signs[_sign(word, spelling)] += count
    return Signs(signs[_Sign.FORWARD], signs[_Sign.BACKWARD])


def _sign(word: str, spelling: ReadingOrder) -> _Sign | None:
    """Tell what a word shows; nothing if it shows both, as a word does that begins and ends as none should."""
    is_forward, is_backward = _is_forward(word, spelling), _is_backward(word, spelling)
    if is_forward == is_backward:
        return None
    return _Sign.FORWARD if is_forward else _Sign.BACKWARD


def _is_forward(word: str, spelling: ReadingOrder) -> bool:
    last = word[-1] if not _MARK.match(word[-1]) else _TRAILING_MARKS.sub("", word)[-1:]
    return (
        (last != "" and last in spelling.final)
        or word in spelling.common
        or word.startswith(spelling.starts)
        or word.endswith(spelling.ends)
        or _form(word[0]) == "<initial>"
    )


def _is_backward(word: str, spelling: ReadingOrder) -> bool:
    return (
        word[0] in spelling.final
        or _MARK.match(word) is not None
        or word[::-1] in spelling.common
        or word.startswith(spelling.backward_starts)
        or _form(word[0]) == "<final>"
    )


@cache
def _form(character: str) -> str:
    """Name the form of an Arabic letter that a compatibility character is, in the words of the Unicode data."""
    return unicodedata.decomposition(character).split(" ")[0] if "\ufb50" <= character <= "\ufefc" else ""
