"""Does the page of a pair show one film and both texts, each in its language and direction?"""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from babelreel.delivery.site.site_content import Site, SitePair
from babelreel.model.delivery.pairs import Pair
from support.sites import PAYLOADS, make_site, pages_of, read_page, site_language, text_of, video


def paired(
    first: str,
    second: str,
    texts: dict[str, tuple[str, ...]] | None = None,
    *,
    has_film: bool = True,
    address: str = "",
) -> Site:
    """Make a site of two languages and their pair."""
    languages = [site_language(tag, (texts or {}).get(tag, ("Un.", "Deux."))) for tag in (first, second)]
    pair = Pair(first=first, second=second)
    folder = f"{first}_{second}"
    film = replace(video(pair.tag, "phone-360p", 640, 360, bytes=1_300_000), path=f"{folder}/film.mp4")
    own = SitePair(pair=pair, first=languages[0], second=languages[1], files=(film,) if has_film else ())
    return make_site(*languages, pairs=(own,), address=address)


@pytest.mark.parametrize(
    ("first", "second"), [("ar", "fr"), ("fr", "ar"), ("ps", "nl"), ("zh-Hans", "vi"), ("fa", "ar")]
)
def test_both_texts_stand_beside_each_other_in_their_own_direction(first: str, second: str) -> None:
    rtl = {"ar", "ps", "fa"}
    page = read_page(text_of(paired(first, second), f"{first}_{second}/index.html"))
    assert page.one("html")["lang"] == first
    assert page.one("html")["dir"] == ("rtl" if first in rtl else "ltr")
    for tag, name in ((first, "first"), (second, "second")):
        said = page.all("span", class_=name)
        assert [each.text.strip("\u2066\u2069") for each in said] == ["Un.", "Deux."]
        assert {(each["lang"], each["dir"]) for each in said} == {(tag, "rtl" if tag in rtl else "ltr")}
    assert [each["href"] for each in page.all("a") if each["href"].startswith("#t=")] == ["#t=0.6", "#t=1.6"]


def test_the_film_is_that_of_the_first_language_and_the_second_is_a_choice() -> None:
    page = read_page(text_of(paired("ar", "fr"), "ar_fr/index.html"))
    assert {each["src"].partition("?")[0] for each in page.all("source")} <= {
        "../ar/film.ar.web-720p.mp4",
        "../ar/film.ar.phone-360p-no-text.mp4",
    }
    listed = page.all("track")
    (beside,) = [each for each in listed if each["kind"] == "metadata"]
    assert (beside["srclang"], beside["src"], beside["dir"]) == ("fr", "../fr/film.fr.vtt", "ltr"), "drawn above"
    tracks = [(each["srclang"], each["src"], each.get("default")) for each in listed if each is not beside]
    assert [each[:2] for each in tracks] == [("ar", "../ar/film.ar.vtt"), ("fr", "../fr/film.fr.vtt")]
    assert [each[2] is not None for each in tracks] == [True, False]


def test_the_film_of_both_is_to_take_along() -> None:
    assert 'href="../ar_fr/film.mp4"' in text_of(paired("ar", "fr"), "ar_fr/index.html")
    without = text_of(paired("ar", "fr", has_film=False), "ar_fr/index.html")
    assert "film.mp4" not in without
    assert "../fr/film.fr.vtt" in without


def test_the_first_page_names_the_pair_and_other_pages_stay_as_they_are() -> None:
    site = paired("ar", "fr")
    alone = make_site(*site.languages)
    link = next(each for each in read_page(text_of(site, "index.html")).all("a") if each["href"] == "ar_fr/")
    assert "العربية" in link.text
    assert "Français" in link.text
    pages, without = pages_of(site), pages_of(alone)
    assert set(pages) - set(without) == {
        "ar_fr/index.html",
        "ar_fr/embed/index.html",
        "ar_fr/film.ar_fr.embed.txt",
        "assets/pair.css",
        "assets/pair.js",
    }
    assert {path for path, file in without.items() if pages[path] != file} == {"index.html"}


def test_nothing_in_a_text_becomes_a_part_of_the_page() -> None:
    page = read_page(text_of(paired("ar", "fr", {"fr": PAYLOADS, "ar": PAYLOADS}), "ar_fr/index.html"))
    assert [each.get("src") for each in page.all("script")] == ["../assets/babelreel.js", "../assets/pair.js"]
    assert not page.all("iframe")
    assert not page.all("b")


def test_the_address_of_the_pair_is_its_own() -> None:
    text = text_of(paired("ar", "fr", address="https://example.org/film/"), "ar_fr/index.html")
    assert '<link rel="canonical" href="https://example.org/film/ar_fr/">' in text


@pytest.mark.parametrize(("first", "second"), [("ar", "fr"), ("fr", "ps")])
def test_other_sites_show_both_texts_in_a_frame(first: str, second: str) -> None:
    site, folder = paired(first, second, address="https://rights.example.org/film/"), f"{first}_{second}"
    pages = {path: file.content.decode() for path, file in pages_of(site).items()}
    page = read_page(pages[f"{folder}/embed/index.html"])
    assert page.one("html")["lang"] == first
    (beside,) = [each for each in page.all("track") if each["kind"] == "metadata"]
    assert (beside["srclang"], beside["src"]) == (second, f"../../{second}/film.{second}.vtt")
    assert [each["src"] for each in page.all("track") if each.get("default") is not None] == [
        f"../../{first}/film.{first}.vtt"
    ]
    scripts = [each["src"] for each in page.all("script") if each.get("src")]
    assert scripts[-1].startswith("../../assets/pair."), "after that of the player"
    assert [each["href"] for each in page.all("link") if each["rel"] == "canonical"] == [f"{site.address}{folder}/"]
    snippet = pages[f"{folder}/film.{folder}.embed.txt"]
    assert f'src="{site.address}{folder}/embed/"' in snippet
    assert snippet in json.loads(pages[f"{folder}/oembed.json"])["html"] + "\n"
    assert f"film.{folder}.embed.txt" in pages[f"{folder}/index.html"]


def test_a_pair_without_a_film_has_no_player() -> None:
    site = paired("ar", "fr", has_film=False)
    without = (replace(each, files=tuple(file for file in each.files if not file.width_px)) for each in site.languages)
    languages = tuple(without)
    own = replace(site.pairs[0], first=languages[0], second=languages[1])
    pages = pages_of(replace(site, languages=languages, pairs=(own,)))
    assert [path for path in pages if path.startswith("ar_fr/")] == ["ar_fr/index.html"]
