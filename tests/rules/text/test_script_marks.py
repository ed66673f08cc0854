from __future__ import annotations

import pytest

from support.checking import count_breaches, findings, fixed_text, found
from support.tracks import srt

AR, EN, FA, PS, ZH = (f"subtitles/{tag}.srt" for tag in ("ar", "en", "fa", "ps", "zh-Hans"))


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


def test_an_arabic_letter_is_a_letter_and_not_its_drawing() -> None:
    assert found(srt("ﻟﺴﺖ وحدك."), path=AR, select=["SCR"]) == ["3:1 warning SCR002"]
    assert fixed_text("ﻟﺴﺖ وحدك.", "ar", select="SCR002") == "لست وحدك."
    assert fixed_text("ﻻ تخف", "ar", select="SCR002") == "لا تخف"
    assert fixed_text("ﮐﻤﮏ", "fa", select="SCR002") == "کمک"
    assert fixed_text("ﻛﻤﻚ", "fa", select="SCR002") == "کمک"


def test_forms_in_visual_order_are_reported_and_never_turned() -> None:
    (finding,) = findings(srt("ﺖﺴﻟ"), path=AR, select=("SCR",))
    assert (finding.code, finding.fix) == ("SCR002", None)


def test_a_form_whose_letter_is_a_doubt_is_left() -> None:
    assert [each.fix for each in findings(srt("ﯾﻤﻜﻦ ﹷ"), path=AR, select=("SCR",))] == [None, None]


def test_signs_for_whole_words_and_ornate_brackets_are_right() -> None:
    assert signs("ﷲ ﷺ ﴾نعم﴿", path=AR) == []


def test_a_word_is_not_stretched() -> None:
    assert found(srt("أهـــلا بك."), path=AR, select=["SCR"]) == ["3:3 info SCR003"]
    assert fixed_text("أهـــلا بك.", "ar", select="SCR003") == "أهلا بك."
    assert fixed_text("ـ نعم", "ar", select="SCR003", is_safe=False) == "- نعم"


@pytest.mark.parametrize("text", ["عام 1445 هـ", "ـَ", "بـ 112"])
def test_these_stretching_signs_are_right(text: str) -> None:
    assert "SCR003" not in " ".join(signs(text.replace("ـَ", "كـَب"), path=AR))


def test_a_non_joiner_stands_between_two_letters() -> None:
    assert found(srt("می\u200c توانی"), path=FA, select=["SCR"]) == ["3:3 warning SCR004"]
    assert fixed_text("می \u200cتوانی", "fa", select="SCR004", is_safe=False) == "می\u200cتوانی"
    assert fixed_text("می\u200c\u200cتوانی", "fa", select="SCR004") == "می\u200cتوانی"
    assert fixed_text("می\u200c", "fa", select="SCR004") == "می"
    assert signs("می\u200cتوانی", path=FA) == []


def test_a_ye_that_is_none_of_pashto_is_reported_and_never_changed() -> None:
    assert found(srt("ته یوازې نه یے"), path=PS, select=["SCR"]) == ["3:14 info SCR005"]
    assert [each.fix for each in findings(srt("یے موسى"), path=PS, select=("SCR",))] == [None, None]


def test_a_pashto_word_has_one_spelling_inside_of_it() -> None:
    assert signs("پیسې، پیسې او پيسې", path=PS) == ["3:15 info SCR005"]


def test_words_that_differ_by_their_last_ye_are_two_words() -> None:
    assert signs("دی دي ۍ ئ ې", path=PS) == []


def test_chinese_has_no_spaces_between_characters() -> None:
    assert found(srt("律师是免费的。 他帮你。"), path=ZH, select=["SCR"]) == ["3:8 warning SCR006"]
    assert fixed_text("律师是免费的。 他帮你。", "zh-Hans", select="SCR006") == "律师是免费的。他帮你。"
    assert fixed_text("你好\u3000再见", "zh-Hans", select="SCR006", is_safe=False) == "你好再见"
    assert signs("请打 112 或 Child Focus 好", path=ZH) == []


def test_digits_and_latin_letters_are_half_width() -> None:
    assert found(srt("请打１１２。"), path=ZH, select=["SCR"]) == ["3:3 info SCR007"]
    assert fixed_text("ＵＮ１１２", "zh-Hans", select="SCR007") == "UN112"
    assert signs("１１２", path="subtitles/ja.srt") == []  # a matter of style there


def test_other_scripts_have_none_of_these_marks() -> None:
    assert signs("Are you ill, or sad? Yes; I am.", path=EN) == []


@pytest.mark.parametrize("piece", ["ك?", "ك ", "ﻟ", "ـ", "ك\u200c ", "ی", "你,", "你 ", "１"])
@pytest.mark.parametrize("tag", ["ar", "ps", "zh-Hans"])
def test_a_line_of_the_same_fifty_thousand_times_takes_no_long_time(piece: str, tag: str) -> None:
    assert count_breaches(f"{piece * 50_000}x", tag, ("SCR",)) >= 0
