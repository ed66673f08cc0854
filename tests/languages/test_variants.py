from __future__ import annotations

from fractions import Fraction

import pytest

from babelreel.languages.find import are_one_language, builtin_languages, find_language
from babelreel.model.language_facts import VariantNames
from babelreel.model.variant import Variant

TAGS = [language.tag for language in builtin_languages()]


@pytest.mark.parametrize(
    ("written", "tag", "usual", "variant"),
    [
        ("fr-simple", "fr-simple", "fr", Variant.EASY),
        ("ZH_hans_Simple", "zh-Hans-simple", "zh-Hans", Variant.EASY),
        ("fr-BE-simple", "fr-BE-simple", "fr-BE", Variant.EASY),
        ("fr-sdh", "fr-x-sdh", "fr", Variant.DEAF),
        ("ar-x-sdh", "ar-x-sdh", "ar", Variant.DEAF),
        ("fr-x-ad", "fr-x-ad", "fr", Variant.DESCRIBED),
        ("fr-AD", "fr-AD", "fr-AD", None),  # Andorra
        ("sdh", "sdh", "sdh", None),  # Southern Kurdish
        ("fr", "fr", "fr", None),
    ],
)
def test_a_tag_says_for_whom_a_text_is_written(written: str, tag: str, usual: str, variant: Variant | None) -> None:
    language = find_language(written)
    assert (language.tag, language.usual_tag, language.variant) == (tag, usual, variant)


@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.parametrize("ending", ["simple", "x-sdh", "x-ad"])
def test_a_variant_is_the_language_in_all_but_its_name(tag: str, ending: str) -> None:
    usual, variant = find_language(tag), find_language(f"{tag}-{ending}")
    assert variant.own_name.startswith(f"{usual.own_name} – ")
    assert (variant.script, variant.direction, variant.iso639_t) == (usual.script, usual.direction, usual.iso639_t)
    assert variant.pages == usual.pages
    assert variant.letters == usual.letters
    assert not are_one_language(variant.tag, usual.tag)


@pytest.mark.parametrize("tag", TAGS)
def test_each_language_names_its_variants_itself(tag: str) -> None:
    names, english = find_language(tag).variants, VariantNames()
    assert tag == "en" or names.simple != english.simple
    assert names.sdh != english.sdh
    assert tag == "en" or names.described != english.described
    assert tag in {"en", "pcm"} or names.signed != english.signed


def test_easy_text_is_slower_and_its_lines_are_shorter() -> None:
    usual, easy = find_language("fr").limits, find_language("fr-simple").limits
    assert easy.cps_child == Fraction(3, 4) * usual.cps_child
    assert easy.cps_adult == usual.cps_child
    assert easy.cpl == 31  # three quarters of 42, in whole characters
    assert easy.shortest_ms > usual.shortest_ms
    assert easy.longest_ms > usual.longest_ms
    assert "proposal of this project" in easy.source("cps_child")


def test_text_for_the_deaf_is_read_as_fast_as_any() -> None:
    assert find_language("fr-sdh").limits == find_language("fr").limits
