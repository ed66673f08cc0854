from __future__ import annotations

import pytest

from support.checking import findings, found
from support.tracks import srt


def test_letters_in_a_number_are_no_digits() -> None:
    assert found(srt("Call 1I6 000", "or 116 OOO.", "or 11З"), select="GLY") == [
        "3:6 warning GLY005 1I6",
        "7:4 warning GLY005 116 OOO",
    ]
    assert found(srt("Обади се на 1О2."), "bg", select="GLY") == ["3:13 warning GLY005 1О2"]


def test_digits_of_two_scripts_in_one_number_are_reported() -> None:
    assert found(srt("زنگ بزن ۱۱٦"), "fa", select="GLY") == ["3:9 warning GLY005 ۱۱٦"]
    assert found(srt("اتصل 1١٢"), "ar", select="GLY") == ["3:6 warning GLY005 1١٢"]


def test_full_width_and_mathematical_digits_are_reported_but_not_in_chinese() -> None:
    assert found(srt("Call １１２ 𝟏"), select="GLY005") == ["3:6 warning GLY005 １１２", "3:10 warning GLY005 𝟏"]
    assert found(srt("请拨１１２。"), "zh-Hans", select="GLY") == []


@pytest.mark.parametrize(
    "text",
    ["H2O2", "A1 B2", "5l water", "1. O God", "18 of us", "2Il", "x1O2", "10 OK", "112 Oom", "116 o", "3D", "1st"],
)
def test_words_and_formulas_are_left_alone(text: str) -> None:
    assert found(srt(text), select="GLY005") == []


def test_digits_of_two_scripts_in_two_numbers_are_left_alone() -> None:
    assert found(srt("۱۱۲ 112 ١١٢"), "fa", select="GLY") == []


@pytest.mark.parametrize("text", ["It costs 1O euros.", "Call O800 12 345.", "Room 2O", "Bel 11О now."])
def test_an_o_at_the_end_or_the_beginning_of_a_number_is_found(text: str) -> None:
    assert [each.code for each in findings(srt(text), select="GLY005")] == ["GLY005"]


@pytest.mark.parametrize("text", ["H2O", "O2", "It is O(n).", "2O(n) steps", "CO2", "O1 = 3", "10 or 20", "1o and 2a"])
def test_an_o_of_a_formula_or_a_list_is_passed_by(text: str) -> None:
    assert findings(srt(text), select="GLY005") == ()
