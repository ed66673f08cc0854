from __future__ import annotations

import pytest

from support.mending import count_breaches, mended, subrip
from support.subjects import found

AR, BG, EN, FA, PS, RO, SQ, ZH = (
    f"subtitles/{tag}.srt" for tag in ("ar", "bg", "en", "fa", "ps", "ro", "sq", "zh-Hans")
)


def letters(*texts: str, path: str) -> list[str]:
    return found(subrip(*texts), path=path, select=["LET"])


def test_romanian_is_written_with_a_comma_and_not_with_a_cedilla() -> None:
    assert found(subrip("Poţi să ştii."), path=RO, select=["LET"]) == ["3:3 warning LET001", "3:9 warning LET001"]
    assert mended("Poţi", "LET001", tag="ro") == "Poți"
    assert mended("ŞTII", "LET001", tag="ro") == "ȘTII"


def test_persian_has_its_own_ye_and_kaf() -> None:
    assert letters("كمتر از يک", path=FA) == ["3:1 warning LET001", "3:9 warning LET001"]
    assert mended("كمک", "LET001", tag="fa") == "کمک"
    assert mended("علي", "LET001", tag="fa") == "علی"
    assert mended("علي", "LET001", tag="fa-AF") == "علی"


def test_arabic_has_its_own_kaf_and_the_ye_of_persian_stays_in_doubt() -> None:
    assert letters("یمکنك", path=AR) == ["3:1 warning LET001", "3:3 warning LET001"]
    assert mended("لکم", "LET001", tag="ar") == "لكم"


def test_the_ye_of_pashto_is_not_the_business_of_this_rule() -> None:
    assert letters("دی دي یې سرپرستۍ ئ", path=PS) == []
    assert mended("كور", "LET001", tag="ps") == "کور"


def test_a_turkish_file_keeps_its_cedillas() -> None:
    assert letters("Şimdi ağaç", path="subtitles/tr.srt") == []


def test_a_word_is_written_in_one_alphabet() -> None:
    assert found(subrip("Cега имаш прaва."), path=BG, select=["LET"]) == ["3:1 warning LET002", "3:11 warning LET002"]
    assert mended("Cега", "LET002", tag="bg") == "Сега"  # the first letter is Latin before and Cyrillic after
    assert letters("You havе rights.", path=EN) == ["3:5 warning LET002"]
    assert mended("You havе rights.", "LET002") == "You have rights."


@pytest.mark.parametrize("word", ["GSMа", "сoa", "SMSи"])
def test_a_word_that_could_be_either_is_reported_and_left(word: str) -> None:
    with pytest.raises(AssertionError):
        mended(word, "LET002", tag="bg")


def test_a_latin_letter_alone_among_cyrillic_words_is_a_doubt() -> None:
    assert letters("Той e тук a ти?", path=BG) == ["3:5 warning LET002", "3:11 warning LET002"]
    assert mended("Той e тук.", "LET002", tag="bg", is_safe=False) == "Той е тук."


@pytest.mark.parametrize(
    "text", ["Обади се на Child Focus:", "Wi-Fi-то е тук.", "iPad-а е твой.", "Витамин C е тук.", "A и B", "Точка a."]
)
def test_latin_words_in_cyrillic_text_are_right(text: str) -> None:
    assert letters(text, path=BG) == []


def test_a_short_i_alone_is_no_bulgarian_word() -> None:
    assert found(subrip("Кажи й, че е тук."), path=BG, select=["LET"]) == ["3:6 warning LET003"]
    assert mended("Кажи й.", "LET003", tag="bg", is_safe=False) == "Кажи ѝ."
    assert letters("Кажи ѝ. Мой, йод, Ню Йорк, й-то", path=BG) == []


ALBANIAN_WITHOUT_MARKS = "Ti ke te drejten te kesh nje avokat"


def test_an_albanian_file_of_some_length_has_an_e_with_two_dots() -> None:
    texts = [ALBANIAN_WITHOUT_MARKS] * 11  # 28 letters each
    assert found(subrip(*texts), path=SQ, select=["LET"]) == ["0:0 warning LET004 308 letters"]
    assert letters(*texts[:10], path=SQ) == []
    assert letters(*texts, "një", path=SQ) == []


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        ("ro", "Ai dreptul la un avocat gratuit"),
        ("fr", "Tu as droit de dormir dans un endroit"),
        ("de", "Du hast das Recht auf einen Vormund"),
        ("vi", "Em co quyen co nguoi giam ho"),
        ("fa", "تو حق داری در امان باشی"),
        ("ps", "تاسو حق لری و قانون"),
    ],
)
def test_a_file_without_the_letters_of_its_language_is_suspicious(tag: str, text: str) -> None:
    path = f"subtitles/{tag}.srt"
    assert [line.split()[2] for line in letters(*[text] * 40, path=path)] == ["LET004"]
    assert letters(*[text] * 40, path=EN) == []


def test_persian_has_the_digits_of_persian_and_arabic_those_of_arabic() -> None:
    assert found(subrip("تو ٤ حق"), path=FA, select=["LET"]) == ["3:4 warning LET005"]
    assert mended("تو ٤ حق", "LET005", tag="fa") == "تو ۴ حق"
    assert mended("لك ۴ حق", "LET005", tag="ar") == "لك ٤ حق"
    assert letters("۱۱۲ 112", path=PS) == letters("١١٢ 112", path=AR) == []


def test_a_traditional_character_in_a_simplified_file_is_found() -> None:
    assert found(subrip("你有權请律师。"), path=ZH, select=["LET"]) == ["3:3 warning LET006"]
    assert letters("你有权請律師。", path="subtitles/zh-Hant.srt") == ["3:3 warning LET006"]


@pytest.mark.parametrize(
    "text", ["你的干净面条只有一里，着急后台发出系统", "珮玥和昇祐去看病", "皇后在山谷里说：了不起"]
)
def test_characters_that_simplified_chinese_shares_are_right(text: str) -> None:
    assert letters(text, path=ZH) == []


def test_a_file_in_the_other_script_is_reported_once() -> None:
    traditional = "你現在來到了比利時。法律會保護你。這裡還有別的權利與監護。"
    assert [line.split()[:3] for line in letters(traditional, path=ZH)] == [["0:0", "warning", "LET006"]]
    assert letters(traditional, path="subtitles/zh-TW.srt") == []
    assert letters(traditional, path="subtitles/ja.srt") == []


@pytest.mark.parametrize("piece", ["aа", "a", "1", "1٢", "ي", "權"])
@pytest.mark.parametrize("tag", ["bg", "fa", "zh-Hans"])
def test_a_line_of_the_same_fifty_thousand_times_takes_no_long_time(piece: str, tag: str) -> None:
    assert count_breaches(f"{piece * 50_000}а٢", tag, ("LET",)) >= 0
