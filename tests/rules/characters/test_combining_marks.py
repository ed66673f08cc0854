from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from support.checking import apply_fix, findings, fixed_in_turn, found
from support.places import SUBTITLES
from support.tracks import srt


def repaired(text: str, tag: str, *, unsafe: bool = False) -> str:
    content = fixed_in_turn(srt(text), path=f"subtitles/{tag}.srt", select=("DIR", "GLY"), with_unsafe=unsafe)
    return content.split("\n", 2)[2].rstrip("\n")


def test_decomposed_vietnamese_is_reported_once_a_line_with_its_letters() -> None:
    text = srt(unicodedata.normalize("NFD", "Bạn có quyền.\nLuật bảo vệ bạn."))
    # a + dot below, o + acute, e + circumflex + grave: 13 letters and 4 marks; 16 letters and 6 marks
    assert found(text, "vi", select="GLY") == ["3:2 warning GLY003 17 characters", "4:3 warning GLY003 22 characters"]
    (first, _) = findings(text, path="subtitles/vi.srt", select=("GLY",))
    assert first.message.endswith(": ạ ó ề")
    assert first.limit == "13 characters"


def test_what_a_vietnamese_code_page_makes_is_joined_too() -> None:
    # Windows-1258 has ê and the grave, but no ề
    assert repaired("quyê\u0300n đươ\u0323c", "vi") == "quyền được"
    assert repaired("<i>quyê\u0300n</i> đươ\u0323c", "vi") == "<i>quyê\u0300n</i> đươ\u0323c"  # markup lies in between


def test_shipped_vietnamese_comes_back_whole_from_decomposition() -> None:
    content = (SUBTITLES / "vi.srt").read_text(encoding="utf-8")
    decomposed = unicodedata.normalize("NFD", content)
    assert decomposed != content
    assert fixed_in_turn(decomposed, path="subtitles/vi.srt", select=("GLY",), rounds=100) == content


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("لمّ\u064eا", "ar"),  # shadda before fatha, as it is typed; NFC has it the other way round
        ("Bạn có quyền.", "vi"),
        ("می\u200cخواهم", "fa"),
    ],
)
def test_text_in_nfc_or_only_in_another_order_of_vowel_signs_is_left_alone(text: str, tag: str) -> None:
    assert found(srt(text), tag, select="GLY") == []


@pytest.mark.parametrize(("text", "joined"), [("這\uf9ffA\u030a", "這刺Å"), ("a\u2329b\u232a", "a\u3008b\u3009")])
def test_what_would_change_for_the_eye_is_only_joined_when_asked_for(text: str, joined: str) -> None:
    assert repaired(text, "zh-Hans") == text
    assert repaired(text, "zh-Hans", unsafe=True) == joined


def test_a_mark_at_the_beginning_or_behind_a_space_has_no_letter() -> None:
    assert found(srt("\u0301etre bien, cela va \u0301etre"), select="GLY") == [
        "3:1 warning GLY004",
        "3:21 warning GLY004",
    ]
    assert found(srt("\u064bمرحب"), "ar", select="GLY") == ["3:1 warning GLY004"]


@pytest.mark.parametrize("text", ["\u00a0\u0301", "a\u0301\u0302b", "◌\u0301", "1\u0332", "می\u200c\u0654"])
def test_a_mark_on_something_is_left_alone(text: str) -> None:
    assert found(srt(text), select="GLY004") == []


def test_a_variation_selector_behind_a_letter_is_deleted() -> None:
    assert found(srt("Hello\ufe0f \ufe0fyou"), select="GLY") == ["3:6 info GLY006", "3:8 info GLY006"]
    assert repaired("Hello\ufe0f \ufe0fyou", "en") == "Hello you"


@pytest.mark.parametrize("text", ["©\ufe0e", "♪\ufe0e", "邉\U000e0101", "\u2014"])
def test_a_variation_selector_behind_a_symbol_or_a_han_character_is_left_alone(text: str) -> None:
    assert found(srt(text), select="GLY006") == []


ALPHABET = "aeoÅu 1O٣۴\u0301\u0323\u031b\u0302\u064e\u0651اé\ufe0f\u034f❤\ue000\u212b\uf900\n"


@settings(deadline=None, max_examples=300)
@given(st.text(alphabet=st.sampled_from(ALPHABET), min_size=1).filter(str.strip))
def test_a_fix_takes_its_finding_away_and_brings_no_other(text: str) -> None:
    path, selected = "subtitles/vi.srt", ("DIR", "GLY")
    content = srt(text)
    before = findings(content, path=path, select=selected)
    for finding in before:
        if finding.fix:
            after = findings(apply_fix(content, finding), path=path, select=selected)
            # what a selector parted may turn out to be one number
            assert {each.code for each in after} <= {each.code for each in before} | {"GLY005"}
    result = fixed_in_turn(content, path=path, select=selected, with_unsafe=True, rounds=60)
    assert [each for each in findings(result, path=path, select=selected) if each.fix] == []
