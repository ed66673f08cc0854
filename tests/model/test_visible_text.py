from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from babelreel.model.visible_text import visible


@given(st.text(st.characters()))
def test_no_control_character_but_tab_and_line_feed_is_left(text: str) -> None:
    shown = visible(text)
    shown.encode("utf-8")  # no lone surrogate either
    assert {char for char in shown if unicodedata.category(char) == "Cc"} <= {"\t", "\n"}
    assert visible(shown) == shown


@given(st.text(st.characters(exclude_categories=["C", "Z"])))
def test_what_can_be_seen_stays_as_it_is(text: str) -> None:
    assert visible(text) == text


def test_joiners_spaces_and_marks_of_direction_stay() -> None:
    text = "می\u200cکنم \u2067116\u00a0000\u2069\u200f\t\u3000e\u0301\n"
    assert visible(text) == text


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        ("rouge\x1b[31m", "rouge[31m"),
        ("a\x9b31mb", "a31mb"),
        ("116\x00000", "116000"),
        ("مر\x07حبا", "مرحبا"),  # a space would part the letters
        ("one\x0btwo\x0cthree\x85four\u2028five\rsix", "one two three four five six"),
        ("\ufeffHi\ufdd0\uffff", "Hi"),
    ],
)
def test_what_cannot_be_seen_is_left_out_and_what_parts_words_is_a_space(written: str, seen: str) -> None:
    assert visible(written) == seen
