"""What does a web or e-mail address look like in running text?"""

from __future__ import annotations

import re

#: Without "www." or "https://" only these endings make an address: "fin.il" is a sentence without its space.
_ENDINGS = "app|at|be|brussels|ch|com|de|edu|eu|fr|gent|gov|info|int|io|lu|net|nl|org|ro|uk|vlaanderen"
_NAME = r"[a-z0-9-]+(?:\.[a-z0-9-]+)*"

ADDRESS = re.compile(
    rf"(?<![a-z0-9._+@/-])(?:[a-z0-9._+-]+@{_NAME}|(?:https?://|www\.)[!-~]+|{_NAME}\.(?:{_ENDINGS})\b(?:/[!-~]*)?)",
    re.IGNORECASE | re.ASCII,
)
_SIGNS_BEHIND = "\"'()*,-.:;?!>]}"


def without_signs_behind(address: str) -> str:
    """Cut off the full stop or bracket that ends the sentence and not the address."""
    return address.rstrip(_SIGNS_BEHIND)
