from __future__ import annotations

import re

import pytest
from bidi import get_display
from hypothesis import given, settings
from hypothesis import strategies as st

from babelreel.rules.check import check_track
from support.checking import apply_fix, findings, fixed_in_turn, found
from support.subjects import make_subject
from support.tracks import srt

EXTENDED = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
NUMBERS = ("116 000", "+32 2 555 12 34", "+32 (0)2 555 12 34", "+112", "02 - 555 12 34", "02-555-12-34", "08:30-17:00")
#: What a child may be told, with a place for a number; no letter before the number runs from left to right.
SENTENCES = {
    "ar": ("اتصل بالرقم {}.", "{}، ليلًا ونهارًا", "هل أنت في خطر؟ {} مجانًا.", "(هاتف {})", "بالرقم و{}"),
    "fa": ("به {} زنگ بزن.", "{} رایگان است.", "شب و روز: {}", "«{}» را بگیر، همین حالا.", "تلفن {}؟ بله."),
    "ps": ("{} ته زنګ ووهه.", "په خطر کې یې؟ {}", "زنګ ووهه: {}، شپه او ورځ.", "شمېره ({}) وړیا ده", "ټلیفون {}!"),
}
CONTROLS = re.compile("[\u200e\u200f\u2066-\u2069]")


def display(line: str) -> str:
    """Give what another bidi algorithm than ours shows, from left to right."""
    return CONTROLS.sub("", get_display(line, base_dir="R")).replace(")0(", "(0)")  # it does not mirror brackets


def test_a_spaced_number_in_arabic_is_turned_round() -> None:
    assert found(srt("اتصل بالرقم 116 000."), "ar", select="DIR") == ["3:13 warning DIR003 116 000"]


def test_the_message_shows_what_a_child_would_dial() -> None:
    (finding,) = findings(srt("اتصل +32 2 555."), path="subtitles/ar.srt", select=("DIR",))
    assert finding.message == "“+32 2 555” is shown as “555 2 32+” in right-to-left text"


CASES = [
    (tag, sentence, number.translate(digits))
    for tag, sentences in SENTENCES.items()
    for sentence in sentences
    for number in NUMBERS
    for digits in ({}, EXTENDED, ARABIC)
    # a hyphen or a colon alone turns a number round only behind an Arabic letter, or with Arabic's own digits
]


@pytest.mark.parametrize(("tag", "sentence", "number"), CASES)
def test_the_fix_brings_a_number_in_its_right_order_and_without_it_it_is_not(
    tag: str, sentence: str, number: str
) -> None:
    line = sentence.format(number)
    path = f"subtitles/{tag}.srt"
    is_right = number in display(line)
    assert bool(findings(srt(line), path=path, select=("DIR",))) != is_right
    repaired = fixed_in_turn(srt(line), path=path, select=("DIR", "GLY"))
    assert number in display(repaired.split("\n")[2])
    assert CONTROLS.sub("", repaired) == srt(line)


def test_most_of_these_numbers_are_wrong_without_the_fix() -> None:
    assert sum(number not in display(sentence.format(number)) for _, sentence, number in CASES) > len(CASES) * 3 / 4


@pytest.mark.parametrize(
    "line",
    [
        "اتصل 112.",
        "من 8 إلى 17",
        "الساعة 08:30",
        "في 12/24",
        "1.500,50 يورو",
        "50% من الأطفال",
        "اتصل 116\u00a0000.",
        "اتصل 116\u202f000.",
        "اتصل \u2066116 000\u2069.",
        "اتصل \u202a116 000\u202c.",
        "Child Focus 116 000",
        "نموذج A4-12",
        "١٬٥٠٠٫٥٠",
        "1، 2، 3",
    ],
)
def test_a_number_in_its_right_order_is_left_alone(line: str) -> None:
    assert found(srt(line), "ar", select="DIR") == [] or found(srt(line), "ar", select="DIR") == ["3:1 info DIR006"]
    assert all(number in display(line) for number in re.findall(r"\d[\d\u00a0\u202f:/.,٬٫-]*\d", line))


def test_the_digits_of_arabic_in_an_isolate_are_still_turned_round_and_are_parted() -> None:
    content = srt("اتصل \u2066٠٢ ٥٥٥\u2069.")
    assert found(content, "ar", select="DIR") == ["3:7 warning DIR003 ٠٢ ٥٥٥"]
    assert fixed_in_turn(content, path="subtitles/ar.srt", select=("DIR",)) == srt("اتصل \u2066٠٢\u200e ٥٥٥\u2069.")


def test_a_number_cut_by_markup_is_found_and_not_touched() -> None:
    (finding,) = findings(srt("اتصل 116 <b>000</b>."), path="subtitles/ar.srt", select=("DIR",))
    assert finding.fix is None


@pytest.mark.parametrize(
    ("line", "reference"), [("الحل 4 3", "The solution is 3 4."), ("1 3 5 عدد فردي", "5 3 1 are odd."), ("٣ ٤", "4 3")]
)
def test_numbers_that_nobody_dials_are_in_no_wrong_order(line: str, reference: str) -> None:
    said = findings(srt(line), path="subtitles/ar.srt", reference=srt(reference), select=("DIR003", "DIR004"))
    assert [each.code for each in said if each.severity == "error" or each.fix] == []


def test_numbers_in_other_languages_are_not_looked_at() -> None:
    assert found(srt("Call 116 000."), "en", reference=srt("Call 000 116."), select="DIR") == []


REFERENCE = srt("Call 116 000.", "Or +32 2 555 12 34.", "Open 08:30-17:00, 12/24.")


@pytest.mark.parametrize(
    ("line", "right"),
    [
        ("اتصل 000 116.", "116 000"),
        ("اتصل \u2066000 116\u2069.", "116 000"),
        ("اتصل ٠٠٠ ١١٦.", "116 000"),
        ("اتصل 000 611.", "116 000"),
        ("اتصل 34 12 555 2 32.", "+32 2 555 12 34"),
    ],
)
def test_a_number_in_the_reverse_order_of_the_reference_is_an_error_and_is_not_wrapped(line: str, right: str) -> None:
    reference = make_subject(REFERENCE).track
    (finding,) = findings(srt(line), path="subtitles/ar.srt", select=("DIR",), reference=reference)
    assert (finding.code, finding.severity, finding.limit, finding.fix) == ("DIR004", "error", right, None)


def test_the_place_of_a_reversed_number_is_told() -> None:
    assert found(srt("اتصل 000 116."), "ar", reference=REFERENCE, select="DIR") == ["3:6 error DIR004 000 116"]


@pytest.mark.parametrize(
    "line", ["من \u206617:00-08:30\u2069", "اتصل \u2066116 000\u2069.", "في 24/12", "اتصل \u2066222 333\u2069.", "112"]
)
def test_other_numbers_are_not_reversed(line: str) -> None:
    assert found(srt(line), "ar", reference=REFERENCE, select="DIR") == []


def test_a_number_that_the_reference_says_both_ways_is_not_reversed() -> None:
    assert found(srt("\u2066000 116\u2069"), "ar", reference=srt("116 000 and 000 116"), select="DIR") == []


def test_without_a_reference_reversed_numbers_are_reported_as_not_checked() -> None:
    subject = make_subject(srt("اتصل."), path="subtitles/ar.srt")
    assert [rule.code for rule in check_track(subject, select=["DIR"]).not_checked] == ["DIR004"]


PIECES = [
    *["اتصل", "په", "تماس", "Child Focus", "(", ")", ":", "،", ".", "!", "%", " - ", "\u200f", "\u2067ا\u2069"],
    *NUMBERS,
    *(number.translate(ARABIC) for number in NUMBERS),
    *(number.translate(EXTENDED) for number in NUMBERS),
]


@settings(deadline=None, max_examples=200)
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=8))
def test_a_fix_takes_its_finding_away_and_brings_no_other(pieces: list[str]) -> None:
    content, path = srt(" ".join(pieces)), "subtitles/ar.srt"
    before = findings(content, path=path, select=("DIR", "GLY"))
    for finding in before:
        if finding.fix:
            after = findings(apply_fix(content, finding), path=path, select=("DIR", "GLY"))
            assert finding.fingerprint not in {each.fingerprint for each in after}
            assert {each.code for each in after} <= {each.code for each in before}
    repaired = fixed_in_turn(content, path=path, select=("DIR", "GLY"))
    assert CONTROLS.sub("", repaired) == CONTROLS.sub("", content)
    assert fixed_in_turn(repaired, path=path, select=("DIR", "GLY"), rounds=1) == repaired


@pytest.mark.parametrize("line", ["الأعداد 1 3 5 7", "من 2 4 إلى 8", "النقطة (1-)+2", "٣ ٥ ٧", "من 0 1"])
def test_several_numbers_in_a_row_are_a_list_and_read_from_right_to_left(line: str) -> None:
    assert found(srt(line), "ar", select="DIR003") == []


@pytest.mark.parametrize("line", ["02 12 34 56 78", "1 30 000", "+32 2"])
def test_a_number_in_groups_is_no_list(line: str) -> None:
    assert [each.split()[2] for each in found(srt(f"اتصل {line}"), "ar", select="DIR003")] == ["DIR003"]
