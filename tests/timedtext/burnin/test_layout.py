from __future__ import annotations

from fractions import Fraction

from babelreel.languages.find import find_language
from babelreel.model.film.ladder.encoding_ladder import Frame
from babelreel.model.style import Style
from babelreel.timedtext.burnin.layout import Layout, broken_lines
from babelreel.timedtext.burnin.typeface import choose_font
from support.tracks import cue


def lines(tag: str, *texts: str, ems: int = 10) -> list[str]:
    """Give the lines that a cue takes in a picture with room for so many em."""
    language = find_language(tag)
    layout = Layout(
        language=language,
        frame=Frame(width_px=1000, height_px=1000, rate=Fraction(25)),
        style=Style(side_margin=0),
        font=choose_font(language, None),
        type_size=Fraction(1519, 1000) / ems,  # an em is this share of the type size
    )
    return [line.text for line in broken_lines(layout, cue(0, 1000, *texts))]


def test_chinese_lines_of_which_one_is_too_wide_are_broken_anew() -> None:
    assert lines("zh-Hans", "你有权得到一位监护人，", "他会帮你。") == ["你有权得到一位监", "护人，他会帮你。"]
    assert lines("zh-Hans", "你有权得到他，", "他帮你。") == ["你有权得到他，", "他帮你。"]


def test_lines_with_spaces_are_joined_for_libass_which_breaks_them_evenly() -> None:
    assert lines("en", "You have a right to a guardian", "and more") == ["You have a right to a guardian and more"]


def test_lines_of_thai_stay_as_they_are_and_are_not_broken_inside_a_phrase() -> None:
    # "You have a right to help | free of charge": nothing but a space tells where a phrase ends
    phrases = "สิทธิได้รับ ความช่วยเหลือ", "ไม่เสียค่าใช้จ่าย"
    assert lines("th", *phrases, ems=5) == list(phrases)
