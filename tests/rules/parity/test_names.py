"""Is a name that is once spelt otherwise found, and nothing that is grammar?"""

from __future__ import annotations

import pytest

from support.checking import found
from support.tracks import srt

REFERENCE = srt("Call Child Focus.", "What is Child Focus?", "Child Focus is free.")


@pytest.mark.parametrize("name", ["Child Fokus", "Child Focsu", "Chidl Focus"])
def test_a_name_that_is_once_spelt_otherwise_is_found(name: str) -> None:
    text = srt("Bel Child Focus.", "Wat is Child Focus?", f"{name} is gratis.")
    assert found(text, "nl", reference=REFERENCE, select="FCT005") == ["11:1 warning FCT005"]


@pytest.mark.parametrize("name", ["Child Focuses", "Child Locator", "Child Focus"])
def test_an_ending_and_another_name_are_passed_by(name: str) -> None:
    text = srt("Bel Child Focus.", "Wat is Child Focus?", f"{name} is gratis.")
    assert found(text, "nl", reference=REFERENCE, select="FCT005") == []


def test_what_the_reference_does_not_write_so_is_no_name_of_it() -> None:
    text = srt("Das Neuronale Netz.", "Ein Neuronale Netz.", "Im Neuronalem Netz.")
    assert found(text, "de", reference=REFERENCE, select="FCT005") == []
