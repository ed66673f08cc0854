from __future__ import annotations

import codecs

import pytest

from babelreel.model.finding import Finding
from babelreel.rules.check import check_track
from babelreel.timedtext.encoding.decode import encode_like
from support.checking import fixed, found
from support.subjects import make_subject

BULGARIAN = """\
1
00:00:01,000 --> 00:00:03,000
Имаш право на преводач.
"""


def told(content: str | bytes, path: str = "subtitles/bg.srt") -> list[str]:
    return found(content, path=path, select=["ENC"])


def findings(content: str | bytes, path: str = "subtitles/bg.srt") -> tuple[Finding, ...]:
    return check_track(make_subject(content, path=path), select=["ENC"]).findings


def saying(text: str) -> str:
    return f"1\n00:00:01,000 --> 00:00:03,000\n{text}\n"


def test_a_file_in_utf_8_has_no_finding() -> None:
    assert found(BULGARIAN, path="subtitles/bg.srt") == []


def test_a_file_in_windows_1251_is_read_and_its_code_page_named() -> None:
    data = BULGARIAN.encode("cp1251")
    (finding,) = findings(data)
    assert told(data) == ["1:1 warning ENC001"]
    assert "1251" in finding.message
    assert finding.fix is not None
    assert (finding.fix.to_utf8, finding.fix.is_safe) == (True, False)


def test_bytes_that_are_no_text_of_the_language_are_undecodable() -> None:
    data = BULGARIAN.encode().replace("преводач".encode(), b"\xd0\xff\xfe")
    (finding,) = findings(data)
    assert told(data) == ["3:15 error ENC002"]
    assert "Имаш право" in finding.message


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_a_file_in_utf_16_or_32_can_be_saved_as_utf_8_without_a_doubt(codec: str) -> None:
    data = BULGARIAN.encode(codec)
    (finding,) = findings(data)
    assert told(data) == ["1:1 warning ENC003"]
    assert codec in finding.message
    assert finding.fix is not None
    assert (finding.fix.to_utf8, finding.fix.is_safe) == (True, True)


def test_a_file_in_utf_16_that_was_cut_off_is_not_saved_anew() -> None:
    data = BULGARIAN.encode("utf-16")[:-3]
    assert [(each.code, each.fix) for each in findings(data)] == [("ENC003", None), ("ENC002", None)]


def test_a_byte_order_mark_of_utf_8_is_told_and_can_be_left_out() -> None:
    data = codecs.BOM_UTF8 + BULGARIAN.encode()
    (finding,) = findings(data)
    assert told(data) == ["1:1 info ENC004"]
    assert finding.fix is not None
    assert finding.fix.to_utf8
    again = encode_like(data, make_subject(data).track.source.text, to_utf8=True)
    assert again is not None
    assert told(again) == []


def test_a_replacement_character_that_the_file_holds_is_a_lost_letter() -> None:
    assert told(saying("Имаш пра\ufffdо на\ufffd")) == ["3:9 error ENC006 2 lost"]


def test_a_mixture_of_line_ends_is_repaired_to_the_most_frequent() -> None:
    text = BULGARIAN.replace("\n", "\r\n") + "\n2\r\n00:00:04,000 --> 00:00:06,000\r\nДа.\r\n"
    assert told(text) == ["4:1 info ENC007"]
    assert fixed(text, select="ENC007", path="subtitles/bg.srt") == text.replace("\r\n", "\n").replace("\n", "\r\n")


def test_a_lone_carriage_return_is_more_than_a_matter_of_style() -> None:
    text = BULGARIAN.replace("3,000\n", "3,000\r")
    assert told(text) == ["2:30 warning ENC007"]
    assert fixed(text, select="ENC007", path="subtitles/bg.srt") == BULGARIAN


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_one_kind_of_line_end_is_right(line_end: str) -> None:
    assert told(BULGARIAN.replace("\n", line_end)) == []


@pytest.mark.parametrize("character", ["\x1a", "\x07", "\x7f", "\ufeff", "\uffff", "\ufdd0"])
def test_a_character_that_cannot_be_seen_is_taken_out(character: str) -> None:
    text = BULGARIAN.replace("право", f"пра{character}во")
    assert told(text) == ["3:9 warning ENC008"]
    assert f"U+{ord(character):04X}" in findings(text)[0].message
    assert fixed(text, select="ENC008", path="subtitles/bg.srt") == BULGARIAN


@pytest.mark.parametrize("character", ["\x0b", "\x0c", "\x85", "\x93", "\u2028", "\u2029"])
def test_a_character_that_may_be_a_line_end_or_half_of_a_letter_is_left_to_people(character: str) -> None:
    text = BULGARIAN.replace("право", f"пра{character}во")
    assert [(each.code, each.fix) for each in findings(text)] == [("ENC008", None)]


def test_a_second_byte_order_mark_is_a_character_that_cannot_be_seen() -> None:
    text = "\ufeff" + BULGARIAN
    assert told(codecs.BOM_UTF8 + text.encode()) == ["1:1 info ENC004", "1:1 warning ENC008"]


@pytest.mark.parametrize("character", ["\t", "\u00ad", "\u200c", "\u200f", "\u2067", "\u2060", "\u00a0"])
def test_marks_of_direction_joiners_and_tabs_are_no_control_characters(character: str) -> None:
    assert told(BULGARIAN.replace("право", f"пра{character}во")) == []


def test_nul_ends_the_text_for_many_programs() -> None:
    text = BULGARIAN.replace("право", "пра\0во") + "\0\0"
    assert told(text) == ["3:9 error ENC009 3 NUL"]
    assert fixed(text, select="ENC009", path="subtitles/bg.srt") == BULGARIAN
