from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import Glyph
from hypothesis import given, settings
from hypothesis import strategies as st

from babelreel.fonts import ARABIC, BUNDLED, Font, coverage, font_path
from babelreel.model.film.ladder.default_rungs import DEFAULT_RUNGS
from babelreel.model.film.ladder.encoding_ladder import Text
from babelreel.rules.check import check_track
from babelreel.rules.registry import ROOTS
from babelreel.timedtext.burnin.drawable import undrawable_in_track
from support.checking import findings, found
from support.subjects import make_subject
from support.tracks import srt


def test_a_character_without_a_glyph_is_an_error_at_its_first_place_only() -> None:
    text = srt("Welcome ❤", "We ❤ you ❤")
    assert found(text, select="GLY") == ["3:9 error GLY001"]
    (finding,) = findings(text, path="subtitles/en.srt", select=("GLY",))
    assert "U+2764 HEAVY BLACK HEART" in finding.message
    assert "also in 2 more places" in finding.message


def test_a_script_that_no_font_draws_is_one_error() -> None:
    text = srt("Welcome", "नमस्ते, आपका स्वागत है।")
    (finding,) = findings(text, path="subtitles/en.srt", select=("GLY",))
    missing = set("नमस्तेआपकावगहै।")
    assert (finding.location.line, finding.measured) == (7, f"{len(missing)} characters")
    told = f"no font can draw {len(missing)} characters of this subtitle file: "
    assert finding.message == f"{told}न म स \u094d त \u0947 आ प …"


def test_it_is_a_warning_where_no_text_is_burned_in() -> None:
    subject = make_subject(srt("Welcome ❤"), path="subtitles/en.srt")
    muxed = replace(subject, rungs=tuple(rung for rung in DEFAULT_RUNGS if rung.text is not Text.BURN_IN))
    assert [each.severity for each in check_track(subject, select=["GLY"]).findings] == ["error"]
    assert [each.severity for each in check_track(muxed, select=["GLY"]).findings] == ["warning"]


def test_any_bundled_font_may_draw_a_character() -> None:
    assert found(srt("He says مرحبا, Здравей, 你好."), select="GLY") == []


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
    # of letters that were read wrongly that is told, and not which of them no font has
    roots = {rule.code for rule in ROOTS} & {each.code for each in check_track(subject).findings}
    assert bool(errors) == bool(refused) or (refused and roots)


def test_the_bundled_fonts_are_those_whose_coverage_is_asked() -> None:
    assert ord("ښ") in coverage(font_path(ARABIC))


def test_a_private_use_character_is_an_error_and_not_reported_as_undrawable_too() -> None:
    assert found(srt("Here \uf3c5"), select="GLY") == ["3:6 error GLY002"]


def test_an_unassigned_character_is_an_error() -> None:
    assert found(srt("Here \u0378"), select="GLY") == ["3:6 error GLY002"]


def test_a_private_use_character_that_the_own_font_draws_is_a_warning(tmp_path: Path) -> None:
    own = tmp_path / "own.ttf"
    own.write_bytes(font_with("\uf3c5"))
    subject = replace(make_subject(srt("Here \uf3c5"), path="subtitles/en.srt"), font=own)
    assert [each.severity for each in check_track(subject, select=["GLY"]).findings] == ["warning"]
