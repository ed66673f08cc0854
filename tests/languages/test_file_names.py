from __future__ import annotations

import pytest

from babelreel.languages.file_names import is_backup_name, is_for_the_deaf, tag_of_name
from babelreel.languages.meant_language import tags_meant_by


@pytest.mark.parametrize(
    ("name", "tag"),
    [
        ("fr", "fr"),
        ("FR", "fr"),
        ("film.fr", "fr"),
        ("The.Film.2019.fr", "fr"),
        ("my.film.fr", "fr"),
        ("the.film.fr", "fr"),
        ("ara", "ar"),
        ("film.fre", "fr"),
        ("film.zh_hans", "zh-Hans"),
        ("fr-BE", "fr-BE"),
        ("pcm", "pcm"),
        ("arz", "arz"),
        ("film.arz", "arz"),
        # for the hard of hearing, behind a tag; without one, hi is Hindi
        ("film.ar.sdh", "ar"),
        ("film.ar.cc", "ar"),
        ("film.fr.hi", "fr"),
        # easy to read
        ("fr-simple", "fr-simple"),
        ("fr.simple", "fr-simple"),
        ("film.zh-Hans.Simple", "zh-Hans-simple"),
        ("hi", "hi"),
        ("con-Latn", "con-Latn"),
        ("film.hi", "hi"),
    ],
)
def test_a_name_says_a_language_by_its_tag(name: str, tag: str) -> None:
    assert tag_of_name(name) == tag


@pytest.mark.parametrize(
    "name",
    [
        *(
            "old",
            "sdh",
            "fr.old",
            "fr.new",
            "fr.forced",
            "fr.final",
            "fr.copy",
            "fr.v2",
            "film.fr.bak",
            "fr.dub",
            "film.cc",
        ),
        *("fr.mochi", "fr.abq", "film.fr.arz", "film.en.fr", "doc-fr", "sub-fr", "new_fr"),
        *("con", "aux", "nul", "NUL", "film.con"),  # Windows makes no folder of them
        *("Arabic", "sous-titres FR final v2", "fr (1)", "arabe", "العربية", "french", "film", ""),
    ],
)
def test_words_and_second_tags_are_never_taken_for_a_tag(name: str) -> None:
    assert tag_of_name(name) is None


@pytest.mark.parametrize(
    ("name", "tag"),
    [
        ("Arabic", "ar"),
        ("arabe", "ar"),
        ("arabisch", "ar"),
        ("العربية", "ar"),
        ("tiếng Ả Rập", "ar"),
        ("арабски", "ar"),
        ("arabisht", "ar"),
        ("阿拉伯语字幕", "ar"),
        ("عربی", "ar"),
        ("sous-titres FR final v2", "fr"),
        ("fr (1)", "fr"),
        ("fr.old", "fr"),
        ("fr copy", "fr"),
        ("fr_final", "fr"),
        ("fra final", "fr"),
        ("französische Untertitel", "fr"),
        ("ondertitels Frans", "fr"),
        ("Chinois simplifié", "zh-Hans"),
        ("zh (2)", "zh-Hans"),
        ("Chinese (Traditional)", "zh-Hant"),
        ("Pidgin", "pcm"),
        ("dari", "fa-AF"),
        ("Español", "es"),
    ],
)
def test_a_name_in_words_may_mean_a_language(name: str, tag: str) -> None:
    assert tags_meant_by(name) == (tag,)


@pytest.mark.parametrize("name", ["my film", "final", "subtitles", "video (1)", "version 2", "is it ok"])
def test_words_that_are_codes_of_other_languages_mean_none(name: str) -> None:
    assert tags_meant_by(name) == ()


def test_the_code_for_an_unknown_language_means_none() -> None:
    assert tags_meant_by("und") == ()


def test_two_languages_in_a_name_are_both_told() -> None:
    assert set(tags_meant_by("anglais et français")) == {"en", "fr"}


def test_a_backup_is_known_by_its_name() -> None:
    assert is_backup_name("fr.old")
    assert is_backup_name("fr backup 2")
    assert not is_backup_name("fr.gold")


@pytest.mark.parametrize("name", ["fr.sdh", "film.ar.CC", "film.fr.hi", "fr-sdh", "fr-x-sdh", "zh-Hans.sdh"])
def test_a_name_says_that_a_text_is_for_the_deaf(name: str) -> None:
    assert is_for_the_deaf(name)


@pytest.mark.parametrize("name", ["fr", "hi", "film.hi", "sdh", "film.sdh", "fr-simple", "fr.simple"])
def test_other_names_do_not_say_that(name: str) -> None:
    assert not is_for_the_deaf(name)
