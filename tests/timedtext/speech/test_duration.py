"""Is the time that a text takes to say estimated within sane bounds, in every language?"""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from babelreel.languages.find import builtin_languages, find_language
from babelreel.model.language import Language
from babelreel.timedtext.speech.duration import CARE, COMMA_MS, SENTENCE_MS, estimate_ms, is_abbreviation
from babelreel.timedtext.speech.numerals import count_number, is_dialled
from babelreel.timedtext.speech.syllables import count_syllables


def ms(text: str, tag: str) -> int:
    return estimate_ms(text, find_language(tag))


def ms_of_syllables(count: int, tag: str) -> int:
    return round(count / (find_language(tag).speech.pace.rate * CARE) * 1000)


@pytest.mark.parametrize(
    ("tag", "words"),
    [
        # parted by hand as a dictionary parts them; a mute e or i counts nothing
        ("fr", "Bel|gique pa|rents po|lice tu|telles guide qui é|cole mé|de|cin droits ré|u|nion la"),
        ("en", "Bel|gium law|yer po|lice safe clothes called need|ed pla|ces lit|tle you guar|dian a|sy|lum the"),
        ("nl", "oud|ers voogd vrij school le|ven dui|de|lijk i|de|e|ën"),
        ("de", "El|tern Po|li|zei Vor|mund Häu|ser frei|e Be|treu|er"),
        ("ro", "drep|turi ti|neri țări ne|gri a|vo|cat școa|lă gra|tu|it"),
        ("sq", "dre|jtë a|vo|kat shko|llën ti është një"),
        ("bg", "пра|ва а|дво|кат у|чи|ли|ще ъ|гъл"),
        ("vi", "người giám hộ quyền miễn phí tuổi"),
        ("zh-Hans", "你 有 权|利 监|护|人"),
        ("ru", "а|дво|кат"),
        ("el", "δι|καί|ω|μα"),
        ("es", "a|bo|ga|do"),
    ],
)
def test_syllables_are_counted_as_a_dictionary_parts_them(tag: str, words: str) -> None:
    parted = words.split()
    wrong = [
        word for word in parted if count_syllables(word.replace("|", ""), find_language(tag)) != word.count("|") + 1
    ]
    assert len(wrong) <= len(parted) // 5, wrong  # an estimate may miss one word in five


def test_a_lone_consonant_is_no_syllable() -> None:
    assert ms("l’école", "fr") == ms("école", "fr")


def test_unvowelled_scripts_count_a_share_of_their_letters() -> None:
    # 10 letters of Arabic at 3/5; signs of vowels and joiners change nothing
    assert count_syllables("المدرسةهنا", find_language("ar")) == Fraction(6)
    assert count_syllables("مرحبًا", find_language("ar")) == count_syllables("مرحبا", find_language("ar"))
    assert count_syllables("می\u200cکند", find_language("fa")) == count_syllables("میکند", find_language("fa"))


@pytest.mark.parametrize(
    ("tag", "number", "syllables"),
    [
        ("en", "18", 2),  # eigh-teen
        ("en", "10", 1),
        ("en", "7", 2),
        ("en", "2024", 6),  # two thou-sand twen-ty four
        ("fr", "18", 2),  # dix-huit
        ("fr", "1989", 6),  # mille neuf cent "quatre-vingt" as two, neuf
        ("de", "300", 3),  # drei-hun-dert
        ("nl", "21", 3),  # twin-tig een, without "en"
        ("bg", "18", 4),  # o-sem-na-iset
        ("zh-Hans", "18", 2),
        ("vi", "1000", 1),
        ("ar", "١٨", 6),  # tha-ma-ni-ya ʿa-shar: 4 and 2
        ("fa", "۱۸", 2),  # hej-dah
        ("en", "116 000", 10),  # one one six ze-ro ze-ro ze-ro, less one: 3 + 6
        ("en", "112", 3),
        ("en", "+32 2 123", 6),
        ("en", "10 000", 3),  # ten thou-sand
        ("en", "0", 2),
    ],
)
def test_numbers_are_said_as_words_and_phones_digit_by_digit(tag: str, number: str, syllables: int) -> None:
    assert abs(count_number(number, find_language(tag).speech.numerals) - syllables) <= 1


def test_exact_counts_of_numbers_that_are_sure() -> None:
    english = find_language("en").speech.numerals
    assert [count_number(each, english) for each in ("0", "7", "10", "18", "112", "116 000", "2024")] == [
        *(2, 2, 1, 2, 3, 9, 6),
    ]


@pytest.mark.parametrize(
    "number", ["112", "116 000", "116\u00a0000", "+32 2 123 45 67", "02 123 45 67", "۱۱۲", "123456789"]
)
def test_what_is_dialled_is_said_digit_by_digit(number: str) -> None:
    assert is_dialled(number)


@pytest.mark.parametrize("number", ["18", "2024", "100 000", "10.000", "120", "0"])
def test_other_numbers_are_words(number: str) -> None:
    assert not is_dialled(number)


def test_a_phone_number_takes_longer_than_a_number_of_as_many_digits() -> None:
    assert ms("116 000", "fr") > 2 * ms("200 000", "fr")


def test_abbreviations_are_said_letter_by_letter_unless_all_is_shouted() -> None:
    assert is_abbreviation("CPAS")
    assert not is_abbreviation("Cpas")
    assert ms("Le CPAS.", "fr") == ms_of_syllables(5, "fr")
    assert ms("ASK A LAWYER", "en") == ms("ask a lawyer", "en")


def test_a_sentence_takes_its_syllables_at_the_pace_of_its_language() -> None:
    # tu as le droit d'al-ler à l'é-cole: 9 syllables
    assert ms("Tu as le droit d’aller à l’école", "fr") == ms_of_syllables(9, "fr")
    # 9 / (7.18 * 0.9) s
    assert ms("Tu as le droit d’aller à l’école", "fr") == 1393


def test_pauses_stand_between_what_is_said_and_not_around_it() -> None:
    plain = ms("Go now", "en")
    assert ms("Go, now", "en") == plain + COMMA_MS
    assert ms("Go. Now!", "en") == plain + SENTENCE_MS
    assert ms("— Go … , now ?!", "en") == plain + SENTENCE_MS
    assert ms("你好。走吧", "zh-Hans") == ms("你好走吧", "zh-Hans") + SENTENCE_MS
    assert ms("سلام، بیا", "fa") == ms("سلام بیا", "fa") + COMMA_MS


def test_an_address_is_no_end_of_a_sentence() -> None:
    assert ms("fedasilinfo.be", "en") < ms("fedasilinfo. Be", "en")


@pytest.mark.parametrize("text", ["", " ", "…", "-", "♪ ♫", "\u200f\u2069"])
def test_nothing_to_say_takes_no_time(text: str) -> None:
    assert ms(text, "fr") == 0


#: The same sentence, as the sample says it; read aloud with care it takes two to four seconds in every language.
SENTENCES = {
    "fr": "Tu as moins de 18 ans et tu es ici sans tes parents ?",
    "en": "Are you under 18, and here without your parents?",
    "nl": "Ben je jonger dan 18 en hier zonder je ouders?",
    "de": "Bist du jünger als 18 und ohne deine Eltern hier?",
    "ar": "هل عمرك أقل من 18 عامًا وأنت هنا من دون والديك؟",
    "vi": "Em chưa đủ 18 tuổi và ở đây không có cha mẹ?",
    "zh-Hans": "你未满18岁，父母也不在这里吗？",
    "sq": "Je nën 18 vjeç dhe je këtu pa prindërit?",
    "ro": "Ai sub 18 ani și ești aici fără părinți?",
    "bg": "Под 18 години ли си и тук ли си без родители?",
    "ps": "عمر دې له 18 کلونو کم دی او دلته بې مور او پلاره یې؟",
    "fa": "کمتر از 18 سال داری و بدون پدر و مادرت اینجایی؟",
    "pcm": "You neva reach 18, and your parents no dey here?",
}


@pytest.mark.parametrize("tag", [language.tag for language in builtin_languages()])
def test_a_sentence_takes_two_to_four_and_a_half_seconds_in_every_language(tag: str) -> None:
    assert 1_700 <= ms(SENTENCES[tag], tag) <= 4_600


def test_every_pace_names_its_source_and_lies_among_the_measured_ones() -> None:
    for language in (*builtin_languages(), find_language("hi"), find_language("sw")):
        pace = language.speech.pace
        assert pace.source
        assert Fraction("5.18") <= pace.rate <= Fraction("7.84")  # Mandarin and Japanese, the slowest and the fastest


@given(st.text(), st.sampled_from([*builtin_languages(), *map(find_language, ("hi", "th", "ja", "sw"))]))
def test_any_text_has_an_estimate_and_more_text_takes_no_less(text: str, language: Language) -> None:
    assert 0 <= estimate_ms(text, language) <= estimate_ms(f"{text} 7 7", language)


def test_a_long_text_is_estimated_at_once() -> None:
    assert ms("12 345 " * 20_000 + "1" * 20_000 + "(" * 20_000, "en") > 0
