"""Are neighbours that have one another's text found by what a translation keeps?"""

from __future__ import annotations

import pytest

from support.checking import found
from support.tracks import srt

REFERENCE = srt("You have rights.", "Call 116 000.", "In danger? Call 112.", "Ask Fedasil or the CGRS.")


def exchanged(*cues: str, tag: str = "nl") -> list[str]:
    return found(srt(*cues), tag, reference=REFERENCE, select="PAR005")


def test_two_cues_with_one_anothers_numbers_are_found() -> None:
    assert exchanged("Je hebt rechten.", "In gevaar? Bel 112.", "Bel 116 000.", "Vraag Fedasil.") == [
        "6:1 warning PAR005"
    ]
    assert exchanged("لديك حقوق.", "في خطر؟ اتصل بـ١١٢.", "اتصل بـ١١٦ ٠٠٠.", "اسأل.", tag="ar") == [
        "6:1 warning PAR005"
    ]


@pytest.mark.parametrize(
    "cues",
    [
        ("Je hebt rechten.", "Bel 116 000.", "In gevaar? Bel 112.", "Vraag Fedasil of het CGRS."),
        ("Je hebt rechten.", "Bel, als je in gevaar bent, 112", "of 116 000.", "Vraag Fedasil."),
        ("Je hebt rechten.", "Bel ons.", "Bel 116 000 of 112.", "Vraag Fedasil."),
    ],
)
def test_neighbours_in_their_order_and_one_sentence_in_two_cues_are_passed_by(cues: tuple[str, ...]) -> None:
    assert exchanged(*cues) == []


ENGLISH = (
    "Who helps me?",
    "A guardian helps you with the lawyer, the school and the doctor.",
    "That is free.",
    "Nobody may put you in a place with bars before somebody has listened to you.",
    "Do you understand that?",
    "Then ask.",
)
DUTCH = (
    "Wie helpt mij?",
    "Een voogd helpt je met alles: advocaat, school en dokter.",
    "Dat is gratis.",
    "Niemand mag je opsluiten voor iemand naar je geluisterd heeft.",
    "Begrijp je dat?",
    "Vraag dan.",
)


def scene(*order: int) -> list[str]:
    return found(srt(*(DUTCH[place] for place in order)), "nl", reference=srt(*ENGLISH), select="PAR005")


def test_two_sentences_of_other_lengths_or_marks_are_found() -> None:
    assert scene(0, 1, 2, 3, 4, 5) == []
    assert scene(1, 0, 2, 3, 4, 5) == ["2:1 warning PAR005"]  # a question, and five times as long
    assert scene(0, 2, 1, 3, 4, 5) == ["6:1 warning PAR005"]  # by their lengths alone
    assert scene(0, 1, 2, 3, 5, 4) == ["18:1 warning PAR005"]  # by the question mark


def test_sentences_that_look_alike_are_passed_by() -> None:
    reference = srt("You have rights.", "The lawyer is free.", "The doctor is free.")
    dutch = srt("Je hebt rechten.", "De arts is gratis.", "De advocaat is gratis.")
    assert found(dutch, "nl", reference=reference, select="PAR005") == []


def test_a_cue_that_holds_the_next_one_of_the_reference_too_is_no_exchange() -> None:
    reference = srt("This is like a class.", "I am here.", "I make mistakes, you correct them.")
    merged = srt("Dit is als een klas.", "Ik sta hier, maak fouten, en jullie verbeteren die.")
    assert found(merged, "nl", reference=reference, select="PAR005") == []
