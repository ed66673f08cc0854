"""Measure how much speaks for a line, at each frame of the old film.

What is compared are two likelihoods: that signs which belong together differ in so many bits, and that any two of these
films do. So a still film's pictures, which are alike everywhere, say nothing about where they belong, and neither does
a sound that was replaced: what belongs together is measured from the frames that were found to.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from babelreel.media.matching.lines import Line
from babelreel.media.matching.signs import Places, Signs, Times
from babelreel.model.film.change.fingerprint import STEP_MS

Floats = NDArray[np.float32]

#: Steps of sound that are compared for a frame: 40 ms, 64 bits.
_STEPS = 4
_BITS = 65
#: Black in one film and a picture in the other have nothing in common; how often that happens is not learned from.
_APART = _BITS - 1
#: Pictures of one second are one look at most, and one that stands still is a fifth of it: neighbours are alike.
_LOOKS_PER_S = 3.0
_STILL = 0.2
#: Windows of the sound overlap: so many of a second add something of their own.
_LISTENS_PER_S = 6.0
#: No frame alone says more than that (natural logarithms), so that what was painted over does not outweigh the rest.
_MOST_FOR = 4.0
#: Against a line it says less: pictures and sounds are replaced more often than they come to be alike by chance.
_PICTURE_AGAINST, _SOUND_AGAINST = -2.0, -0.7
#: Before anything is known of both films, what is unlike says nearly nothing: all of the sound may be new.
_AT_FIRST = 0.1
#: The new film has nothing at all where the line leads.
_OUTSIDE = -1.0
#: Frames without picture and sound stay with what they follow.
_STAYS = 0.001
_RANDOM_PAIRS = 40_000


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Scales:
    """What a number of differing bits says, of pictures and of sounds: the logarithm of both likelihoods' ratio."""

    picture: Floats
    sound: Floats


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Differences:
    """In how many bits the frames of the old film differ from those where a line leads; -1 where that says nothing."""

    picture: NDArray[np.int16]
    sound: NDArray[np.int16]
    is_inside: NDArray[np.bool_]


class Pair:
    """Two films that are compared."""

    def __init__(self, old: Signs, new: Signs) -> None:
        """Measure what any two frames of both films have in common."""
        self.old, self.new = old, new
        self._middles = old.middles_ms()
        self._any_picture, self._any_sound = self._by_chance()
        self._looks = self._looks_of_frames()
        self._listens = np.float32(_LISTENS_PER_S * old.frame_ms / 1000)

    def differences(self, line: Line, first: int = 0, behind: int | None = None) -> Differences:
        """Compare the frames from ``first`` up to ``behind`` with those where a line leads."""
        middles = self._middles[first:behind]
        frames = self.new.frames_at(line.at(middles))
        inside = (frames >= 0) & (frames < len(self.new.pictures))
        there = np.clip(frames, 0, max(0, len(self.new.pictures) - 1))
        return Differences(
            picture=self._picture_bits(first, behind, there, inside),
            sound=self._sound_bits(middles, line),
            is_inside=inside,
        )

    def weigh(self, found: Differences, scales: Scales, first: int = 0) -> tuple[Floats, Floats]:
        """Compute what pictures and sounds say for each frame; ``first`` is the number of the first one."""
        behind = first + len(found.picture)
        looks = self._looks[first:behind]
        picture = np.where(found.picture >= 0, scales.picture[found.picture], np.float32(0)) * looks
        picture = np.where(found.is_inside, picture + np.float32(_STAYS), np.float32(_OUTSIDE))
        sound = np.where(found.sound >= 0, scales.sound[found.sound], np.float32(0)) * self._listens
        return picture.astype(np.float32), sound.astype(np.float32)

    def first_scales(self) -> tuple[Scales, ...]:
        """Return what is expected of films that were encoded again, before anything was found.

        All of the sound may be new, or much of the picture: what is unlike counts for both, or for one of them.
        """
        bits = np.arange(_BITS)
        picture = np.exp(-bits / 3.0)
        sound = np.exp(-(((bits - 12) / 8.0) ** 2) / 2) + np.exp(-(((bits - 18) / 8.0) ** 2) / 2)
        seen = _scale(picture / picture.sum(), self._any_picture, _PICTURE_AGAINST)
        heard = _scale(sound / sound.sum(), self._any_sound, _SOUND_AGAINST)
        return (
            Scales(picture=seen, sound=heard),
            Scales(picture=seen, sound=_doubting(heard)),
            Scales(picture=_doubting(seen), sound=heard),
        )

    def scales_of(self, found: list[Differences]) -> Scales:
        """Compute what is expected from the frames that were found to belong together."""
        first = self.first_scales()[0]
        picture = _counted(np.concatenate([each.picture for each in found]))
        sound = _counted(np.concatenate([each.sound for each in found]))
        return Scales(
            picture=first.picture if picture is None else _scale(picture, self._any_picture, _PICTURE_AGAINST),
            sound=first.sound if sound is None else _scale(sound, self._any_sound, _SOUND_AGAINST),
        )

    def _picture_bits(
        self, first: int, behind: int | None, there: Places, inside: NDArray[np.bool_]
    ) -> NDArray[np.int16]:
        if not len(self.new.pictures):
            return np.full(len(there), -1, np.int16)
        bits = np.bitwise_count(self.old.pictures[first:behind] ^ self.new.pictures[there]).astype(np.int16)
        old_seen, new_seen = self.old.is_seen[first:behind], self.new.is_seen[there]
        bits[old_seen != new_seen] = _APART
        bits[~(old_seen | new_seen) | ~inside] = -1
        return np.asarray(bits)

    def _sound_bits(self, middles: Times, line: Line) -> NDArray[np.int16]:
        total = np.zeros(len(middles), np.int16)
        heard = np.zeros(len(middles), np.int16)
        if not len(self.old.sounds) or not len(self.new.sounds):
            return total - 1
        for step in range(_STEPS):
            times = middles + (step - (_STEPS - 1) / 2) * STEP_MS
            one, other = np.rint(times / STEP_MS).astype(np.int64), np.rint(line.at(times) / STEP_MS).astype(np.int64)
            inside = (one >= 0) & (one < len(self.old.sounds)) & (other >= 0) & (other < len(self.new.sounds))
            one, other = np.where(inside, one, 0), np.where(inside, other, 0)
            counts = self.old.is_heard[one] & self.new.is_heard[other] & inside
            total += np.where(counts, np.bitwise_count(self.old.sounds[one] ^ self.new.sounds[other]), 0)
            heard += counts
        total[heard < _STEPS] = -1
        return total

    def _looks_of_frames(self) -> Floats:
        """Compute how much of a look each frame is: less where the picture stands still."""
        second = max(1, round(1000 / self.old.frame_ms))
        pictures = self.old.pictures
        moved = np.zeros(len(pictures))
        if len(pictures) > second:
            moved[second:] = np.bitwise_count(pictures[second:] ^ pictures[:-second])
            moved[:-second] = np.maximum(moved[:-second], moved[second:])
        looks = np.clip(moved / 12, _STILL, 1) * _LOOKS_PER_S / second
        return looks.astype(np.float32)

    def _by_chance(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        random = np.random.default_rng(19)  # the same pairs at each call
        old, new = self.old, self.new
        picture = sound = None
        seen_old, seen_new = np.flatnonzero(old.is_seen), np.flatnonzero(new.is_seen)
        if len(seen_old) and len(seen_new):
            one, other = random.choice(seen_old, _RANDOM_PAIRS), random.choice(seen_new, _RANDOM_PAIRS)
            picture = _counted(np.bitwise_count(old.pictures[one] ^ new.pictures[other]).astype(np.int16))
        if min(len(old.sounds), len(new.sounds)) > _STEPS and old.is_heard.any() and new.is_heard.any():
            one, other = (
                random.choice(np.flatnonzero(old.is_heard), _RANDOM_PAIRS),
                random.choice(np.flatnonzero(new.is_heard), _RANDOM_PAIRS),
            )
            bits = np.zeros(_RANDOM_PAIRS, np.int16)
            for step in range(_STEPS):
                bits += np.bitwise_count(
                    old.sounds[np.minimum(one + step, len(old.sounds) - 1)]
                    ^ new.sounds[np.minimum(other + step, len(new.sounds) - 1)]
                )
            sound = _counted(bits)
        even = np.full(_BITS, 1 / _BITS)
        return even if picture is None else picture, even if sound is None else sound


def _counted(bits: NDArray[np.int16]) -> NDArray[np.float64] | None:
    """Measure how likely each number of bits is, evened out; ``None`` for too few to tell."""
    told = bits[(bits >= 0) & (bits < _APART)]
    if len(told) < 50:  # noqa: PLR2004 - two seconds
        return None
    counts = np.bincount(np.minimum(told, _BITS - 1), minlength=_BITS).astype(float) + 0.02
    kernel = np.exp(-((np.arange(-6, 7) / 2.0) ** 2) / 2)
    smooth = np.convolve(counts, kernel / kernel.sum(), "full")[6:-6]
    return np.asarray(smooth / smooth.sum())


def _doubting(scale: Floats) -> Floats:
    return np.where(scale < 0, scale * np.float32(_AT_FIRST), scale)


def _scale(belonging: NDArray[np.float64], any_two: NDArray[np.float64], against: float) -> Floats:
    """Compute the logarithm of the ratio; one in ten that belong together look like any two: it was painted over."""
    ratio = np.log((0.9 * belonging + 0.1 * any_two) / (0.98 * any_two + 0.02 / _BITS))
    # as many bits as any two have never speak for a line, and fewer bits never less than more
    usual = int(np.searchsorted(np.cumsum(any_two), 0.5))
    ratio[usual:] = np.minimum(ratio[usual:], 0)
    ratio = np.maximum.accumulate(ratio[::-1])[::-1]
    return np.clip(ratio, against, _MOST_FOR).astype(np.float32)
