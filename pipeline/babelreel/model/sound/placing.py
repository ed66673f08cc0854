"""Decide where in the film a recorded voice is heard, and how fast it is played to fit there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import zip_longest
from math import ceil

from babelreel.model.sound.recordings import SAMPLE_RATE_HZ, SoundInfo, ms_to_samples
from babelreel.model.sound.voice_level import AS_RECORDED, VoiceLevel, level_take, level_whole
from babelreel.model.timecode import MS_PER_SECOND
from babelreel.model.track import Cue

#: A voice ends so long before the next line begins: without a breath two lines sound like one sentence.
BREATH_MS = 50

#: Up to here only attentive listeners hear it; it is noted.
NOTED_TEMPO = Fraction(120, 100)
#: Up to here every word is still understood, but it sounds hurried; this is a warning. Nothing is ever played faster:
#: what does not fit keeps an overrun, and its text must be shortened or recorded again.
FASTEST = Fraction(130, 100)
#: A tempo is rounded up to so many parts of one: a thousandth of ten seconds is ten milliseconds.
_TEMPO_STEPS = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class HeardSound:
    """A stretch of a recording and its place: from sample ``start`` of the film on, ``tempo`` times as fast as spoken.

    ``first`` and ``end`` are the stretch that is heard. ``cue`` is the line that is spoken in it, ``None`` for a
    recording of the whole film. How loud it was recorded, ``sound`` knows; ``level`` is what is made of that.
    """

    sound: SoundInfo
    cue: Cue | None
    start: int
    first: int
    end: int
    tempo: Fraction = Fraction(1)
    level: VoiceLevel = AS_RECORDED

    @property
    def length(self) -> int:
        """How many samples of the film it takes."""
        return round((self.end - self.first) / self.tempo)

    @property
    def gain_db(self) -> Decimal:
        """By how much its voice is made louder, where it begins."""
        return self.level.gain_at(self.first)


def rooms_ms(starts_ms: Sequence[int], film_ms: int | None) -> tuple[int | None, ...]:
    """Compute how long a voice may speak in each of these lines, by when they begin, in order of time.

    A room reaches up to the next line, less a breath, and not beyond the film. It is 0 where another line begins at
    once, and ``None`` for the last line of a film that is not known.
    """
    ends = (start - BREATH_MS for start in starts_ms[1:])
    pairs = zip_longest(starts_ms, ends)
    bounds = ((start, [each for each in (end, film_ms) if each is not None]) for start, end in pairs)
    return tuple(max(0, min(known) - start) if known else None for start, known in bounds)


def place_take(sound: SoundInfo, cue: Cue, room: int | None) -> HeardSound:
    """Let a take begin when its line does, as fast as its room (in samples; ``None``: unlimited) demands."""
    natural = sound.end - sound.first
    return HeardSound(
        sound=sound,
        cue=cue,
        start=ms_to_samples(cue.span.start_ms),
        first=sound.first,
        end=sound.end,
        tempo=Fraction(1) if room is None else fit_tempo(natural, room),
        level=level_take(sound),
    )


def place_whole(sound: SoundInfo, film_ms: int | None) -> HeardSound:
    """Take a recording of the whole film as it is, without the silence that goes on behind the film's end."""
    end = sound.samples if film_ms is None else min(sound.samples, max(sound.end, ms_to_samples(film_ms)))
    return HeardSound(sound=sound, cue=None, start=0, first=0, end=end, level=level_whole(sound))


def fit_tempo(natural: int, room: int) -> Fraction:
    """Compute how fast a voice of ``natural`` samples must be to fit into a room of so many.

    That is 1 if it fits as it is, else as little more as is needed, rounded up to a thousandth, and ``FASTEST``
    where nothing helps.
    """
    if natural <= room:
        return Fraction(1)
    if room <= 0:
        return FASTEST
    return min(FASTEST, Fraction(ceil(Fraction(natural * _TEMPO_STEPS, room)), _TEMPO_STEPS))


def samples_to_ms(samples: int) -> int:
    """Convert a sample into its time in ms, rounded down."""
    return samples * MS_PER_SECOND // SAMPLE_RATE_HZ
