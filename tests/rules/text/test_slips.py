"""Is what an editor or a machine left behind found, and what is right passed by?"""

from __future__ import annotations

import pytest

from support.checking import findings, found
from support.tracks import srt


@pytest.mark.parametrize(
    "text",
    ["[TODO] Ask him.", "Ask (XXX) now.", "TODO: ask.", "FIXME", "TBD", "Lorem ipsum dolor sit.", "It is [???]."],
)
def test_a_note_that_was_left_in_is_found(text: str) -> None:
    assert [each.code for each in findings(srt(text), select="TXT009")] == ["TXT009"]


@pytest.mark.parametrize(
    "text", ["TODO ESTÁ BIEN.", "Super Bowl XXX.", "[laughs]", "Why? (Really?)", "The XXth century."]
)
def test_words_in_capitals_and_brackets_are_no_notes(text: str) -> None:
    assert findings(srt(text), "es", select="TXT009") == ()


LINE = "Tu peux demander un avocat."


def test_the_same_text_in_two_neighbours_is_found() -> None:
    assert found(srt("Salut.", LINE, "Tu peux demander\nun avocat !"), "fr", select="TXT010") == ["10:1 warning TXT010"]
    assert found(srt("你可以去看医生。", "你可以去看医生。"), "zh-Hans", select="TXT010") == ["6:1 warning TXT010"]


def test_a_short_answer_a_refrain_and_what_is_far_apart_are_passed_by() -> None:
    assert found(srt("Oui. Oui.", "Oui. Oui."), "fr", select="TXT010") == []
    assert found(srt(LINE, LINE, LINE), "fr", select="TXT010") == []
    assert found(srt((0, 2000, LINE), (5000, 7000, LINE)), "fr", select="TXT010") == []
    assert found(srt("Tu as 3 jours et une nuit.", "Tu as 4 jours et une nuit."), "fr", select="TXT010") == []


def test_what_the_reference_says_twice_is_said_twice() -> None:
    twice = srt("You can ask for a lawyer.", "You can ask for a lawyer.")
    assert found(srt(LINE, LINE), "fr", reference=twice, select="TXT010") == []


def test_many_repeated_cues_are_one_finding() -> None:
    lines = [f"Phrase {word} du film." for word in "une deux trois quatre cinq".split() for _ in range(2)]  # noqa: SIM905 - reads easier
    (one,) = findings(srt(*lines), "fr", select="TXT010")
    assert one.message == "5 lines have the text of the line before them"


@pytest.mark.parametrize(
    ("tag", "text", "column"),
    [
        ("en", "Ask the the lawyer.", 5),
        ("fr", "Va chez le le médecin.", 9),
        ("nl", "De de advocaat is gratis.", 1),
        ("de", "Er kommt mit mit dir.", 10),
        ("bg", "Ти и и той.", 4),
        ("ar", "اذهب إلى إلى الطبيب.", 6),
        ("ro", "Vino cu cu ea.", 6),
    ],
)
def test_a_small_word_that_stands_twice_is_found(tag: str, text: str, column: int) -> None:
    assert found(srt(text), tag, select="TXT011") == [f"3:{column} warning TXT011"]


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        ("fr", "Nous nous levons. Vous vous trompez."),
        ("de", "Die, die die Rechte kennen. Das das."),
        ("nl", "Ik weet dat dat mag. Hij zei dat het het is."),
        ("en", "She had had it; I know that that is so. The then the."),
        ("vi", "Từ từ, luôn luôn, mãi mãi."),
        ("zh-Hans", "妈妈，爸爸，慢慢，看看。"),
        ("sq", "Një orë e të të tjerëve."),
        ("en", "It was of-of course."),
    ],
)
def test_words_that_are_rightly_doubled_are_passed_by(tag: str, text: str) -> None:
    assert found(srt(text), tag, select="TXT011") == []


@pytest.mark.parametrize(
    ("tag", "text", "column"),
    [
        ("de", "lch habe Rechte.", 1),
        ("fr", "Tu es Iibre.", 7),
        ("en", "You wiII see.", 7),
        ("en", "The lnterpreter is free.", 5),
        ("nl", "Als je wilt, zaI het.", 16),
    ],
)
def test_letters_that_were_misread_are_found(tag: str, text: str, column: int) -> None:
    assert found(srt(text), tag, select="TXT012") == [f"3:{column} warning TXT012"]


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        ("en", "Mr. McIntosh and Mr. MacIver; 5 lbs, 3 lm, ln x, World War II, Henry VIII, iPad, IDs."),
        ("fr", "L’hôpital, l’infirmière, Louis XVIII, llama."),
        ("nl", "IJs, ’s avonds, Ik."),
        ("de", "Ich, Ihr, Igel, AGB, die ISBN."),
        ("bg", "Илия"),
    ],
)
def test_letters_in_their_place_are_passed_by(tag: str, text: str) -> None:
    assert found(srt(text), tag, select="TXT012") == []


def test_phonetic_letters_between_slashes_are_no_misread_ones() -> None:
    assert found(srt("He is called Ade (/’eIvi:z/)."), select="TXT012") == []
