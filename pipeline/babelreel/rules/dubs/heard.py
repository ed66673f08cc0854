"""Which recordings of a dub are heard in the film, whose line is each, and which lines are to be spoken?"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import NamedTuple

from babelreel.model.sound.recordings import SAMPLE_RATE_HZ, SoundInfo
from babelreel.model.timecode import MS_PER_SECOND
from babelreel.model.track import Cue
from babelreel.rules.base.cue_order import cues_in_time
from babelreel.rules.base.memo import remembered
from babelreel.rules.base.subject import TrackSubject
from babelreel.rules.base.track_sync import is_spoken


class Recording(NamedTuple):
    """A sound, and the cue that is spoken in it: ``None`` for a recording of the whole film."""

    sound: SoundInfo
    cue: Cue | None

    @property
    def name(self) -> str:
        """How a message calls it."""
        return f"the take of line {self.cue.number}" if self.cue else "the recording"


@remembered
def cues_by_number(subject: TrackSubject) -> Mapping[int, Cue]:
    """Give the cues by the number that they bear: the first one that does."""
    return {cue.number: cue for cue in reversed(subject.track.cues)}


@remembered
def lines_to_speak(subject: TrackSubject) -> tuple[Cue, ...]:
    """Give the cues that hold speech, in order of time."""
    return tuple(cue for cue in cues_in_time(subject) if cue.text.strip() and is_spoken(cue))


@remembered
def recordings(subject: TrackSubject) -> tuple[Recording, ...]:
    """Give what is meant to be heard: the takes whose line a cue bears, or else the recording of the whole film.

    Where somebody left both, one take that can be heard is enough: takes are made later, and line by line.
    """
    dub, cues = subject.dub, cues_by_number(subject)
    if dub is None:
        return ()
    takes = tuple(Recording(take.sound, cues[take.line]) for take in dub.takes if take.line in cues)
    is_of_takes = dub.whole is None or any(_is_audible(each.sound) for each in takes)
    return takes if is_of_takes or dub.whole is None else (Recording(dub.whole, None),)


@remembered
def audible(subject: TrackSubject) -> tuple[Recording, ...]:
    """Give the recordings in which there is something to hear."""
    return tuple(each for each in recordings(subject) if _is_audible(each.sound))


def whole_recording(subject: TrackSubject) -> SoundInfo | None:
    """Give the recording of the whole film, if it is that what is meant to be heard."""
    return next((each.sound for each in recordings(subject) if each.cue is None), None)


def audible_whole(subject: TrackSubject) -> SoundInfo | None:
    """Give the recording of the whole film, if it is that what is heard."""
    return next((each.sound for each in audible(subject) if each.cue is None), None)


def _is_audible(sound: SoundInfo) -> bool:
    return not sound.fault and not sound.is_silent


def samples_to_ms(samples: int) -> int:
    """Give how long so many samples last, rounded."""
    return round(Fraction(samples * MS_PER_SECOND, SAMPLE_RATE_HZ))


def seconds(time_ms: int) -> str:
    """Write a time as it is spoken of: "1.8 s"."""
    return f"{time_ms / MS_PER_SECOND:.1f} s"
