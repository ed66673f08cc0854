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
        ("prores", b"", "prores"),
    ],
)
def test_codecs_are_named_as_a_web_page_needs_them(codec: str, extradata: bytes, expected: str) -> None:
    assert render_codec_string(codec, extradata) == expected
