from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

import pytest

from babelreel.delivery.site.page_values import POLICY
from babelreel.delivery.site.site_content import Site
from babelreel.model.delivery.manifest import Role
from support.sites import PAYLOADS, make_site, page_of, pages_of, published, read_page, site_language, text_of

HTML = ("index.html", "offline.html", "fr/index.html", "ar/index.html", "fr/film.fr.transcript.html")


def small(**more: object) -> Site:
    return make_site(site_language("fr"), site_language("en"), site_language("ar"), **more)


def structured(site: Site, tag: str) -> Any:  # noqa: ANN401 - any JSON
    return json.loads(page_of(site, f"{tag}/index.html").one("script", type_="application/ld+json").text)


def test_each_language_has_its_files_and_all_share_the_rest() -> None:
    own = (
        "index.html",
        "cues.js",
        "sw.js",
        "app.webmanifest",
        "film.{}.transcript.html",
        "film.{}.transcript.txt",
        "film.{}.embed.txt",
        "embed/index.html",
    )
    scripts, styles = (
        ("babelreel.js", "later.js", "first.js", "offline.js"),
        ("babelreel.css", "embed.css", "first.css"),
    )
    assets = {f"assets/{name}" for name in (*scripts, *styles, "icon.svg")}
    shared = {"index.html", "offline.html"} | assets
    files = pages_of(small())
    assert set(files) == shared | {f"{tag}/{name.format(tag)}" for tag in ("fr", "en", "ar") for name in own}
    assert {file.role for file in files.values() if ".transcript." in file.path} == {Role.TRANSCRIPT}
    assert all(file.language == ("" if file.path in shared else file.path.split("/")[0]) for file in files.values())


def test_an_edit_of_one_language_changes_its_own_files_only() -> None:
    edited = site_language("fr", ["Autre texte, plus long."])
    edited = replace(edited, files=tuple(replace(file, bytes=file.bytes + 90_000) for file in edited.files))
    for reference in ("en", "fr"):  # the language of the first page too
        before = pages_of(small(reference=reference))
        after = pages_of(make_site(edited, site_language("en"), site_language("ar"), reference=reference))
        changed = {path for path in after if after[path].content != before[path].content}
        assert {path.split("/")[0] for path in changed} == {"fr"}
        assert {"fr/index.html", "fr/cues.js", "fr/film.fr.transcript.txt"} <= changed


def test_the_same_site_gives_the_same_bytes() -> None:
    assert pages_of(small()) == pages_of(small())


@pytest.mark.parametrize("path", HTML)
def test_pages_have_a_strict_policy_and_nothing_inside_that_it_would_stop(path: str) -> None:
    page = page_of(small(), path)
    policy = page.one("meta", http_equiv="Content-Security-Policy")["content"]
    assert policy == POLICY or path == "offline.html"
    assert "unsafe" not in policy
    assert policy.startswith("default-src 'none';")
    assert page.all("style") == []
    for element in page.elements:
        assert not any(name == "style" or name.startswith("on") for name in element.attributes)
        if element.tag == "script" and element.get("type") != "application/ld+json":
            assert element["src"]
            assert element.text == ""


@pytest.mark.parametrize("path", HTML)
def test_pages_load_nothing_from_elsewhere(path: str) -> None:
    loaded = [
        element[name]
        for element in page_of(small(address="https://a.example/"), path).elements
        for name in ("src", "href", "poster")
        if element.get(name)
        and (
            element.tag in {"script", "img", "video", "source", "track"}
            or (element.tag == "link" and element["rel"] in {"stylesheet", "icon"})
        )
    ]
    assert loaded or path == "offline.html"
    assert [each for each in loaded if re.match(r"[a-z]+:|//|/", each)] == []


def test_links_lead_to_what_is_published() -> None:
    site = small()
    there = set(pages_of(site)) | {file.path for language in site.languages for file in language.files}
    there |= {site.paths.offline_zip(language.tag) for language in site.languages}
    for path in HTML:
        folder = path.rpartition("/")[0]
        for element in page_of(site, path).elements:
            for name in ("src", "href"):
                target = element.get(name)
                if target is None or target.startswith(("#", "https:")):
                    continue
                target = target.partition("#")[0]
                target, _, version = target.partition("?")
                assert version in {"", "v=00000000"}
                way = f"{folder}/{target}".lstrip("/") if not target.startswith("../") else target.removeprefix("../")
                assert (f"{way}index.html" if way.endswith("/") or not way else way) in there, (path, target)


@pytest.mark.parametrize(("tag", "direction"), [("fr", "ltr"), ("ar", "rtl"), ("en", "ltr")])
def test_a_page_says_its_language_and_direction(tag: str, direction: str) -> None:
    html = page_of(small(), f"{tag}/index.html").one("html")
    assert (html["lang"], html["dir"]) == (tag, direction)


def test_the_picker_holds_own_names_with_language_and_direction_as_links() -> None:
    links = page_of(small(), "fr/index.html").all("a", hreflang="ar")
    assert [(link.text, link["href"], link["lang"], link["dir"]) for link in links] == [
        ("العربية", "../ar/", "ar", "rtl")
    ]
    assert [link["href"] for link in page_of(small(), "index.html").all("a", hreflang="ar")] == ["ar/"]
    assert page_of(small(), "fr/index.html").one("a", aria_current="page").text == "Français"


def test_all_tracks_are_there_the_page_s_own_is_shown_and_that_of_the_sound_is_its_captions() -> None:
    tracks = page_of(small(), "fr/index.html").all("track")
    assert [(track["srclang"], track["kind"], "default" in track.attributes) for track in tracks] == [
        ("fr", "subtitles", True),
        ("en", "captions", False),
        ("ar", "subtitles", False),
    ]
    assert tracks[2]["src"] == "../ar/film.ar.vtt"


def test_a_dubbed_film_has_its_own_language_as_captions_and_the_original_beside_it() -> None:
    site = make_site(site_language("fr", sound="dub"), site_language("en"))
    page = page_of(site, "fr/index.html")
    assert page.one("track", kind="captions")["srclang"] == "fr"
    sounds = [option for option in page.all("option") if option.get("data-film")]
    assert [(each["data-film"], each.get("data-light"), each.text) for each in sounds] == [
        (
            "../fr/film.fr.web-720p.mp4?v=00000000",
            "../fr/film.fr.phone-360p-no-text.mp4?v=00000000",
            "Doublage\u00a0: Français",
        ),
        ("../en/film.en.web-720p.mp4", "../en/film.en.phone-360p-no-text.mp4", "Son original\u00a0: English"),
    ]
    assert "Économiser les données\u00a0: film plus léger 1,2\u00a0Mo" in page.one("label", for_="light").text
    assert structured(site, "fr")["inLanguage"] == "fr"


def test_the_film_can_be_heard_in_every_language_that_has_a_voice() -> None:
    site = make_site(site_language("ar"), site_language("fr", sound="dub"), site_language("en"))
    assert [option.text for option in page_of(site, "ar/index.html").all("option") if option.get("data-film")] == [
        *("الصوت الأصلي: English", "الدبلجة: Français")
    ]


def test_a_film_whose_language_has_no_track_has_captions_nevertheless() -> None:
    page = page_of(make_site(site_language("fr"), site_language("ar")), "ar/index.html")
    assert page.one("track", kind="captions")["srclang"] == "ar"


def test_a_new_version_of_a_film_is_asked_for_by_another_address_on_the_pages_that_show_it() -> None:
    french = site_language("fr")
    newer = replace(french, files=tuple(replace(file, sha256="0123456789ab" + "0" * 52) for file in french.files))
    site = make_site(newer, site_language("en"))
    sources = [source["src"] for source in page_of(site, "fr/index.html").all("source")]
    assert sources[-1] == "../fr/film.fr.web-720p.mp4?v=01234567"
    assert {source.partition("?v=")[2] for source in sources} == {"01234567"}
    assert "?v=" not in text_of(site, "fr/film.fr.embed.txt")  # it is copied, and stays for years


def test_where_only_films_with_text_are_there_no_track_doubles_it() -> None:
    language = site_language("fr")
    language = replace(language, files=tuple(file for file in language.files if file.rendition in {"", "phone-360p"}))
    page = page_of(make_site(language), "fr/index.html")
    assert page.one("source")["src"] == "../fr/film.fr.phone-360p.mp4?v=00000000"
    assert not [track for track in page.all("track") if "default" in track.attributes]


def test_a_language_without_a_film_has_a_page_with_its_text() -> None:
    language = site_language("fr")
    language = replace(language, files=tuple(file for file in language.files if file.role is Role.CAPTIONS))
    page = page_of(make_site(language), "fr/index.html")
    assert page.all("video") == []
    assert len(page.all("a", href="#t=0.6")) == 1


def test_downloads_tell_size_and_duration() -> None:
    page = page_of(small(), "fr/index.html")
    texts = {link["href"]: link.text for link in page.all("a", download="")}
    assert texts["../fr/film.fr.web-720p.mp4"] == "Le film MP4 1280×720 · 4,2\u00a0Mo · 1:15\u00a0min"
    assert texts["../fr/film.fr.vtt"] == "Sous-titres VTT · 1\u00a0ko"


def test_the_transcript_of_a_page_has_a_link_for_each_cue() -> None:
    site = make_site(site_language("fr", ["Tu es\nici.", "Là."]))
    lines = [each for each in page_of(site, "fr/index.html").all("a") if each.get("data-end")]
    assert [(line["href"], line["data-end"], line.text) for line in lines] == [
        ("#t=0.6", "1.5", "0:00 Tu es ici."),
        ("#t=1.6", "2.5", "0:01 Là."),
    ]


def test_the_transcript_is_a_text_of_paragraphs_with_times() -> None:
    site = make_site(site_language("ar", ["واحد.", "اثنان."]))
    assert text_of(site, "ar/film.ar.transcript.txt") == "Film\nالعربية\n\n[0:00] واحد. اثنان.\n"
    html = page_of(site, "ar/film.ar.transcript.html")
    assert [each.text for each in html.all("p")][1:] == ["واحد. اثنان."]
    assert (html.one("section")["lang"], html.one("section")["dir"]) == ("ar", "rtl")


def test_search_engines_get_a_video_object() -> None:
    document = structured(small(address="https://a.example/f/"), "fr")
    assert document["@type"] == "VideoObject"
    assert document["contentUrl"] == "https://a.example/f/fr/film.fr.web-720p.mp4"
    assert (document["duration"], document["inLanguage"]) == ("PT75.08S", "en")
    assert structured(small(), "fr")["contentUrl"] == "../fr/film.fr.web-720p.mp4"


def test_previews_and_addresses_are_there_only_where_the_address_is_known() -> None:
    shared = (published("shared/film.share-1200x630.jpg", Role.POSTER, ""),)
    page = page_of(small(address="https://a.example/f/", shared=shared), "fr/index.html")
    assert page.one("link", rel="canonical")["href"] == "https://a.example/f/fr/"
    assert page.one("link", hreflang="ar")["href"] == "https://a.example/f/ar/"
    assert page.one("meta", property="og:image")["content"] == "https://a.example/f/shared/film.share-1200x630.jpg"
    plain = page_of(small(shared=shared), "fr/index.html")
    assert not [each for each in plain.all("meta") if each.get("property")]
    assert plain.all("link", rel="canonical") == []


def test_what_other_parts_publish_is_shown_where_it_is_there() -> None:
    language = site_language("fr")
    more = (
        published("fr/film.fr.qr.svg", Role.PAGE, "fr"),
        published("fr/film.fr.leaflet.pdf", Role.LEAFLET, "fr", bytes=64_000),
    )
    shared = (
        published("shared/film.poster-1280.jpg", Role.POSTER, ""),
        published("shared/film.storyboard.vtt", Role.STORYBOARD, ""),
        published("stream/master.m3u8", Role.STREAM, ""),
    )
    page = page_of(make_site(replace(language, files=(*language.files, *more)), shared=shared), "fr/index.html")
    assert page.one("video")["poster"] == "../shared/film.poster-1280.jpg"
    assert page.one("track", kind="metadata")["src"] == "../shared/film.storyboard.vtt"
    assert page.one("link", type_="application/vnd.apple.mpegurl")["href"] == "../stream/master.m3u8"
    assert page.one("img")["src"] == "../fr/film.fr.qr.svg"
    assert page.one("a", href="../fr/film.fr.leaflet.pdf").text == "À imprimer PDF · 64\u00a0ko"
    bare = page_of(make_site(language), "fr/index.html")
    assert (bare.all("img"), "poster" in bare.one("video").attributes) == ([], False)


def test_a_language_without_words_of_its_own_gets_english_ones_marked_as_english() -> None:
    site = make_site(site_language("hi", ["नमस्ते।"]), site_language("en"))
    page = page_of(site, "hi/index.html")
    assert page.one("html")["lang"] == "hi"
    assert (page.one("body")["lang"], page.one("body")["dir"]) == ("en", "ltr")
    assert (page.one("ol", id="lines")["lang"], page.one("ol", id="lines")["dir"]) == ("hi", "ltr")
    assert page_of(site, "index.html").one("template", data_language="hi")["data-watch"] == "हिन्दी"


def test_the_snippet_names_the_address_or_says_that_it_has_to_be_put_in() -> None:
    known = text_of(small(address="https://a.example/f/"), "fr/film.fr.embed.txt")
    assert 'src="https://a.example/f/fr/embed/"' in known
    assert "ADDRESS" not in known
    unknown = text_of(small(), "fr/film.fr.embed.txt")
    assert "<!-- Put the address" in unknown
    assert 'src="https://ADDRESS-OF-THESE-FILES.example/fr/film.fr.web-720p.mp4"' in unknown
    assert len(read_page(unknown).all("track")) == 3


def hostile(payload: str) -> Site:
    named = site_language("hi", [payload, f"{payload}\n{payload}"])
    named = replace(named, title=payload, language=replace(named.language, own_name=payload))
    return make_site(named, site_language("en"), title=payload, reference="hi")


def shape(site: Site, path: str) -> list[tuple[str, frozenset[str]]]:
    """Give what a page is made of, without its texts."""
    page = page_of(site, path)
    return [(each.tag, frozenset(each.attributes)) for each in (*page.elements, *page.inert)]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_hostile_text_adds_no_element_and_no_attribute(payload: str) -> None:
    for path in ("index.html", "offline.html", "hi/index.html", "en/index.html", "hi/film.hi.transcript.html"):
        assert shape(hostile(payload), path) == shape(hostile("plain"), path)
    embeds = [read_page(text_of(hostile(each), "hi/film.hi.embed.txt")).elements for each in (payload, "plain")]
    assert [each.tag for each in embeds[0]] == [each.tag for each in embeds[1]]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_hostile_text_is_shown_as_it_is(payload: str) -> None:
    page = page_of(hostile(payload), "hi/index.html")
    assert page.one("h1").text == payload
    assert page.all("span", class_="said")[0].text == payload
    assert structured(hostile(payload), "hi")["name"] == payload


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_address_follows_from_a_text(payload: str) -> None:
    for path in ("index.html", "offline.html", "hi/index.html"):
        elements = page_of(hostile(payload), path).elements
        addresses = [each[name] for each in elements for name in ("href", "src") if each.get(name)]
        assert addresses
        assert [each for each in addresses if each.lower().lstrip().startswith("javascript")] == []


@pytest.mark.parametrize("payload", PAYLOADS)
def test_the_script_of_cues_is_one_call_with_json_that_ends_no_script(payload: str) -> None:
    script = text_of(hostile(payload), "hi/cues.js")
    assert not set("<>&'\u2028\u2029\u202e\u2066\u2067") & set(script)
    call = re.fullmatch(r"babelreelCues\((.*)\);\n", script)
    assert call is not None
    assert json.loads(call[1])["cues"][0] == [600, 1500, payload, 0]
