"""Render the pages of a site.

An edit of one language may change that language's files only: a page says nothing of other languages but their names
and the names of their files.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from babelreel.delivery.site.chapters import Section, render_chapters, sections_of
from babelreel.delivery.site.embedding import PLACEHOLDER, render_frame, render_oembed
from babelreel.delivery.site.films import films_of
from babelreel.delivery.site.keeping import kept_files, light_film, render_keeping
from babelreel.delivery.site.offline import render_cues_script
from babelreel.delivery.site.page_assets import (
    JAVASCRIPT,
    OF_A_LANGUAGE,
    OF_LITTLE_DATA,
    OF_THE_DISK,
    render_assets,
    render_little_script,
    render_signed_assets,
)
from babelreel.delivery.site.page_text import Line, lines_of, paragraphs_of
from babelreel.delivery.site.page_values import (
    first_page_values,
    offline_page_values,
    page_values,
    shared_values,
    spoken_language,
    tool_values,
)
from babelreel.delivery.site.pair_pages import render_pairs
from babelreel.delivery.site.search_metadata import render_video_object
from babelreel.delivery.site.site_content import Site, SiteFile, SiteLanguage
from babelreel.delivery.site.sitemap import sitemap_entries
from babelreel.model.delivery.manifest import PublishedFile, Role
from babelreel.model.delivery.published_paths import (
    FIRST_PAGE,
    OFFLINE_PAGE,
    SITEMAP,
    cues_script,
    language_page,
    oembed,
    player_page,
)

_HTML = "text/html; charset=utf-8"
_TEXT = "text/plain; charset=utf-8"
_XML = "application/xml"
_VTT = "text/vtt; charset=utf-8"


def render_language(seen: Site, language: SiteLanguage) -> tuple[SiteFile, ...]:
    """Render the pages of one language; ``seen`` is what they may know of the site, as its ``views`` have it."""
    return tuple(_language_files(seen, language, environment()))


def render_shared(site: Site) -> tuple[SiteFile, ...]:
    """Render what is no language's own: the pages of pairs, the first page, and what all pages load."""
    return tuple(_shared_files(site, environment()))


def _shared_files(site: Site, environment: Environment) -> Iterator[SiteFile]:
    yield from render_pairs(site, environment)
    yield from _assets(site)
    yield _page_of_all(FIRST_PAGE, first_page_values(site), environment)
    yield _page_of_all(OFFLINE_PAGE, offline_page_values(site), environment)
    if site.address:
        values = shared_values(site, site.leading, root="") | {
            "entries": list(sitemap_entries(site)),
            "date": site.date,
        }
        yield _page_of_all(SITEMAP, values, environment, mime=_XML)


def _page_of_all(name: str, values: Mapping[str, Any], environment: Environment, *, mime: str = _HTML) -> SiteFile:
    text = environment.get_template(name).render(values)
    return SiteFile(path=name, role=Role.PAGE, language="", mime=mime, content=text.encode())


def render_bundle(site: Site, language: SiteLanguage) -> tuple[SiteFile | PublishedFile, ...]:
    """Render what a language needs without a network: a page for a double click, what it loads, and its files.

    There is nothing where the language has no film.
    """
    films = films_of(site, language)
    if not films:
        return ()
    kept = kept_files(site, language, films)
    alone = replace(language, files=tuple(file for file in kept if file.language and file.role is not Role.VIDEO))
    alone = replace(alone, files=(*alone.files, light_film(films)))
    small = replace(site, languages=(alone,), pairs=(), shared=tuple(file for file in kept if not file.language))
    return (*_bundled(small, alone), *kept)


def _bundled(site: Site, language: SiteLanguage) -> Iterator[SiteFile]:
    """Yield the text of a language to read and for the page, then the page for a double click and what it loads."""
    lines = lines_of(language.cues, language.language)
    if lines:
        yield _plain_transcript(site, language, _parts_of_text(language, _sections(site, language, lines)))
    if language.has_text:
        yield _cues_script(site, language, lines)
    yield from (each for each in _assets(site) if each.path in OF_THE_DISK)
    yield _page_of_all(OFFLINE_PAGE, offline_page_values(site), environment())


@cache
def environment() -> Environment:
    """Make what renders templates."""
    return Environment(
        loader=PackageLoader("babelreel.delivery.site"),
        autoescape=True,  # also of embed: its text is HTML to copy
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def _language_files(site: Site, language: SiteLanguage, environment: Environment) -> Iterator[SiteFile]:
    """Yield the files of one language: texts first, for the page names their sizes."""
    lines = lines_of(language.cues, language.language)
    paragraphs = paragraphs_of(lines, language.language)
    films, sections = films_of(site, language), _sections(site, language, lines)
    values = shared_values(site, language, root="../") | {
        "films": films,
        "lines": lines,
        "sections": sections,
        "has_chapters": any(each.title for each in sections),
        "spoken": spoken_language(site, language),
        "structured": render_video_object(site, language, films.main, paragraphs, sections) if films else "",
    }
    texts: tuple[SiteFile, ...] = ()
    if lines:
        parts = _parts_of_text(language, sections)
        html = environment.get_template("transcript.html").render(values | {"parts_of_text": parts})
        texts = (
            _file(Role.TRANSCRIPT, language, site.paths.transcript(language.tag, "html"), _HTML, html),
            _plain_transcript(site, language, parts),
        )
    base = site.address or PLACEHOLDER
    frame = render_frame(base, language, values["films"].main) if values["films"] else ""
    snippet = environment.get_template("embed.html").render(values | {"base": base, "frame": frame})
    embed = _file(Role.PAGE, language, site.paths.embed(language.tag), _TEXT, snippet)
    yield from (*texts, embed)
    chapters = render_chapters(sections) if films else ""
    chapters_track = site.paths.chapters(language.tag) if chapters else ""
    marks = (_file(Role.CHAPTERS, language, chapters_track, _VTT, chapters),) if chapters else ()
    yield from marks
    page = environment.get_template("language.html").render(
        values | page_values(site, language, films, paragraphs, (*texts, embed)) | {"chapters_track": chapters_track}
    )
    yield from _embedded(site, language, environment)
    whole = _file(Role.PAGE, language, language_page(language.tag), _HTML, page)
    yield whole
    if films:
        loaded = (*OF_A_LANGUAGE, *(OF_LITTLE_DATA if films.little else ()))
        assets = (each for each in _assets(site) if each.path in loaded)
        yield from render_keeping(site, language, films, (whole, *texts, *marks, *assets))
    if language.has_text:
        yield _cues_script(site, language, lines)


def _sections(site: Site, language: SiteLanguage, lines: tuple[Line, ...]) -> tuple[Section, ...]:
    """Part what is said by chapters, up to the end of the film, if there is one."""
    films = films_of(site, language)
    return sections_of(site, language, lines, films.main.duration_ms if films else 0)


def _parts_of_text(language: SiteLanguage, sections: Iterable[Section]) -> tuple[tuple[str, tuple[Line, ...]], ...]:
    """Lay out the paragraphs of each chapter, with its title."""
    return tuple((each.title, paragraphs_of(each.lines, language.language)) for each in sections)


def _cues_script(site: Site, language: SiteLanguage, lines: tuple[Line, ...]) -> SiteFile:
    script = render_cues_script(site, language, lines)
    return _file(Role.PAGE, language, cues_script(language.tag), JAVASCRIPT, script)


def _assets(site: Site) -> Iterator[SiteFile]:
    """Yield what the pages load, and what some of them load for what only they have."""
    yield from render_assets(site.campaign.brand.colour)
    if any(each.signed for each in site.languages):
        yield from render_signed_assets()
    if any(films.little for each in site.languages if (films := films_of(site, each))):
        yield from render_little_script()


def _embedded(site: Site, language: SiteLanguage, environment: Environment) -> Iterator[SiteFile]:
    """Yield the player alone, and what tells other sites of it where the address of it is known."""
    films = films_of(site, language)
    if not films:
        return
    values = shared_values(site, language, root="../../") | tool_values(site, language, films)
    values |= {"films": films, "spoken": spoken_language(site, language)}
    html = environment.get_template("player.html").render(values)
    yield _file(Role.PAGE, language, player_page(language.tag), _HTML, html)
    if site.address:
        told = render_oembed(site, language, films.main)
        yield _file(Role.PAGE, language, oembed(language.tag), "application/json", told)


def _file(role: Role, language: SiteLanguage, path: str, mime: str, text: str) -> SiteFile:
    return SiteFile(path=path, role=role, language=language.tag, mime=mime, content=text.encode())


def _plain_transcript(site: Site, language: SiteLanguage, parts: Iterable[tuple[str, tuple[Line, ...]]]) -> SiteFile:
    text = f"{language.title}\n{language.language.own_name}\n"
    for title, paragraphs in parts:
        text += f"\n{title}\n" if title else ""
        text += "".join(f"\n[{paragraph.clock}] {paragraph.text}\n" for paragraph in paragraphs)
    return _file(Role.TRANSCRIPT, language, site.paths.transcript(language.tag, "txt"), _TEXT, text)
