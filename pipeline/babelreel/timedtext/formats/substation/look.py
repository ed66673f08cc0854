r"""The colours and the size that the author of an ASS event gave it, and what of its look no cue can hold."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import Flag, auto

from babelreel.timedtext.formats.substation.place import is_bent

_COLOR = re.compile(r"\\(?P<part>1?c|3c)(?:&?H?(?P<bgr>[0-9A-Fa-f]{1,8})&?)?(?![A-Za-z(])")
_SIZE = re.compile(r"\\fs(?P<size>\d{1,4}(?:\.\d{1,4})?)?(?![A-Za-z])")
_RESET = re.compile(r"\\r")
_EFFECT = re.compile(r"\\(?:t\(|fade?\(|move\(|[kK][fo]?\d)")
_LONGEST_COLOR = 6


class Lost(Flag):
    """What an event shows and a cue does not."""

    NOTHING = 0
    EFFECTS = auto()
    """It moves, fades, or changes while it is shown."""
    TURNED = auto()
    """It is turned, or a part of it is cut off."""
    MIXED = auto()
    """Its colour or size changes within the text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ink:
    """The look of letters: colours are ``#rrggbb``, ``size`` is the height of a line in units of the script."""

    color: str = "#ffffff"
    outline_color: str = "#000000"
    size: float = 20.0

    def after(self, block: str, style: Ink) -> Ink:
        """Find what holds behind an override block; what it sets back is as in the style."""
        now = style if _RESET.search(block) else self
        for match in _COLOR.finditer(block):
            color = _rgb(match["bgr"]) if match["bgr"] else ""
            if match["part"] == "3c":
                now = replace(now, outline_color=color or style.outline_color)
            else:
                now = replace(now, color=color or style.color)
        for match in _SIZE.finditer(block):
            now = replace(now, size=float(match["size"]) if match["size"] else style.size)
        return now


def lost_in(block: str) -> Lost:
    """Tell what of an override block is lost, whatever look is kept."""
    effects = Lost.EFFECTS if _EFFECT.search(block) else Lost.NOTHING
    return effects | (Lost.TURNED if is_bent(block) else Lost.NOTHING)


def _rgb(written: str) -> str:
    """Read a colour of ASS, in which blue comes first and leading zeros may be left out."""
    bgr = written[-_LONGEST_COLOR:].rjust(_LONGEST_COLOR, "0")
    return f"#{bgr[4:6]}{bgr[2:4]}{bgr[0:2]}".lower()
