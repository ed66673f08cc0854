from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from babelreel.languages.find import builtin_languages
from babelreel.timedtext.burnin.line_width import find_shaper
from babelreel.timedtext.burnin.typeface import choose_font

LANGUAGES = {language.tag: language for language in builtin_languages()}

#: Letters that join, kern, stack, and come from another font than the language's own.
LETTERS = {
    "en": "ATVWyToLfi.,’“”- 中ب",
    "ro": "ȘșȚțăîâ f",
    "bg": "ГТУАгтяж. ",
    "vi": "ễỮđƠơ e\u0302\u0303",
    "ar": "لاإبحمّ\u064bهـ ي، a1",
    "fa": "می\u200cآیدگچژلا ،۱۲",
    "ps": "ښږګځڅټډړڼېۍئ په ",
    "zh-Hans": "你好，。“”…a1 ",
}
LINES = st.sampled_from(sorted(LETTERS)).flatmap(
    lambda tag: st.tuples(st.just(tag), st.text(st.sampled_from(LETTERS[tag]), max_size=30))
)


def width_em(text: str, tag: str) -> float:
    return float(find_shaper(choose_font(LANGUAGES[tag], None), LANGUAGES[tag]).width_em(text))


@settings(deadline=None, max_examples=300)
@given(LINES, st.fractions(1, 12, max_denominator=16))
def test_what_surely_fits_does_fit(line: tuple[str, str], width_em: Fraction) -> None:
    tag, text = line
    shaper = find_shaper(choose_font(LANGUAGES[tag], None), LANGUAGES[tag])
    assume(shaper.surely_fits(text, width_em))
    assert shaper.width_em(text) <= width_em


@pytest.mark.parametrize(
    ("text", "tag"),
    [("Call 116 000, day or night.", "en"), ("Настойникът ти помага.", "bg"), ("Người giám hộ giúp em.", "vi")],
)
def test_most_lines_need_not_be_shaped_where_letters_do_not_join(text: str, tag: str) -> None:
    shaper = find_shaper(choose_font(LANGUAGES[tag], None), LANGUAGES[tag])
    assert shaper.surely_fits(text, shaper.width_em(text) * 11 / 10)


def test_letters_that_kern_or_join_take_less_room() -> None:
    assert width_em("AVAVAV", "en") < 3 * (width_em("A", "en") + width_em("V", "en"))
    assert width_em("بببب", "ar") < 4 * width_em("ب", "ar")


def test_marks_and_controls_take_no_room() -> None:
    assert width_em("مُتَرجِم", "ar") == width_em("مترجم", "ar")
    assert width_em("\u200f\u2066116\u2069", "ar") == width_em("116", "ar")
    assert width_em("Nguye\u0302\u0303n", "vi") == width_em("Nguyễn", "vi")


def test_arabic_joins_also_after_a_word_in_another_script() -> None:
    assert width_em("Child سلام", "fa") == pytest.approx(width_em("Child ", "fa") + width_em("سلام", "fa"))


def test_a_han_character_is_one_em_wide_in_every_language() -> None:
    assert width_em("中文", "zh-Hans") == width_em("中文", "en") == 2


def test_an_empty_line_has_no_width() -> None:
    assert width_em("", "en") == 0


@pytest.mark.parametrize("text", ["سلام ", "i", "中", "W "])
def test_a_line_that_no_picture_holds_is_estimated(text: str) -> None:
    assert width_em(text * 200_000, "ar") == pytest.approx(width_em(text * 200, "ar") * 1000, rel=0.01)
