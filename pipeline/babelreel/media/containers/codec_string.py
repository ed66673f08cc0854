"""Name the codecs of a file as a web page does (RFC 6381)."""

from __future__ import annotations

#: Configuration records begin with version 1, then profile, compatibility and level.
_AVC_RECORD_BYTES = 4
_ESCAPED_OBJECT_TYPE = 31

#: For codecs whose parameters are not read here: good enough for "can you play this at all".
_PLAIN_NAMES = {
    "hevc": "hvc1",
    "av1": "av01",
    "vp8": "vp8",
    "vp9": "vp09",
    "opus": "opus",
    "vorbis": "vorbis",
    "flac": "flac",
    "mp3": "mp4a.6b",
    "ac3": "ac-3",
    "eac3": "ec-3",
}


def render_codec_string(codec: str, extradata: bytes) -> str:
    """Name one stream; exact for H.264 in MP4 (``avc1.64001f``) and for AAC (``mp4a.40.2``), else its general name."""
    if codec == "h264" and len(extradata) >= _AVC_RECORD_BYTES and extradata[0] == 1:
        return f"avc1.{extradata[1:4].hex()}"
    if codec == "aac" and extradata:
        return f"mp4a.40.{_object_type(extradata)}"
    return _PLAIN_NAMES.get(codec, codec)


def _object_type(config: bytes) -> int:
    """Read the audio object type: five bits, or 32 and the next six (ISO/IEC 14496-3, 1.6.2.1)."""
    kind = config[0] >> 3
    if kind == _ESCAPED_OBJECT_TYPE and len(config) > 1:
        return 32 + (((config[0] & 0x07) << 3) | (config[1] >> 5))
    return kind
