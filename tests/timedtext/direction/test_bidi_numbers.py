from __future__ import annotations

import re
import time

import pytest
from bidi import get_display
from hypothesis import given, settings
from hypothesis import strategies as st

from babelreel.timedtext.direction.bidi_numbers import turned_numbers
from babelreel.timedtext.direction.isolates import isolate_left_to_right

EXTENDED = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
WESTERN_NUMBERS = [
    "116 000",
    "116\u00a0000",
    "116\u202f000",
    "+32 2 555 12 34",
    "+32 (0)2 555 12 34",
    "+32",
    "02 - 555 12 34",
    "02-555-12-34",
    "02/555.12.34",
    "12/24",
    "08:30-17:00",
    "08:30–17:00",
    "1.500,25",
]
NUMBERS = [number.translate(digits) for number in WESTERN_NUMBERS for digits in ({}, EXTENDED, ARABIC)]
PIECES = [
    *["اتصل", "په", "تماس", "שלום", "Child Focus", "a", "(", ")", ":", "،", ".", "!", "%", " - ", "\u200f", "\u200e"],
    *["\u061c", "\u2066a\u2069", "\u2067ا\u2069", "\u2068سلام\u2069", "\u2067", "\u2069"],
]
CONTROLS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def display(line: str) -> str:
    """Give what the other bidi algorithm shows from left to right, without the controls in it."""
    return CONTROLS.sub("", get_display(line, base_dir="R"))


def unbracketed(text: str) -> str:
    """Leave out the brackets, which the other algorithm does not mirror."""
    return re.sub("[()]", "", text)


def shown_otherwise(line: str) -> list[tuple[str, str]]:
    return [(line[start:end], shown) for start, end, shown in turned_numbers(line)]


def test_a_spaced_number_is_shown_back_to_front() -> None:
    assert shown_otherwise("اتصل 116 000، الآن.") == [("116 000", "000 116")]
    assert shown_otherwise("اتصل +32 (0)2 555.") == [("+32 (0)2 555", "555 2(0) 32+")]


@pytest.mark.parametrize(
    "line",
    [
        "اتصل 112.",
        "في الساعة 08:30",
        "اتصل 116\u00a0000",
        "02-555",  # a hyphen turns a number round only behind an Arabic letter
        "Child Focus 116 000",
        "اتصل \u2066116 000\u2069",
        "نموذج A4-12",
        "\u2068116 000\u2069",
    ],
)
def test_a_number_in_its_right_order_is_not_turned(line: str) -> None:
    assert shown_otherwise(line) == []
    assert all(number in display(line) for number in re.findall(r"\d[\d\u00a0 :-]*\d", line))


def test_the_digits_of_arabic_are_turned_even_in_an_isolate() -> None:
    assert shown_otherwise("\u2066١١٦ ٠٠٠\u2069") == [("١١٦ ٠٠٠", "٠٠٠ ١١٦")]
    assert display("\u2066١١٦ ٠٠٠\u2069") == "٠٠٠ ١١٦"


@settings(deadline=None, max_examples=500)
@given(
    st.lists(st.sampled_from(PIECES), max_size=6),
    st.sampled_from(NUMBERS),
    st.sampled_from(["{}", "{}", "\u2066{}\u2069", "\u2067{}\u2069", "\u2068{}\u2069"]),
    st.lists(st.sampled_from(PIECES), max_size=6),
)
def test_turned_are_exactly_the_numbers_that_another_algorithm_shows_otherwise(
    before: list[str], number: str, isolate: str, after: list[str]
) -> None:
    line = " ".join([*before, isolate.format(number), *after])
    turned = [shown for found, shown in shown_otherwise(line) if found == number]
    assert (not turned) == (number in display(line))
    assert not turned or unbracketed(turned[0]) in unbracketed(display(line))


@settings(deadline=None, max_examples=300)
@given(st.lists(st.sampled_from([*PIECES, *NUMBERS]), max_size=8))
def test_no_number_is_turned_once_it_is_isolated(parts: list[str]) -> None:
    assert shown_otherwise(isolate_left_to_right(" ".join(parts))) == []


@pytest.mark.parametrize(
    "line", ["1 ", "\u2068", "\u2068\u2069", "1 2a", "\u2067+1 ", "1" + 50 * " ", "\u2068" * 200 + "\u2069"], ids=ascii
)
def test_a_line_of_two_hundred_thousand_letters_takes_no_longer_than_its_length(line: str) -> None:
    start = time.process_time()  # of this process alone: others may keep the machine busy
    list(turned_numbers(line * (200_000 // len(line))))
    assert time.process_time() - start < 30
