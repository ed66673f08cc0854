from __future__ import annotations

import pytest
from langcodes.data_dicts import LANGUAGE_ALPHA3

from babelreel.errors import TrackError
from babelreel.languages.find import are_one_language, builtin_languages, find_language
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


#: The twenty languages with two codes in ISO 639-2, as the Library of Congress lists them: terminology, bibliographic.
TWO_CODES = (
    "sqi/alb sq, hye/arm hy, eus/baq eu, mya/bur my, zho/chi zh, ces/cze cs, nld/dut nl, fra/fre fr, kat/geo ka,"
    " deu/ger de, ell/gre el, isl/ice is, mkd/mac mk, mri/mao mi, msa/may ms, fas/per fa, ron/rum ro, slk/slo sk,"
    " bod/tib bo, cym/wel cy"
)


@pytest.mark.parametrize("line", TWO_CODES.split(", "))
def test_both_codes_of_iso_639_2_mean_the_tag_of_bcp_47(line: str) -> None:
    codes, tag = line.split()
    assert {find_language(code).tag for code in codes.split("/")} == {tag}
    assert {find_language(code.upper()).iso639_t for code in codes.split("/")} == {codes.split("/")[0]}


@pytest.mark.parametrize(
    ("written", "tag", "name", "direction"),
    [
        ("ara", "ar", "Arabic", Direction.RTL),
        ("arb", "ar", "Arabic", Direction.RTL),
        ("per", "fa", "Persian", Direction.RTL),
        ("pes", "fa", "Persian", Direction.RTL),
        ("prs", "fa-AF", "Dari", Direction.RTL),
        ("pus", "ps", "Pashto", Direction.RTL),
        ("pbt", "ps", "Pashto", Direction.RTL),
        ("eng", "en", "English", Direction.LTR),
        ("bul", "bg", "Bulgarian", Direction.LTR),
        ("chi", "zh", "Chinese (Simplified)", Direction.LTR),
        ("cmn", "zh", "Chinese (Simplified)", Direction.LTR),
        ("zho-Hant", "zh-Hant", "Chinese (Traditional)", Direction.LTR),
        ("zh-cmn-Hans", "zh-Hans", "Chinese (Simplified)", Direction.LTR),
        ("als", "sq", "Albanian", Direction.LTR),
        ("fre-BE", "fr-BE", "French (Belgium)", Direction.LTR),
        ("urd", "ur", "Urdu", Direction.RTL),
        ("acm", "acm", "Mesopotamian Arabic", Direction.RTL),
        ("iw", "he", "Hebrew", Direction.RTL),
        ("in", "id", "Indonesian", Direction.LTR),
        ("ji", "yi", "Yiddish", Direction.RTL),
        ("mo", "ro", "Romanian", Direction.LTR),
        ("sh", "sr-Latn", "Serbian (Latin)", Direction.LTR),
        ("scr", "hr", "Croatian", Direction.LTR),
        ("tl", "fil", "Filipino", Direction.LTR),
        ("tgl", "fil", "Filipino", Direction.LTR),
        ("cnr", "sr-ME", "Serbian (Montenegro)", Direction.LTR),
        ("zsm", "ms", "Malay", Direction.LTR),
        ("kmr", "ku", "Kurdish", Direction.LTR),
        ("heb", "he", "Hebrew", Direction.RTL),
        ("ind", "id", "Indonesian", Direction.LTR),
    ],
)
def test_a_language_has_one_tag_whichever_code_is_written(
    written: str, tag: str, name: str, direction: Direction
) -> None:
    language = find_language(written)
    assert (language.tag, language.name, language.direction) == (tag, name, direction)


def test_every_code_of_three_letters_gives_the_tag_of_two() -> None:
    for two, three in LANGUAGE_ALPHA3.items():
        assert find_language(three) == find_language(two), three


def test_dari_has_a_name_and_the_letters_of_persian() -> None:
    dari = find_language("prs")
    assert (dari.own_name, dari.iso639_t, dari.letters) == ("دری", "fas", find_language("fa").letters)


@pytest.mark.parametrize(
    ("tag", "other"),
    [
        ("zh", "zh-Hans"),
        ("zh-CN", "zh-Hans"),
        ("zh-TW", "zh-Hant"),
        ("fr", "fr-FR"),
        ("sr", "sr-Cyrl"),
        ("pcm", "pcm-NG"),
        ("no", "nb"),
        ("nb-NO", "no"),
        ("pt", "pt-BR"),
        ("ur", "ur-PK"),
    ],
)
def test_two_tags_of_the_same_script_and_region_mean_one_language(tag: str, other: str) -> None:
    assert are_one_language(tag, other)
    assert are_one_language(other, tag)


@pytest.mark.parametrize(
    ("tag", "other"),
    [
        ("zh-Hant", "zh-Hans"),
        ("zh-HK", "zh-Hant"),
        ("fr", "fr-BE"),
        ("nl-BE", "nl"),
        ("sr", "sr-Latn"),
        ("fa", "fa-AF"),
        ("pcm", "en"),
        ("nb", "nn"),
        ("no", "nn"),
        ("pt-BR", "pt-PT"),
        ("sr-Latn", "hr"),
        ("id", "ms"),
        ("zh-TW", "zh-HK"),
    ],
)
def test_another_script_or_region_is_another_language(tag: str, other: str) -> None:
    assert not are_one_language(tag, other)
    assert not are_one_language(other, tag)


def test_another_language_has_its_own_name() -> None:
    assert find_language("hi").own_name == "हिन्दी"
    assert find_language("so").own_name == "Soomaali"


@pytest.mark.parametrize("tag", ["xx", "french", "klingon", "", "movie", "fr-", "und", "mul", "zxx", "qaa"])
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
