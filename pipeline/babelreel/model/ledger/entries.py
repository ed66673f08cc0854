"""What is kept of each line of a translation: its text, what it was made from, and what a person said of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

#: Separates the texts of which a digest is made; no text holds it.
_BETWEEN = "\0"


class State(StrEnum):
    """What a person said of a line."""

    UNKNOWN = "unknown"
    """Nobody said anything: this is how the line was when its ledger began."""
    DRAFT = "draft"
    """It is not finished."""
    TRANSLATED = "translated"
    """It is a translation of its source, and nobody else has read it."""
    APPROVED = "approved"
    """Somebody read it beside its source, and it may be published."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Minor:
    """Somebody's word that what was changed since changes nothing that was said of the line."""

    by: str
    on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What is kept of one line, and who said so on which day (like 2026-11-30; both empty where nobody did).

    ``key`` names the entry for ever: the time at which the line stood when the ledger first knew it, and a few digits
    of what it said then. It is not a number, and does not say where the line is now. ``text`` is the line as it was
    when that was said. ``source`` is the text of the reference that it was made from, one cue in a line; the first
    ``shared`` of these cues are also the last ones of the line before it. It is empty for a line of the reference
    itself. ``comment`` is free text.
    """

    key: str
    state: State
    text: str
    source: str = ""
    shared: int = 0
    by: str = ""
    on: str = ""
    minor: Minor | None = None
    comment: str = ""

    @property
    def digest(self) -> str:
        """Sixteen digits of the SHA-256 of both texts.

        It stands in the file so that no merge makes one entry of what two people said of different texts.
        """
        return text_digest(self.source, self.text)

    @property
    def pieces(self) -> tuple[str, ...]:
        """The cues of the reference that the line was made from."""
        return tuple(self.source.split("\n")) if self.source else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureText:
    """A text that a language shows in the picture: of a sign, or all that stands on a card.

    ``name`` is what the ledger knows it by, ``called`` what people do. ``source`` is what it says in the film's own
    language; it is empty for a text of that language itself.
    """

    name: str
    called: str
    text: str
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """What is kept of one language: of all lines, in the order of their keys, and of its texts in the picture.

    Those are ``shown``. A ledger of before anybody spoke of them has none.
    """

    entries: tuple[Entry, ...] = ()
    shown: tuple[Entry, ...] = ()

    def __iter__(self) -> Iterator[Entry]:
        return iter(self.entries)

    def of(self, key: str) -> Entry | None:
        """Find the entry of a line by its key."""
        return next((each for each in self.entries if each.key == key), None)

    def of_picture(self, name: str) -> Entry | None:
        """Find the entry of a text in the picture by its name."""
        return next((each for each in self.shown if each.key == name), None)


def text_digest(*texts: str) -> str:
    """Compute sixteen digits of the SHA-256 of texts."""
    return sha256(_BETWEEN.join(texts).encode("utf-8", "surrogatepass")).hexdigest()[:16]
