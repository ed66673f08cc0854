from __future__ import annotations

import pytest

from babelreel.rules.check import check_track
from support.subjects import make_subject
from support.tracks import srt

TEXT = srt("In danger? Call 112.", "A child is missing?\nCall 116 000.", "Call 112 again.")


def told(content: str, *listed: str, tag: str = "en", is_reference: bool = True) -> list[str]:
    subject = make_subject(content, tag, is_reference=is_reference, help_numbers=frozenset(listed))
    found = check_track(subject, select=["FCT006"]).findings
    return [f"{each.location.line}:{each.location.column} {each.severity} {each.message}" for each in found]


def test_each_number_without_a_button_is_told_once() -> None:
    assert told(TEXT) == [
        "3:17 info no page has a button to call 112: [[help]] of babelreel.toml does not list it",
        "8:6 info no page has a button to call 116 000: [[help]] of babelreel.toml does not list it",
    ]
    assert len(told(TEXT, "112")) == 1
    assert told(TEXT, "112", "116000") == []


def test_a_translation_proposes_no_number() -> None:
    assert told(srt("Appelle le 112."), tag="fr", is_reference=False) == []


@pytest.mark.parametrize("text", ["You are under 18.", "It costs 112.50 euros.", "Since 2015."])
def test_other_numbers_are_not_told(text: str) -> None:
    assert told(srt(text)) == []


def test_digits_of_other_scripts_are_dialled_as_they_are() -> None:
    assert told(srt("اتصل على ١١٢"), "112", tag="ar") == []
