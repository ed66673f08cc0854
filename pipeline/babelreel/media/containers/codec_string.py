"""Name the codecs of a file as a web page does (RFC 6381)."""

from __future__ import annotations

#: Configuration records begin with version 1, then profile, compatibility and level.
_AVC_RECORD_BYTES = 4
#: That of AV1 begins with a marker bit and version 1, then profile and level, then tier and depth.
_AV1_RECORD, _AV1_RECORD_BYTES = 0x81, 4
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
    """Name one stream; exact for H.264, AV1 and AAC in MP4, else its general name.

    Such as ``avc1.64001f``, ``av01.0.01M.08`` and ``mp4a.40.2``.
    """
    if codec == "h264" and len(extradata) >= _AVC_RECORD_BYTES and extradata[0] == 1:
        return f"avc1.{extradata[1:4].hex()}"
    if codec == "aac" and extradata:
        return f"mp4a.40.{_object_type(extradata)}"
    if codec == "av1" and len(extradata) >= _AV1_RECORD_BYTES and extradata[0] == _AV1_RECORD:
        return _av1_string(extradata)
    return _PLAIN_NAMES.get(codec, codec)


def _av1_string(record: bytes) -> str:
    """Read profile, level, tier and depth ("AV1 Codec ISO Media File Format Binding", sections 2.3 and 5)."""
    profile, level = record[1] >> 5, record[1] & 0x1F
    tier = "H" if record[2] & 0x80 else "M"
    depth = 8 if not record[2] & 0x40 else 12 if record[2] & 0x20 else 10
    return f"av01.{profile}.{level:02}{tier}.{depth:02}"


def _object_type(config: bytes) -> int:
    """Read the audio object type: five bits, or 32 and the next six (ISO/IEC 14496-3, 1.6.2.1)."""
    kind = config[0] >> 3
    if kind == _ESCAPED_OBJECT_TYPE and len(config) > 1:
        return 32 + (((config[0] & 0x07) << 3) | (config[1] >> 5))
    return kind
