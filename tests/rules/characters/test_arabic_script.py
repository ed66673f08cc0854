from __future__ import annotations

import pytest

from support.checking import findings, fixed_text, found
from support.tracks import srt

AR, FA, PS = (f"subtitles/{tag}.srt" for tag in ("ar", "fa", "ps"))


def signs(*texts: str, path: str) -> list[str]:
    return found(srt(*texts), path=path, select=["SCR"])


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
