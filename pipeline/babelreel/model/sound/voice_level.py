"""Choose how much louder or softer a recorded voice is made, so that all lines are equally loud.

All numbers are this project's own; decision 20 says how they were found.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from babelreel.model.sound.recordings import Passage, SoundInfo, ms_to_samples

#: How loud every voice is in a mix, as the film's own sound is, before the loudness of the whole is set.
VOICE_LUFS = Decimal(-20)
#: A voice that needs more was recorded from across the room; its noise would come up with it.
MOST_GAIN_DB = Decimal(30)
#: No gain raises the noise of a room above this in the mix: 20 dB below the voice, and below the film that is turned
#: down under it.
NOISE_FLOOR_LUFS = Decimal(-40)
#: No voice peaks higher beside its loudness (24 dB, a shout beside a whisper): what does is a knock, and is cut.
VOICE_PEAK_DBFS = VOICE_LUFS + 24
#: In one recording of the whole film, a passage may be so much louder or softer than the rest: that is expression.
KEPT_LU = Decimal(3)

#: A bed that needs more is so quiet that the gain would bring up its noise (as ``MOST_GAIN_DB`` of a film has it).
MOST_BED_GAIN_DB = Decimal(20)
#: No gain brings the highest sample of a bed above this: with the highest of a voice it is what a mix can hold.
BED_PEAK_DBFS = Decimal(6)
#: Where the film went down further, a viewer would miss it: what a line lacks then must be recorded again.
MOST_DUCK_DB = 24
#: The bed goes down by so much more than a line needs: other meters may differ by some tenths.
METER_DB = Decimal("0.5")
#: Raised when the balance is found in a way that makes another mix of the same sounds.
BALANCE_VERSION = 1


class GainLimit(StrEnum):
    """Why a voice is softer than all others."""

    MOST_GAIN = "most-gain"
    """It was recorded so softly that the gain it needs is more than any gets."""
    NOISE = "noise"
    """More gain would raise the noise of the room above the floor."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GainPoint:
    """The gain from a sample of a recording on, up to the next point; it changes evenly in between."""

    sample: int
    gain_db: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceLevel:
    """The gain of a recording, in points in order of time; none leaves it as it is.

    ``limit`` says why a voice did not get all that it needs, and ``short_db`` how much it lacks.
    """

    points: tuple[GainPoint, ...] = ()
    limit: GainLimit | None = None
    short_db: Decimal = Decimal(0)

    def gain_at(self, sample: int) -> Decimal:
        """Return the gain of the passage in which a sample lies, or of the one before it."""
        before = [each.gain_db for each in self.points[:1]]
        before += [each.gain_db for each in self.points if each.sample <= sample]
        return before[-1] if before else Decimal(0)


#: What is done to a recording whose level is not known.
AS_RECORDED = VoiceLevel()


def level_take(sound: SoundInfo) -> VoiceLevel:
    """Bring the voice of a take to the level of all voices, as far as its room allows."""
    if sound.speech_lufs is None:
        return AS_RECORDED
    return _level(sound, ((sound.first, VOICE_LUFS - sound.speech_lufs),))


def level_whole(sound: SoundInfo) -> VoiceLevel:
    """Do the same with a recording of the whole film, and bring each passage that strays nearer to the others.

    Between two passages, which lie a second apart, the gain changes slowly.
    """
    if sound.speech_lufs is None:
        return AS_RECORDED
    wanted = VOICE_LUFS - sound.speech_lufs
    gains = [(each, wanted - _strayed(each.lufs - sound.speech_lufs)) for each in sound.passages]
    if len({gain for _, gain in gains}) <= 1:
        return _level(sound, ((sound.first, wanted),))
    return _level(sound, tuple(_edges(gains)))


def _strayed(apart_lu: Decimal) -> Decimal:
    """Compute by how much a passage is further from the rest than expression is."""
    return apart_lu - max(-KEPT_LU, min(KEPT_LU, apart_lu))


def _edges(gains: list[tuple[Passage, Decimal]]) -> Iterator[tuple[int, Decimal]]:
    for passage, gain in gains:
        yield ms_to_samples(passage.span.start_ms), gain
        yield ms_to_samples(passage.span.end_ms), gain


def _level(sound: SoundInfo, wanted: tuple[tuple[int, Decimal], ...]) -> VoiceLevel:
    room = None if sound.noise_lufs is None else max(Decimal(0), NOISE_FLOOR_LUFS - sound.noise_lufs)
    most = MOST_GAIN_DB if room is None else min(MOST_GAIN_DB, room)
    short = max(gain for _, gain in wanted) - most
    points = tuple(GainPoint(sample=sample, gain_db=min(most, gain)) for sample, gain in wanted)
    if short <= 0:
        return VoiceLevel(points=points)
    limit = GainLimit.MOST_GAIN if most == MOST_GAIN_DB else GainLimit.NOISE
    return VoiceLevel(points=points, limit=limit, short_db=short)
