"""Render the pages over several films: a list of languages, and for each of them the films that exist in it.

All of it follows from the manifests of the films as they are published: one that could not be built this time is shown
as it was before. Nothing here needs a script.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.resources import files
from typing import Any

from babelreel.delivery.site.page_assets import LINKED, bare_style, render_assets
from babelreel.delivery.site.page_text import render_duration
from babelreel.delivery.site.page_values import shared_values
from babelreel.delivery.site.pages import environment
from babelreel.delivery.site.site_content import Site, SiteFile, SiteLanguage
from babelreel.delivery.site.words import words_for
from babelreel.languages.find import find_language
from babelreel.model.delivery.manifest import Manifest, PublishedFile, PublishedLanguage, Role
from babelreel.model.delivery.published_paths import (
    CAMPAIGN,
    FIRST_PAGE,
    MANIFEST,
    PublishedPaths,
    asset,
    campaign_page,
    language_address,
)
from babelreel.model.film.stills import NARROW_POSTER, WIDE_POSTER
from babelreel.model.film_campaign import FilmCampaign
from babelreel.model.language import Direction, Language
from babelreel.model.language_words import PageWords

#: Counts up when a reader of the version before would be misled.
_VERSION = 1
_HTML = "text/html; charset=utf-8"
_STYLE = "campaign.css"


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedFilm:
    """A film as it lies in the folder ``name`` below the campaign's output, and the SHA-256 of its manifest.

    ``is_current`` is false where this time it could not be built, or not wholly.
    """

    name: str
    manifest: Manifest
    sha256: str
    is_current: bool

    def language(self, tag: str) -> PublishedLanguage | None:
        """Return what it has in a language, if anything."""
        return next((each for each in self.manifest.languages if each.tag == tag), None)


def render_campaign(
    campaign: FilmCampaign, films: Sequence[PublishedFilm], logo: SiteFile | None
) -> Iterator[SiteFile]:
    """Render the first page, one for each language, what they need, and ``campaign.json``."""
    languages = _languages(campaign, films)
    site = _site(campaign, languages, logo)
    assets = (file for file in render_assets(campaign.campaign.brand.colour) if file.path in _WANTED)
    style = bare_style((files("babelreel.delivery.site") / "assets" / _STYLE).read_text("utf-8")).encode()
    yield from assets
    yield SiteFile(path=asset(_STYLE), role=Role.PAGE, language="", mime="text/css; charset=utf-8", content=style)
    yield from [logo] if logo else []
    for each in site.languages:
        yield _page(site, each, films, campaign_page(each.tag), is_first=False)
    yield _page(site, site.leading, films, FIRST_PAGE, is_first=True)
    document = json.dumps(_document(campaign, films, languages), indent=2, ensure_ascii=False) + "\n"
    yield SiteFile(path=CAMPAIGN, role=Role.PAGE, language="", mime="application/json", content=document.encode())


_WANTED = frozenset(asset(LINKED[name]) for name in ("style", "first_style", "icon"))


def _languages(campaign: FilmCampaign, films: Sequence[PublishedFilm]) -> tuple[Language, ...]:
    """List each language that a film exists in, once: the campaign's own first, then as the films have them."""
    found: dict[str, PublishedLanguage] = {}
    for film in films:
        for each in film.manifest.languages:
            if _address(film, each):
                found.setdefault(each.tag, each)
    ordered = sorted(found, key=lambda tag: tag != campaign.reference)
    return tuple(
        replace(find_language(tag), own_name=found[tag].name, direction=Direction(found[tag].direction))
        for tag in ordered
    )


def _site(campaign: FilmCampaign, languages: Sequence[Language], logo: SiteFile | None) -> Site:
    return Site(
        title=campaign.title,
        slug=CAMPAIGN.removesuffix(".json"),
        reference=campaign.reference,
        address="",
        languages=tuple(_site_language(campaign, each) for each in languages),
        shared=(PublishedFile(path=logo.path, role=logo.role, language="", mime=logo.mime, bytes=0, sha256=""),)
        if logo
        else (),
        campaign=campaign.campaign,
    )


def _site_language(campaign: FilmCampaign, language: Language) -> SiteLanguage:
    title, tag = campaign.title_in(language.tag)
    return SiteLanguage(language=language, title=title, title_tag=tag, cues=(), files=())


def _page(site: Site, language: SiteLanguage, films: Sequence[PublishedFilm], path: str, *, is_first: bool) -> SiteFile:
    shared = shared_values(site, language, root="")
    listed = [
        {
            "tag": each.tag,
            "name": each.language.own_name,
            "direction": each.language.direction.value,
            "address": campaign_page(each.tag),
            "is_here": not is_first and each.tag == language.tag,
        }
        for each in site.languages
    ]
    values = shared | {
        "is_first": is_first,
        "languages": listed,
        "films": list(_cards(films, language.tag, words_for(language.language))),
        "films_style": asset(_STYLE),
    }
    html = environment().get_template("campaign.html").render(values)
    tag = "" if is_first else language.tag
    return SiteFile(path=path, role=Role.PAGE, language=tag, mime=_HTML, content=html.encode())


def _cards(films: Sequence[PublishedFilm], tag: str, words: PageWords) -> Iterator[Mapping[str, Any]]:
    """Yield what is shown of each film that exists in a language."""
    for film in films:
        language = film.language(tag)
        address = _address(film, language) if language else ""
        if language and address:
            posters = _posters(film)
            duration_ms = _duration_ms(film, tag)
            yield {
                "address": address,
                "title": language.title,
                "title_tag": language.title_language or film.manifest.languages[0].tag,
                "posters": [(f"{film.name}/{each.path}", each.width_px) for each in posters],
                "width_px": posters[0].width_px if posters else 0,
                "height_px": posters[0].height_px if posters else 0,
                "duration": render_duration(duration_ms, words) if duration_ms else "",
            }


def _address(film: PublishedFilm, language: PublishedLanguage) -> str:
    """Find where a film is watched: its page, or the film itself where it has no pages; empty where it has neither."""
    if language.page:
        return f"{film.name}/{language_address(language.tag)}"
    return next((f"{film.name}/{each.path}" for each in _videos(film, language.tag)), "")


def _videos(film: PublishedFilm, tag: str) -> list[PublishedFile]:
    return [each for each in film.manifest.files if each.role is Role.VIDEO and each.language == tag]


def _duration_ms(film: PublishedFilm, tag: str) -> int:
    return max((each.duration_ms for each in _videos(film, tag)), default=0)


def _posters(film: PublishedFilm) -> list[PublishedFile]:
    """List the posters, the narrow one first."""
    paths = PublishedPaths(slug=film.manifest.slug)
    wanted = [paths.still(f"{name}.jpg") for name in (NARROW_POSTER, WIDE_POSTER)]
    there = {each.path: each for each in film.manifest.files}
    return [there[path] for path in wanted if path in there]


def _document(
    campaign: FilmCampaign, films: Sequence[PublishedFilm], languages: Sequence[Language]
) -> Mapping[str, Any]:
    """Describe the campaign for programs: which films there are, in which languages, and where."""
    return {
        "schema_version": _VERSION,
        "title": campaign.title,
        "films": [
            {
                "name": film.name,
                "is_current": film.is_current,
                "manifest": {"path": f"{film.name}/{MANIFEST}", "sha256": film.sha256},
                "languages": [_language_of(film, each) for each in film.manifest.languages],
            }
            for film in films
        ],
        "languages": [
            {
                "tag": each.tag,
                "name": each.own_name,
                "direction": each.direction.value,
                "page": campaign_page(each.tag),
                "films": [film.name for film in films if film.language(each.tag)],
            }
            for each in languages
        ],
    }


def _language_of(film: PublishedFilm, language: PublishedLanguage) -> Mapping[str, Any]:
    posters = [f"{film.name}/{each.path}" for each in _posters(film)]
    return {
        "tag": language.tag,
        "title": language.title,
        "title_language": language.title_language,
        "address": _address(film, language),
        "posters": posters,
        "duration": _duration_ms(film, language.tag) / 1000,
    }
