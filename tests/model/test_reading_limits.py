from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from babelreel.languages.find import builtin_languages, find_language
from babelreel.model.language import Language
from babelreel.model.reading_limits import LIMITS


@pytest.mark.parametrize("language", builtin_languages(), ids=lambda each: each.tag)
def test_every_number_of_every_language_has_a_unit_and_a_source(language: Language) -> None:
    profile = find_language(language.tag).limits
    assert all(profile.show(name) and profile.source(name) for name in LIMITS)


def test_children_are_given_more_time_than_adults() -> None:
    assert all(each.cps_child < each.cps_adult for each in (language.limits for language in builtin_languages()))


def test_a_limit_is_shown_with_its_unit() -> None:
    profile = replace(find_language("fr").limits, cps_child=Fraction(25, 2))
    shown = [profile.show(name) for name in ("cps_child", "cps_adult", "max_lines", "gap_frames")]
    assert shown == ["12.5 cps", "17 cps", "2 rows", "2 frames"]


def test_words_are_counted_where_a_guide_counts_them() -> None:
    shown = [find_language(tag).limits.show("wpm_adult") for tag in ("en", "pcm", "fr", "vi", "zh-Hans")]
    assert shown == ["180 words a minute", "180 words a minute", "not counted", "not counted", "not counted"]


def test_what_another_guide_asks_for_is_named_though_it_is_not_held_to() -> None:
    assert find_language("en").limits.show("wpm_child") == "not counted"
    assert "DCMP" in find_language("en").limits.source("wpm_child")


def test_a_language_that_is_not_in_the_table_has_the_defaults() -> None:
    assert find_language("hi").limits.cps_child == 13
    assert "proposal of this project" in find_language("hi").limits.source("cps_child")
    assert find_language("fr-BE").limits == find_language("fr").limits
