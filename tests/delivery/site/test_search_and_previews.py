"""What do search engines and link previews get to know?"""

from __future__ import annotations

import json
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from babelreel.delivery.site.site_content import Site
from babelreel.languages.locales import locale_of
from babelreel.model.campaign import Campaign, Chapter
from babelreel.model.delivery.manifest import Role
from support.sites import PAYLOADS, make_site, page_of, pages_of, published, site_language, text_of

ADDRESS = "https://a.example/f/"
STILLS = (
    published("shared/film.poster-1280.jpg", Role.POSTER, ""),
    published("shared/film.share-1200x630.jpg", Role.POSTER, ""),
)
NAMES = {
    "": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "xhtml": "http://www.w3.org/1999/xhtml",
    "video": "http://www.google.com/schemas/sitemap-video/1.1",
}


def known(**more: object) -> Site:
    return make_site(
        site_language("fr"),
        site_language("ar"),
        site_language("zh-Hans"),
        **{"address": ADDRESS, "shared": STILLS, **more},
    )


def test_a_preview_tells_its_locale_and_those_of_the_other_languages() -> None:
    page = page_of(known(), "ar/index.html")
    assert page.one("meta", property="og:locale")["content"] == "ar_EG"
    others = [each["content"] for each in page.all("meta", property="og:locale:alternate")]
    assert others == ["fr_FR", "zh_CN"]


@pytest.mark.parametrize(
    ("tag", "locale"), [("fr", "fr_FR"), ("fa-AF", "fa_AF"), ("pcm", "pcm_NG"), ("zh-Hant", "zh_TW")]
)
def test_a_locale_is_a_language_and_a_territory(tag: str, locale: str) -> None:
    assert locale_of(tag) == locale


@pytest.mark.parametrize("path", ["index.html", "fr/index.html"])
def test_the_picture_of_a_preview_has_a_size_and_words(path: str) -> None:
    page = page_of(known(), path)
    told = {each["property"]: each["content"] for each in page.all("meta") if each.get("property")}
    assert told["og:image"] == f"{ADDRESS}shared/film.share-1200x630.jpg"
    assert (told["og:image:width"], told["og:image:height"], told["og:image:alt"]) == ("1200", "630", "Film")


def test_the_day_of_publication_is_told_where_somebody_gave_it_and_nowhere_else() -> None:
    def structured(site: Site) -> dict[str, object]:
        text = page_of(site, "fr/index.html").one("script", type_="application/ld+json").text
        return dict(json.loads(text))

    assert structured(known(date="2026-11-30"))["uploadDate"] == "2026-11-30"
    assert "uploadDate" not in structured(known())
    assert "2026-11-30" in text_of(known(date="2026-11-30"), "sitemap.xml")
    assert "lastmod" not in text_of(known(), "sitemap.xml")


def test_search_engines_and_previews_are_told_of_the_player_and_of_the_parts_of_the_film() -> None:
    chapters = (
        Chapter(start_ms=0, titles=(("fr", "Tes droits"), ("ar", "حقوقك"))),
        Chapter(start_ms=40_500, titles=(("fr", "Un </script> avocat"),)),
    )
    page = page_of(replace(known(), campaign=Campaign(chapters=chapters)), "fr/index.html")
    told = json.loads(page.one("script", type_="application/ld+json").text)
    assert told["embedUrl"] == f"{ADDRESS}fr/embed/"
    assert [(part["name"], part["startOffset"], part["url"]) for part in told["hasPart"]] == [
        ("Tes droits", 0, f"{ADDRESS}fr/#t=0"),
        ("Un </script> avocat", 40, f"{ADDRESS}fr/#t=40.5"),
    ]
    assert told["hasPart"][0]["endOffset"] == 41
    assert "hasPart" not in json.loads(
        page_of(known(), "fr/index.html").one("script", type_="application/ld+json").text
    )
    named = {each["name"]: each["content"] for each in page.all("meta") if each.get("name")}
    assert (named["twitter:card"], named["twitter:player"]) == ("player", f"{ADDRESS}fr/embed/")
    first = {
        each.get("name"): each["content"] for each in page_of(known(), "index.html").all("meta") if each.get("name")
    }
    assert first["twitter:card"] == "summary_large_image"


def test_a_sitemap_lists_all_pages_each_with_all_its_languages_and_its_film() -> None:
    urls = ET.fromstring(text_of(known(), "sitemap.xml")).findall("url", NAMES)  # noqa: S314 - our own
    assert [url.findtext("loc", namespaces=NAMES) for url in urls] == [
        ADDRESS,
        f"{ADDRESS}fr/",
        f"{ADDRESS}ar/",
        f"{ADDRESS}zh-Hans/",
    ]
    for url in urls:
        assert [each.get("hreflang") for each in url.findall("xhtml:link", NAMES)] == [
            "fr",
            "ar",
            "zh-Hans",
            "x-default",
        ]
    (film,) = urls[1].findall("video:video", NAMES)
    assert film.findtext("video:content_loc", namespaces=NAMES) == f"{ADDRESS}fr/film.fr.web-720p.mp4"
    assert film.findtext("video:thumbnail_loc", namespaces=NAMES) == f"{ADDRESS}shared/film.poster-1280.jpg"
    assert film.findtext("video:duration", namespaces=NAMES) == "75"
    assert urls[0].findall("video:video", NAMES) == []


def test_a_sitemap_is_there_only_where_the_address_is_known() -> None:
    assert "sitemap.xml" not in pages_of(known(address=""))


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_sitemap_of_hostile_titles_is_xml_with_no_more_in_it(payload: str) -> None:
    plain = ET.fromstring(text_of(known(), "sitemap.xml"))  # noqa: S314 - our own
    titled = [replace(each, title=payload) for each in known().languages]
    site = make_site(*titled, address=ADDRESS, shared=STILLS)
    found = ET.fromstring(text_of(site, "sitemap.xml"))  # noqa: S314 - our own
    assert [each.tag for each in found.iter()] == [each.tag for each in plain.iter()]
