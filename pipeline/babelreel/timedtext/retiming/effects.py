r"""Scale the times of effects in the text of ASS and SSA events, which count from the beginning of their line.

The tags, and their times in hundredths of a second (``\k``) or in milliseconds, are those of Aegisub's manual
(https://aegisub.org/docs/latest/ass_tags/).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from babelreel.model.file_position import Spot
from babelreel.model.finding import Edit
from babelreel.timedtext.retiming.clocks import to_step

_BLOCK = re.compile(r"\{[^{}]*\}")
#: How long a syllable is sung; those before it are sung before it.
_SUNG = re.compile(r"\\(?:K|k[fo]?)[ \t]*([0-9]+)")
#: When the next syllable begins, from the beginning of the line.
_SUNG_FROM = re.compile(r"\\kt[ \t]*([0-9]+)")
_NUMBER = r"[ \t]*-?[0-9.]+[ \t]*"
_TIME = r"[ \t]*(-?[0-9]+)[ \t]*"
#: The times in the brackets of a change, a movement and a fade.
_IN_BRACKETS = tuple(
    re.compile(rf"\\{name}[ \t]*\({arguments}")
    for name, arguments in (
        ("t", f"{_TIME},{_TIME},"),
        ("move", f"{_NUMBER},{_NUMBER},{_NUMBER},{_NUMBER},{_TIME},{_TIME}"),
        ("fad", f"{_TIME},{_TIME}"),
        ("fade", f"{_NUMBER},{_NUMBER},{_NUMBER},{_TIME},{_TIME},{_TIME},{_TIME}"),
        ("fade", rf"{_TIME},{_TIME}\)"),
    )
)


def scaled_effects(text: str, spot: Spot, rate: Fraction) -> Iterator[Edit]:
    """Yield the edits that let the effects in a part of a text last ``rate`` times as long.

    Where syllables are sung is rounded, and not how long each is, so the last one of a line is no more off than the
    first.
    """
    sung = 0
    for block in _BLOCK.finditer(text, spot.start, spot.end):
        for match in _SUNG.finditer(text, *block.span()):
            start, sung = sung, sung + int(match[1])
            yield _edit(match, 1, _scaled(sung, rate) - _scaled(start, rate))
        for pattern in (_SUNG_FROM, *_IN_BRACKETS):
            for match in pattern.finditer(text, *block.span()):
                yield from (
                    _edit(match, place, _scaled(int(match[place]), rate)) for place in range(1, pattern.groups + 1)
                )


def _scaled(time: int, rate: Fraction) -> int:
    return int(to_step(time * rate, Fraction(1)))


def _edit(match: re.Match[str], place: int, number: int) -> Edit:
    return Edit(start=match.start(place), end=match.end(place), text=str(number).zfill(_digits(match[place])))


def _digits(old: str) -> int:
    """Count the digits that a number has at least: zeros before it stay."""
    return len(old) if old.startswith("0") else 0
