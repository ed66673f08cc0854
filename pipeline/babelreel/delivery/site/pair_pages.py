"""Render the page of a pair of languages: one film, and both texts beside each other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from jinja2 import Environment

from babelreel.delivery.campaign import campaign_words_for
from babelreel.delivery.side_by_side import rows_of
from babelreel.delivery.site.choices_and_downloads import list_downloads
from babelreel.delivery.site.embedding import PLACEHOLDER, render_frame, render_oembed
from babelreel.delivery.site.films import films_of
from babelreel.delivery.site.page_assets import PAIR_SCRIPT, PAIR_STYLE, render_pair_assets
from babelreel.delivery.site.page_text import Line, joined_text
from babelreel.delivery.site.page_values import film_with_text, shared_values, spoken_language, tool_values
from babelreel.delivery.site.site_content import Site, SiteFile, SiteLanguage, SitePair
from babelreel.delivery.site.three_downloads import choose_three
from babelreel.delivery.site.words import words_for
from babelreel.model.delivery.manifest import Role
from babelreel.model.delivery.published_paths import asset, language_address, language_page, oembed, player_page
from babelreel.model.track import Cue
from babelreel.timedtext.words.on_screen import is_on_screen

_HTML = "text/html; charset=utf-8"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """A row of the text: a link to where it is said, and what stands on either side."""

    line: Line
    first: str
    second: str


def render_pairs(site: Site, environment: Environment) -> Iterator[SiteFile]:
    """Render the page of each pair, and what all of them load."""
    if not site.pairs:
        return
    for pair in site.pairs:
        players = tuple(_players(site, pair, environment))
        snippets = tuple(each for each in players if each.path == site.paths.embed(pair.tag))
        html = environment.get_template("pair.html").render(_values(site, pair, snippets))
        yield _file(pair, language_page(pair.tag), _HTML, html)
        yield from players
    yield from render_pair_assets()


def _players(site: Site, pair: SitePair, environment: Environment) -> Iterator[SiteFile]:
    """Yield the player alone, for frames on other pages, the frame to copy, and what tells other sites of it."""
    films = films_of(site, pair.first)
    if not films:
        return
    values = _shared(site, pair, "../../") | {"films": films, **tool_values(site, pair.first, films)}
    yield _file(pair, player_page(pair.tag), _HTML, environment.get_template("player.html").render(values))
    frame = render_frame(site.address or PLACEHOLDER, pair.first, films.main, pair.tag)
    yield _file(pair, site.paths.embed(pair.tag), "text/plain; charset=utf-8", f"{frame}\n")
    if site.address:
        told = render_oembed(site, pair.first, films.main, pair.tag)
        yield _file(pair, oembed(pair.tag), "application/json", told)


def _file(pair: SitePair, path: str, mime: str, text: str) -> SiteFile:
    return SiteFile(path=path, role=Role.PAGE, language=pair.tag, mime=mime, content=text.encode())


def _shared(site: Site, pair: SitePair, root: str) -> dict[str, Any]:
    """Collect what the pair's page and its player have in common; ``root`` leads from them to ``output/``."""
    values = shared_values(site, pair.first, root=root)
    texts = {each["tag"]: each for each in values["texts"]}
    return values | {
        "texts": [texts[tag] for tag in (pair.first.tag, pair.second.tag)],
        "second_text": texts[pair.second.tag],
        "spoken": spoken_language(site, pair.first),
        "sounds": [],
        "own_address": language_address(pair.tag),
        "pair_style": f"{root}{asset(PAIR_STYLE)}",
        "pair_script": f"{root}{asset(PAIR_SCRIPT)}",
    }


def _values(site: Site, pair: SitePair, snippets: tuple[SiteFile, ...]) -> dict[str, Any]:
    first, words = pair.first, words_for(pair.first.language)
    films = films_of(site, first)
    values = _shared(site, pair, "../")
    tags = (pair.first.tag, pair.second.tag)
    own = _own_files(pair)
    downloads = list(list_downloads(site, own, snippets, words))
    light, best = (film_with_text(site, own), own.videos[0].path) if own.videos else ("", "")
    named = {each["tag"]: each for each in values["languages"]}
    return values | {
        "films": films,
        **(tool_values(site, first, films) if films else {}),
        "rows": tuple(_rows(pair)),
        "both": [named[tag] for tag in tags],
        "second_title": pair.second,
        "downloads": choose_three(downloads, light, best, campaign_words_for(first.language)),
        "qr": "",
    }


def _own_files(pair: SitePair) -> SiteLanguage:
    """Give the pair's own files as those of its first language, whose subtitle file tells that films have a text."""
    captions = tuple(file for each in (pair.first, pair.second) for file in each.files if file.role is Role.CAPTIONS)
    return replace(pair.first, files=(*pair.files, *captions))


def _rows(pair: SitePair) -> Iterator[_Said]:
    (said, seen), (others_said, others_seen) = map(_said_and_seen, (pair.first, pair.second))
    rows = (*rows_of(said, others_said), *rows_of(seen, others_seen))
    for row in sorted(rows, key=lambda each: each.span):
        first, second = (
            joined_text(cues, each.language) for cues, each in ((row.first, pair.first), (row.second, pair.second))
        )
        when = Line(start_ms=row.span.start_ms, end_ms=row.span.end_ms, text="")
        yield _Said(line=when, first=first, second=second)


def _said_and_seen(language: SiteLanguage) -> tuple[list[Cue], list[Cue]]:
    """Part what is said from words in the picture, which stand in rows of their own."""
    said, seen = list[Cue](), list[Cue]()
    for cue in language.cues:
        (seen if is_on_screen(cue, language.language) else said).append(cue)
    return said, seen
