"""Name the codecs of pictures and sounds, and say which go together."""

from __future__ import annotations

from enum import StrEnum


class SoundCodec(StrEnum):
    """How a sound is coded, by ffmpeg's names."""

    AAC = "aac"
    OPUS = "opus"


class Codec(StrEnum):
    """How a picture is coded, by ffmpeg's names."""

    H264 = "h264"
    """What every browser and every phone plays."""
    AV1 = "av1"
    """Half of the data, and not played everywhere."""

    @property
    def sound(self) -> SoundCodec:
        """The codec of the sound that goes with it: who plays AV1 in MP4 plays Opus in it."""
        return SoundCodec.OPUS if self is Codec.AV1 else SoundCodec.AAC
