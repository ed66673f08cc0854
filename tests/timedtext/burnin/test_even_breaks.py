from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from babelreel.timedtext.burnin.even_breaks import break_evenly


def letters(text: str) -> Fraction:
    return Fraction(len(text))


@pytest.mark.parametrize(
    ("line", "limit", "expected"),
    [
        ("one two", 7, ("one two",)),
        ("one two six", 7, ("one two", "six")),
        # even lines, where as many words as fit would leave one alone
        ("aaa bbb ccc ddd", 12, ("aaa bbb", "ccc ddd")),
        # the upper line is the longer one
        ("aaa bbb ccc", 10, ("aaa bbb", "ccc")),
        # a word wider than the line stays whole
        ("aaaaaaaaaa b", 5, ("aaaaaaaaaa", "b")),
    ],
)
def test_a_line_too_wide_is_broken_into_even_lines(line: str, limit: int, expected: tuple[str, ...]) -> None:
    assert break_evenly(line, Fraction(limit), letters) == expected


@given(st.lists(st.text("ab", min_size=1, max_size=9), min_size=1, max_size=12), st.integers(9, 30))
def test_no_word_is_lost_and_every_line_fits_in_as_few_lines_as_can_be(words: list[str], limit: int) -> None:
    pieces = break_evenly(" ".join(words), Fraction(limit), letters)
    assert " ".join(pieces).split(" ") == words
    assert all(len(piece) <= limit for piece in pieces)
    fewest, used = 1, -1
    for word in words:
        fewest, used = (fewest, used + 1 + len(word)) if used + 1 + len(word) <= limit else (fewest + 1, len(word))
    assert len(pieces) == fewest
