from __future__ import annotations

import unicodedata
from dataclasses import fields

import pytest

from babelreel.delivery.campaign import campaign_words_for
from babelreel.delivery.site.words import is_fallback, player_words_for, words_for
from babelreel.languages.find import builtin_languages, find_language
from babelreel.model.language import Language
from babelreel.model.language_words import CampaignWords, PageWords, PlayerWords

#: The names of the words, without what says which language they are in.
WORD_NAMES = tuple(field.name for field in fields(PageWords) if field.name not in {"tag", "direction", "colon"})

CAMPAIGN_NAMES = tuple(field.name for field in fields(CampaignWords) if field.name not in {"tag", "direction"})

#: Words that are the same in English: units, the mark in numbers, and Nigerian Pidgin's share of English.
SAME_AS_ENGLISH = {
    "fr": {"minutes"},
    "nl": {"minutes", "kilobytes", "megabytes"},
    "de": {"kilobytes", "megabytes"},
    "ar": {"decimal"},
    "vi": {"kilobytes", "megabytes"},
    "zh-Hans": {"kilobytes", "megabytes", "decimal"},
    "sq": {"minutes", "kilobytes", "megabytes"},
    "ro": {"minutes", "kilobytes", "megabytes"},
    "ps": {"decimal"},
    "fa": {"decimal"},
    "pcm": {"language", "subtitles", "minutes", "kilobytes", "megabytes", "decimal"},
}

SAME_OF_CAMPAIGN = {
    "fr": {"contact"},
    "nl": {"privacy", "contact"},
    "ro": {"contact"},
    "pcm": {
        *("help", "call", "choose", "listen", "to_print", "more_files", "privacy", "contact"),
        *("emergency", "victims", "doctor", "translation", "voice"),
    },
}

#: Letters that each language writes and that a damaged or careless text would lack or replace.
LETTERS = {
    "fr": ("é", ""),
    "de": ("ü", ""),
    "vi": ("ệ", ""),
    "sq": ("ë", ""),
    "ro": ("ă", "şţŞŢ"),
    "bg": ("ъ", "ыэёіїў"),
    "ar": ("ة", "یکگچپ"),
    "ps": ("ښړې", ""),
    "fa": ("یک", "يكةى"),
}

SCRIPTS = {"Latn": "LATIN", "Arab": "ARABIC", "Cyrl": "CYRILLIC", "Hans": "CJK"}
TAGS = [language.tag for language in builtin_languages()]


@pytest.mark.parametrize("tag", TAGS)
def test_every_language_has_every_word(tag: str) -> None:
    words = words_for(find_language(tag))
    for name in WORD_NAMES:
        word = getattr(words, name)
        assert word == word.strip() != "", name
        assert word == unicodedata.normalize("NFC", word), name


@pytest.mark.parametrize("tag", [tag for tag in TAGS if tag != "en"])
def test_no_word_is_english_by_accident(tag: str) -> None:
    same = {
        name
        for name in WORD_NAMES
        if getattr(words_for(find_language(tag)), name) == getattr(words_for(find_language("en")), name)
    }
    assert same == SAME_AS_ENGLISH.get(tag, set())


@pytest.mark.parametrize("language", builtin_languages(), ids=TAGS)
def test_words_are_written_in_the_script_of_their_language(language: object) -> None:
    tag, script = language.tag, SCRIPTS[language.script]  # type: ignore[attr-defined]
    words = words_for(find_language(tag))
    for name in set(WORD_NAMES) - {"kilobytes", "megabytes", "decimal"}:
        for letter in filter(str.isalpha, getattr(words, name)):
            assert unicodedata.name(letter).startswith(script), (name, letter)


@pytest.mark.parametrize("language", builtin_languages(), ids=TAGS)
def test_every_language_has_every_word_of_the_campaign_in_its_own_script(language: Language) -> None:
    words, english = campaign_words_for(language), campaign_words_for(find_language("en"))
    assert words.tag == language.tag
    same = set()
    for name in CAMPAIGN_NAMES:
        word = getattr(words, name)
        assert word == word.strip() == unicodedata.normalize("NFC", word) != "", name
        script = SCRIPTS[language.script]
        assert all(unicodedata.name(letter).startswith(script) for letter in word if letter.isalpha()), name
        same |= {name} if word == getattr(english, name) else set()
    assert same == SAME_OF_CAMPAIGN.get(language.tag, set()) or language.tag == "en"


@pytest.mark.parametrize("language", builtin_languages(), ids=TAGS)
def test_every_language_has_every_word_of_the_film_s_bar_in_its_own_script(language: Language) -> None:
    words, english = player_words_for(language), player_words_for(find_language("en"))
    assert words.tag == language.tag
    same = set()
    for name in (field.name for field in fields(PlayerWords) if field.name not in {"tag", "direction"}):
        word = getattr(words, name)
        assert word == word.strip() == unicodedata.normalize("NFC", word) != "", name
        script = SCRIPTS[language.script]
        assert all(unicodedata.name(letter).startswith(script) for letter in word if letter.isalpha()), name
        same |= {name} if word == getattr(english, name) else set()
    assert same == ({"settings", "sound", "full_screen"} if language.tag == "pcm" else set()) or language.tag == "en"


@pytest.mark.parametrize("tag", LETTERS)
def test_letters_are_those_of_the_language(tag: str) -> None:
    text = "".join(getattr(words_for(find_language(tag)), name) for name in WORD_NAMES)
    needed, wrong = LETTERS[tag]
    assert set(needed) <= set(text)
    assert not set(wrong) & set(text)


@pytest.mark.parametrize(
    ("tag", "words"),
    [("fr-BE", "fr"), ("fa-AF", "fa"), ("zh", "zh-Hans"), ("zh-Hant", "en"), ("hi", "en"), ("en-GB", "en")],
)
def test_a_language_gets_the_words_of_its_own_kind_or_english_ones(tag: str, words: str) -> None:
    assert words_for(find_language(tag)).tag == words


def test_only_other_languages_fall_back_to_english() -> None:
    assert [tag for tag in ("en", "en-GB", "hi", "zh-Hant", "fr-BE") if is_fallback(find_language(tag))] == [
        "hi",
        "zh-Hant",
    ]
