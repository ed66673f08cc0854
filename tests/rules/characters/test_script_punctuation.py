from __future__ import annotations

import pytest

from support.checking import count_breaches, fixed_text, found
from support.tracks import srt

AR, EN, FA, ZH = (f"subtitles/{tag}.srt" for tag in ("ar", "en", "fa", "zh-Hans"))


def signs(*texts: str, path: str) -> list[str]:
    return found(srt(*texts), path=path, select=["SCR"])


def test_arabic_script_has_its_own_marks() -> None:
    assert found(srt("تو تنها هستی?"), path=FA, select=["SCR"]) == ["3:13 warning SCR001"]
    assert fixed_text("هل أنت مريض, أو حزين?", "ar", select="SCR001") == "هل أنت مريض، أو حزين؟"
    assert fixed_text("تنها هستی?!", "fa", select="SCR001") == "تنها هستی؟!"
    assert fixed_text("ته څنګه یې;", "ps", select="SCR001") == "ته څنګه یې؛"
    assert fixed_text("محامٍ?", "ar", select="SCR001") == "محامٍ؟"


def test_a_mark_before_a_latin_word_or_a_digit_is_a_doubt() -> None:
    assert fixed_text("اتصل, Child Focus", "ar", select="SCR001", is_safe=False) == "اتصل، Child Focus"
    assert fixed_text("رقم,112", "ar", select="SCR001", is_safe=False) == "رقم،112"


@pytest.mark.parametrize(
    "text", ["Child Focus, 112, 1,5", "اتصل بالرقم 112, الآن", "هل؟ نعم، أو لا؛", "لا. نعم! هل: هو"]
)
def test_these_marks_in_arabic_are_right(text: str) -> None:
    assert signs(text, path=AR) == []


def test_chinese_has_full_width_marks() -> None:
    assert found(srt("你好, 世界.你好吗?"), path=ZH, select=["SCR"]) == [
        "3:3 warning SCR001",
        "3:7 warning SCR001",
        "3:11 warning SCR001",
    ]
    assert fixed_text("你好, 世界", "zh-Hans", select="SCR001") == "你好，世界"
    assert fixed_text("你好.", "zh-Hans", select="SCR001") == "你好。"
    assert fixed_text("什么?!", "zh-Hans", select="SCR001") == "什么？！"
    assert fixed_text("请打:112", "zh-Hans", select="SCR001", is_safe=False) == "请打：112"


@pytest.mark.parametrize(
    "text", ["Child Focus, 112.", "比分3:2，12.5米", "你好...", "你好，世界。", "www.childfocus.be"]
)
def test_these_marks_in_chinese_are_right(text: str) -> None:
    assert signs(text, path=ZH) == []


def test_other_scripts_have_none_of_these_marks() -> None:
    assert signs("Are you ill, or sad? Yes; I am.", path=EN) == []


@pytest.mark.parametrize("piece", ["ك?", "ك ", "ﻟ", "ـ", "ك\u200c ", "ی", "你,", "你 ", "１"])
@pytest.mark.parametrize("tag", ["ar", "ps", "zh-Hans"])
def test_a_line_of_the_same_fifty_thousand_times_takes_no_long_time(piece: str, tag: str) -> None:
    assert count_breaches(f"{piece * 50_000}x", tag, ("SCR",)) >= 0
