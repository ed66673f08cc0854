from __future__ import annotations

import json
from html import unescape
from re import DOTALL, findall

from babelreel.delivery.site.page_values import POLICY
from support.campaigns import TITLES, a_campaign, a_film, all_films, campaign_files


def page(name: str, **changes: object) -> str:
    return campaign_files(a_campaign(**changes), *all_films())[name].content.decode()


def films_on(html: str) -> list[tuple[str, str, str]]:
    """Give address, language and title of each film on a page."""
    return [
        (address, tag, unescape(title))
        for address, tag, title in findall(r'<h2><a href="([^"]+)" lang="([^"]+)" dir="auto">(.*?)</a></h2>', html)
    ]


def languages_on(html: str) -> list[str]:
    (listed,) = findall(r'<ul id="languages">(.*?)</ul>', html, DOTALL)
    return findall(r'<a class="name" href="([^"]+)"', listed)


def test_there_is_one_list_of_languages_and_a_page_for_each() -> None:
    files = campaign_files(a_campaign(), *all_films())
    assert languages_on(files["index.html"].content.decode()) == ["en.html", "fr.html", "ar.html", "nl.html"]
    for tag in ("en", "fr", "ar", "nl"):
        html = files[f"{tag}.html"].content.decode()
        assert languages_on(html) == ["en.html", "fr.html", "ar.html", "nl.html"]
        assert findall(r'href="([^"]+)"[^>]* aria-current="page"', html) == [f"{tag}.html"]


def test_a_language_shows_the_films_that_exist_in_it_with_their_titles_in_it() -> None:
    assert films_on(page("fr.html")) == [("rights/fr/", "fr", "Tes droits"), ("health/fr/", "fr", "Ta santé")]
    assert films_on(page("ar.html")) == [("rights/ar/", "ar", "حقوقك")]
    assert films_on(page("nl.html")) == [("health/nl/", "nl", "Je gezondheid")]


def test_the_first_page_speaks_the_reference_or_else_the_first_language_there_is() -> None:
    assert '<html lang="en" dir="ltr">' in page("index.html")
    assert films_on(page("index.html")) == [("rights/en/", "en", "Your rights")]
    assert '<html lang="fr" dir="ltr">' in page("index.html", reference="sq")


def test_a_page_tells_poster_and_length_in_the_words_of_its_language() -> None:
    html = page("ar.html")
    assert '<html lang="ar" dir="rtl">' in html
    assert "rights/shared/film.poster-640.jpg 640w, rights/shared/film.poster-1280.jpg 1280w" in html
    assert "1:28\u00a0دقيقة" in html
    assert '<h1 lang="ar" dir="auto">اعرف حقوقك</h1>' in html
    assert '<h1 lang="en" dir="auto">Know your rights</h1>' in page("nl.html"), "and says that it is English"


def test_no_page_has_a_script_or_loads_anything_from_elsewhere() -> None:
    for name in ("index.html", "fr.html", "ar.html"):
        html = page(name)
        assert "<script" not in html
        assert POLICY in unescape(html)
        assert "http" not in html.replace("http-equiv", "")


def test_texts_of_others_are_text_and_nothing_else() -> None:
    attack = '"><script>alert(1)</script>'
    films = (a_film("rights", {"fr": attack}),)
    html = campaign_files(a_campaign(title=attack, titles=()), *films)["fr.html"].content.decode()
    assert "<script" not in html
    assert films_on(html) == [("rights/fr/", "fr", attack)]


def test_a_film_without_pages_is_watched_as_a_file_and_one_with_neither_is_not_shown() -> None:
    films = (a_film("rights", {"fr": "Tes droits"}, page=False), a_film("health", TITLES["health"]))
    files = campaign_files(a_campaign(), *films)
    assert films_on(files["fr.html"].content.decode())[0][0] == "rights/fr/film.fr.phone.mp4"


def test_programs_read_which_films_there_are_in_which_languages_and_which_are_of_before() -> None:
    films = (a_film("rights", TITLES["rights"], is_current=False), a_film("health", TITLES["health"]))
    document = json.loads(campaign_files(a_campaign(), *films)["campaign.json"].content)
    assert [(film["name"], film["is_current"]) for film in document["films"]] == [("rights", False), ("health", True)]
    assert document["films"][1]["languages"][1] == {
        "tag": "nl",
        "title": "Je gezondheid",
        "title_language": "nl",
        "address": "health/nl/",
        "posters": ["health/shared/film.poster-640.jpg", "health/shared/film.poster-1280.jpg"],
        "duration": 88.0,
    }
    assert {each["tag"]: each["films"] for each in document["languages"]} == {
        "en": ["rights"],
        "fr": ["rights", "health"],
        "ar": ["rights"],
        "nl": ["health"],
    }


def test_the_same_films_give_the_same_bytes() -> None:
    assert campaign_files(a_campaign(), *all_films()) == campaign_files(a_campaign(), *all_films())
