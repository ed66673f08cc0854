from __future__ import annotations

import re

import pytest
from bidi import get_display
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from babelreel.timedtext.direction.isolates import bare_line, isolate_line, isolate_numbers

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
    line = isolate_numbers(f"اتصل {number}، الآن.")
    assert line == f"اتصل \u2066{number}\u2069، الآن."
    assert number in get_display(line, base_dir="R")


def test_without_isolation_a_child_would_dial_another_number() -> None:
    assert "000 116" in get_display("اتصل 116 000.", base_dir="R")


@pytest.mark.parametrize("line", ["اتصل 112.", "18 سنة", "من 8 إلى 17", "112، 18", "50%"])
def test_digits_alone_stay_as_they_are(line: str) -> None:
    assert isolate_numbers(line) == line


def test_the_full_stop_and_comma_after_a_number_stay_outside() -> None:
    assert isolate_numbers("116 000. 12/24,") == "\u2066116 000\u2069. \u206612/24\u2069,"


def test_a_number_joined_to_an_arabic_word_is_isolated() -> None:
    assert isolate_numbers("بالرقم و116 000") == "بالرقم و\u2066116 000\u2069"


@pytest.mark.parametrize("line", ["A4-12 نموذج", "موقع x.be/12/24", "12/24.pdf", "B-12-34"])
def test_a_number_that_is_part_of_a_latin_word_stays_with_it(line: str) -> None:
    assert isolate_numbers(line) == line


@pytest.mark.parametrize("opening", ["\u2066", "\u202a", "\u202d"])
def test_a_number_in_left_to_right_text_is_left_alone(opening: str) -> None:
    line = f"{opening}116 000" + ("\u2069" if opening == "\u2066" else "\u202c")
    assert isolate_numbers(line) == line


def test_a_number_in_a_right_to_left_isolate_still_needs_its_own() -> None:
    assert isolate_numbers("\u2067اتصل 116 000\u2069") == "\u2067اتصل \u2066116 000\u2069\u2069"


def test_an_isolate_that_nobody_closed_ends_with_its_line() -> None:
    assert isolate_numbers("\u2066a\n116 000") == "\u2066a\n\u2066116 000\u2069"


def test_a_number_never_runs_over_the_end_of_a_line() -> None:
    assert isolate_numbers("116\n000") == "116\n000"


@given(
    st.text(alphabet=st.sampled_from("16٣+-/. ()اbé\n\u2066\u2067\u2068\u2069\u202a\u202b\u202c\u200f"), max_size=25)
)
@settings(deadline=None, max_examples=300)
def test_a_second_time_changes_nothing_and_only_isolates_and_marks_are_added(text: str) -> None:
    once = isolate_numbers(text)
    assert isolate_numbers(once) == once
    assert re.sub("[\u200e\u2066\u2069]", "", once) == re.sub("[\u2066\u2069]", "", text)


def test_a_line_and_its_numbers_are_isolated_once() -> None:
    once = "\u2067اتصل بالرقم \u2066116 000\u2069.\u2069"
    assert isolate_line("اتصل بالرقم 116 000.") == once
    assert isolate_line(once) == once


@pytest.mark.parametrize(
    "line",
    [
        "\u2067ا\u2069 \u2067ب\u2069",  # two isolates, and none around both
        "\u2067ا",  # one that nothing closes
        "\u2066ا\u2069",  # one that runs the other way
        "ا\u2067ب\u2069",
    ],
)
def test_a_line_that_is_not_one_isolate_gets_one_and_loses_none(line: str) -> None:
    assert isolate_line(line) == f"\u2067{line}\u2069"
    assert bare_line(line) == line


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
    isolated = isolate_line(line)
    assume(isolated != isolate_numbers(line))  # else its author had put one on
    assert bare_line(isolated) == isolate_numbers(line)
