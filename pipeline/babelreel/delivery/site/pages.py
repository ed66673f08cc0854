"""Which pages does a site have, and what stands in each?

An edit of one language may change that language's files only: a page tells of other languages nothing but their names
and the names of their files.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, replace
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from babelreel.delivery.campaign import campaign_words_for
from babelreel.delivery.site.campaign_values import campaign_values
from babelreel.delivery.site.chapters import render_chapters, sections_of
from babelreel.delivery.site.choices_and_downloads import list_downloads
from babelreel.delivery.site.embedding import render_frame, render_oembed
from babelreel.delivery.site.films import Films, films_of
from babelreel.delivery.site.keeping import keep_values, kept_files, light_film, render_keeping
from babelreel.delivery.site.offline import render_cues_script
from babelreel.delivery.site.page_assets import JAVASCRIPT, LINKED, render_assets
from babelreel.delivery.site.page_text import Line, lines_of, paragraphs_of, render_size
from babelreel.delivery.site.search_metadata import describe, render_video_object
from babelreel.delivery.site.site_content import Site, SiteFile, SiteLanguage
from babelreel.delivery.site.sitemap import sitemap_entries
from babelreel.delivery.site.sounds import list_sounds
from babelreel.delivery.site.three_downloads import choose_three
from babelreel.delivery.site.words import is_fallback, player_words_for, words_for
from babelreel.languages.locales import locale_of
from babelreel.model.credits import Work
from babelreel.model.delivery.manifest import PublishedFile, Role
from babelreel.model.delivery.published_paths import (
    FIRST_PAGE,
    HLS_MASTER,
    OFFLINE_PAGE,
    SITEMAP,
    asset,
    cues_script,
    language_address,
    language_page,
    oembed,
    player_address,
    player_page,
)
from babelreel.model.film.stills import NARROW_POSTER, SHARE_PICTURE, WIDE_POSTER
from babelreel.model.visible_text import visible

#: Nothing but files of the same host, no script and no style inside of a page, no form, no other base.
_POLICY = (
    "default-src 'none'; script-src 'self'{0}; style-src 'self'{0}; img-src 'self'{0}; media-src 'self'{0}; "
    "connect-src 'self'; worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'"
)
POLICY = _POLICY.format("")
#: A page that was opened from a disk has no host; browsers differ on whether "self" means the files beside it.
OFFLINE_POLICY = _POLICY.format(" file:")

#: Stands in the snippet for the address that nobody has told.
PLACEHOLDER = "https://ADDRESS-OF-THESE-FILES.example/"

#: The shape of a picture that is not there.
_USUAL_PX = 1280, 720
_HTML = "text/html; charset=utf-8"
_TEXT = "text/plain; charset=utf-8"
_XML = "application/xml"
_VTT = "text/vtt; charset=utf-8"


def render_site(site: Site) -> tuple[SiteFile, ...]:
    """Render all pages of a site with at least one language, and what belongs to them."""
    return tuple(_files(site, _environment()))


def _files(site: Site, environment: Environment) -> Iterator[SiteFile]:
    for language in site.languages:
        yield from _language_files(site, language, environment)
    yield from render_assets(site.campaign.brand.colour)
    for name, values in ((FIRST_PAGE, _first_page(site)), (OFFLINE_PAGE, _offline_page(site))):
        text = environment.get_template(name).render(values)
        yield SiteFile(path=name, role=Role.PAGE, language="", mime=_HTML, content=text.encode())
    if site.address:
        values = _values(site, site.leading, root="") | {"entries": list(sitemap_entries(site)), "date": site.date}
        text = environment.get_template(SITEMAP).render(values)
        yield SiteFile(path=SITEMAP, role=Role.PAGE, language="", mime=_XML, content=text.encode())


def render_bundle(site: Site, language: SiteLanguage) -> tuple[SiteFile | PublishedFile, ...]:
    """Give what a language needs without a network: a page for a double click, what it loads, and published files.

    There is nothing where the language has no film.
    """
    films = films_of(site, language)
    if not films:
        return ()
    kept = kept_files(site, language, films)
    alone = replace(language, files=tuple(file for file in kept if file.language and file.role is not Role.VIDEO))
    alone = replace(alone, files=(*alone.files, light_film(films)))
    small = replace(site, languages=(alone,), shared=tuple(file for file in kept if not file.language))
    wanted = {OFFLINE_PAGE, cues_script(language.tag), site.paths.transcript(language.tag, "txt")}
    assets = {file.path for file in render_assets(site.campaign.brand.colour)}
    return (*(file for file in _files(small, _environment()) if file.path in wanted | assets), *kept)


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("babelreel.delivery.site"),
        autoescape=True,  # also of embed: its text is HTML to copy
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def _language_files(site: Site, language: SiteLanguage, environment: Environment) -> Iterator[SiteFile]:
    """Give the files of one language: texts first, for the page tells their sizes."""
    lines = lines_of(language.cues, language.language)
    paragraphs = paragraphs_of(lines, language.language)
    films = films_of(site, language)
    sections = sections_of(site, language, lines, films.main.duration_ms if films else 0)
    values = _values(site, language, root="../") | {
        "films": films,
        "lines": lines,
        "sections": sections,
        "has_chapters": any(each.title for each in sections),
        "spoken": _spoken(site, language),
        "structured": render_video_object(site, language, films.main, paragraphs, sections) if films else "",
    }
    texts: tuple[SiteFile, ...] = ()
    if lines:
        parts = [(each.title, paragraphs_of(each.lines, language.language)) for each in sections]
        plain = _plain_transcript(language, parts)
        html = environment.get_template("transcript.html").render(values | {"parts_of_text": parts})
        texts = (
            _file(Role.TRANSCRIPT, language, site.paths.transcript(language.tag, "html"), _HTML, html),
            _file(Role.TRANSCRIPT, language, site.paths.transcript(language.tag, "txt"), _TEXT, plain),
        )
    base = site.address or PLACEHOLDER
    frame = render_frame(base, language, values["films"].main) if values["films"] else ""
    snippet = environment.get_template("embed.html").render(values | {"base": base, "frame": frame})
    embed = _file(Role.PAGE, language, site.paths.embed(language.tag), _TEXT, snippet)
    yield from (*texts, embed)
    chapters = render_chapters(sections) if films else ""
    chapters_track = site.paths.chapters(language.tag) if chapters else ""
    if chapters:
        yield _file(Role.CHAPTERS, language, chapters_track, _VTT, chapters)
    page = environment.get_template("language.html").render(
        values | _page_values(site, language, films, paragraphs, (*texts, embed)) | {"chapters_track": chapters_track}
    )
    yield from _embedded(site, language, environment)
    whole = _file(Role.PAGE, language, language_page(language.tag), _HTML, page)
    yield whole
    if films:
        assets = render_assets(site.campaign.brand.colour)
        yield from render_keeping(site, language, films, (whole, *texts, *assets))
    if language.has_text:
        yield SiteFile(
            path=cues_script(language.tag),
            role=Role.PAGE,
            language=language.tag,
            mime=JAVASCRIPT,
            content=render_cues_script(site, language, lines).encode(),
        )


def _embedded(site: Site, language: SiteLanguage, environment: Environment) -> Iterator[SiteFile]:
    """Give the player alone, and what tells other sites of it where the address of it is known."""
    films = films_of(site, language)
    if not films:
        return
    values = _values(site, language, root="../../") | _tool_values(site, language, films)
    values |= {"films": films, "spoken": _spoken(site, language)}
    html = environment.get_template("player.html").render(values)
    yield _file(Role.PAGE, language, player_page(language.tag), _HTML, html)
    if site.address:
        told = render_oembed(site, language, films.main)
        yield _file(Role.PAGE, language, oembed(language.tag), "application/json", told)


def _file(role: Role, language: SiteLanguage, path: str, mime: str, text: str) -> SiteFile:
    return SiteFile(path=path, role=role, language=language.tag, mime=mime, content=text.encode())


def _values(site: Site, language: SiteLanguage, *, root: str) -> dict[str, Any]:
    """Give what every page of a language has; ``root`` is the way from the page to ``output/``."""
    narrow, wide = (site.still_path(f"{name}.jpg") for name in (NARROW_POSTER, WIDE_POSTER))
    return {
        "csp": POLICY,
        "root": root,
        "address": site.address,
        "page": _named(site, language),
        "words": words_for(language.language),
        "title": visible(language.title),
        "title_tag": language.title_tag,
        "languages": [_named(site, each) for each in site.languages],
        "texts": [_named(site, each) | {"vtt": each.vtt} for each in site.languages if each.vtt],
        "player": asdict(player_words_for(language.language)) | {"texts": words_for(language.language).subtitles},
        "poster": narrow or wide,
        "wide_poster": wide if narrow else "",
        "share_picture": site.still_path(f"{SHARE_PICTURE}.jpg"),
        "storyboard": site.still_path("storyboard.vtt"),
        "stream": site.shared_path(HLS_MASTER),
        "assets": {name: root + asset(file) for name, file in LINKED.items()},
    } | campaign_values(site, language)


def _named(site: Site, language: SiteLanguage) -> dict[str, str]:
    """Give what another page may know of a language: nothing that an edit of its subtitles could change."""
    own = visible(language.language.own_name)
    watch = own if is_fallback(language.language) else words_for(language.language).watch_here
    return {
        "tag": language.tag,
        "locale": locale_of(language.tag) if site.address else "",
        "name": own,
        "direction": language.language.direction.value,
        "watch": watch,
        "address": language_address(language.tag),
        "player": player_address(language.tag),
        "oembed": oembed(language.tag),
        "cues": cues_script(language.tag) if language.has_text else "",
    }


def _spoken(site: Site, language: SiteLanguage) -> str:
    """Give the language whose track is the captions of a page's film: the one that is heard, else the page's own.

    HTML calls captions what stands for the sound, in the same language or translated.
    """
    heard = language.tag if language.is_dubbed else site.reference
    return heard if any(each.vtt for each in site.languages if each.tag == heard) else language.tag


def _page_values(
    site: Site,
    language: SiteLanguage,
    films: Films | None,
    paragraphs: tuple[Line, ...],
    texts: tuple[SiteFile, ...],
) -> dict[str, Any]:
    words, code = words_for(language.language), site.paths.leaflet(language.tag, "qr.svg")
    files = list(list_downloads(site, language, texts, words))
    light, best = (_film_with_text(site, language), language.videos[0].path) if language.videos else ("", "")
    return {
        "kept": keep_values(site, language, films) if films else None,
        "credits": list(_credits(language)),
        "credit_words": campaign_words_for(language.language),
        "description": describe(paragraphs) or visible(language.title),
        **(_tool_values(site, language, films) if films else {}),
        "downloads": choose_three(files, light, best, campaign_words_for(language.language)),
        "send_film": next((each for each in files if each.path == light), None),
        "qr": next((file.path for file in language.files if file.path == code), ""),
    }


def _tool_values(site: Site, language: SiteLanguage, films: Films) -> dict[str, Any]:
    size = render_size(films.light.bytes, words_for(language.language)) if films.light else ""
    return {"sounds": list(list_sounds(site, language, films)), "light_size": size}


def _credits(language: SiteLanguage) -> Iterator[tuple[str, str]]:
    """Give what somebody did, in the page's words, and who."""
    words = campaign_words_for(language.language)
    roles = {Work.TRANSLATION: words.translation, Work.VOICE: words.voice, Work.REVIEW: words.review}
    for credit in language.credits:
        yield roles[credit.role], visible(credit.name)


def _first_page(site: Site) -> dict[str, Any]:
    """Give what the first page says: to readers of the leading language, and ready to be shown, to all others."""
    leading = site.leading
    films = films_of(site, leading)
    ordered = (leading, *(each for each in site.languages if each.tag != leading.tag))
    return _values(site, leading, root="") | {
        "welcomes": [_welcome(site, each) for each in ordered],
        "width_px": films.main.width_px if films else _USUAL_PX[0],
        "height_px": films.main.height_px if films else _USUAL_PX[1],
    }


def _welcome(site: Site, language: SiteLanguage) -> dict[str, Any]:
    return campaign_values(site, language) | {
        "page": _named(site, language),
        "words": words_for(language.language),
        "title": visible(language.title),
        "title_tag": language.title_tag,
        "heard_name": language.heard_name,
    }


def _offline_page(site: Site) -> dict[str, Any]:
    """Give what the page for a double click needs; its links go to films, for who has no script.

    So does that of a language without text, always: the page shows a film together with its transcript.
    """
    leading = site.leading
    films = films_of(site, leading)
    languages = [_named(site, each) | {"film": _film_with_text(site, each)} for each in site.languages if each.videos]
    return _values(site, leading, root="") | {
        "csp": OFFLINE_POLICY,
        "films": films,
        "languages": languages,
        "offline_film": films.main.path if films else "",
    }


def _film_with_text(site: Site, language: SiteLanguage) -> str:
    """Give the film that shows its text in any player: the smallest one with text in its picture, if there is one."""
    burned = [file for file in language.videos if site.is_burned(file, language)]
    return (burned or language.videos)[-1].path


def _plain_transcript(language: SiteLanguage, parts: Iterable[tuple[str, tuple[Line, ...]]]) -> str:
    text = f"{visible(language.title)}\n{visible(language.language.own_name)}\n"
    for title, paragraphs in parts:
        text += f"\n{title}\n" if title else ""
        text += "".join(f"\n[{paragraph.clock}] {paragraph.text}\n" for paragraph in paragraphs)
    return text
