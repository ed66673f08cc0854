from __future__ import annotations

import pytest

from support.checking import findings, found
from support.tracks import srt


@pytest.mark.parametrize(
    ("tag", "texts"),
    [
        ("bg", ["?????? ?? ??"]),
        ("bg", ["?????? ?? ??, ??????!"]),
        ("ar", ["???? ??? ?? ????"]),
        ("zh-Hans", ["???? ????"]),
        ("ro", ["Sun? la num?rul de pe ecran."]),
        ("fr", ["L'?cole est gratuite, m?me apr?s l'?t?."]),
        ("ro", ["Ai dreptul la ?coal?.", "Po?i ?ntreba.", "Num?rul e gratuit."]),
        ("fr", ["L’¿cole, m¿me apr¿s l’¿t¿, d¿j¿ gratuite."]),
    ],
)
def test_question_marks_in_the_place_of_letters_are_one_error_without_a_fix(tag: str, texts: list[str]) -> None:
    said = findings(srt(*texts), tag, select=["ENC", "TXT", "SPC", "LNG", "LET", "TYP"])
    assert [(each.code, each.severity, each.fix) for each in said] == [("ENC011", "error", None)]


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        ("bg", "???"),
        ("bg", "Какво??? Кой?? Защо?!"),
        ("bg", "- ???\n- Не знам."),
        ("fr", "Quoi ??? Qui ?"),
        ("fr", "Pourquoi?Parce que."),
        ("ro", "De ce?pentru că da."),
        ("en", "Who?what?why?when?"),
        ("es", "¿Qué? ¿Dónde?"),
        ("fr", "Voir www.exemple.be/?page=2&langue=fr et watch?v=abc."),
    ],
)
def test_questions_are_none(tag: str, text: str) -> None:
    assert found(srt(text), tag, select=["ENC"]) == []
