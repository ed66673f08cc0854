"""What becomes of a line that was sent, came back, and may have been changed here meanwhile?"""

from __future__ import annotations

from enum import Enum, auto

from babelreel.model.exchange.row_key import short_digest, tidy

#: Word and Excel put these in while one types. Only the form is folded here, nothing that a reader could hear.
_TYPED = str.maketrans({**dict.fromkeys("‘’‚‛", "'"), **dict.fromkeys("“”„‟", '"'), "…": "...", "\u00a0": " "})


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
    """Only the form of quotes or dots differs, as programs change it while one types: what is here stays."""


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
    if _typed(returned) == _typed(now):
        return Outcome.RETYPED
    return Outcome.TAKEN if short_digest(now) == sent else Outcome.CONFLICT


def _typed(text: str) -> str:
    return tidy(text).translate(_TYPED)
