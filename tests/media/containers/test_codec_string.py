from __future__ import annotations

import pytest

from babelreel.media.containers.codec_string import render_codec_string


@pytest.mark.parametrize(
    ("codec", "extradata", "expected"),
    [
        # the examples of RFC 6381, section 3.3, and of ISO/IEC 14496-3
        ("h264", bytes.fromhex("014d4015ffe1"), "avc1.4d4015"),
        ("h264", bytes.fromhex("00000001674d4015"), "h264"),
        ("aac", bytes.fromhex("1190"), "mp4a.40.2"),
        ("aac", bytes.fromhex("2b11"), "mp4a.40.5"),
        ("aac", bytes.fromhex("f94640"), "mp4a.40.42"),
        ("opus", b"OpusHead", "opus"),
        # the fields that "AV1 Codec ISO Media File Format Binding", section 2.3.3, lays out: profile and level in one
        # byte; tier, ten bits or more, twelve bits in the next. Levels count from 2.0: 8 is 4.0, 5 is 3.1
        ("av1", bytes.fromhex("81080c00"), "av01.0.08M.08"),
        ("av1", bytes.fromhex("8105cc00"), "av01.0.05H.10"),
        ("av1", bytes.fromhex("81486c00"), "av01.2.08M.12"),
        ("av1", bytes.fromhex("8108"), "av01"),
        ("prores", b"", "prores"),
    ],
)
def test_codecs_are_named_as_a_web_page_needs_them(codec: str, extradata: bytes, expected: str) -> None:
    assert render_codec_string(codec, extradata) == expected
