"""Through which filters does a recording become one channel at our rate?"""

from __future__ import annotations

from babelreel.model.sound.mono import MonoMix
from babelreel.model.sound.recordings import SAMPLE_RATE_HZ

_CHANNELS = {MonoMix.LEFT: "c0", MonoMix.RIGHT: "c1"}


def one_channel(mono: MonoMix, rate_hz: int = SAMPLE_RATE_HZ) -> tuple[str, ...]:
    """Give the filters that make one channel of all, or that take the one of two which the other would cancel."""
    # rematrix_maxval=1: six channels are mixed so softly that no peak is cut off
    if mono is MonoMix.AVERAGE:
        return (f"aresample={rate_hz}:ochl=mono:rematrix_maxval=1",)
    return (f"aresample={rate_hz}:ochl=stereo:rematrix_maxval=1", f"pan=mono|c0={_CHANNELS[mono]}")
