from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from babelreel.errors import UsageError
from babelreel.fonts import BUNDLED, LATIN, font_path
from babelreel.languages.find import builtin_languages
from babelreel.model.language import Language
from babelreel.timedtext.burnin.typeface import EM_SHARE, choose_font

ENGLISH = next(language for language in builtin_languages() if language.tag == "en")


def write_font(path: Path, family: str = "Of My Own", win_ascent: int = 2000) -> Path:
    """Write a copy of the bundled Latin font under another name, and with room for higher letters."""
    with TTFont(font_path(LATIN)) as font:
        for record in font["name"].names:
            if record.nameID == 1:
                record.string = family
        font["OS/2"].usWinAscent = win_ascent
        font.save(path)
    return path


@pytest.mark.parametrize(
    ("tag", "script", "family"),
    [
        ("bg", "Cyrl", "Babelreel Latin"),
        ("ur", "Arab", "Babelreel Arabic"),
        ("zh-Hant", "Hant", "Babelreel SC"),
        ("ja", "Jpan", "Babelreel SC"),
        ("el", "Grek", "Babelreel Latin"),
    ],
)
def test_the_script_chooses_the_bundled_font(tag: str, script: str, family: str) -> None:
    language = Language(tag=tag, name="", own_name="", iso639_t="und", iso639_b="und", script=script)
    font = choose_font(language, None)
    assert font.family == family
    assert {font.family, *(each.family for each in font.fallbacks)} == {each.family for each in BUNDLED}


@pytest.mark.parametrize("language", builtin_languages(), ids=lambda language: language.tag)
def test_the_em_is_equally_large_in_every_font(language: Language) -> None:
    font = choose_font(language, None)
    with TTFont(font.path) as opened:
        line_height = Fraction(opened["OS/2"].usWinAscent + opened["OS/2"].usWinDescent, opened["head"].unitsPerEm)
    assert font.scale / line_height == EM_SHARE


def test_a_font_of_the_project_goes_by_its_own_name_and_metrics(tmp_path: Path) -> None:
    font = choose_font(ENGLISH, write_font(tmp_path / "mine.ttf"))
    assert font.family == "Of My Own"
    assert font.scale == Fraction(2000 + 395, 1124 + 395)
    assert [each.family for each in font.fallbacks] == ["Babelreel Latin", "Babelreel Arabic", "Babelreel SC"]


@pytest.mark.parametrize("content", [b"", b"hello", b"\x00\x01\x00\x00" + bytes(40), b"OTTO\x00\x01" + bytes(30)])
def test_a_file_that_is_no_font_is_refused_with_its_name(content: bytes, tmp_path: Path) -> None:
    broken = tmp_path / "mine.ttf"
    broken.write_bytes(content)
    with pytest.raises(UsageError, match=r"mine\.ttf"):
        choose_font(ENGLISH, broken)


def test_a_font_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="No such file"):
        choose_font(ENGLISH, tmp_path / "gone.ttf")


def test_a_font_cut_off_in_the_middle_is_refused(tmp_path: Path) -> None:
    cut = tmp_path / "cut.ttf"
    cut.write_bytes(font_path(LATIN).read_bytes()[:9000])
    with pytest.raises(UsageError):
        choose_font(ENGLISH, cut)


def test_a_font_for_web_pages_is_refused(tmp_path: Path) -> None:
    with TTFont(font_path(LATIN)) as font:
        font.flavor = "woff"
        font.save(tmp_path / "mine.woff")
    with pytest.raises(UsageError, match="made for web pages"):
        choose_font(ENGLISH, tmp_path / "mine.woff")


@pytest.mark.parametrize("family", ["Sans, Serif", "@Vertical", "{b}", ""])
def test_a_family_name_that_would_break_the_style_is_refused(family: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="family name"):
        choose_font(ENGLISH, write_font(tmp_path / "mine.ttf", family))


def test_width_is_measured_with_the_font_that_draws() -> None:
    font = choose_font(ENGLISH, None)
    assert font.width_em("中") == 1
    assert font.width_em("iii") < font.width_em("WWW") / 2
    assert font.width_em("😀") == 0
