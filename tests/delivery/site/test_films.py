from __future__ import annotations

from dataclasses import replace

from babelreel.delivery.site.films import films_of
from babelreel.model.film.ladder.encoding_ladder import Text
from support.sites import make_site, render_site, site_language, video


def test_the_player_gets_a_film_without_text_in_its_picture_and_no_larger_than_720_lines() -> None:
    language = site_language("fr")
    films = films_of(make_site(language), language)
    assert films is not None
    assert (films.main.rendition, films.is_burned) == ("web-720p", False)


def test_phones_get_a_smaller_film_without_text_where_there_is_one() -> None:
    language = site_language("fr")
    films = films_of(make_site(language), language)
    assert films is not None
    assert films.light is not None
    assert films.light.rendition == "phone-360p-no-text"
    language = replace(language, files=tuple(file for file in language.files if "no-text" not in file.rendition))
    films = films_of(make_site(language), language)
    assert films is not None
    assert films.light is None


def test_where_every_film_has_its_text_in_the_picture_that_one_is_played() -> None:
    language = site_language("fr")
    language = replace(language, files=tuple(file for file in language.files if file.rendition in {"", "phone-360p"}))
    films = films_of(make_site(language), language)
    assert films is not None
    assert (films.main.rendition, films.is_burned, films.light) == ("phone-360p", True, None)


def test_an_upright_film_is_measured_by_its_short_side() -> None:
    language = replace(site_language("fr"), files=(video("fr", "web-1080p", 1080, 1920), video("fr", "web", 720, 1280)))
    films = films_of(make_site(language), language)
    assert films is not None
    assert films.main.rendition == "web"


def test_without_a_film_there_is_no_player() -> None:
    language = replace(site_language("fr"), files=())
    assert films_of(make_site(language), language) is None


def test_films_in_another_shape_are_offered_and_never_played() -> None:
    plain = site_language("fr")
    shapes = (video("fr", "story", 1080, 1920, text=Text.BURN_IN), video("fr", "post", 1080, 1080, text=Text.BURN_IN))
    language = replace(plain, files=(*plain.files, *shapes))
    assert films_of(make_site(language), language) == films_of(make_site(plain), plain)
    page = next(each for each in render_site(make_site(language)) if each.path == "fr/index.html").content.decode()
    assert page.count("MP4 1080×1920") == 1
    assert page.count("MP4 1080×1080") == 1
