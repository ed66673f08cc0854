from __future__ import annotations

import re

import pytest
from bidi import get_display
from hypothesis import given, settings
from hypothesis import strategies as st

from support.checking import apply_fix, findings, fixed_in_turn, found
from support.tracks import srt, text_of

BIDI = ("DIR", "GLY")


CONTROLS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f]")


# --- overrides --------------------------------------------------------------------------------------------------------


def test_an_override_that_turns_a_number_round_is_an_error_in_any_language() -> None:
    assert found(srt("Call \u202e000 611\u202c."), select=BIDI) == ["3:6 error DIR007"]
    assert found(srt("اتصل \u202e611\u202c."), "ar", select=BIDI) == ["3:6 error DIR007"]
    assert "116 000" in get_display("Call \u202e000 611\u202c.", base_dir="L")


def test_an_override_that_turns_arabic_letters_round_is_an_error() -> None:
    assert found(srt("\u202dمرحبا\u202c"), "ar", select=BIDI) == ["3:1 error DIR007"]


def test_an_override_that_turns_nothing_round_is_a_warning() -> None:
    assert found(srt("اتصل \u202d116 000\u202c."), "ar", select=BIDI) == ["3:6 warning DIR007"]
    assert found(srt("\u202eمرحبا \u2066116 000\u2069\u202c"), "ar", select=BIDI) == ["3:1 warning DIR007"]


def test_an_override_is_never_taken_out() -> None:
    assert text_of(fixed_in_turn(srt("Call \u202e000 611\u202c."), select=BIDI)) == "Call \u202e000 611\u202c."


# --- balance ----------------------------------------------------------------------------------------------------------


def test_an_isolate_over_two_lines_is_open_on_one_and_closes_nothing_on_the_other() -> None:
    assert found(srt("\u2067المحامي\nمجاني.\u2069"), "ar", select=BIDI) == [
        "3:1 warning DIR008",
        "4:7 warning DIR008",
    ]
    assert (
        text_of(fixed_in_turn(srt("\u2067المحامي\nمجاني.\u2069"), "ar", select=BIDI)) == "\u2067المحامي\u2069\nمجاني."
    )


@pytest.mark.parametrize(
    ("line", "right"),
    [
        ("\u2067ا", "\u2067ا\u2069"),
        ("ا\u2069", "ا"),
        ("ا\u202c", "ا"),
        ("\u202bا", "\u202bا\u202c"),
        ("\u202bا\u2069", "\u202bا\u202c"),  # a U+2069 does not close an embedding
        ("\u2067\u202bا\u2069", "\u2067\u202bا\u202c\u2069"),  # but an isolate closes what is open in it
        ("\u202b\u2067ا\u202c\u2069", "\u202b\u2067ا\u2069\u202c"),  # a U+202C does not reach out of an isolate
        ("\u2067ا\u2066a\u2069", "\u2067ا\u2066a\u2069\u2069"),
    ],
    ids=ascii,
)
def test_what_is_open_is_closed_and_what_closes_nothing_is_taken_out(line: str, right: str) -> None:
    assert [each.split()[2] for each in found(srt(line), "ar", select=BIDI)] == ["DIR008"]
    assert text_of(fixed_in_turn(srt(line), "ar", select=BIDI)) == right


def test_balanced_controls_are_left_alone() -> None:
    assert found(srt("\u2067اتصل \u2066116 000\u2069 \u202aa\u202c\u2069"), "ar", select=BIDI) == []
    assert found(srt("He says \u2067مرحبا\u2069."), select=BIDI) == []
    assert found(srt("He says \u2067مرحبا."), select=BIDI) == ["3:9 warning DIR008"]


# --- controls without use ---------------------------------------------------------------------------------------------


def test_controls_in_a_left_to_right_line_are_one_finding_and_are_deleted() -> None:
    assert found(srt("Call \u202a116 000\u202c.\u200f"), select=BIDI) == ["3:6 warning DIR009 3 characters"]
    assert text_of(fixed_in_turn(srt("Call \u202a116 000\u202c.\u200f"), select=BIDI)) == "Call 116 000."


def test_an_open_isolate_in_a_left_to_right_line_is_not_reported_twice() -> None:
    assert found(srt("Call \u2066116 000."), select=BIDI) == ["3:6 warning DIR009 1 character"]


def test_marks_beside_right_to_left_words_are_left_alone() -> None:
    assert found(srt("He says مرحبا!\u200e"), select=BIDI) == []
    assert found(srt("\u200fاتصل."), "ar", select=BIDI) == []


def test_piled_marks_become_one() -> None:
    assert found(srt("\u200f\u200f\u200fمجاني."), "ar", select=BIDI) == ["3:1 info DIR010 3 marks"]
    assert (
        text_of(fixed_in_turn(srt("\u200f\u200f\u200fمجاني.\u200e\u200f"), "ar", select=BIDI))
        == "\u200fمجاني.\u200e\u200f"
    )


def test_deprecated_characters_are_deleted_in_any_language() -> None:
    assert found(srt("Call\u206b now."), select=BIDI) == ["3:5 info DIR010"]
    assert text_of(fixed_in_turn(srt("Call\u206b now."), select=BIDI)) == "Call now."


TEXT = st.text(alphabet=st.sampled_from("1+ .اa(\u061c\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2068\u2069\u206c"))


def visible_order(text: str, direction: str) -> list[str]:
    return [CONTROLS.sub("", get_display(line, base_dir=direction)) for line in text.split("\n")]


@settings(deadline=None, max_examples=300)
@given(TEXT.filter(str.strip), st.sampled_from(["ar", "en"]))
def test_a_fix_takes_its_finding_away_brings_no_other_and_shows_the_same(text: str, tag: str) -> None:
    path = f"subtitles/{tag}.srt"
    selected = ("DIR007", "DIR008", "DIR009", "DIR010")
    content = srt(text)
    before = findings(content, path=path, select=selected)
    for finding in before:
        if finding.fix:
            after = findings(apply_fix(content, finding), path=path, select=selected)
            # two marks may come to stand side by side when what stood between them goes
            assert {each.code for each in after} <= {each.code for each in before} | {"DIR010"}
    result = fixed_in_turn(content, path=path, select=selected, rounds=60)
    left = findings(result, path=path, select=selected)
    assert [each for each in left if each.fix and each.fix.is_safe] == []
    if tag == "ar":
        assert visible_order(result, "R") == visible_order(content, "R")


@pytest.mark.parametrize("text", ["1\u2069a", "1\u2069a\u2066", "\u202aا\u2069\u202aa"], ids=ascii)
def test_a_pop_that_closes_nothing_but_parts_what_stands_beside_it_is_not_taken_out(text: str) -> None:
    (finding,) = findings(srt(text), path="subtitles/ar.srt", select=("DIR008",))
    assert finding.fix is None
