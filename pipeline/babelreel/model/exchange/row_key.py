"""Name the line that a row of a translator's file is about, and what it said when the file was made."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from babelreel.model.ledger.entries import State, text_digest
from babelreel.model.visible_text import visible

#: Digits of a digest in a key; and of the sum over the whole key, which tells a key from a text that looks like one.
_DIGITS, _SUM_DIGITS = 12, 6
#: Before the digest of the name of a sign; no digit of a digest.
_SIGN = "s"
_KEY = re.compile(
    r"(?P<language>[A-Za-z0-9-]+)_(?P<start>-?\d{1,12})_(?P<name>s?[0-9a-f]*)_(?P<shared>\d{1,6})_(?P<state>[a-z]*)"
    r"_(?P<source>[0-9a-f]{12})_(?P<text>[0-9a-f]{12})_(?P<sum>[0-9a-f]{6})"
)


@lru_cache(maxsize=4096)  # each text of a file is asked for a dozen times
def tidy(text: str) -> str:
    """Return a text as programs for tables and documents keep it: line feeds, no blank lines around, no spaces at ends.

    What cannot be seen is left out. Two texts with the same tidy form are one text on its way.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\v", "\n").split("\n")
    return "\n".join(visible(line).strip(" \t") for line in lines).strip("\n")


def short_digest(text: str) -> str:
    """Compute twelve digits of the SHA-256 of a text's tidy form."""
    return text_digest(tidy(text))[:_DIGITS]


def name_digest(name: str) -> str:
    """Compute twelve digits for the name that the ledger has for a line; empty where it has none."""
    return text_digest(name)[:_DIGITS] if name else ""


def sign_digest(name: str) -> str:
    """Compute what stands in a key for the name of a sign, which no line can have."""
    return _SIGN + name_digest(name)


@dataclass(frozen=True, slots=True, kw_only=True)
class RowKey:
    """What stands, hidden, in each row that is sent.

    ``name`` is the digest of the ledger's key of the line, empty where nothing is kept of it, or that of the name of a
    sign; ``source`` and ``text`` are digests of what was sent. ``shared`` and ``state`` are those of the line then. A
    key holds no text, so that it may pass through every program; a sum over it tells whether it came back whole.
    """

    language: str
    start_ms: int
    name: str
    shared: int
    state: State
    source: str
    text: str

    @property
    def is_of_sign(self) -> bool:
        """Whether the row is about words in the picture, also where these are gone by now."""
        return self.name.startswith(_SIGN)

    def __str__(self) -> str:
        """Write it with letters, digits and ``- _`` only: XLIFF takes it as an identifier."""
        body = f"{self.language}_{self.start_ms}_{self.name}_{self.shared}_{self.state}_{self.source}_{self.text}"
        return f"{body}_{text_digest(body)[:_SUM_DIGITS]}"


def parse_key(written: str) -> RowKey | None:
    """Read a key; ``None`` for anything else, also for a key that was changed."""
    found = _KEY.fullmatch(written.strip())
    if found is None or found["state"] not in list(State):
        return None
    key = RowKey(
        language=found["language"],
        start_ms=int(found["start"]),
        name=found["name"],
        shared=int(found["shared"]),
        state=State(found["state"]),
        source=found["source"],
        text=found["text"],
    )
    return key if str(key) == written.strip() else None
