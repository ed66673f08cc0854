"""Cut a film into the pieces that are encoded one by one.

A cell follows from the film alone, never from cues: all rungs and all languages share the cuts.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from babelreel.model.film.media import MediaInfo
from babelreel.model.timecode import MS_PER_SECOND

#: A cell lasts no longer: its first frame is its only key frame, and browsers seek to key frames.
LONGEST_S = 6
#: And no shorter, but for a film that is shorter itself: a key frame on still slides costs 71 % at 2 s, 11 % at 6 s.
SHORTEST_S = 3


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Cell:
    """Frames from ``first`` up to, not including, ``end``, counted from the film's start at a rate known elsewhere."""

    first: int
    end: int

    @property
    def frames(self) -> int:
        """How many frames the cell has."""
        return self.end - self.first


@dataclass(frozen=True, slots=True, kw_only=True)
class Footage:
    """What a cell at some rate shows of the film's file.

    ``seek_us`` is the timestamp of the key frame from which decoding must begin, in microseconds of the file's own
    clock; ``None`` where it begins with the file. ``digest`` stands for the pictures: the SHA-256 of the packets from
    there to the cell's last frame, and of their times relative to the cell's start. ``size`` is how many bytes its own
    frames have: what costs the film much will cost us much.
    """

    cell: Cell
    seek_us: int | None
    digest: str
    size: int = 0


def cell_grid(film: MediaInfo) -> tuple[Cell, ...]:
    """Cut a film into cells, in frames at its own rate: at changes of shot where there are any, else evenly.

    Each lasts from ``SHORTEST_S`` to ``LONGEST_S`` seconds. A film that nobody has looked at for shots is cut evenly.
    Cuts after a change of shot depend on nothing before it, so that a film with one scene replaced keeps the others.
    """
    if film.video is None:
        return ()
    rate, frames = film.video.rate, count_frames(film, film.video.rate)
    return _between(_cuts(film.shots or (), frames, rate))


def cells_at(film: MediaInfo, rate: Fraction) -> tuple[Cell, ...]:
    """Cut a film into cells in frames at the rate of a rung: the same cuts, each at the nearest frame."""
    if film.video is None:
        return ()
    own, frames = film.video.rate, count_frames(film, rate)
    starts = {_nearest(cell.first * rate / own) for cell in cell_grid(film)}
    return _between([*sorted(start for start in starts if start < frames), frames])


def count_frames(film: MediaInfo, rate: Fraction) -> int:
    """Count the frames that a film has at a rate, from its start: one at least, none without a picture."""
    own = count_own_frames(film, rate)
    is_held = film.held_ms > 0 or (film.video is not None and film.video.slow_rate is not None)
    return max(own, _nearest(Fraction(film.duration_ms, MS_PER_SECOND) * rate)) if is_held else own


def count_own_frames(film: MediaInfo, rate: Fraction) -> int:
    """Do the same without the frames for which the last one is held."""
    video = film.video
    if video is None:
        return 0
    if video.slow_rate:
        # few containers name the length of a last frame: it is held like one that ends before the sound
        exact = (Fraction(video.start_ms, MS_PER_SECOND) + (video.frames - 1) / video.slow_rate) * rate + 1
    elif video.is_variable_rate:
        exact = Fraction(video.start_ms + video.duration_ms, MS_PER_SECOND) * rate
    else:
        exact = (round(video.start_ms * video.rate / MS_PER_SECOND) + video.frames) * rate / video.rate
    return max(1, _nearest(exact))


def _cuts(shots: Sequence[int], frames: int, rate: Fraction) -> list[int]:
    longest, shortest = max(1, int(LONGEST_S * rate)), max(1, int(SHORTEST_S * rate))
    usable = sorted(shot for shot in shots if shot <= frames - shortest)  # a later one would leave a stump
    cuts = [0]
    while frames - cuts[-1] > longest:
        here = cuts[-1]
        place = bisect_right(usable, here + longest)
        if place and usable[place - 1] >= here + shortest:
            cuts.append(usable[place - 1])
        else:
            goal = usable[place] if place < len(usable) else frames
            parts = -(-(goal - here) // longest)
            cuts += [here + (goal - here) * part // parts for part in range(1, parts + 1)]
    return cuts if cuts[-1] == frames else [*cuts, frames]


def _between(cuts: list[int]) -> tuple[Cell, ...]:
    return tuple(Cell(first=first, end=end) for first, end in pairwise(cuts))


def _nearest(exact: Fraction) -> int:
    return (exact + Fraction(1, 2)).__floor__()
