from __future__ import annotations

import pytest

from support.checking import count_breaches, findings, fixed_text, found
from support.tracks import srt

AR, BG, EN, FA, PS, RO, SQ, ZH = (
    f"subtitles/{tag}.srt" for tag in ("ar", "bg", "en", "fa", "ps", "ro", "sq", "zh-Hans")
)


def letters(*texts: str, path: str) -> list[str]:
    return found(srt(*texts), path=path, select=["LET"])


def test_romanian_is_written_with_a_comma_and_not_with_a_cedilla() -> None:
    assert found(srt("Poţi să ştii."), path=RO, select=["LET"]) == ["3:3 warning LET001", "3:9 warning LET001"]
    assert fixed_text("Poţi", "ro", select="LET001") == "Poți"
    assert fixed_text("ŞTII", "ro", select="LET001") == "ȘTII"


def test_persian_has_its_own_ye_and_kaf() -> None:
    assert letters("كمتر از يک", path=FA) == ["3:1 warning LET001", "3:9 warning LET001"]
    assert fixed_text("كمک", "fa", select="LET001") == "کمک"
    assert fixed_text("علي", "fa", select="LET001") == "علی"
    assert fixed_text("علي", "fa-AF", select="LET001") == "علی"


def test_arabic_has_its_own_kaf_and_the_ye_of_persian_stays_in_doubt() -> None:
    assert letters("یمکنك", path=AR) == ["3:1 warning LET001", "3:3 warning LET001"]
    assert fixed_text("لکم", "ar", select="LET001") == "لكم"


def test_the_ye_of_pashto_is_not_the_business_of_this_rule() -> None:
    assert letters("دی دي یې سرپرستۍ ئ", path=PS) == []
    assert fixed_text("كور", "ps", select="LET001") == "کور"


def test_a_turkish_file_keeps_its_cedillas() -> None:
    assert letters("Şimdi ağaç", path="subtitles/tr.srt") == []


def test_a_word_is_written_in_one_alphabet() -> None:
    assert found(srt("Cега имаш прaва."), path=BG, select=["LET"]) == ["3:1 warning LET002", "3:11 warning LET002"]
    assert fixed_text("Cега", "bg", select="LET002") == "Сега"  # the first letter is Latin before and Cyrillic after
    assert letters("You havе rights.", path=EN) == ["3:5 warning LET002"]
    assert fixed_text("You havе rights.", select="LET002") == "You have rights."


@pytest.mark.parametrize("word", ["GSMа", "сoa", "SMSи"])
def test_a_word_that_could_be_either_is_reported_and_left(word: str) -> None:
    (finding,) = findings(srt(word), "bg", select="LET002")
    assert finding.fix is None


def test_a_latin_letter_alone_among_cyrillic_words_is_a_doubt() -> None:
    assert letters("Той e тук a ти?", path=BG) == ["3:5 warning LET002", "3:11 warning LET002"]
    assert fixed_text("Той e тук.", "bg", select="LET002", is_safe=False) == "Той е тук."


@pytest.mark.parametrize(
    "text", ["Обади се на Child Focus:", "Wi-Fi-то е тук.", "iPad-а е твой.", "Витамин C е тук.", "A и B", "Точка a."]
)
def test_latin_words_in_cyrillic_text_are_right(text: str) -> None:
    assert letters(text, path=BG) == []


def test_a_short_i_alone_is_no_bulgarian_word() -> None:
    assert found(srt("Кажи й, че е тук."), path=BG, select=["LET"]) == ["3:6 warning LET003"]
    assert fixed_text("Кажи й.", "bg", select="LET003", is_safe=False) == "Кажи ѝ."
    assert letters("Кажи ѝ. Мой, йод, Ню Йорк, й-то", path=BG) == []


ALBANIAN_WITHOUT_MARKS = "Ti ke te drejten te kesh nje avokat"


def test_an_albanian_file_of_some_length_has_an_e_with_two_dots() -> None:
    texts = [ALBANIAN_WITHOUT_MARKS] * 11  # 28 letters each
    assert found(srt(*texts), path=SQ, select=["LET"]) == ["0:0 warning LET004 308 letters"]
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
        ("ps", "هغوی وویل چه دا تاسو حق دی"),
    ],
)
def test_a_file_without_the_letters_of_its_language_is_suspicious(tag: str, text: str) -> None:
    path = f"subtitles/{tag}.srt"
    assert [line.split()[2] for line in letters(*[text] * 40, path=path)] == ["LET004"]
    assert letters(*[text] * 40, path=EN) == []


def test_persian_has_the_digits_of_persian_and_arabic_those_of_arabic() -> None:
    assert found(srt("تو ٤ حق"), path=FA, select=["LET"]) == ["3:4 warning LET005"]
    assert fixed_text("تو ٤ حق", "fa", select="LET005") == "تو ۴ حق"
    assert fixed_text("لك ۴ حق", "ar", select="LET005") == "لك ٤ حق"
    assert letters("۱۱۲ 112", path=PS) == letters("١١٢ 112", path=AR) == []


def test_a_traditional_character_in_a_simplified_file_is_found() -> None:
    assert found(srt("你有權请律师。"), path=ZH, select=["LET"]) == ["3:3 warning LET006"]
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


def test_a_file_that_names_things_by_latin_letters_may_name_one_a() -> None:
    assert letters("между a и b има път", path=BG) == []
    assert letters("стойността на x е едно", path=BG) == []


def test_a_word_wholly_of_letters_that_look_alike_is_found() -> None:
    assert found(srt("Това ca твоите права."), "bg", select="LET002") == ["3:6 warning LET002"]
    assert found(srt("Кажи на мама.", "Това е за MAMA."), "bg", select="LET002") == ["7:11 warning LET002"]
    assert found(srt("You have а right."), "en", select="LET002") == ["3:10 warning LET002"]


def test_a_latin_name_of_such_letters_is_passed_by() -> None:
    assert found(srt("Това е HTC и TOM, aorta, x, xy."), "bg", select="LET002") == []
