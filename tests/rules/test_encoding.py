from __future__ import annotations

import codecs

from babelreel.rules.check import check_track
from subjects import found, make_subject

BULGARIAN = """\
1
00:00:01,000 --> 00:00:03,000
Имаш право на преводач.
"""


def test_a_file_in_utf_8_has_no_finding() -> None:
    assert found(BULGARIAN, path="subtitles/bg.srt") == []


def test_a_byte_order_mark_of_utf_8_is_no_legacy_encoding() -> None:
    assert found(codecs.BOM_UTF8 + BULGARIAN.encode(), path="subtitles/bg.srt") == []


def test_a_file_in_windows_1251_is_read_and_its_code_page_named() -> None:
    data = BULGARIAN.encode("cp1251")
    (finding,) = check_track(make_subject(data, path="subtitles/bg.srt")).findings
    assert found(data, path="subtitles/bg.srt") == ["1:1 warning ENC001"]
    assert "1251" in finding.message


def test_bytes_that_are_no_text_of_the_language_are_undecodable() -> None:
    data = BULGARIAN.encode().replace("преводач".encode(), b"\xd0\xff\xfe")
    (finding,) = check_track(make_subject(data, path="subtitles/bg.srt")).findings
    assert found(data, path="subtitles/bg.srt") == ["3:15 error ENC002"]
    assert "Имаш право" in finding.message
