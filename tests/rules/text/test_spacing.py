from __future__ import annotations

import pytest

from support.checking import count_breaches, findings, fixed_text, found
from support.tracks import srt

FR, DE, AR, ZH = (f"subtitles/{tag}.srt" for tag in ("fr", "de", "ar", "zh-Hans"))


def spacing(text: str, path: str = "subtitles/en.srt") -> list[str]:
    return found(srt(text), path=path, select=["SPC"])


def test_two_spaces_between_words_are_one_too_many() -> None:
    assert found(srt("You have  rights."), select=["SPC"]) == ["3:9 warning SPC001"]
    assert fixed_text("You have   rights.", select="SPC001") == "You have rights."


def test_of_two_spaces_the_one_that_keeps_the_line_together_is_left() -> None:
    assert fixed_text("Tu es seul \u202f?", "fr", select="SPC001") == "Tu es seul\u202f?"


def test_a_no_break_space_alone_is_right() -> None:
    assert spacing("Call 116\u00a0000 or 116\u202f000 or 116\u2009000.") == []


def test_a_line_neither_begins_nor_ends_with_a_space() -> None:
    assert found(srt("You have rights. \n It is free."), select=["SPC"]) == ["3:17 info SPC002", "4:1 info SPC002"]
    assert fixed_text("You have rights. \nIt is free.", select="SPC002") == "You have rights.\nIt is free."
    assert fixed_text("<i> You have rights.</i>", select="SPC002") == "<i>You have rights.</i>"


def test_a_tab_and_the_spaces_of_typesetters_are_odd() -> None:
    assert found(srt("You\thave\u2003rights."), select=["SPC"]) == ["3:4 warning SPC003", "3:9 warning SPC003"]
    assert fixed_text("You \t have rights.", select="SPC003") == "You have rights."


def test_a_tab_at_the_end_of_a_line_is_reported_once() -> None:
    assert spacing("You have rights.\t") == ["3:17 info SPC002"]


def test_no_space_stands_before_a_mark() -> None:
    assert found(srt("Are you ill , or sad ?"), select=["SPC"]) == ["3:12 warning SPC004", "3:21 warning SPC004"]
    assert fixed_text("Are you ill ?", select="SPC004") == "Are you ill?"
    assert fixed_text("Ill ,hurt or sad?", select="SPC004") == "Ill, hurt or sad?"
    assert found(srt("هل أنت مريض ؟"), path=AR, select=["SPC"]) == ["3:12 warning SPC004"]


@pytest.mark.parametrize(
    "text",
    [
        "It is 3 : 2 for you.",
        "I know … you do not.",
        "I know ... you do not.",
        "A file .srt or .vtt",
        "Smile :) or ;-)",
        "- ?",
        "He said: “?”",
        "It costs 5 .50?",
    ],
)
def test_a_space_before_these_marks_is_meant(text: str) -> None:
    assert spacing(text) == []


def test_in_french_only_comma_and_full_stop_have_no_space_before_them() -> None:
    assert found(srt("Malade , triste ? Viens : ici ; là !"), path=FR, select=["SPC"]) == ["3:7 warning SPC004"]


def test_a_mark_between_two_words_lacks_its_space() -> None:
    assert found(srt("Come,it is free.You know."), select=["SPC"]) == ["3:5 warning SPC005", "3:16 warning SPC005"]
    assert fixed_text("Come,it is free.", select="SPC005", is_safe=False) == "Come, it is free."
    assert found(srt("طعام،ملابس. القانون.الوصي"), path=AR, select=["SPC"]) == [
        "3:5 warning SPC005",
        "3:20 warning SPC005",
    ]


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("At 12:30, 3.5 or 1,000 of them.", DE),
        ("Look at www.childfocus.be or http://a.be/?q=x;y,z.", DE),
        ("Write to a.Bruyn@child.be", DE),
        ("Das sind Schüler:Innen, z.B. in der U.S.A.", DE),
        ("L'avocat, l’école… et toi", FR),
        ("Gặp bác sĩ ở TP.Hồ Chí Minh", "subtitles/vi.srt"),
        ("Mr.Smith and Node.js", DE),
        ("د.أحمد", AR),
        ("你好,世界。是的,Child", ZH),
    ],
)
def test_numbers_addresses_and_abbreviations_lack_no_space(text: str, path: str) -> None:
    assert "SPC005" not in " ".join(spacing(text, path))


def test_an_address_holds_no_space() -> None:
    assert found(srt("See www. childfocus.be now."), select=["SPC"]) == ["3:5 warning SPC006"]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("See www. childfocus.be now.", "See www.childfocus.be now."),
        ("See www .childfocus.be now.", "See www.childfocus.be now."),
        ("See www.childfocus .be now.", "See www.childfocus.be now."),
        ("See www.childfocus. be now.", "See www.childfocus.be now."),
        ("See http: //childfocus.be", "See http://childfocus.be"),
        ("See https:// childfocus.be", "See https://childfocus.be"),
        ("See https:/ /childfocus.be", "See https://childfocus.be"),
        ("Write to info@ childfocus.be", "Write to info@childfocus.be"),
    ],
)
def test_the_space_in_an_address_is_taken_out(text: str, meant: str) -> None:
    assert fixed_text(text, select="SPC006") == meant


@pytest.mark.parametrize(
    "text",
    ["See www.childfocus.be. Be safe.", "Follow us @childfocus on Instagram.", "Meet me @ noon.", "The www is big."],
)
def test_a_space_beside_an_address_is_right(text: str) -> None:
    assert spacing(text) == []


def test_chinese_has_no_spaces_that_could_be_missing() -> None:
    assert spacing("你好， 世界 ！你\u3000好", ZH) == []


@pytest.mark.parametrize("piece", [" ", "\u00ad ", "!", "www", "a@ ", "a,b", "https://", "\u200c"])
def test_a_line_of_the_same_a_hundred_thousand_times_takes_no_long_time(piece: str) -> None:
    assert count_breaches(f"a{piece * 100_000}a", "en", ("SPC",)) >= 0


@pytest.mark.parametrize("text", ["The point (a,c) is here.", "Take x,y,z now.", "It is T(x,t)."])
def test_letters_that_name_things_may_stand_close_in_a_list(text: str) -> None:
    assert found(srt(text), select=["SPC005"]) == []


def test_a_list_with_a_word_in_it_is_a_sentence() -> None:
    assert found(srt("You,I and she."), select=["SPC005"]) == ["3:4 warning SPC005"]


@pytest.mark.parametrize(
    "text", ["Write <s> and </s>.", "Write <s> and </s> now.", "Write <foo> .", "The tags <s> and </s>"]
)
def test_spaces_beside_a_tag_that_is_not_kept_are_left_as_they_are(text: str) -> None:
    assert [each.code for each in findings(srt(text), select="SPC") if each.fix] == []


def test_spaces_beside_italics_go() -> None:
    assert fixed_text("It is <i>free </i>.", select="SPC004") == "It is <i>free</i>."
