"""Does a leaflet say what the film says, and nothing that a stranger's text could make it do?"""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from babelreel.delivery.campaign import HelpLine
from babelreel.delivery.leaflet.fitting import TYPE_SIZES_PT
from babelreel.delivery.leaflet.sheet import Places, render_style
from babelreel.fonts import coverage
from babelreel.languages.find import builtin_languages, find_language
from babelreel.model.credits import Credit, Work
from babelreel.timedtext.burnin.typeface import choose_font
from support.leaflets import PLACES, sheet


class Elements(HTMLParser):
    """What a browser would see: elements with their attributes, and the text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def size_pt(html: str) -> int:
    (found,) = re.findall(r"type-(\d+)", html)
    return int(found)


def test_a_leaflet_is_in_its_language_and_direction() -> None:
    for tag, direction in (("fr", "ltr"), ("ar", "rtl"), ("ps", "rtl"), ("fa", "rtl"), ("zh-Hans", "ltr")):
        assert f'<html lang="{tag}" dir="{direction}">' in sheet(tag, "112.")


def test_numbers_of_right_to_left_text_are_kept_in_order() -> None:
    html = sheet("ar", "اتصل بالرقم 116 000.")
    assert 'اتصل بالرقم <bdi dir="ltr">116 000</bdi>.</p>' in html
    whole = sheet("ar", "اتصل بالرقم 116\u00a0000.")  # as pages write it, and rows of two languages
    assert 'اتصل بالرقم <bdi dir="ltr">116\u00a0000</bdi>.</p>' in whole
    assert "\u2066" not in html


def test_numbers_to_call_stand_on_the_back_with_what_the_film_says_of_them() -> None:
    html = sheet("fr", "Tu as moins de 18 ans.", "Appelle le 112.")
    assert '<p class="number"><bdi dir="ltr">112</bdi></p>' in html
    assert html.count("Appelle le 112.") == 2
    assert "number" not in sheet("fr", "Tu as moins de 18 ans.")


def test_an_address_gives_a_code_and_none_gives_none() -> None:
    with_one = Elements(sheet("fr", "Bonjour.", address="https://rights.example/film/fr/"))
    assert ("img", {"src": "film.qr.svg", "alt": ""}) in with_one.found
    assert "rights.example/film/fr" in with_one.text
    assert find_language("fr").leaflet.watch in with_one.text
    without = sheet("fr", "Bonjour.")
    assert "qr.svg" not in without
    assert "://" not in without
    assert find_language("fr").leaflet.watch not in without


def test_hostile_texts_stay_text() -> None:
    hostile = "<script>alert(1)</script> \" onload='x' <img src=x onerror=y> {{ 7*7 }} &lt;b&gt;"
    places = Places(style='a"b.css', pictures=('x"><script>.jpg',), code="")
    page = Elements(sheet("fr", hostile, title=hostile, places=places))
    assert not {"script", "b"} & {tag for tag, _ in page.found}
    assert len([tag for tag, _ in page.found if tag == "img"]) == 1
    assert not [name for _, attributes in page.found for name in attributes if name.startswith("on")]
    # title, heading and text
    assert page.text.count(hostile) == 3


def test_nothing_in_a_leaflet_needs_a_lenient_policy() -> None:
    page = Elements(sheet("ar", "مرحبًا.", address="https://rights.example/film/ar/"))
    assert not {"script", "style", "iframe"} & {tag for tag, _ in page.found}
    assert not [attributes for _, attributes in page.found if "style" in attributes]
    loaded = [attributes.get("src") or attributes.get("href") or "" for tag, attributes in page.found if tag != "a"]
    assert not [each for each in loaded if "//" in each]
    assert "url(" not in render_style().decode()


def test_words_of_our_own_are_there_in_all_languages_and_can_be_drawn() -> None:
    assert all(language.leaflet.watch for language in builtin_languages())
    for language in builtin_languages():
        font = choose_font(language, None)
        drawn = frozenset().union(*(coverage(each.path) for each in (font, *font.fallbacks)))
        assert {each for each in language.leaflet.watch + language.own_name if ord(each) not in drawn} == set()


def test_another_language_gets_english_words_that_say_so() -> None:
    html = sheet("ur", "سلام", address="https://rights.example/film/ur/")
    assert '<p lang="en" dir="ltr">Watch the film</p>' in html


@pytest.mark.parametrize("tag", ["fr", "ar", "zh-Hans"])
def test_more_text_gets_smaller_type_down_to_a_limit(tag: str) -> None:
    sentence = {
        "fr": "Tu as droit à un endroit sûr pour dormir.",
        "ar": "من حقك أن تنام في مكان آمن.",
        "zh-Hans": "你有权在安全的地方睡觉。",
    }
    sizes = [size_pt(sheet(tag, *[sentence[tag]] * cues)) for cues in (5, 40, 60, 300)]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] == 16
    assert sizes[-1] == 9
    assert len(set(sizes)) > 2


def test_every_size_has_its_look() -> None:
    style = render_style().decode()
    assert [size for size in TYPE_SIZES_PT if f".type-{size} {{ font-size: {size}pt; }}" not in style] == []


def test_a_film_of_few_frames_has_fewer_pictures() -> None:
    for count in range(7):
        places = Places(style="s.css", pictures=PLACES.pictures[:count], code="")
        page = Elements(sheet("fr", "Bonjour.", places=places))
        assert [attributes["src"] for tag, attributes in page.found if tag == "img"] == sorted(
            places.pictures, key=lambda each: (each == places.pictures[0], each == PLACES.pictures[5]), reverse=True
        )


def test_fonts_are_named_before_the_rest_of_the_style() -> None:
    style = render_style(['fonts/a\'s "b".ttf', "fonts/c.otf"]).decode()
    assert style.startswith('@font-face { font-family: "Leaflet 1"; src: url("fonts/a%27s%20%22b%22.ttf"); }\n')
    assert style.endswith(render_style().decode())


LINES = (
    HelpLine(
        number="116 000",
        digits="116000",
        who="طفل مفقود",
        who_tag="ar",
        who_direction="rtl",
        hours="24/7",
        is_emergency=False,
    ),
)


def test_numbers_of_the_project_stand_on_the_back_and_take_the_place_of_those_of_the_text() -> None:
    html = sheet("ar", "اتصل بالرقم 112.", help=LINES)
    assert '<p class="number"><bdi dir="ltr">116 000</bdi></p>' in html
    assert '<span lang="ar" dir="rtl">طفل مفقود</span> <bdi dir="ltr">24/7</bdi>' in html
    assert '<p class="number"><bdi dir="ltr">112</bdi></p>' not in html
    assert "احصل على المساعدة" in html


def test_chapters_are_headings_before_their_paragraphs() -> None:
    html = sheet("fr", "Un.", "Deux.", headings=((0, "Tes <droits>"),))
    assert html.index("<h2>Tes &lt;droits&gt;</h2>") < html.index("<p>Un. Deux.</p>")


def test_those_who_may_be_named_stand_on_the_back_and_make_another_edition() -> None:
    people = (Credit(role=Work.TRANSLATION, name="Amina <B>"), Credit(role=Work.VOICE, name="كريم"))
    html, bare = sheet("fr", "Un.", credits=people), sheet("fr", "Un.")
    assert '<bdi class="name">Amina &lt;B&gt;</bdi> · Voix' in html
    assert '<bdi class="name">كريم</bdi></p>' in html
    assert 'class="credits"' not in bare
    edition = re.compile(r'class="edition"><bdi dir="ltr">(.*?)</bdi>')
    assert edition.findall(html) != edition.findall(bare)


def test_headings_take_room() -> None:
    texts = ["Tu as droit à un endroit sûr pour dormir."] * 40
    plain, parted = (
        size_pt(sheet("fr", *texts, headings=headings)) for headings in ((), ((0, "A"), (3, "B"), (6, "C")))
    )
    assert parted < plain


def test_an_edition_names_what_a_sheet_says_and_a_day_only_where_one_is_given() -> None:
    def edition(*texts: str, date: str = "") -> str:
        (found,) = re.findall(r'class="edition"><bdi dir="ltr">(.*?)</bdi>', sheet("fr", *texts, date=date))
        return str(found)

    assert edition("Un.") == edition("Un.") != edition("Deux.")
    assert re.fullmatch(r"[0-9a-f]{6}", edition("Un."))
    assert edition("Un.", date="2026-11-30") == f"{edition('Un.')} · 2026-11-30"


def test_a_brand_stands_on_the_cover_in_its_colour() -> None:
    html = sheet("fr", "Un.", organisation="Rights <for> All", sentence="Pour toi.")
    assert '<p class="brand"><bdi>Rights &lt;for&gt; All</bdi></p>' in html
    assert '<p class="sentence">Pour toi.</p>' in html
    assert b"--band: #1cabe2; --on-band: #000000;" in render_style(colour="#1cabe2")
