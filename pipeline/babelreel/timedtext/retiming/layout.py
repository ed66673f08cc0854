"""Where in the text of a subtitle file each time stands, and what belongs to it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, auto
from fractions import Fraction

from babelreel.model.file_position import Spot
from babelreel.model.timecode import Span
from babelreel.timedtext.retiming.clocks import Clock


class Kind(Enum):
    """What a time in a file says of its line."""

    START = auto()
    END = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """A moment within a line at which something changes: its time, and the whole tag in which that stands."""

    time_ms: int
    time: Spot
    tag: Spot


@dataclass(frozen=True, slots=True, kw_only=True)
class TimedLine:
    """One line of a file with its times, exact and in film time, and the places where these are written.

    ``effects`` is the text in which times count from the beginning of the line, ``None`` where there are none.
    ``whole`` is all of it that may go, or change places with another; ``None`` where it stands in something else.
    ``is_read``: it is a cue of the track. ``number`` is the one by which people know it.
    """

    number: int
    text: str
    start_ms: Fraction
    end_ms: Fraction
    times: tuple[tuple[Kind, Spot], ...]
    stamps: tuple[Stamp, ...] = ()
    effects: Spot | None = None
    whole: Spot | None = None
    is_read: bool = True

    @property
    def span(self) -> Span:
        """Its times in whole milliseconds."""
        return Span(start_ms=round(self.start_ms), end_ms=round(self.end_ms))


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """The decoded text of a file and its lines, in the order of the file.

    ``stamp_clock`` is that of moments within a line, ``clock`` where there is none. The times of the file less
    ``origin_ms`` are those of the film. ``has_order``: players want the lines in their order of time.
    ``is_regridded``: what is written is in other steps than those of ``clock``, in which it will be.
    """

    text: str
    lines: tuple[TimedLine, ...]
    clock: Clock
    stamp_clock: Clock | None = None
    origin_ms: int = 0
    has_order: bool = False
    is_regridded: bool = False


class UnmovableError(Exception):
    """The times of a file cannot be moved; the text says why, in plain words. Never leaves ``app``.

    ``is_early``: the file could be, by less. ``is_foreign``: no file of its format can be, but converted to another.
    """

    def __init__(self, why: str, *, is_early: bool = False, is_foreign: bool = False) -> None:
        super().__init__(why)
        self.is_early, self.is_foreign = is_early, is_foreign


def written_times(text: str, spots: Iterable[Spot]) -> list[str]:
    """Read what stands in these places."""
    return [text[spot.start : spot.end] for spot in spots]
