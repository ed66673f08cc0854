"""Is the film shown on pages of others as wide as its place, and do they find it by themselves?"""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from babelreel.delivery.site.page_values import POLICY
from babelreel.model.delivery.manifest import Role
from support.sites import PAYLOADS, make_site, page_of, pages_of, published, read_page, site_language, text_of

ADDRESS = "https://a.example/f/"


def test_the_snippet_is_a_frame_as_wide_as_its_place_with_the_player_alone() -> None:
    snippet = text_of(make_site(site_language("fr"), address=ADDRESS), "fr/film.fr.embed.txt")
    frame = read_page(snippet).one("iframe")
    assert frame["src"] == "https://a.example/f/fr/embed/"
    assert (frame["title"], frame["lang"], frame["loading"]) == ("Film", "fr", "lazy")
    assert frame["allow"].split("; ") == ["autoplay", "fullscreen", "picture-in-picture"]
    assert frame["style"] == "border: 0; width: 100%; height: auto; aspect-ratio: 16 / 9"


def test_the_player_alone_has_the_film_with_its_texts_and_the_policy_of_all_pages() -> None:
    page = page_of(make_site(site_language("fr"), site_language("ar")), "fr/embed/index.html")
    assert page.all("source")[-1]["src"] == "../../fr/film.fr.web-720p.mp4?v=00000000"
    assert [track["src"] for track in page.all("track")] == ["../../fr/film.fr.vtt", "../../ar/film.ar.vtt"]
    assert page.one("meta", http_equiv="Content-Security-Policy")["content"] == POLICY
    assert page.one("meta", name="robots")["content"] == "noindex"
    assert page.all("a") == []


def test_other_sites_find_the_player_where_its_address_is_known() -> None:
    poster = published("shared/film.poster-1280.jpg", Role.POSTER, "", width_px=1280, height_px=720)
    site = make_site(site_language("fr"), address=ADDRESS, shared=(poster,))
    link = page_of(site, "fr/index.html").one("link", type_="application/json+oembed")
    assert link["href"] == "https://a.example/f/fr/oembed.json"
    told = json.loads(text_of(site, "fr/oembed.json"))
    assert (told["version"], told["type"], told["title"]) == ("1.0", "video", "Film")
    assert (told["width"], told["height"], told["thumbnail_width"]) == (1280, 720, 1280)
    assert told["thumbnail_url"] == "https://a.example/f/shared/film.poster-1280.jpg"
    assert read_page(told["html"]).one("iframe")["src"] == "https://a.example/f/fr/embed/"
    assert "fr/oembed.json" not in pages_of(make_site(site_language("fr")))


def test_a_language_without_a_film_has_a_link_in_the_place_of_a_player() -> None:
    language = site_language("fr")
    language = replace(language, files=tuple(file for file in language.files if file.role is Role.CAPTIONS))
    site = make_site(language, address=ADDRESS)
    assert read_page(text_of(site, "fr/film.fr.embed.txt")).one("a")["href"] == "https://a.example/f/fr/"
    assert "fr/embed/index.html" not in pages_of(site)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_hostile_title_stays_a_title(payload: str) -> None:
    site = make_site(replace(site_language("fr"), title=payload), address=ADDRESS)
    for text in (text_of(site, "fr/film.fr.embed.txt"), json.loads(text_of(site, "fr/oembed.json"))["html"]):
        frame = read_page(text).one("iframe")
        assert frame["title"] == payload
        assert frame["src"] == "https://a.example/f/fr/embed/"
