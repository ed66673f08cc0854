"""Choose the channels of a sound that become the one channel that a phone plays, and that a voice has in a mix."""

from __future__ import annotations

from enum import StrEnum

#: One channel beside an empty one loses 6 dB in the average of both, and two that have nothing in common 3: only
#: channels that run against one another lose more than this share leaves (9 dB).
_LEAST_SHARE = 10**-0.9


class MonoMix(StrEnum):
    """What becomes the one channel."""

    AVERAGE = "average"
    """All channels together, as usual."""
    LEFT = "left"
    """The left channel of a sound in stereo: right is its mirror image, and their average would be silence."""
    RIGHT = "right"
    """The right one, where that is the louder of the two."""


def choose_mono(*, left: float, right: float, average: float) -> MonoMix:
    """Take one channel where the average of both all but cancels; given are the energies of the three."""
    if not is_lost(average, max(left, right)):
        return MonoMix.AVERAGE
    return MonoMix.LEFT if left >= right else MonoMix.RIGHT


def is_lost(made: float, heard: float) -> bool:
    """Tell whether next to nothing is left of a sound in what was made of it; both are energies."""
    return made < _LEAST_SHARE * heard
