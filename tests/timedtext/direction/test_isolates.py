from __future__ import annotations

import re

import pytest
from bidi import get_display
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from babelreel.timedtext.direction.isolates import (
    bare_line,
    isolate_left_to_right,
    isolate_line,
    isolate_within,
    without_broken_isolates,
)

#: All of these must be seen in exactly this order inside right-to-left text.
NUMBERS = [
    "116 000",
    "116\u00a0000",
    "116\u202f000",
    "+32 2 555 12 34",
    "+32 (0)2 555 12 34",
    "+32",
    "02 - 555 12 34",
    "02/555.12.34",
    "12/24",
    "08:30-17:00",
    "08:30–17:00",
    "۱۱۶ ۰۰۰",
    "١٬٥٠٠٫٥٠",
]


@pytest.mark.parametrize("number", NUMBERS)
def test_a_number_with_separators_keeps_its_order_in_arabic(number: str) -> None:
    line = isolate_left_to_right(f"اتصل {number}، الآن.")
    assert line == f"اتصل \u2066{number}\u2069، الآن."
    assert number in get_display(line, base_dir="R")


def test_without_isolation_a_child_would_dial_another_number() -> None:
    assert "000 116" in get_display("اتصل 116 000.", base_dir="R")


@pytest.mark.parametrize("line", ["اتصل 112.", "18 سنة", "من 8 إلى 17", "112، 18", "50%"])
def test_digits_alone_stay_as_they_are(line: str) -> None:
    assert isolate_left_to_right(line) == line


def test_the_full_stop_and_comma_after_a_number_stay_outside() -> None:
    assert isolate_left_to_right("116 000. 12/24,") == "\u2066116 000\u2069. \u206612/24\u2069,"


def test_a_number_joined_to_an_arabic_word_is_isolated() -> None:
    assert isolate_left_to_right("بالرقم و116 000") == "بالرقم و\u2066116 000\u2069"


@pytest.mark.parametrize("line", ["A4-12 نموذج", "موقع x.be/12/24", "12/24.pdf", "B-12-34"])
def test_a_number_that_is_part_of_a_latin_word_stays_with_it(line: str) -> None:
    assert isolate_left_to_right(line) == line


@pytest.mark.parametrize("opening", ["\u2066", "\u202a", "\u202d"])
def test_a_number_in_left_to_right_text_is_left_alone(opening: str) -> None:
    line = f"{opening}116 000" + ("\u2069" if opening == "\u2066" else "\u202c")
    assert isolate_left_to_right(line) == line


def test_a_number_in_a_right_to_left_isolate_still_needs_its_own() -> None:
    assert isolate_left_to_right("\u2067اتصل 116 000\u2069") == "\u2067اتصل \u2066116 000\u2069\u2069"


def test_an_isolate_that_nobody_closed_ends_with_its_line() -> None:
    assert isolate_left_to_right("\u2066a\n116 000") == "\u2066a\n\u2066116 000\u2069"


def test_a_number_never_runs_over_the_end_of_a_line() -> None:
    assert isolate_left_to_right("116\n000") == "116\n000"


@given(
    st.text(alphabet=st.sampled_from("16٣+-/. ()اbé\n\u2066\u2067\u2068\u2069\u202a\u202b\u202c\u200f"), max_size=25)
)
@settings(deadline=None, max_examples=300)
def test_a_second_time_changes_nothing_and_only_isolates_and_marks_are_added(text: str) -> None:
    once = isolate_left_to_right(text)
    assert isolate_left_to_right(once) == once
    assert re.sub("[\u200e\u2066\u2069]", "", once) == re.sub("[\u2066\u2069]", "", text)


def test_a_line_and_its_numbers_are_isolated_once() -> None:
    once = "\u2067اتصل بالرقم \u2066116 000\u2069.\u2069"
    assert isolate_line("اتصل بالرقم 116 000.", is_rtl=True) == once
    assert isolate_line(once, is_rtl=True) == once


@pytest.mark.parametrize(
    ("line", "is_rtl", "expected"),
    [
        ("Hello! How are you?", True, "\u2066Hello! How are you?\u2069"),
        ("Avenue Louise 54-56", True, "\u2066Avenue Louise 54-56\u2069"),
        ("https://example.org/", True, "\u2066https://example.org/\u2069"),
        ("116 000", True, "\u2067\u2066116 000\u2069\u2069"),
        ("Child Focus هنا", True, "\u2067Child Focus هنا\u2069"),
        ("انظر https://example.org/ الآن.", True, "\u2067انظر \u2066https://example.org/\u2069 الآن.\u2069"),
        # a language from left to right needs no isolate until somebody writes the other way
        ("Écris ici.", False, "Écris ici."),
        ("Dites : أريد مترجما !", False, "Dites : أريد مترجما !"),
        ("أريد مترجما!", False, "\u2067أريد مترجما!\u2069"),
        ("أريد : « je veux ».", False, "\u2066أريد : « je veux ».\u2069"),
        ("اتصل 116 000!", False, "\u2067اتصل \u2066116 000\u2069!\u2069"),
    ],
)
def test_each_line_is_isolated_in_its_own_direction(line: str, is_rtl: bool, expected: str) -> None:  # noqa: FBT001 - a column
    assert isolate_line(line, is_rtl=is_rtl) == expected
    assert isolate_line(expected, is_rtl=is_rtl) == expected


@pytest.mark.parametrize(
    "line",
    [
        "\u2067ا\u2069 \u2067ب\u2069",  # two isolates, and none around both
        "\u2067ا",  # one that nothing closes
        "ا\u2067ب\u2069",
    ],
)
def test_a_line_that_is_not_one_isolate_gets_one_and_loses_none(line: str) -> None:
    assert isolate_line(line, is_rtl=True) == f"\u2067{line}\u2069"
    assert bare_line(line) == line


def test_an_isolate_that_runs_the_other_way_stays_within_that_of_the_line() -> None:
    assert isolate_line("\u2066ا\u2069", is_rtl=True) == "\u2067\u2066ا\u2069\u2069"


def test_within_a_page_only_what_runs_the_other_way_is_isolated() -> None:
    assert isolate_within("\u2067اتصل 112.\u2069", is_rtl=True) == "اتصل 112."
    assert isolate_within("Hello!", is_rtl=True) == "\u2066Hello!\u2069"
    assert isolate_within("\u2066Hello!\u2069", is_rtl=True) == "\u2066Hello!\u2069"
    assert isolate_within("Bonjour !", is_rtl=False) == "Bonjour !"
    assert isolate_within("نعم!", is_rtl=False) == "\u2067نعم!\u2069"


def test_a_text_cut_within_an_isolate_loses_all_of_them() -> None:
    assert without_broken_isolates("\u2066Hello!") == "Hello!"
    assert without_broken_isolates("How are you?\u2069") == "How are you?"
    assert without_broken_isolates("\u2069a\u2066") == "a"
    assert without_broken_isolates("\u2066116 000\u2069") == "\u2066116 000\u2069"


NESTED = st.recursive(
    st.text(alphabet=st.sampled_from("اب 12\u200f"), max_size=4),
    lambda parts: st.builds(
        lambda opener, inside, before: f"{before}{opener}{inside}\u2069",
        st.sampled_from("\u2066\u2067\u2068"),
        parts,
        parts,
    ),
)


@given(NESTED)
def test_taking_the_isolate_off_undoes_putting_it_on(line: str) -> None:
    isolated = isolate_line(line, is_rtl=True)
    inside = isolate_left_to_right(line)
    assume(isolated != inside)  # else its author had put one on
    assert bare_line(isolated) == inside
