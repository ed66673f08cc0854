"""Does a page offer the film of little data to its script alone, and only where it is of use?"""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from babelreel.delivery.site.films import decoding_of, films_of
from babelreel.delivery.site.site_content import SiteLanguage
from babelreel.model.delivery.manifest import PublishedFile
from babelreel.model.film.ladder.encoding_ladder import Text
from support.sites import make_site, page_of, pages_of, site_language, text_of, video

AV1 = 'video/mp4; codecs="av01.0.01M.08, opus"'


def little(tag: str, size: int) -> PublishedFile:
    return video(tag, "light-av1", 640, 360, bytes=size, mime=AV1, text=Text.NONE)


def with_little(tag: str, size: int = 600_000) -> SiteLanguage:
    plain = site_language(tag)
    return replace(plain, files=(*plain.files, little(tag, size)))


def test_the_film_of_little_data_is_no_source_of_the_film_and_no_download() -> None:
    site = make_site(with_little("fr"), site_language("ar"))
    for path in ("fr/index.html", "fr/embed/index.html"):
        page = page_of(site, path)
        assert [each["src"].rsplit("/", 1)[-1] for each in page.all("source")] == [
            "film.fr.phone-360p-no-text.mp4?v=00000000",
            "film.fr.web-720p.mp4?v=00000000",
        ]
        assert not [each for each in page.all("a") if "light-av1" in (each.get("href") or "")]
    assert "light-av1" not in text_of(site, "offline.html")
    assert "light-av1" not in text_of(site, "fr/film.fr.embed.txt")


def test_a_page_tells_its_script_what_to_ask_the_browser_and_what_the_film_of_little_data_weighs() -> None:
    page = page_of(make_site(with_little("fr")), "fr/index.html")
    box = page.one("input", id="light")
    # 600 000 bytes in 75.08 s are 63.9 kbit a second
    assert json.loads(box["data-decoding"]) == {
        "type": "file",
        "video": {
            "contentType": 'video/mp4; codecs="av01.0.01M.08"',
            "width": 640,
            "height": 360,
            "bitrate": 63932,
            "framerate": 30,
        },
        "audio": {"contentType": 'audio/mp4; codecs="opus"'},
    }
    assert box["data-little-size"] == "600\xa0ko"
    (sound,) = page.all("option", data_film="../fr/film.fr.web-720p.mp4?v=00000000")
    assert sound["data-little"] == "../fr/film.fr.light-av1.mp4?v=00000000"
    assert page.all("script", src="../assets/little.js", defer="")


def test_a_silent_film_asks_of_its_picture_alone() -> None:
    asked = decoding_of(replace(little("fr", 600_000), mime='video/mp4; codecs="av01.0.01M.08"'))
    assert set(asked) == {"type", "video"}


def test_the_script_is_there_only_for_pages_that_need_it() -> None:
    plain = pages_of(make_site(site_language("fr"), site_language("ar")))
    assert "assets/little.js" not in plain
    some = pages_of(make_site(with_little("fr"), site_language("ar")))
    assert "little.js" in some["fr/index.html"].content.decode()
    assert "little.js" in some["fr/sw.js"].content.decode()
    assert some["ar/index.html"].content == plain["ar/index.html"].content


@pytest.mark.parametrize(
    "unwanted",
    [
        with_little("fr", 1_150_000),
        replace(
            with_little("fr"),
            files=(*(each for each in with_little("fr").files if each.rendition in {"", "phone-360p", "light-av1"}),),
        ),
    ],
    ids=["no smaller than the light film", "none but films with their text in the picture"],
)
def test_it_is_not_offered_where_it_is_of_no_use(unwanted: SiteLanguage) -> None:
    films = films_of(make_site(unwanted), unwanted)
    assert films is not None
    assert films.little is None
