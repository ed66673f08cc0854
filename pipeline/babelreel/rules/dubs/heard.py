"""How do the rules call recordings and their times, and which lines are to be spoken?"""

from __future__ import annotations

from fractions import Fraction

from babelreel.model.sound.dubbing import Dubbing
from babelreel.model.sound.recordings import SAMPLE_RATE_HZ, SoundInfo
from babelreel.model.timecode import MS_PER_SECOND
from babelreel.model.track import Cue


def name_of(cue: Cue | None) -> str:
    """Tell how a message calls a recording, by the cue that is spoken in it."""
    return f"the take of line {cue.number}" if cue else "the recording"


def lines_to_speak(dubbing: Dubbing) -> tuple[Cue, ...]:
    """Give the cues that hold speech, in order of time."""
    return tuple(line.cue for line in dubbing.lines if line.is_to_be_spoken)


def heard_whole(dubbing: Dubbing | None) -> SoundInfo | None:
    """Give the recording of the whole film, if it is that what is heard."""
    return dubbing.whole.sound if dubbing and dubbing.whole else None


def samples_to_ms(samples: int) -> int:
    """Give how long so many samples last, rounded."""
    return round(Fraction(samples * MS_PER_SECOND, SAMPLE_RATE_HZ))


def seconds(time_ms: int) -> str:
    """Write a time as it is spoken of: "1.8 s"."""
    return f"{time_ms / MS_PER_SECOND:.1f} s"
