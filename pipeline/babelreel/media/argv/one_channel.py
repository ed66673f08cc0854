"""Choose the filters that turn a recording into one channel at our rate."""

from __future__ import annotations

from babelreel.model.sound.mono import MonoMix
from babelreel.model.sound.recordings import SAMPLE_RATE_HZ

_CHANNELS = {MonoMix.LEFT: "c0", MonoMix.RIGHT: "c1"}


def one_channel(mono: MonoMix, rate_hz: int = SAMPLE_RATE_HZ) -> tuple[str, ...]:
    """Return the filters that mix all channels into one, or take one of two that would cancel each other."""
    # rematrix_maxval=1: six channels are mixed so softly that no peak is cut off
    if mono is MonoMix.AVERAGE:
        return (f"aresample={rate_hz}:ochl=mono:rematrix_maxval=1",)
    return (f"aresample={rate_hz}:ochl=stereo:rematrix_maxval=1", f"pan=mono|c0={_CHANNELS[mono]}")
