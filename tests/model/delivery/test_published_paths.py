"""Do files lie where docs/web-team.md says, and do links between them lead there?"""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urljoin

import pytest

from babelreel.model.delivery import published_paths
from babelreel.model.delivery.published_paths import PublishedPaths, way

DIGEST = "0123456789abcdef" * 4


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("zh-Hans/your-rights.zh-Hans.web-720p.mp4", lambda paths: paths.film("zh-Hans", "web-720p")),
        ("fr/your-rights.fr.vtt", lambda paths: paths.captions("fr", "vtt")),
        ("fr/your-rights.fr.transcript.txt", lambda paths: paths.transcript("fr", "txt")),
        ("fr/your-rights.fr.embed.txt", lambda paths: paths.embed("fr")),
        ("fr/your-rights.fr.leaflet.pdf", lambda paths: paths.leaflet("fr", "leaflet.pdf")),
        ("fr/your-rights.fr.qr.svg", lambda paths: paths.leaflet("fr", "qr.svg")),
        ("shared/your-rights.poster-1280.jpg", lambda paths: paths.still("poster-1280.jpg")),
        ("shared/your-rights.storyboard.vtt", lambda paths: paths.still("storyboard.vtt")),
        ("archive/your-rights.archive.mkv", lambda paths: paths.archive("mkv")),
    ],
)
def test_what_a_film_is_delivered_as_bears_its_name(path: str, found: Callable[[PublishedPaths], str]) -> None:
    assert found(PublishedPaths(slug="your-rights")) == path


def test_what_pages_and_players_ask_for_has_fixed_names() -> None:
    assert published_paths.asset("babelreel.js") == "assets/babelreel.js"
    assert published_paths.cues_script("fr") == "fr/cues.js"
    assert published_paths.playlist("sound-fr") == "stream/sound-fr.m3u8"
    assert published_paths.whole_text("text-fr") == "stream/text-fr.vtt"
    assert published_paths.segment("sound-fr", DIGEST, "1.m4s") == "stream/sound-fr/0123456789abcdef/1.m4s"


@pytest.mark.parametrize(
    ("page", "target", "link"),
    [
        ("index.html", "assets/babelreel.js", "assets/babelreel.js"),
        ("fr/film.fr.leaflet.html", "assets/leaflet.css", "../assets/leaflet.css"),
        ("fr/film.fr.leaflet.html", "fr/film.fr.qr.svg", "film.fr.qr.svg"),
        ("stream/master.m3u8", "stream/sound-fr/0123.m4s", "sound-fr/0123.m4s"),
        ("stream/master.m3u8", "fr/film.fr.vtt", "../fr/film.fr.vtt"),
    ],
)
def test_a_link_leads_from_one_file_to_another(page: str, target: str, link: str) -> None:
    assert way(page, target) == link
    assert urljoin(f"https://a.example/{page}", link) == f"https://a.example/{target}"


def test_the_address_of_a_language_is_that_of_its_page() -> None:
    assert published_paths.language_page("fr") == f"{published_paths.language_address('fr')}index.html"
