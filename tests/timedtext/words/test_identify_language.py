from __future__ import annotations

import subprocess
import sys
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from babelreel.languages.find import find_language
from babelreel.timedtext.words.function_words import fold, function_words_of, is_plainly, split_words
from babelreel.timedtext.words.identify_language import are_kin, identify, is_known
from babelreel.timedtext.words.writing_systems import count_letters, main_script, own_share, parts_of

#: The same two sentences, as a film would say them.
TEXTS = {
    "fr": "Tu as droit à un avocat. L’avocat est gratuit. Il explique la loi et parle pour toi.",
    "en": "You have the right to a lawyer. The lawyer is free. He explains the law and speaks for you.",
    "nl": "Je hebt recht op een advocaat. De advocaat is gratis. Hij legt de wet uit en spreekt voor jou.",
    "de": "Du hast das Recht auf einen Anwalt. Der Anwalt ist kostenlos. Er erklärt dir das Gesetz.",
    "ar": "من حقك أن يكون لك محامٍ. المحامي مجاني. المحامي يشرح لك القانون ويتكلم باسمك.",
    "vi": "Bạn có quyền có luật sư. Luật sư là miễn phí. Luật sư giải thích luật và nói thay cho bạn.",
    "zh-Hans": "你有权请律师。律师是免费的。律师给你解释法律，替你说话。",
    "sq": "Ti ke të drejtë për një avokat. Avokati është falas. Avokati të shpjegon ligjin dhe flet për ty.",
    "ro": "Ai dreptul la un avocat. Avocatul este gratuit. Avocatul îți explică legea și vorbește pentru tine.",
    "bg": "Имаш право на адвокат. Адвокатът е безплатен. Адвокатът ти обяснява закона и говори вместо теб.",
    "ps": "ته حق لرې چې وکیل ولرې. وکیل وړیا دی. وکیل درته قانون تشریح کوي او ستا له خوا خبرې کوي.",
    "fa": "تو حق داری وکیل داشته باشی. وکیل رایگان است. وکیل قانون را برایت توضیح می‌دهد.",
    "pcm": "You get right to get lawyer. Di lawyer na free. Di lawyer go explain di law and tok for you.",
}
TAGS = tuple(TEXTS)
LANGUAGES = [find_language(tag) for tag in TAGS]
LISTED = [language for language in LANGUAGES if function_words_of(language)]


@pytest.mark.parametrize("tag", TAGS)
def test_each_language_of_the_campaign_is_told(tag: str) -> None:
    guess = identify(TEXTS[tag], LANGUAGES)
    assert guess
    assert are_kin(guess.language, find_language(tag))
    assert guess.percent >= 90


@pytest.mark.parametrize("tag", [tag for tag in TAGS if tag != "zh-Hans"])
def test_small_words_tell_each_language_plainly_without_the_model(tag: str) -> None:
    own = [each for each in LISTED if are_kin(each, find_language(tag))]
    others = [each for each in LISTED if each not in own]
    words = split_words(fold(TEXTS[tag]))
    assert is_plainly(words, own, others)
    assert not any(is_plainly(words, [other], own) for other in others)


def test_a_language_without_a_list_is_never_plain_nor_is_any_beside_it() -> None:
    words, french, spanish = split_words(fold(TEXTS["fr"])), find_language("fr"), find_language("es")
    assert not is_plainly(words, [french], [spanish])
    assert not is_plainly(words, [spanish], [french])


def test_pidgin_and_english_count_as_one() -> None:
    assert are_kin(find_language("pcm"), find_language("en-GB"))
    guess = identify(TEXTS["en"], map(find_language, ["pcm", "nl", "fr", "en"]))
    assert guess
    assert guess.language.tag == "pcm"  # the first of the two stands for both


def test_tags_of_one_language_are_one() -> None:
    assert are_kin(find_language("fa-AF"), find_language("fa"))
    assert are_kin(find_language("prs"), find_language("fa"))
    assert are_kin(find_language("zh-Hans"), find_language("zh-Hant"))
    assert not are_kin(find_language("fa"), find_language("ps"))


def test_a_language_that_the_model_does_not_know_is_not_guessed() -> None:
    assert not is_known(find_language("haz"))
    assert identify(TEXTS["fa"], [find_language("haz"), find_language("fa")]) is None
    assert identify(TEXTS["fa"], []) is None


def test_letters_are_counted_by_script() -> None:
    assert count_letters("Child Focus: ለልጆች 116 000, ребёнок, کودک") == {"Latn": 10, "Ethi": 4, "Cyrl": 7, "Arab": 4}
    assert main_script("请打给Focus") == "Latn"
    assert main_script("116 000") == ""


def test_the_share_of_a_script_is_that_of_its_letters() -> None:
    assert own_share("abc где", "Cyrl") == Fraction(1, 2)
    assert own_share("子供たち", "Jpan") == 1
    assert own_share("112", "Arab") == 1


def test_a_script_that_is_not_known_has_no_parts() -> None:
    assert parts_of("Tfng") == ()
    assert parts_of("Hans") == parts_of("Hant") == ("Hani",)


def test_the_script_of_serbian_is_known_when_its_tag_says_it() -> None:
    assert not find_language("sr").is_script_certain
    assert find_language("sr-Latn").is_script_certain
    assert find_language("fr-BE").is_script_certain


def test_letters_have_one_form_when_folded() -> None:
    assert fold("Vie\u0323\u0302t") == "việt"
    assert split_words(fold("لكي والقانون")) == ["لکی", "ال", "قانون"]
    assert split_words(fold("L’AVOCAT\nt'aide")) == ["l", "avocat", "t", "aide"]


@settings(deadline=None)
@given(st.text(max_size=60))
def test_any_text_gets_an_answer(text: str) -> None:
    guess = identify(text, map(find_language, ["en", "ar", "zh"]))
    assert guess
    assert 0 <= guess.percent <= 100
    assert fold(text).count("\n") == text.count("\n")
    assert 0 <= own_share(text, "Latn") <= 1


def test_the_model_is_not_loaded_before_it_is_asked() -> None:
    program = "import sys, babelreel.rules.registry; print('numpy' in sys.modules, 'py3langid' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]
