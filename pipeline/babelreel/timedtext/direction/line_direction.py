"""Tell in which direction one line runs, whatever track it is in."""

from __future__ import annotations

import unicodedata

#: Bidi classes of letters and digits that run, or make others run, from right to left.
_RIGHT_TO_LEFT = frozenset({"R", "AL"})
#: The first Hebrew character: none before it is of any of these.
_FIRST_TURNING = "\u0590"
_TURNING = _RIGHT_TO_LEFT | {"AN", "RLE", "RLO", "RLI"}


def runs_from_right(line: str, *, is_rtl: bool) -> bool:
    """Tell whether a line runs from right to left in a language of which ``is_rtl`` says how it is written.

    A line whose letters all run one way runs that way: "Hello! How are you?" from left to right in an Arabic track too.
    One with letters of both directions, or with none, runs as its language does.
    """
    classes = {unicodedata.bidirectional(character) for character in line}
    has_left, has_right = "L" in classes, bool(classes & _RIGHT_TO_LEFT)
    return has_right if has_left != has_right else is_rtl


def has_right_to_left(text: str) -> bool:
    """Tell whether anything in a text runs from right to left; where nothing does, order needs no thought."""
    return max(text, default="") >= _FIRST_TURNING and any(
        unicodedata.bidirectional(character) in _TURNING for character in text
    )
