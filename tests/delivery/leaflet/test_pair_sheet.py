"""Does a leaflet of two languages have both texts side by side, as large as one sheet allows?"""

from __future__ import annotations

import re

import pytest

from babelreel.delivery.leaflet.fitting import TYPE_SIZES_PT
from babelreel.delivery.leaflet.sheet import Beside, Leaflet, render_leaflet, render_pair_style, render_style
from babelreel.languages.find import find_language
from babelreel.timedtext.burnin.line_width import Shaper, find_shaper
from babelreel.timedtext.burnin.typeface import choose_font
from support.leaflets import PLACES
from support.sites import PAYLOADS, read_page


def shaper(tag: str) -> Shaper:
    return find_shaper(choose_font(find_language(tag), None), find_language(tag))


def sheet(first: str, second: str, *rows: tuple[str, str], title: str = "Tes droits") -> str:
    beside = Beside(
        language=find_language(second),
        title=title,
        title_language=find_language(second),
        rows=rows,
        shaper=shaper(second),
    )
    leaflet = Leaflet(
        language=find_language(first),
        title="Your rights",
        title_language=find_language("en"),
        paragraphs=(),
        beside=beside,
        width_px=900,
        height_px=506,
    )
    return render_leaflet(leaflet, PLACES, shaper(first)).decode()


@pytest.mark.parametrize(
    ("first", "second"), [("ar", "fr"), ("fr", "ar"), ("ps", "nl"), ("zh-Hans", "vi"), ("fa", "ar"), ("fr", "en")]
)
def test_both_texts_stand_in_each_row_in_their_own_direction(first: str, second: str) -> None:
    rtl = {"ar", "ps", "fa"}
    text = sheet(first, second, ("Un.", "Deux."), ("", "Trois."))
    page = read_page(text)
    assert page.one("html")["dir"] == ("rtl" if first in rtl else "ltr")
    said = [
        each for each in page.all("p", lang=second) if "second" in each["class"].split() and "dir" in each.attributes
    ]
    said = [each for each in said if each["dir"] != "auto"]
    assert [each.text for each in said] == ["Deux.", "Trois."]
    assert {each["dir"] for each in said} == {"rtl" if second in rtl else "ltr"}
    assert re.findall(r'<div class="row">\s*<p class="(\w+)">(.*?)</p>', text) == [
        (find_language(first).script.lower(), "Un."),
        (find_language(first).script.lower(), ""),
    ]


def test_both_titles_and_both_names_stand_on_the_cover() -> None:
    text = sheet("ar", "fr", ("1", "2"))
    assert "Your rights" in text
    assert "Tes droits" in text
    assert "العربية + " in text
    assert sheet("ar", "fr", ("1", "2"), title="Your rights").count("Your rights") == 2  # the cover, and the tab


def size_of(text: str) -> int:
    (found,) = re.findall(r'class="pair type-(\d+)"', text)
    return int(found)


def test_more_text_gets_smaller_type_and_the_longer_side_counts() -> None:
    short, long = "Tu as des droits.", "Tu as le droit de parler et d’être entendu, quoi qu’on décide pour toi. " * 3
    assert size_of(sheet("fr", "en", (short, short))) == TYPE_SIZES_PT[0]
    few, many = [(short, long)] * 8, [(short, long)] * 12
    assert TYPE_SIZES_PT[0] > size_of(sheet("fr", "en", *few)) > size_of(sheet("fr", "en", *many))
    assert size_of(sheet("fr", "en", *few)) == size_of(sheet("en", "fr", *((two, one) for one, two in few)))
    assert size_of(sheet("fr", "en", *[(long, long)] * 60)) == TYPE_SIZES_PT[-1]


def test_another_text_on_either_side_makes_another_edition() -> None:
    def edition(*row: str) -> str:
        (found,) = re.findall(r'class="edition"><bdi dir="ltr">(\w+)<', sheet("fr", "en", (row[0], row[1])))
        return str(found)

    assert len({edition("a", "b"), edition("a", "c"), edition("d", "b")}) == 3


def test_hostile_texts_stay_text() -> None:
    page = read_page(sheet("ar", "fr", *((each, each) for each in PAYLOADS)))
    assert not page.all("script")
    assert not page.all("iframe")


def test_the_style_of_two_languages_begins_with_that_of_one_and_has_the_fonts_of_both() -> None:
    style = render_pair_style(["fonts/a.ttf"], ["fonts/b.ttf"]).decode()
    assert style.startswith(render_style(["fonts/a.ttf"]).decode())
    assert 'font-family: "Second 1"; src: url("fonts/b.ttf")' in style
