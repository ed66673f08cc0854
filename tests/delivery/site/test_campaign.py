"""Does a page say who speaks, whom to call, how to send it on, and what the film's parts are called?"""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest

from babelreel.delivery.site.chapters import render_chapters, sections_of
from babelreel.delivery.site.page_text import Line
from babelreel.delivery.site.site_content import Site
from babelreel.model.campaign import Brand, Campaign, Chapter, HelpKind, HelpNumber
from babelreel.model.delivery.manifest import Role
from support.sites import PAYLOADS, make_site, page_of, pages_of, published, site_language, text_of

NUMBERS = (
    HelpNumber(number="112", kind=HelpKind.EMERGENCY, hours="24/7"),
    HelpNumber(number="116 000", kind=HelpKind.MISSING_CHILD),
    HelpNumber(number="+32 2 555 12 34", labels=(("fr", "Un avocat"), ("en", "A lawyer"))),
)
CHAPTERS = (
    Chapter(start_ms=1_000, titles=(("fr", "Tes droits"), ("ar", "حقوقك"))),
    Chapter(start_ms=2_000, titles=(("fr", "De l’aide"),)),
)


def campaign(site: Site | None = None, **more: object) -> Site:
    values: dict[str, object] = {"help": NUMBERS, "chapters": CHAPTERS} | more
    whole = site or make_site(site_language("fr", ["Un.", "Deux.", "Trois."]), site_language("ar"), site_language("hi"))
    return replace(whole, campaign=Campaign(**values))  # type: ignore[arg-type]


@pytest.mark.parametrize("path", ["fr/index.html", "ar/index.html", "index.html"])
def test_numbers_can_be_called_and_keep_their_order_in_every_direction(path: str) -> None:
    page = page_of(campaign(), path)
    calls = [each for each in page.all("a") if (each.get("href") or "").startswith("tel:")]
    assert {each["href"] for each in calls} == {"tel:112", "tel:116000", "tel:+3225551234"}
    for number in ("112", "116 000", "+32 2 555 12 34"):
        assert {each["dir"] for each in page.all("bdi") if each.text == number} == {"ltr"}


def test_who_answers_is_said_in_the_reader_s_language_or_says_which_language_it_is_in() -> None:
    def who(tag: str) -> list[tuple[str, str]]:
        return [
            (each["lang"], each.text) for each in page_of(campaign(), f"{tag}/index.html").all("span", class_="who")
        ]

    assert who("fr")[-3:] == [("fr", "Urgence"), ("fr", "Enfant disparu"), ("fr", "Un avocat")]
    assert who("ar")[-3:] == [("ar", "طوارئ"), ("ar", "طفل مفقود"), ("en", "A lawyer")]
    assert who("hi")[-3:] == [("en", "Emergency"), ("en", "Missing child"), ("en", "A lawyer")]


def test_no_number_is_taken_from_a_text() -> None:
    site = campaign(make_site(site_language("fr", ["Appelle le 112."])), help=())
    assert not [each for each in page_of(site, "fr/index.html").all("a") if (each.get("href") or "").startswith("tel:")]


def test_a_page_is_sent_by_plain_links_with_title_and_address() -> None:
    site = replace(campaign(), address="https://rights.example/film/")
    page = page_of(site, "fr/index.html")
    whatsapp, telegram, sms = (page.one("a", class_=f"way {name}")["href"] for name in ("whatsapp", "telegram", "sms"))
    assert parse_qs(urlsplit(whatsapp).query) == {"text": ["Film https://rights.example/film/fr/"]}
    assert parse_qs(urlsplit(telegram).query) == {"url": ["https://rights.example/film/fr/"], "text": ["Film"]}
    assert sms == "sms:?&body=Film%20https%3A%2F%2Frights.example%2Ffilm%2Ffr%2F"
    assert "hidden" not in page.one("section", class_="share").attributes
    assert page.one("p", class_="short-address").text == "rights.example/film/fr"


def test_while_the_address_is_unknown_only_the_script_can_send_a_page() -> None:
    page = page_of(campaign(), "fr/index.html")
    assert {"hidden", "data-scripted"} <= page.one("section", class_="share").attributes.keys()
    assert page.one("a", class_="way sms").get("href") is None
    assert page.one("a", class_="way sms")["data-form"] == "sms:?&body={text}%20{address}"


def test_the_film_itself_is_sent_small_and_with_its_text() -> None:
    assert page_of(campaign(), "fr/index.html").one("a", id="send-film")["href"] == "../fr/film.fr.phone-360p.mp4"


def test_three_downloads_are_offered_and_the_rest_is_folded_away() -> None:
    language = site_language("fr")
    leaflet = published("fr/film.fr.leaflet.html", Role.LEAFLET, "fr")
    page = page_of(make_site(replace(language, files=(*language.files, leaflet))), "fr/index.html")
    saved = [each["href"] for each in page.all("a") if each.get("href") and "download" in each.attributes]
    assert saved[1:3] == ["../fr/film.fr.phone-360p.mp4", "../fr/film.fr.web-1080p.mp4"]  # behind "send the film"
    assert "À imprimer" in page.one("ul", class_="chosen").text
    folded = page.one("details", class_="more-files").text
    assert "Le film MP4 1280×720" in folded
    assert "640×360" not in folded
    assert "1920×1080" not in folded


def test_chapters_are_headings_of_the_text_and_a_track_of_the_film() -> None:
    site = campaign()
    page = page_of(site, "fr/index.html")
    headings = [each.text for each in page.all("h3") if each.get("class") is None]
    assert headings == ["Tes droits", "De l’aide"]
    assert [(each["href"], each["data-end"]) for each in page.all("a") if each.get("data-end")][:2] == [
        ("#t=1", "2"),
        ("#t=2", "75.08"),
    ]
    assert page.one("track", kind="chapters")["src"] == "../fr/film.fr.chapters.vtt"
    file = pages_of(site)["fr/film.fr.chapters.vtt"]
    assert (file.role, file.mime) == (Role.CHAPTERS, "text/vtt; charset=utf-8")
    assert file.content.decode() == (
        "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\nTes droits\n\n00:00:02.000 --> 00:01:15.080\nDe l’aide\n"
    )
    assert "\nDe l’aide\n\n[0:02] Trois.\n" in text_of(site, "fr/film.fr.transcript.txt")


def test_no_line_is_lost_or_doubled_by_chapters_and_a_language_without_titles_has_none() -> None:
    for tag, lines in (("fr", 3), ("ar", 2), ("hi", 2)):
        assert len(page_of(campaign(), f"{tag}/index.html").all("span", class_="said")) == lines
    assert page_of(campaign(), "hi/index.html").all("track", kind="chapters") == []
    assert "hi/film.hi.chapters.vtt" not in pages_of(campaign())


def test_a_chapter_behind_the_end_of_the_film_is_left_out() -> None:
    site = campaign(chapters=(Chapter(start_ms=80_000, titles=(("fr", "Fin"),)),))
    sections = sections_of(site, site.languages[0], [Line(start_ms=0, end_ms=900, text="Un.")], 75_080)
    assert [each.title for each in sections] == [""]
    assert render_chapters(sections) == ""


def test_a_brand_is_shown_with_its_logo_and_its_links() -> None:
    brand = Brand(
        organisation="Rights for All",
        colour="#1cabe2",
        sentences=(("fr", "Pour toi."),),
        privacy="https://rights.example/privacy",
        contact="mailto:help@rights.example",
    )
    logo = published("assets/logo.svg", Role.BRAND, "")
    site = campaign(make_site(site_language("fr"), site_language("ar"), shared=(logo,)), brand=brand)
    page = page_of(site, "fr/index.html")
    assert (page.one("img", alt="Rights for All")["src"], page.one("p", class_="sentence").text) == (
        "../assets/logo.svg",
        "Pour toi.",
    )
    assert page.one("a", href="https://rights.example/privacy").text == "Vie privée"
    assert page.one("a", href="mailto:help@rights.example").text == "Contact"
    assert page_of(site, "ar/index.html").all("p", class_="sentence") == []
    style = text_of(site, "assets/babelreel.css")
    assert "--band:#1cabe2;--on-band:#000000;" in style


def test_the_first_page_has_the_welcome_of_every_language_and_shows_that_of_the_leading_one() -> None:
    site = campaign(brand=Brand(sentences=(("fr", "Pour toi."), ("ar", "لك."))), site=None)
    page = page_of(site, "index.html")
    assert [each["data-language"] for each in page.all("template")] == ["fr", "ar", "hi"]
    assert page.one("p", class_="sentence").text == "Pour toi."
    assert [each.text for each in page.inert if each.get("class") == "sentence"] == ["Pour toi.", "لك."]
    assert page.one("a", class_="poster")["href"] == "fr/#play"


def test_a_name_is_heard_where_there_is_a_sound_of_it() -> None:
    language = site_language("ar")
    sound = published("ar/film.ar.name.m4a", Role.NAME, "ar")
    page = page_of(make_site(replace(language, files=(*language.files, sound)), site_language("ps")), "index.html")
    (link,) = page.all("a", class_="hear")
    assert (link["href"], link["aria-label"], link["lang"]) == ("ar/film.ar.name.m4a", "استمع: العربية", "ar")


@pytest.mark.parametrize("payload", PAYLOADS)
def test_hostile_words_of_a_campaign_stay_words(payload: str) -> None:
    def hostile(text: str) -> Site:
        return campaign(
            brand=Brand(organisation=text, sentences=(("fr", text),)),
            help=(HelpNumber(number="112", labels=(("fr", text),)),),
            chapters=(Chapter(start_ms=1_000, titles=(("fr", text),)),),
        )

    def shape(site: Site, path: str) -> list[tuple[str, frozenset[str]]]:
        page = page_of(site, path)
        return [(each.tag, frozenset(each.attributes)) for each in (*page.elements, *page.inert)]

    for path in ("fr/index.html", "index.html", "fr/film.fr.transcript.html"):
        assert shape(hostile(payload), path) == shape(hostile("plain"), path)
    assert page_of(hostile(payload), "fr/index.html").all("span", class_="who")[-1].text == payload
    track = text_of(hostile(payload), "fr/film.fr.chapters.vtt")
    assert track.count("-->") == 1
    assert "<" not in track
