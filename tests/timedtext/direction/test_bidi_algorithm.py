from __future__ import annotations

import pytest
from bidi import get_display
from hypothesis import given
from hypothesis import strategies as st

from babelreel.timedtext.direction.bidi_algorithm import visual_order

#: Letters, marks, digits, signs, brackets, joiners and controls of every bidi class.
CHARACTERS = (
    "abÉж אב בدیک\u061f\u0640 \u064e\u0651\u0301 012 ۴۵ ٣٤ +-$%#.,:/ !;«»…'\" ()[]{}<>"
    "\u00a0\u200e\u200f\u2066\u2067\u2068\u2069\u202a\u202b\u202c"
)


def seen(line: str, *, is_rtl: bool) -> str:
    return "".join(line[each.place] for each in visual_order(line, is_rtl=is_rtl))


@pytest.mark.parametrize(
    ("line", "is_rtl", "expected"),
    [
        # letters of the examples in UAX #9: capitals stand for Hebrew ones
        ("car is אבג.", False, "car is גבא."),
        ("אבג car.", True, ".car גבא"),
        ("אב (ab) גד", True, "דג )ab( בא"),  # each bracket is then mirrored
        ("ab (אב) cd", False, "ab (בא) cd"),
        # N0: a pair that runs against the line follows what stands before it
        ("אב Child Focus (116000).", True, ".Child Focus (116000) בא"),
        # a number with a space in it is turned round, unless an isolate keeps it
        ("א 116 000 ב", True, "ב 000 116 א"),
        ("א \u2066116 000\u2069 ב", True, "ב 116 000 א"),
        # a full stop at the end belongs to the line, whatever letter comes before it
        ("אבג abc!", True, "!abc גבא"),
    ],
)
def test_a_line_is_seen_in_the_order_of_the_standard(line: str, is_rtl: bool, expected: str) -> None:  # noqa: FBT001 - a column
    assert seen(line, is_rtl=is_rtl) == expected


def test_levels_tell_which_brackets_are_mirrored() -> None:
    line = "א (ב) c"
    levels = {each.place: each.level for each in visual_order(line, is_rtl=True)}
    assert [levels[place] % 2 for place in (2, 4)] == [1, 1]
    levels = {each.place: each.level for each in visual_order("א (b) c", is_rtl=True)}
    assert levels[3] == 2  # the letter in the brackets runs from left to right in any case


@given(st.text(st.sampled_from(CHARACTERS.replace(" ", "")) | st.just(" "), max_size=24), st.booleans())
def test_another_program_sees_the_same_order(line: str, is_rtl: bool) -> None:  # noqa: FBT001 - drawn
    line = line.rstrip()  # python-bidi leaves a space that ends an embedding within it, against rule L1
    controls = "\u2066\u2067\u2068\u2069\u202a\u202b\u202c"
    expected = "".join(each for each in get_display(line, base_dir="R" if is_rtl else "L") if each not in controls)
    assert seen(line, is_rtl=is_rtl) == expected


@given(st.text(st.sampled_from(CHARACTERS), max_size=60), st.booleans())
def test_every_character_that_is_no_control_is_seen_once(line: str, is_rtl: bool) -> None:  # noqa: FBT001 - drawn
    controls = "\u2066\u2067\u2068\u2069\u202a\u202b\u202c"
    assert sorted(seen(line, is_rtl=is_rtl)) == sorted(each for each in line if each not in controls)


def test_isolates_deeper_than_the_standard_allows_change_nothing() -> None:
    deep = "\u2067" * 200
    assert seen(f"{deep}ab א", is_rtl=False) == seen(f"{deep[:125]}ab א", is_rtl=False)
