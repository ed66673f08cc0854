from __future__ import annotations

import pytest

from support.checking import TEXT_FAMILIES, count_breaches, findings, fixed_text, found
from support.tracks import srt

AR, BG, ES, FR, NL, SQ, ZH = (f"subtitles/{tag}.srt" for tag in ("ar", "bg", "es", "fr", "nl", "sq", "zh-Hans"))


def text_of(*texts: str, path: str = "subtitles/en.srt") -> list[str]:
    return found(srt(*texts), path=path, select=["TXT"])


def test_a_mark_is_written_once() -> None:
    assert found(srt("No,, you are not alone!!"), select=["TXT"]) == ["3:3 warning TXT001", "3:23 info TXT001"]
    assert fixed_text("Really???", select="TXT001", is_safe=False) == "Really?"
    assert fixed_text("Really?!?!", select="TXT001", is_safe=False) == "Really?!"
    assert text_of("حقًا؟؟", path=AR) == ["3:5 info TXT001"]


def test_a_question_that_exclaims_is_one_mark() -> None:
    assert text_of("Really?! Yes!") == []


def test_three_dots_are_an_ellipsis_and_two_or_four_are_a_slip() -> None:
    assert found(srt("Well... I.. am"), select=["TXT"]) == ["3:5 info TXT002", "3:10 warning TXT002"]
    assert text_of("Well....") == ["3:5 warning TXT002"]
    assert fixed_text("If you are ill...", select="TXT002") == "If you are ill…"
    assert fixed_text("If . . . you are ill.", select="TXT002") == "If … you are ill."
    assert fixed_text("If you are ill....", select="TXT002", is_safe=False) == "If you are ill…"


def test_chinese_has_an_ellipsis_of_two_signs() -> None:
    assert text_of("你好……", path=ZH) == []
    assert fixed_text("你好...", "zh-Hans", select="TXT002") == "你好……"
    assert fixed_text("你好......", "zh-Hans", select="TXT002") == "你好……"
    assert text_of("Hello……") == ["3:6 warning TXT002"]


@pytest.mark.parametrize("text", ["Хайде?.. Хайде!..", "Look in ../subtitles", "Wait… no."])
def test_these_dots_are_right(text: str) -> None:
    assert text_of(text, path=BG) == []


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        ("en", "-Can I ask?\n-Yes."),
        ("de", "-Darf ich?\n-Ja."),
        ("zh-Hans", "-你好。\n-你好。"),
        ("fr", "- Je peux ?\n- Oui."),
        ("fr", "-\u00a0Je peux ?\n-\u00a0Oui."),
        ("ar", "- هل؟\n- نعم."),
        ("vi", "- Em hỏi?\n- Vâng."),
        ("ro", "- Pot?\n- Da."),
        ("nl", "Mag ik?\n-Ja."),
        ("bg", "Мога ли?\n- Да."),
        ("sq", "- Po?\n-Po."),
        ("ro", "– Pot?\n– Da."),
        ("de", "Es ist kalt:\n-5 Grad."),
        ("en", "Yes --\n--no."),
        ("en", "-I am the one who\nasks here."),
        ("de", "Das Kind\n– also du –"),
    ],
)
def test_the_dashes_of_two_speakers_are_those_of_the_language(tag: str, text: str) -> None:
    assert text_of(text, path=f"subtitles/{tag}.srt") == []


def test_a_missing_dash_is_worse_than_a_missing_space() -> None:
    assert found(srt("Can I ask?\n-Yes."), select=["TXT"]) == ["4:1 warning TXT004"]
    assert text_of("-Je peux ?\n-Oui.", path=FR) == ["3:1 info TXT004", "4:1 info TXT004"]
    assert text_of("-Mag ik?\n-Ja.", path=NL) == ["3:1 info TXT004"]
    assert text_of("- Po?\n– Po.", path=SQ) == ["4:1 info TXT004"]


def test_dashes_are_repaired_as_the_language_sets_them() -> None:
    assert fixed_text("- Can I ask?\n-Yes.", select="TXT004") == "-Can I ask?\n-Yes."
    assert fixed_text("-Je peux ?\n- Oui.", "fr", select="TXT004") == "- Je peux ?\n- Oui."
    assert fixed_text("-Mag ik?\n-Ja.", "nl", select="TXT004", is_safe=False) == "Mag ik?\n-Ja."


def test_a_song_has_a_note_at_both_ends() -> None:
    assert found(srt("♪ Nobody walks alone", "It is free."), select=["TXT"]) == ["2:1 info TXT008"]
    assert text_of("# Nobody walks alone #") == ["3:1 info TXT008", "3:22 info TXT008"]
    assert fixed_text("# Nobody", select="TXT008", is_safe=False) == "♪ Nobody"


@pytest.mark.parametrize("text", ["♪ Nobody walks\nalone ♪", "♪", "♪♪", "#rights for all", "We are # 1."])
def test_these_notes_and_number_signs_are_right(text: str) -> None:
    assert text_of(text) == []


def test_a_spanish_cue_may_hold_dialogue_and_quotations() -> None:
    assert findings(srt("-¿Puedo?\n-Sí, «siempre»."), path=ES, select=TEXT_FAMILIES) == ()


@pytest.mark.parametrize("piece", ["(", "([", ".", ". ", "!", '"a ', "„a", "«", "a-\nbcde", "♪", "ABC "])
def test_a_text_of_the_same_fifty_thousand_times_takes_no_long_time(piece: str) -> None:
    assert count_breaches(f"a {piece * 50_000}…]", "de", ("TXT",)) >= 0


@pytest.mark.parametrize(
    "lines",
    [
        "“All men are equal.”\n-Thomas Jefferson",
        "I mean the one thing\n-you know which- that helps.",
        "Education is a right.\n-UNICEF",
    ],
)
def test_a_dash_before_a_name_or_within_a_sentence_is_no_second_speaker(lines: str) -> None:
    assert found(srt(lines), select=["TXT004"]) == []


def test_two_commas_before_a_word_are_a_quotation_mark_that_somebody_typed() -> None:
    assert found(srt("Toate chestiile astea ,,bune”."), "ro", select=["TXT001"]) == []
    assert found(srt("Toate,, chestiile."), "ro", select=["TXT001"]) == ["3:6 warning TXT001"]
