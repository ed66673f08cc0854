"""Find out whether a film's clock runs through, or starts again or leaps ahead on the way.

Recordings that were joined byte by byte (``cat``, ``copy /b``) keep a clock each: a player shows the first, and
loses the rest.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil
from pathlib import Path

from babelreel.errors import FilmError
from babelreel.model.timecode import MS_PER_SECOND, render_clock

#: Times of decoding only rise. Recorders round them, and a clock that goes back by less is theirs, not a second one.
_BACK_S = Fraction(1, 2)
#: Where a file says only when frames are shown, so many of them may be shown before one that is stored before them
#: (the largest buffer of H.264).
_MOST_REORDERED = 16
#: Still slides may be that far apart, and sound may pause; both at once for so long does not happen in a film.
_LEAP_S = 10

_HINT = "Put the recordings one behind the other in a video editor, and export them as one MP4."


@dataclass(slots=True, kw_only=True)
class Clock:
    """The times of decoding of one stream as its packets come, in ticks of ``base``.

    ``restart_s`` is when they first go back, in seconds from the stream's own first; ``leaps`` are stretches without a
    packet that last ``_LEAP_S`` or longer, on the file's clock.
    """

    base: Fraction
    restart_s: Fraction | None = None
    leaps: list[tuple[Fraction, Fraction]] = field(default_factory=list)
    _first: int | None = None
    _last: int = 0
    _end: int = 0
    _leap: int = field(init=False)
    """A leap in ticks: films have hundreds of thousands of packets, and fractions are slow."""

    def __post_init__(self) -> None:
        """Count how many ticks are a leap."""
        self._leap = ceil(_LEAP_S / self.base)

    def tick(self, time: int, duration: int, *, is_shown: bool) -> None:
        """Take the time of one packet, in the order of the file; ``is_shown``: when it is shown, and not decoded."""
        if self._first is None:
            self._first = self._last = time
        step = time - self._last
        if step < 0 and self.restart_s is None and self._is_back(-step, duration if is_shown else 0):
            self.restart_s = (self._end - self._first) * self.base
        elif step >= self._leap:
            self.leaps.append((self._end * self.base, time * self.base))
        self._last, self._end = time, time + duration

    def _is_back(self, step: int, duration: int) -> bool:
        return step * self.base > _BACK_S and step > _MOST_REORDERED * duration


def refuse_broken_clock(path: Path, picture: Clock, sound: Clock | None, start: Fraction) -> None:
    """Raise ``FilmError`` where the clock of picture or sound starts again, or leaps ahead in both at once.

    ``start`` is the film's own zero on the file's clock, in seconds.
    """
    restarts = [clock.restart_s for clock in (picture, sound) if clock and clock.restart_s is not None]
    if restarts:
        raise FilmError(
            what=f"The film's clock starts again at {_shown(max(restarts))}.",
            where=str(path),
            why="two recordings were joined into one file as they are: what follows would be lost",
            hint=_HINT,
        )
    for begin, end in picture.leaps:
        for also_begin, also_end in sound.leaps if sound else ():
            missing = min(end, also_end) - max(begin, also_begin)
            if missing >= _LEAP_S:
                raise FilmError(
                    what=f"The film's clock leaps ahead by {_shown(missing)} at {_shown(begin - start)}.",
                    where=str(path),
                    why="there is neither picture nor sound in between: the last picture would stand there",
                    hint=_HINT,
                )


def _shown(seconds: Fraction) -> str:
    return render_clock(round(seconds) * MS_PER_SECOND)
