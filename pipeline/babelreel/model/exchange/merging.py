"""Decide what becomes of a line that was sent, came back, and may have been changed here meanwhile."""

from __future__ import annotations

import re
from enum import Enum, auto

from babelreel.model.exchange.row_key import short_digest, tidy

#: Word and Excel put these in while one types. Only the form is folded here, nothing that a reader could hear.
_TYPED = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛", "'"),
        **dict.fromkeys("“”„‟", '"'),
        "…": "...",
        **dict.fromkeys("\u00a0\u202f\u2007\u2009", " "),
    }
)
#: What tells programs in which direction a text runs (Unicode, Annex 9): nobody sees it, and some programs drop it.
_MARKS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
#: Zeros before a number, and the part of it that programs for tables write behind whole numbers.
_ZEROS = re.compile(r"(?<![\d.,])0+(?=\d)")
_NO_PART = re.compile(r"(?<=\d)[.,]0+\Z")


class Outcome(Enum):
    """What is done with a line."""

    SAME = auto()
    """What came back is what is here."""
    TAKEN = auto()
    """The translator changed it and nobody else did: it is taken."""
    KEPT = auto()
    """It was changed here, and the translator left it as it was: what is here stays."""
    CONFLICT = auto()
    """Both changed it, to two different texts: what is here stays, and both are shown."""
    EMPTIED = auto()
    """The translator left nothing of it: what is here stays, and that is told."""
    RETYPED = auto()
    """Only the form of quotes, dots or spaces differs, as programs change it while one types: what is here stays."""
    UNMARKED = auto()
    """Only marks of direction are gone, as some programs drop them: what is here stays."""
    UNPADDED = auto()
    """Only zeros of a number are other ones, as programs for tables change them: what is here stays."""


def merge(*, sent: str, returned: str, now: str) -> Outcome:
    """Decide on a line: ``sent`` is the digest of what was sent, the others are texts.

    Nothing is lost whatever the answer: only ``TAKEN`` changes a line, and only one that is still what was sent.
    """
    if tidy(returned) == tidy(now):
        return Outcome.SAME
    if short_digest(returned) == sent:
        return Outcome.KEPT
    if not tidy(returned):
        return Outcome.EMPTIED
    if by_program := _by_program(returned, now):
        return by_program
    return Outcome.TAKEN if short_digest(now) == sent else Outcome.CONFLICT


def _by_program(returned: str, now: str) -> Outcome | None:
    """Tell what a program did to a text that is otherwise the same; what a person adds never counts as that."""
    if _typed(returned) == _typed(now):
        return Outcome.RETYPED
    if _read(returned) == _read(now) and len(_MARKS.findall(returned)) < len(_MARKS.findall(now)):
        return Outcome.UNMARKED
    if _as_number(returned) == _as_number(now) and len(_ZEROS.findall(returned)) <= len(_ZEROS.findall(now)):
        return Outcome.UNPADDED
    return None


def _typed(text: str) -> str:
    return tidy(text).translate(_TYPED)


def _read(text: str) -> str:
    return _MARKS.sub("", _typed(text))


def _as_number(text: str) -> str:
    return _NO_PART.sub("", _ZEROS.sub("", _read(text)))
