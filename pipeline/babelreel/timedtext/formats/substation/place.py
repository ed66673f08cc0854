r"""Find the one of nine places of the picture in which an ASS event stands, whatever says so.

Alignment, margins and ``\pos`` put a text anywhere. A cue knows nine places: top, middle and bottom, each left, centred
or right. The nearest of them is taken, and a fault says where that moves the text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from babelreel.model.track import Align

#: libass' picture where the script names no size.
_WIDTH, _HEIGHT = 384.0, 288.0
#: How far our texts stand from the edge, as a share of the picture: close enough for any rung.
_MARGIN = 0.05
#: A text that is moved by no more than this share of the picture still stands where it was put; one that is as near to
#: another of the nine places by no more than this keeps the one that it is aligned by.
_SLACK = 0.1
#: About how wide a letter is, in heights of its line.
_LETTER_WIDTH = 0.5

_NUMBER = r"\s*(-?\d{1,6}(?:\.\d{1,6})?)\s*"
_POSITION = re.compile(rf"\\pos\({_NUMBER},{_NUMBER}\)")
_MOVE = re.compile(rf"\\move\({','.join([_NUMBER] * 4)}(?:,{_NUMBER},{_NUMBER})?\)")
#: What turns a text, or shows a part of it.
_BENT = re.compile(r"\\(?:org|i?clip)\(|\\fr[xyz]?-?0*\.?0*[1-9]")


class Margins(NamedTuple):
    """Left, right, and above or below, in units of the script's picture; 0 in an event: as in its style."""

    left: float = 10
    right: float = 10
    vertical: float = 10

    def within(self, style: Margins) -> Margins:
        """Combine the margins of an event with those of its style."""
        return Margins(*(own or of_style for own, of_style in zip(self, style, strict=True)))


#: Of an event whose style is not defined.
USUAL_MARGINS = Margins()


class Picture(NamedTuple):
    """The size that places in a script are measured against."""

    width: float = _WIDTH
    height: float = _HEIGHT

    @classmethod
    def of(cls, info: Mapping[str, tuple[str, int]]) -> Picture:
        """Read the size from the settings of a script; where it names one side only, the picture is 4:3 for libass."""
        width, height = (_size(info.get(name, ("", 0))[0]) for name in ("playresx", "playresy"))
        if width or height:
            return cls(width=width or height * 4 / 3, height=height or width * 3 / 4)
        return cls()


def _size(written: str) -> float:
    return float(written) if re.fullmatch(r"[1-9]\d{0,4}", written, re.ASCII) else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Motion:
    r"""Where a text is put by ``\pos``, or on the average of its time by ``\\move``."""

    x: float
    y: float
    moves: bool = False


def read_motion(block: str, duration_ms: int) -> Motion | None:
    """Read the first command of an override block that puts a text somewhere; ``None`` without one."""
    position, move = _POSITION.search(block), _MOVE.search(block)
    if position and not (move and move.start() < position.start()):
        return Motion(x=float(position[1]), y=float(position[2]))
    if move is None:
        return None
    x1, y1, x2, y2, first, last = (float(each) if each else 0.0 for each in move.groups())
    end = last if last > first else duration_ms
    later = 1 - (first + end) / (2 * duration_ms) if duration_ms > 0 else 0.5
    share = min(1.0, max(0.0, later))
    return Motion(x=x1 + share * (x2 - x1), y=y1 + share * (y2 - y1), moves=(x1, y1) != (x2, y2))


def is_bent(block: str) -> bool:
    """Tell whether an override block turns a text or shows a part of it, which no cue can hold."""
    return _BENT.search(block) is not None


class Place(NamedTuple):
    """One of the nine places, and whether the text stands there as it was put."""

    align: Align
    is_held: bool


def place_of(  # noqa: PLR0913 - all that says where a text stands
    align: Align,
    lines: tuple[str, ...],
    *,
    font_size: float,
    margins: Margins,
    picture: Picture,
    motion: Motion | None,
) -> Place:
    """Find the nearest of the nine places for a text that is aligned by one of them."""
    row, column = divmod(int(align) - 1, 3)
    size = max(font_size, 1.0)
    height = size * len(lines) / picture.height
    width = min(1.0, size * _LETTER_WIDTH * max(map(len, lines), default=0) / picture.width)
    x, y = _anchor(row, column, margins, picture) if motion is None else (motion.x, motion.y)
    column, is_column_held = _nearest(x / picture.width, width, column)
    # rows are counted from below
    row, is_row_held = _nearest(1 - y / picture.height, height, row)
    is_held = is_row_held and is_column_held and not (motion and motion.moves)
    return Place(Align(str(3 * row + column + 1)), is_held)


def point_of(align: Align, margins: Margins, picture: Picture, motion: Motion | None) -> tuple[float, float]:
    """Find the point by which a text is aligned, as shares of the picture's width and height from the upper left."""
    row, column = divmod(int(align) - 1, 3)
    x, y = _anchor(row, column, margins, picture) if motion is None else (motion.x, motion.y)
    return x / picture.width, y / picture.height


def _anchor(row: int, column: int, margins: Margins, picture: Picture) -> tuple[float, float]:
    """Find the point by which a text without a place of its own is aligned; libass keeps no margin in the middle."""
    left, right = margins.left, picture.width - margins.right
    below = picture.height - margins.vertical
    return (left, (left + right) / 2, right)[column], (below, picture.height / 2, margins.vertical)[row]


def _nearest(anchor: float, length: float, third: int) -> tuple[int, bool]:
    """Find the third of the picture, from 0, that a text is nearest to, and tell whether that hardly moves it.

    ``anchor`` is where its near end, its middle or its far end stands, by ``third``; all in shares of the picture.
    """
    near = anchor - length * third / 2
    moved = [abs(near - _MARGIN), abs(near + length / 2 - 0.5), abs(near + length - (1 - _MARGIN))]
    best = min(range(3), key=lambda each: (moved[each] - (_SLACK if each == third else 0), each != third))
    return best, moved[best] <= _SLACK
