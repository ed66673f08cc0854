"""Recognise web and e-mail addresses in running text."""

from __future__ import annotations

import re

#: Without "www." or "https://" these endings make an address however it is written. Others make one in small letters
#: alone, as "refugee.help" and "rights.ngo": "fin.Il" is a sentence without its space.
_ENDINGS = "app|at|be|brussels|ch|com|de|edu|eu|fr|gent|gov|info|int|io|lu|net|nl|org|ro|uk|vlaanderen"
_NAME = r"[a-z0-9-]+(?:\.[a-z0-9-]+)*"

ADDRESS = re.compile(
    rf"(?<![a-z0-9._+@/-])(?:[a-z0-9._+-]+@{_NAME}|(?:https?://|www\.)[!-~]+|{_NAME}\.(?:{_ENDINGS})\b"
    r"(?-i:(?!\.[a-z]{2}))(?:/[!-~]*)?"
    r"|(?-i:(?:[a-z0-9-]+\.)*[a-z0-9-]*[a-z]{2}[a-z0-9-]*\.[a-z]{2,24}(?![a-z0-9-]|\.[a-z0-9]))(?:/[!-~]*)?)",
    re.IGNORECASE | re.ASCII,
)
_CERTAIN = re.compile(rf".*@|https?://|www\.|[^/]*\.(?:{_ENDINGS})(?:/|$)|[^/]*/.", re.IGNORECASE)
_SIGNS_BEHIND = "\"'()*,-.:;?!>]}"


def without_signs_behind(address: str) -> str:
    """Cut off the full stop or bracket that ends the sentence and not the address."""
    return address.rstrip(_SIGNS_BEHIND)


def is_certain(address: str) -> bool:
    """Tell whether an address is one wherever it stands; others need a second look: "end.it" may be none."""
    return _CERTAIN.match(address) is not None
