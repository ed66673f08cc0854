"""Are numbers to call found, and nothing else taken for one?"""

from __future__ import annotations

import pytest

from babelreel.timedtext.words.paragraphs import Paragraph, Sentence
from babelreel.timedtext.words.phone_numbers import Call, find_calls


def calls(*sentences: str) -> tuple[Call, ...]:
    said = tuple(Sentence(text=each, start_ms=0, end_ms=1) for each in sentences)
    return find_calls([Paragraph(sentences=said, text=" ".join(sentences))])


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Appelle le 112.", "112"),
        ("Focus au 116 000, jour et nuit.", "116 000"),
        ("اتصل بالرقم \u2066116 000\u2069.", "116 000"),
        ("请打112，免费。", "112"),
        ("زنگ بزن به ۱۱۲", "۱۱۲"),
        ("Ring +32 2 555 12 34 now.", "+32 2 555 12 34"),
        ("Ring 02 555 12 34 now.", "02 555 12 34"),
        ("Ring 0800 12 345.", "0800 12 345"),
        ("Appelle le 0 800 05 95 95.", "0 800 05 95 95"),
        ("Ring (02) 555 12 34 now.", "(02) 555 12 34"),
        ("Bel 1-1-2 bij gevaar.", "1-1-2"),
    ],
)
def test_a_number_to_call_is_found_as_it_is_written(text: str, number: str) -> None:
    assert calls(text) == (Call(number=number, sentence=text),)


@pytest.mark.parametrize(
    "text",
    [
        "Tu as moins de 18 ans.",
        "Born on 01.02.2009.",
        "In 2024 there were 1000 of them.",
        "It costs 116.000 euro.",
        "Bus 112a.",
        "112% more.",
        "From 08:30-17:00.",
        "Room 1120.",
        "The sum is -1/12.",
        "1 + 112",
        "112 = 7 * 16",
        "It is 0.123456789.",
        "In binary: 01101001011.",
        "On 01.02.2009 08.30",
    ],
)
def test_other_numbers_are_none(text: str) -> None:
    assert calls(text) == ()


def test_a_number_is_given_once_with_the_sentence_that_names_it_first() -> None:
    found = calls("Call 116 000.", "Call 112.", "Again: 116000.")
    assert [(each.number, each.sentence) for each in found] == [("116 000", "Call 116 000."), ("112", "Call 112.")]
