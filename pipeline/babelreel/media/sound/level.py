"""Choose the gain, and the ceiling, with which a sound comes to its target."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from babelreel.media.sound.loudness import Loudness
from babelreel.model.sound.recordings import LoudnessTarget

#: A sound that would need more is so quiet that the gain would bring up its noise: that is for people to decide.
MOST_GAIN_DB = 24
#: AAC adds some tenths of a decibel to peaks: before it they stay so far below the target's.
AAC_ROOM_DB = Decimal("0.5")
#: Encoding again takes as long as all the rest; a difference up to this is not worth it.
NEAR_LU = Decimal("0.3")
#: Where a peak passed the target's all the same, the next ceiling goes down by so much more than it passed.
MORE_ROOM_DB = Decimal("0.1")

#: Another meter may read a peak some hundredths higher.
METER_DB = Decimal("0.05")

_NONE = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """What is done to a sound: a gain, and the ceiling of a limiter, ``None`` where no peak would pass it."""

    gain_db: Decimal
    ceiling_dbtp: Decimal | None


def first_level(source: Loudness, target: LoudnessTarget, most_gain_db: int) -> Level:
    """Choose the level that would be right if neither limiter nor encoder changed the loudness.

    A sound in which nothing is heard keeps its own.
    """
    return _level(loudness_error(source, target), target.peak_dbtp - AAC_ROOM_DB, source, most_gain_db)


def next_level(
    before: Level, source: Loudness, result: Loudness, target: LoudnessTarget, most_gain_db: int
) -> Level | None:
    """Choose the level that makes up for what a result missed; ``None`` when it is good, or nothing is left to try."""
    error, excess = loudness_error(result, target), peak_excess(result, target)
    ceiling = target.peak_dbtp - AAC_ROOM_DB if before.ceiling_dbtp is None else before.ceiling_dbtp
    if excess:
        ceiling = min(ceiling, peak_after(source, before)) - excess - MORE_ROOM_DB
    gain = before.gain_db + error if abs(error) > NEAR_LU else before.gain_db
    level = _level(gain, ceiling, source, most_gain_db)
    return None if level == before else level


def _level(gain_db: Decimal, ceiling_dbtp: Decimal, source: Loudness, most_gain_db: int) -> Level:
    level = Level(gain_db=min(gain_db, Decimal(most_gain_db)), ceiling_dbtp=None)
    if source.peak_dbtp is None or peak_after(source, level) <= ceiling_dbtp:
        return level
    return Level(gain_db=level.gain_db, ceiling_dbtp=ceiling_dbtp)


def loudness_error(found: Loudness, target: LoudnessTarget) -> Decimal:
    """Compute by how much a sound must become louder, in LU; 0 where nothing is heard."""
    return _NONE if found.lufs is None else target.lufs - found.lufs


def peak_excess(found: Loudness, target: LoudnessTarget) -> Decimal:
    """Compute by how much a peak must come down, in dB, to be below the target's by every meter; 0 where it is."""
    return _NONE if found.peak_dbtp is None else max(_NONE, found.peak_dbtp - target.peak_dbtp + METER_DB)


def peak_after(source: Loudness, level: Level) -> Decimal:
    """Compute the peak that the gain alone makes of a sound's; the sound must have one."""
    if source.peak_dbtp is None:
        raise AssertionError  # only a sound that is not all zero is limited
    return source.peak_dbtp + level.gain_db
