from __future__ import annotations

import pytest

from support.checking import found
from support.tracks import srt

BG, DE, FR = (f"subtitles/{tag}.srt" for tag in ("bg", "de", "fr"))


def text_of(*texts: str, path: str = "subtitles/en.srt") -> list[str]:
    return found(srt(*texts), path=path, select=["TXT"])


def test_a_word_is_not_cut_at_the_end_of_a_line() -> None:
    assert found(srt("Ask for an inter-\npreter."), select=["TXT"]) == ["3:17 warning TXT003"]


@pytest.mark.parametrize(
    "text",
    [
        "Vor-\nund Nachteile",
        "Vormund-\noder Anwaltsdienst",
        "Ich will nur-\nNein, nicht jetzt.",
        "-Ich war-\n-Nein!",
        "Das Kind -\nalso du",
        "116-\n000",
    ],
)
def test_a_hyphen_at_the_end_of_a_line_need_not_cut_a_word(text: str) -> None:
    assert text_of(text, path=DE) == []


def test_french_verbs_and_the_next_cue_cut_no_word() -> None:
    assert text_of("Où allez-\nvous ? Est-\nce loin ?", path=FR) == []
    assert text_of("I was going to the inter-", "preter of the service.") == []


SHOUTED = "NOBODY MAY SEND YOU AWAY."


def test_capitals_shout() -> None:
    calm = ["It is free.", "Ask for it now."]
    assert found(srt(SHOUTED, *calm, SHOUTED), select=["TXT"]) == ["2:1 info TXT007", "14:1 info TXT007"]
    assert text_of("ИМАШ ПРАВО НА АДВОКАТ.", "ТЯ Е БЕЗПЛАТНА ЗА ТЕБ.", path=BG) == ["2:1 info TXT007"]


def test_a_single_cue_in_capitals_stands_in_the_picture() -> None:
    assert text_of(SHOUTED) == text_of(SHOUTED, "It is free.") == []


def test_a_file_in_capitals_is_reported_once() -> None:
    assert text_of(*[SHOUTED] * 6, "It is free.") == ["2:1 info TXT007"]


@pytest.mark.parametrize("text", ["CHILD FOCUS", "UN, EU, UK", "NOBODY may send you away.", "116 000"])
def test_these_capitals_do_not_shout(text: str) -> None:
    assert text_of(text, "It is free.", text) == []
