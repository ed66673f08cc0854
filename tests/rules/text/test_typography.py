from __future__ import annotations

import pytest

from support.checking import count_breaches, fixed_text, found
from support.tracks import srt

BG, DE, EN, ES, FR, RO = (f"subtitles/{tag}.srt" for tag in ("bg", "de", "en", "es", "fr", "ro"))


def typography(*texts: str, path: str = FR) -> list[str]:
    return found(srt(*texts), path=path, select=["TYP"])


def test_a_french_mark_of_two_parts_has_a_no_break_space_before_it() -> None:
    assert found(srt("Tu es seul? Viens !"), path=FR, select=["TYP"]) == ["3:11 warning TYP001", "3:18 info TYP001"]
    assert typography("«Viens», dit-il : « Oui ».") == [
        "3:1 warning TYP001",
        "3:7 warning TYP001",
        "3:16 info TYP001",
        "3:19 info TYP001",
        "3:24 info TYP001",
    ]


def test_normal_and_narrow_no_break_spaces_are_both_right() -> None:
    assert typography("Tu es seul\u00a0? Viens\u202f! Lui\u00a0: «\u00a0Oui\u202f».") == []


@pytest.mark.parametrize(
    "text",
    [
        "À 12:30 ou 12 h 30.",
        "Voir http://childfocus.be/?q=1;2 et plus.",
        "Quoi\u00a0?! Non\u202f!!",
        "Vraiment…? Oui (!) et (?)",
        "Un sourire :) ;-)",
        "?",
        "café&eacute; ici",
        "16:9",
    ],
)
def test_these_french_marks_are_right(text: str) -> None:
    assert typography(text) == []


def test_the_space_is_that_of_the_file_or_the_one_that_belongs_to_the_mark() -> None:
    assert fixed_text("Tu es seul ?", "fr", select="TYP001") == "Tu es seul\u202f?"
    assert fixed_text("Tu es seul?!", "fr", select="TYP001") == "Tu es seul\u202f?!"
    assert fixed_text("Il dit : viens", "fr", select="TYP001") == "Il dit\u00a0: viens"
    assert fixed_text("Il dit\u202f: viens ; ici", "fr", select="TYP001") == "Il dit\u202f: viens\u202f; ici"
    assert fixed_text("« Oui\u00a0»", "fr", select="TYP001") == "«\u00a0Oui\u00a0»"
    assert fixed_text("<i>Seul</i>?", "fr", select="TYP001") == "<i>Seul</i>\u202f?"


def test_french_of_canada_and_switzerland_may_leave_out_some_spaces() -> None:
    assert typography("Tu es seul? Viens!", path="subtitles/fr-CA.srt") == []
    assert typography("Lui: «Oui»", path="subtitles/fr-CH.srt") == [
        "3:4 warning TYP001",
        "3:6 warning TYP001",
        "3:10 warning TYP001",
    ]


def test_other_languages_have_no_space_there() -> None:
    assert typography("Are you alone? He: yes!", path=EN) == []


def test_a_french_apostrophe_is_curved() -> None:
    assert found(srt("Tu as droit à l'école."), path=FR, select=["TYP"]) == ["3:16 info TYP002"]
    assert fixed_text("l'école", "fr", select="TYP002") == "l’école"
    assert typography("l’école, 'oui'") == []


def test_in_other_languages_apostrophes_are_alike() -> None:
    assert typography("It's yours. Don't go.", path=EN) == []
    assert typography("It's yours. Don’t go.", path=EN) == ["3:3 info TYP002"]


def test_what_a_low_quote_opens_is_closed_by_the_mark_of_the_language() -> None:
    assert found(srt("Sag: „Hilfe.”"), path=DE, select=["TYP"]) == ["3:13 warning TYP003"]
    assert typography('Кажи: „Помощ."', path=BG) == ["3:14 warning TYP003"]
    assert typography("Spune: „Ajutor.“", path=RO) == ["3:16 warning TYP003"]
    assert fixed_text("Sag: „Ich brauche\nHilfe.”", "de", select="TYP003") == "Sag: „Ich brauche\nHilfe.“"


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ('„Hilfe“, sag: »Hilfe« oder «Hilfe» oder "Hilfe".', DE),
        ("„Er sagte »nein«“ und ‚ja‘", DE),
        ("„Помощ“", BG),
        ("„Ajutor”", RO),
        ("„Help” and „help“", EN),
    ],
)
def test_these_quotations_are_those_of_the_language(text: str, path: str) -> None:
    assert typography(text, path=path) == []


def test_a_spanish_question_is_opened() -> None:
    assert found(srt("Estás solo?", "¡Ven!"), path=ES, select=["TYP"]) == ["3:11 warning TYP004"]
    assert typography("¿Estás solo? Ven!", path=ES) == ["3:17 warning TYP004"]


@pytest.mark.parametrize(
    "texts", [["¿Estás solo?", "¡¿Qué?!"], ["¿Puedes venir", "o estás solo?"], ["Eso (?) es", "www.a.es/?q=1"]]
)
def test_these_spanish_marks_are_right(texts: list[str]) -> None:
    assert typography(*texts, path=ES) == []


@pytest.mark.parametrize("piece", ["a?", "?", "«", " ?", "„a", "a'", "; "])
@pytest.mark.parametrize("path", ["fr", "de", "es"])
def test_a_line_of_the_same_fifty_thousand_times_takes_no_long_time(piece: str, path: str) -> None:
    assert count_breaches(f"a’a{piece * 50_000}a", path, ("TYP",)) >= 0


@pytest.mark.parametrize(
    ("tag", "text", "column"),
    [
        ("de", "Sag: “Ich brauche Hilfe.”", 6),
        ("fr", "Dis\u00a0: “J’ai besoin d’aide.”", 7),
        ("bg", "Кажи: “Помогни ми.”", 7),
        ("ro", "Spune: “Ajută-mă.”", 8),
    ],
)
def test_english_marks_around_a_quotation_are_found_once_in_a_file(tag: str, text: str, column: int) -> None:
    assert found(srt(text, text), tag, select="TYP005") == [f"3:{column} warning TYP005"]


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        ("de", "Sag: „Ich brauche Hilfe.“ Und: „Komm.“"),
        ("fr", "Il dit\u00a0: «\u00a0Elle a dit “viens” hier.\u00a0»"),
        ("bg", "„Помогни ми“, каза тя. „Ела“."),
        ("ro", "„Ajută-mă”, spune el."),
        ("nl", "Zeg: “Ik heb hulp nodig.”"),
        ("en", "Say: “I need help.”"),
    ],
)
def test_marks_of_the_language_are_passed_by(tag: str, text: str) -> None:
    assert found(srt(text), tag, select="TYP005") == []
