"""Tell search engines of all pages at once (sitemaps.org, with hreflang and Google's video entries)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from babelreel.delivery.site.films import films_of
from babelreel.delivery.site.site_content import Site, SiteLanguage
from babelreel.model.delivery.published_paths import language_address
from babelreel.model.timecode import MS_PER_SECOND


def sitemap_entries(site: Site) -> Iterator[dict[str, Any]]:
    """Yield the first page and each language's page, with its film.

    A film is described by its title: an edit of one language's text changes no file that all languages share.
    """
    yield {"address": "", "film": ""}
    for language in site.languages:
        yield {
            "address": language_address(language.tag),
            "title": language.title,
            "name": language.language.own_name,
            **_film(site, language),
        }


def _film(site: Site, language: SiteLanguage) -> dict[str, Any]:
    films = films_of(site, language)
    if not films:
        return {"film": ""}
    return {"film": films.main.path, "seconds": max(1, round(films.main.duration_ms / MS_PER_SECOND))}
