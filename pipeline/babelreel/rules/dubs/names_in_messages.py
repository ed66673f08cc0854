"""Name recordings and their times in messages."""

from __future__ import annotations

from fractions import Fraction

from babelreel.model.sound.recordings import SAMPLE_RATE_HZ
from babelreel.model.timecode import MS_PER_SECOND
from babelreel.model.track import Cue


def name_of(cue: Cue | None) -> str:
    """Name a recording in a message, by the cue that is spoken in it."""
    return f"the take of line {cue.number}" if cue else "the recording"


def length_ms(samples: int) -> int:
    """Compute how long so many samples last, rounded."""
    return round(Fraction(samples * MS_PER_SECOND, SAMPLE_RATE_HZ))
