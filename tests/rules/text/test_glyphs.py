from __future__ import annotations

import io
import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import Glyph
from hypothesis import given, settings
from hypothesis import strategies as st

from babelreel.fonts import ARABIC, BUNDLED, Font, coverage, font_path
from babelreel.model.film.encoding_ladder import DEFAULT_RUNGS, Text
from babelreel.rules.check import check_track
from babelreel.timedtext.burnin.drawable import undrawable_in_track
from support.checking import apply_fix, findings, fixed_in_turn
from support.places import SUBTITLES
from support.subjects import make_subject


def srt(*cues: str) -> str:
    return "\n".join(
        f"{number}\n00:00:{4 * number:02d},000 --> 00:00:{4 * number + 3:02d},000\n{text}\n"
        for number, text in enumerate(cues, start=1)
    )


def found(content: str, tag: str = "en", select: tuple[str, ...] = ("GLY",)) -> list[str]:
    return [
        f"{each.location.line}:{each.location.column} {each.severity} {each.code} {each.measured}".rstrip()
        for each in findings(content, path=f"subtitles/{tag}.srt", select=select)
    ]


def mended(text: str, tag: str, *, unsafe: bool = False) -> str:
    content = fixed_in_turn(srt(text), path=f"subtitles/{tag}.srt", select=("DIR", "GLY"), with_unsafe=unsafe)
    return content.split("\n", 2)[2].rstrip("\n")


# --- what no font draws -----------------------------------------------------------------------------------------------


def test_a_character_without_a_glyph_is_an_error_at_its_first_place_only() -> None:
    text = srt("Welcome ❤", "We ❤ you ❤")
    assert found(text) == ["3:9 error GLY001"]
    (finding,) = findings(text, path="subtitles/en.srt", select=("GLY",))
    assert "U+2764 HEAVY BLACK HEART" in finding.message
    assert "also in 2 more places" in finding.message


def test_a_script_that_no_font_draws_is_one_error() -> None:
    text = srt("Welcome", "नमस्ते, आपका स्वागत है।")
    (finding,) = findings(text, path="subtitles/en.srt", select=("GLY",))
    missing = set("नमस्तेआपकावगहै।")
    assert (finding.location.line, finding.measured) == (7, f"{len(missing)} characters")
    assert finding.message == f"no font can draw {len(missing)} characters of this track: न म स \u094d त \u0947 आ प …"


def test_it_is_a_warning_where_no_text_is_burned_in() -> None:
    subject = make_subject(srt("Welcome ❤"), path="subtitles/en.srt")
    muxed = replace(subject, rungs=tuple(rung for rung in DEFAULT_RUNGS if rung.text is not Text.BURN_IN))
    assert [each.severity for each in check_track(subject, select=["GLY"]).findings] == ["error"]
    assert [each.severity for each in check_track(muxed, select=["GLY"]).findings] == ["warning"]


def test_any_bundled_font_may_draw_a_character() -> None:
    assert found(srt("He says مرحبا, Здравей, 你好.")) == []


def test_the_own_font_of_the_project_draws_what_the_bundled_ones_do_not(tmp_path: Path) -> None:
    subject = make_subject(srt("שלום"), path="subtitles/en.srt")
    assert len(check_track(subject, select=["GLY"]).findings) == 4
    own = tmp_path / "own.ttf"
    own.write_bytes(font_with("שלום"))
    assert check_track(replace(subject, font=own), select=["GLY"]).findings == ()


@pytest.mark.parametrize("data", [b"", b"no font at all", b"\0\1\0\0" + b"\xff" * 200])
def test_a_font_file_that_cannot_be_read_draws_nothing_and_stops_nothing(tmp_path: Path, data: bytes) -> None:
    own = tmp_path / "own.ttf"
    assert coverage(own) == frozenset()
    own.write_bytes(data)
    broken = replace(make_subject(srt("Welcome ❤"), path="subtitles/en.srt"), font=own)
    assert [each.code for each in check_track(broken, select=["GLY"]).findings] == ["GLY001"]


def font_with(characters: str) -> bytes:
    """Make the smallest TrueType font that maps these characters to a glyph."""
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", "box"])
    builder.setupCharacterMap(dict.fromkeys(map(ord, characters), "box"))
    builder.setupGlyf({".notdef": Glyph(), "box": Glyph()})
    builder.setupHorizontalMetrics({".notdef": (500, 0), "box": (500, 0)})
    builder.setupHorizontalHeader()
    builder.setupOS2()
    builder.setupPost()
    builder.setupNameTable({"familyName": "Own", "styleName": "Regular"})
    written = io.BytesIO()
    builder.save(written)
    return written.getvalue()


@pytest.mark.parametrize("font", BUNDLED, ids=lambda font: font.family)
def test_harfbuzz_and_fonttools_tell_the_same_characters(font: Font) -> None:
    path = font_path(font)
    with TTFont(path, lazy=True) as opened:
        assert coverage(path) == frozenset(opened.getBestCmap())


@settings(deadline=None, max_examples=100)
@given(st.text(max_size=30))
def test_the_rules_and_the_build_agree_on_what_no_font_draws(text: str) -> None:
    subject = make_subject(srt(f"a{text}"))
    refused = undrawable_in_track(subject.track, None)
    errors = [each for each in check_track(subject, select=["GLY001", "GLY002"]).findings if each.severity == "error"]
    assert bool(errors) == bool(refused)


def test_the_bundled_fonts_are_those_whose_coverage_is_asked() -> None:
    assert ord("ښ") in coverage(font_path(ARABIC))


# --- characters without meaning ---------------------------------------------------------------------------------------


def test_a_private_use_character_is_an_error_and_not_reported_as_undrawable_too() -> None:
    assert found(srt("Here \uf3c5")) == ["3:6 error GLY002"]


def test_an_unassigned_character_is_an_error() -> None:
    assert found(srt("Here \uffff")) == ["3:6 error GLY002"]


def test_a_private_use_character_that_the_own_font_draws_is_a_warning(tmp_path: Path) -> None:
    own = tmp_path / "own.ttf"
    own.write_bytes(font_with("\uf3c5"))
    subject = replace(make_subject(srt("Here \uf3c5"), path="subtitles/en.srt"), font=own)
    assert [each.severity for each in check_track(subject, select=["GLY"]).findings] == ["warning"]


# --- NFC --------------------------------------------------------------------------------------------------------------


def test_decomposed_vietnamese_is_reported_once_a_line_with_its_letters() -> None:
    text = srt(unicodedata.normalize("NFD", "Bạn có quyền.\nLuật bảo vệ bạn."))
    # a + dot below, o + acute, e + circumflex + grave: 13 letters and 4 marks; 16 letters and 6 marks
    assert found(text, "vi") == ["3:2 warning GLY003 17 characters", "4:3 warning GLY003 22 characters"]
    (first, _) = findings(text, path="subtitles/vi.srt", select=("GLY",))
    assert first.message.endswith(": ạ ó ề")
    assert first.limit == "13 characters"


def test_what_a_vietnamese_code_page_makes_is_joined_too() -> None:
    # Windows-1258 has ê and the grave, but no ề
    assert mended("quyê\u0300n đươ\u0323c", "vi") == "quyền được"
    assert mended("<i>quyê\u0300n</i> đươ\u0323c", "vi") == "<i>quyê\u0300n</i> đươ\u0323c"  # markup lies in between


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
    assert found(srt(text), tag) == []


@pytest.mark.parametrize(("text", "joined"), [("這\uf9ffA\u030a", "這刺Å"), ("a\u2329b\u232a", "a\u3008b\u3009")])
def test_what_would_change_for_the_eye_is_only_joined_when_asked_for(text: str, joined: str) -> None:
    assert mended(text, "zh-Hans") == text
    assert mended(text, "zh-Hans", unsafe=True) == joined


# --- marks, digits, selectors -----------------------------------------------------------------------------------------


def test_a_mark_at_the_beginning_or_behind_a_space_has_no_letter() -> None:
    assert found(srt("\u0301etre bien, cela va \u0301etre")) == ["3:1 warning GLY004", "3:21 warning GLY004"]
    assert found(srt("\u064bمرحب"), "ar", ("GLY",)) == ["3:1 warning GLY004"]


@pytest.mark.parametrize("text", ["\u00a0\u0301", "a\u0301\u0302b", "◌\u0301", "1\u0332", "می\u200c\u0654"])
def test_a_mark_on_something_is_left_alone(text: str) -> None:
    assert found(srt(text), select=("GLY004",)) == []


def test_letters_in_a_number_are_no_digits() -> None:
    assert found(srt("Call 1I6 000", "or 116 OOO.", "or 11З")) == [
        "3:6 warning GLY005 1I6",
        "7:4 warning GLY005 116 OOO",
    ]
    assert found(srt("Обади се на 1О2."), "bg") == ["3:13 warning GLY005 1О2"]


def test_digits_of_two_scripts_in_one_number_are_reported() -> None:
    assert found(srt("زنگ بزن ۱۱٦"), "fa") == ["3:9 warning GLY005 ۱۱٦"]
    assert found(srt("اتصل 1١٢"), "ar") == ["3:6 warning GLY005 1١٢"]


def test_full_width_and_mathematical_digits_are_reported_but_not_in_chinese() -> None:
    assert found(srt("Call １１２ 𝟏"), select=("GLY005",)) == ["3:6 warning GLY005 １１２", "3:10 warning GLY005 𝟏"]
    assert found(srt("请拨１１２。"), "zh-Hans") == []


@pytest.mark.parametrize(
    "text",
    ["H2O2", "A1 B2", "5l water", "1. O God", "18 of us", "2Il", "x1O2", "10 OK", "112 Oom", "116 o", "3D", "1st"],
)
def test_words_and_formulas_are_left_alone(text: str) -> None:
    assert found(srt(text), select=("GLY005",)) == []


def test_digits_of_two_scripts_in_two_numbers_are_left_alone() -> None:
    assert found(srt("۱۱۲ 112 ١١٢"), "fa", ("GLY",)) == []


def test_a_variation_selector_behind_a_letter_is_deleted() -> None:
    assert found(srt("Hello\ufe0f \ufe0fyou")) == ["3:6 info GLY006", "3:8 info GLY006"]
    assert mended("Hello\ufe0f \ufe0fyou", "en") == "Hello you"


@pytest.mark.parametrize("text", ["©\ufe0e", "♪\ufe0e", "邉\U000e0101", "\u2014"])
def test_a_variation_selector_behind_a_symbol_or_a_han_character_is_left_alone(text: str) -> None:
    assert found(srt(text), select=("GLY006",)) == []


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
