from __future__ import annotations

import pytest

from babelreel.errors import TrackError
from babelreel.languages.find import builtin_languages, find_language
from babelreel.model.language import Direction
from babelreel.model.reading_limits import LIMITS, Profile

#: ISO 639-2 codes as the Library of Congress lists them: terminology (MP4), bibliographic (Matroska).
CODES = {
    "fr": ("fra", "fre"),
    "en": ("eng", "eng"),
    "nl": ("nld", "dut"),
    "de": ("deu", "ger"),
    "ar": ("ara", "ara"),
    "vi": ("vie", "vie"),
    "zh-Hans": ("zho", "chi"),
    "sq": ("sqi", "alb"),
    "ro": ("ron", "rum"),
    "bg": ("bul", "bul"),
    "ps": ("pus", "pus"),
    "fa": ("fas", "per"),
}


@pytest.mark.parametrize("tag", list(CODES))
def test_the_campaigns_languages_have_the_codes_of_iso_639(tag: str) -> None:
    language = find_language(tag)
    assert (language.iso639_t, language.iso639_b) == CODES[tag]


def test_pidgin_has_no_code_of_two_letters_and_none_for_matroska() -> None:
    pidgin = find_language("pcm")
    assert (pidgin.iso639_t, pidgin.iso639_b) == ("pcm", "und")


def test_there_are_thirteen_languages_and_three_run_from_right_to_left() -> None:
    assert len(builtin_languages()) == 13
    assert {language.tag for language in builtin_languages() if language.is_rtl} == {"ar", "ps", "fa"}


@pytest.mark.parametrize(
    ("written", "tag"), [("FR", "fr"), ("zh_hans", "zh-Hans"), ("ZH-HANS", "zh-Hans"), ("PCM", "pcm")]
)
def test_case_and_underscores_do_not_matter(written: str, tag: str) -> None:
    assert find_language(written).tag == tag


def test_bare_zh_is_simplified_chinese_under_its_own_tag() -> None:
    language = find_language("zh")
    assert (language.tag, language.script, language.iso639_t) == ("zh", "Hans", "zho")


@pytest.mark.parametrize(
    ("tag", "iso639_t", "script", "direction"),
    [
        ("hi", "hin", "Deva", Direction.LTR),
        ("fa-AF", "fas", "Arab", Direction.RTL),
        ("prs", "prs", "Arab", Direction.RTL),
        ("ur", "urd", "Arab", Direction.RTL),
        ("he", "heb", "Hebr", Direction.RTL),
        ("ti", "tir", "Ethi", Direction.LTR),
        ("zh-Hant", "zho", "Hant", Direction.LTR),
        ("sr-Latn", "srp", "Latn", Direction.LTR),
    ],
)
def test_any_other_language_comes_from_the_registry(tag: str, iso639_t: str, script: str, direction: Direction) -> None:
    language = find_language(tag)
    assert (language.tag, language.iso639_t, language.script, language.direction) == (tag, iso639_t, script, direction)


def test_another_language_has_its_own_name() -> None:
    assert find_language("hi").own_name == "हिन्दी"
    assert find_language("so").own_name == "Soomaali"


@pytest.mark.parametrize("tag", ["xx", "french", "klingon", "", "movie", "fr-"])
def test_an_unknown_tag_is_refused_with_a_hint(tag: str) -> None:
    with pytest.raises(TrackError) as caught:
        find_language(tag)
    assert "not a language tag" in caught.value.what
    assert caught.value.hint


def test_a_regional_variety_has_the_limits_of_its_language() -> None:
    assert find_language("en-GB").limits == find_language("en").limits


def test_every_number_of_a_language_file_names_its_source() -> None:
    default = Profile()
    for language in builtin_languages():
        own = {name for name in LIMITS if getattr(language.limits, name) != getattr(default, name)}
        assert own <= language.limits.sources.keys(), language.tag
