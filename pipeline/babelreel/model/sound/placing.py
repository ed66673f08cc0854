"""Where in the film does each recorded line belong, and how fast must it be played to fit there?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from babelreel.model.sound.recordings import SAMPLE_RATE_HZ, Dub, PlacedTake, Take, ms_to_samples
from babelreel.model.timecode import MS_PER_SECOND, Span
from babelreel.model.track import Cue, Track

#: A voice ends so long before the next line begins: without a breath two lines sound like one sentence.
BREATH_MS = 50

#: Up to here nobody hears that a voice was sped up (broadcasters' usual limit for speech).
SILENT_TEMPO = Fraction(110, 100)
#: Up to here it is heard by who listens for it; it is noted.
NOTED_TEMPO = Fraction(120, 100)
#: Up to here every word is still understood, but it sounds hurried; it is warned of. Nothing is ever played faster:
#: what does not fit keeps an overrun, and its text must be shortened or recorded again.
FASTEST = Fraction(130, 100)
#: A voice slower than this drags. Nothing is slowed down by itself: a pause is no fault.
SLOWEST = Fraction(90, 100)
#: A tempo is rounded up to so many parts of one: a thousandth of ten seconds is ten milliseconds.
_TEMPO_STEPS = 1000

#: A take that ends so long before its line does leaves the original voice, or silence, to be wondered at; proposal of
#: this project, and the default of the rule about it.
DEAD_AIR_MS = 1500


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadAir:
    """A line that goes on for ``left_ms`` after its take has ended."""

    line: int
    left_ms: int


def lines_by_number(track: Track) -> dict[int, Cue]:
    """Give the cue that a take's number means: the first in time of those that bear it."""
    found: dict[int, Cue] = {}
    for cue in _in_time(track):
        found.setdefault(cue.number, cue)
    return found


def usable_takes(dub: Dub, track: Track) -> dict[int, Take]:
    """Give the take of each line of a track that has one to be heard: the first in order of path where there are two.

    Left out are takes with a fault, silent ones, and those of no line.
    """
    lines = lines_by_number(track)
    found: dict[int, Take] = {}
    for take in sorted(dub.takes, key=lambda each: each.sound.path):
        if take.line in lines and not take.sound.fault and not take.sound.is_silent:
            found.setdefault(take.line, take)
    return found


def place_takes(dub: Dub, track: Track, *, film_ms: int) -> tuple[PlacedTake, ...]:
    """Place the usable takes of a dub, in order of time: each voice begins exactly when its line does.

    A take may use the pause after its line, up to a breath before the next line that has text or a take, or up to the
    film's end. It is sped up no more than it needs, and never above ``FASTEST``: what is too long even then has
    an overrun.
    """
    lines, takes = lines_by_number(track), usable_takes(dub, track)
    spoken = [(cue, takes.get(cue.number) if lines[cue.number] is cue else None) for cue in _in_time(track)]
    # a voice runs into no line; a cue without text is none, unless somebody recorded it
    spoken = [(cue, take) for cue, take in spoken if take or cue.text.strip()]
    limits_ms = [min(film_ms, cue.span.start_ms - BREATH_MS) for cue, _ in spoken[1:]] + [film_ms]
    return tuple(
        _place(take, cue.span, limit_ms) for (cue, take), limit_ms in zip(spoken, limits_ms, strict=False) if take
    )


def dead_air(placed: Iterable[PlacedTake], track: Track) -> tuple[DeadAir, ...]:
    """Give the lines that go on for ``DEAD_AIR_MS`` or longer after their take has ended, in the order given."""
    return tuple(_dead_air(placed, lines_by_number(track)))


def _dead_air(placed: Iterable[PlacedTake], lines: dict[int, Cue]) -> Iterator[DeadAir]:
    for each in placed:
        left = ms_to_samples(lines[each.take.line].span.end_ms) - (each.start + each.length)
        if left >= ms_to_samples(DEAD_AIR_MS):
            yield DeadAir(line=each.take.line, left_ms=samples_to_ms(left))


def _in_time(track: Track) -> list[Cue]:
    """Sort by time; cues that begin together stay as the file has them."""
    return sorted(track.cues, key=lambda cue: cue.span.start_ms)


def _place(take: Take, span: Span, limit_ms: int) -> PlacedTake:
    room = max(0, ms_to_samples(limit_ms - span.start_ms))
    natural = take.sound.end - take.sound.first
    return PlacedTake(
        take=take,
        start=ms_to_samples(span.start_ms),
        first=take.sound.first,
        end=take.sound.end,
        tempo=fit_tempo(natural, room),
        room=room,
    )


def fit_tempo(natural: int, room: int) -> Fraction:
    """Give how fast a voice of ``natural`` samples must be to fit into a room of so many.

    That is 1 if it fits as it is, else as little more as is needed, rounded up to a thousandth, and ``FASTEST``
    where nothing helps.
    """
    if natural <= room:
        return Fraction(1)
    if room <= 0:
        return FASTEST
    return min(FASTEST, Fraction(ceil(Fraction(natural * _TEMPO_STEPS, room)), _TEMPO_STEPS))


def samples_to_ms(samples: int) -> int:
    """Give the time of a sample, rounded down."""
    return samples * MS_PER_SECOND // SAMPLE_RATE_HZ
