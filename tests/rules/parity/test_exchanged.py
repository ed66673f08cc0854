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
