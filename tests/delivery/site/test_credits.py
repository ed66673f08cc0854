"""Are the people who may be named on the page of their language, and nobody else anywhere?"""

from __future__ import annotations

from dataclasses import replace

import pytest

from babelreel.model.credits import Credit, Work
from support.sites import PAYLOADS, make_site, page_of, pages_of, site_language


def test_a_page_says_in_its_language_who_did_what() -> None:
    credits_ = (Credit(role=Work.TRANSLATION, name="Amina B."), Credit(role=Work.VOICE, name="Karim"))
    site = make_site(replace(site_language("fr"), credits=credits_), site_language("ar"))
    (section,) = page_of(site, "fr/index.html").all("section", class_="credits")
    assert section.text.split("\n")[1:-1] == [
        "Qui a fait ce film",
        "",
        "Traduction\u00a0: Amina B.",
        "Voix\u00a0: Karim",
        "",
    ]
    named = {path for path, file in pages_of(site).items() if "Karim" in file.content.decode("utf-8")}
    assert named == {"fr/index.html"}
    assert page_of(site, "ar/index.html").all("section", class_="credits") == []


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_hostile_name_is_shown_as_it_is(payload: str) -> None:
    site = make_site(replace(site_language("fr"), credits=(Credit(role=Work.VOICE, name=payload),)))
    page = page_of(site, "fr/index.html")
    assert page.all("bdi")[-1].text == payload
    assert page.all("b") == []
