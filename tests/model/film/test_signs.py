from __future__ import annotations

import pytest

from babelreel.model.film.signs import Sign, missing_in, signs_in
from babelreel.model.timecode import Span

COURT = Sign(name="court", span=Span(start_ms=0, end_ms=2000), texts=(("fr", "Tribunal"),))


@pytest.mark.parametrize("tag", ["fr", "fr-simple", "fr-x-sdh"])
def test_a_variant_has_the_signs_of_its_language(tag: str) -> None:
    assert [each.text for each in signs_in([COURT], tag, is_reference=False)] == ["Tribunal"]
    assert missing_in([COURT], tag, is_reference=False) == ()


def test_another_language_lacks_what_nobody_has_said() -> None:
    assert missing_in([COURT], "nl-simple", is_reference=False) == (COURT,)
