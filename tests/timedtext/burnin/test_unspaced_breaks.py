from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from babelreel.timedtext.burnin.unspaced_breaks import break_chinese, cut_long_words, may_break, width_units


def test_a_line_that_fits_stays() -> None:
    assert break_chinese("你未满18岁，父母也不在这里吗？", 16) == ("你未满18岁，父母也不在这里吗？",)
    assert break_chinese("", 16) == ("",)


def test_half_width_characters_count_one_half() -> None:
    assert width_units("你18岁，a\u0301é") == Fraction(9, 2) + Fraction(1, 2)
    assert width_units("“好”……") == 5


@pytest.mark.parametrize(
    ("line", "units", "expected"),
    [
        ("你有权得到一位监护人，由监护服务处为你选定。", 16, ("你有权得到一位监护人，", "由监护服务处为你选定。")),
        ("你好，监护人不是警察，也不收你一分钱。", 16, ("你好，监护人不是警察，", "也不收你一分钱。")),
        ("他问：“你多大了？”我说我今年十七岁了。", 16, ("他问：“你多大了？”", "我说我今年十七岁了。")),
        ("你好，你的监护人和律师会帮你办理所有证件", 16, ("你好，你的监护人和律", "师会帮你办理所有证件")),
        (
            "你有权上学和看病，你有权得到律师，你有权得到翻译。",
            10,
            ("你有权上学和看病，", "你有权得到律师，", "你有权得到翻译。"),
        ),
    ],
)
def test_chinese_breaks_at_a_pause_near_the_middle(line: str, units: int, expected: tuple[str, ...]) -> None:
    assert break_chinese(line, units) == expected


@pytest.mark.parametrize("word", ["116 000", "116\u00a0000", "UNHCR", "１１６", "café-bar", "+32"])
def test_a_number_or_a_latin_word_is_never_torn(word: str) -> None:
    for before in range(8):
        line = "你" * before + word + "我" * (9 - before)
        pieces = break_chinese(line, 7)
        assert len(pieces) > 1
        assert any(word in piece for piece in pieces), pieces


def test_a_line_never_begins_with_closing_or_ends_with_opening_punctuation() -> None:
    for before in range(2, 10):
        line = "你" * before + "（《我》）。" + "他" * (10 - before)
        pieces = break_chinese(line, 9)
        assert len(pieces) > 1
        for piece in pieces:
            assert piece[0] not in "》）。"
            assert piece[-1] not in "（《"


@pytest.mark.parametrize(
    ("line", "units", "expected"),
    [
        # UAX #14 (rule LB13 and after) and GB/T 15834 both allow a break after a pause sign, whatever follows
        ("你可以打电话给我们：116 000，白天黑夜都行", 12, ("你可以打电话给我们：", "116 000，白天黑夜都行")),
        ("他今年十七岁，UNHCR帮他", 8, ("他今年十七岁，", "UNHCR帮他")),
    ],
)
def test_a_number_or_a_latin_word_may_follow_a_pause_on_the_next_line(
    line: str, units: int, expected: tuple[str, ...]
) -> None:
    assert break_chinese(line, units) == expected


@pytest.mark.parametrize("joined", ["你\u00a0好", "你\u2060好", "￥100", "……", "100％", "１００"])
def test_what_belongs_together_is_not_parted(joined: str) -> None:
    assert not any(may_break(joined, place) for place in range(1, len(joined)))


@pytest.mark.parametrize("sign", ["·", "～", "—"])
def test_no_line_begins_with_a_sign_that_joins(sign: str) -> None:
    assert [may_break(f"王{sign}李", place) for place in (1, 2)] == [False, True]


def test_a_bracket_may_end_a_line_before_a_latin_word() -> None:
    assert may_break("（附录）A栏", 4)


def test_an_author_may_quote_twice_in_a_row() -> None:
    assert [place for place in range(1, 8) if may_break("“你好”“再见”", place)] == [2, 4, 6]


def test_a_space_at_a_break_is_dropped() -> None:
    assert break_chinese("Child Focus Belgium", 6) == ("Child Focus", "Belgium")


def test_a_word_wider_than_the_line_is_cut() -> None:
    assert break_chinese("abcdefghij", 2) == ("abc", "def", "ghij")


@given(st.text(alphabet=st.sampled_from("你我，。（）“”a1 6\u0301é…"), max_size=30), st.integers(1, 9))
@settings(deadline=None, max_examples=300)
def test_every_piece_fits_and_nothing_but_spaces_is_lost(line: str, units: int) -> None:
    pieces = break_chinese(line, units)
    assert "".join(pieces).replace(" ", "") == line.replace(" ", "")
    # a space that bears an accent cannot be parted from it
    assert all(width_units(piece) <= units or " \u0301" in piece for piece in pieces)


def test_what_cannot_be_parted_stays_whole() -> None:
    assert break_chinese("“ \u0301", 1) == ("“ \u0301",)


def test_a_very_long_line_is_broken_too() -> None:
    pieces = break_chinese("你我，" * 4000, 20)
    assert "".join(pieces) == "你我，" * 4000
    assert max(map(width_units, pieces)) <= 20


def count(text: str) -> Fraction:
    return Fraction(len(text))


def test_a_line_without_a_long_word_comes_back_as_it_is() -> None:
    assert cut_long_words("  one  two three ", Fraction(5), count) == ("  one  two three ",)


def test_a_long_word_is_cut_where_it_fills_the_line() -> None:
    assert cut_long_words("a abcdefgh b", Fraction(5), count) == ("a abcde", "fgh b")


def test_an_address_is_cut_after_a_joint() -> None:
    assert cut_long_words("www.example.org/children", Fraction(18), count) == ("www.example.org/", "children")


def test_a_mark_stays_with_its_letter() -> None:
    assert cut_long_words("abe\u0301cd", Fraction(3), count) == ("abe\u0301", "cd")


@given(st.text(alphabet="ab/. ", max_size=40), st.integers(1, 9))
@settings(deadline=None)
def test_cutting_loses_nothing_and_leaves_no_long_word(line: str, limit: int) -> None:
    pieces = cut_long_words(line, Fraction(limit), count)
    assert "".join(pieces) == line
    assert all(len(word) <= limit for piece in pieces for word in piece.split(" "))
