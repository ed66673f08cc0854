"""What the templates of pages get."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from babelreel.delivery.campaign import campaign_words_for, credit_lines
from babelreel.delivery.site.campaign_values import campaign_values
from babelreel.delivery.site.choices_and_downloads import list_downloads
from babelreel.delivery.site.films import Films, decoding_of, films_of
from babelreel.delivery.site.keeping import keep_values
from babelreel.delivery.site.page_assets import LINKED, PAIR_STYLE, SIGNED
from babelreel.delivery.site.page_text import Line, render_script_json, render_size
from babelreel.delivery.site.search_metadata import describe
from babelreel.delivery.site.site_content import Site, SiteFile, SiteLanguage
from babelreel.delivery.site.sounds import list_sounds
from babelreel.delivery.site.three_downloads import choose_three
from babelreel.delivery.site.words import bar_words, is_fallback, player_words_for, words_for
from babelreel.languages.locales import locale_of
from babelreel.model.delivery.published_paths import (
    HLS_MASTER,
    asset,
    cues_script,
    language_address,
    oembed,
    player_address,
)
from babelreel.model.film.stills import NARROW_POSTER, SHARE_PICTURE, WIDE_POSTER

#: Nothing but files of the same host, no script and no style inside of a page, no form, no other base.
_POLICY = (
    "default-src 'none'; script-src 'self'{0}; style-src 'self'{0}; img-src 'self'{0}; media-src 'self'{0}; "
    "connect-src 'self'; worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'"
)
POLICY = _POLICY.format("")
#: A page that was opened from a disk has no host; browsers differ on whether "self" means the files beside it.
OFFLINE_POLICY = _POLICY.format(" file:")

#: The shape of a picture that is not there.
_USUAL_PX = 1280, 720


def shared_values(site: Site, language: SiteLanguage, *, root: str) -> dict[str, Any]:
    """Gather what every page of a language has; ``root`` is the way from the page to ``output/``."""
    narrow, wide = (site.still_path(f"{name}.jpg") for name in (NARROW_POSTER, WIDE_POSTER))
    return {
        "csp": POLICY,
        "root": root,
        "address": site.address,
        "page": _named(site, language),
        "words": words_for(language.language),
        "title": language.title,
        "title_tag": language.title_tag,
        "languages": [_named(site, each) for each in site.languages],
        "texts": [_named(site, each) | {"vtt": each.vtt, "is_captions": each.is_for_the_deaf} for each in site.texts],
        "player": player_words_for(language.language),
        "player_json": render_script_json(bar_words(language.language)),
        "poster": narrow or wide,
        "wide_poster": wide if narrow else "",
        "share_picture": _share_picture(site, language),
        "storyboard": site.still_path("storyboard.vtt"),
        "stream": site.shared_path(HLS_MASTER),
        "offline_film": "",
        "assets": {name: root + asset(file) for name, file in LINKED.items()},
    } | campaign_values(site, language)


def _share_picture(site: Site, language: SiteLanguage) -> str:
    """Choose the picture that a link to the page is shown with: the one with the title, if this language has it."""
    titled = site.paths.title_picture(language.tag, f"{SHARE_PICTURE}.jpg")
    own = next((file.path for file in language.files if file.path == titled), "")
    return own or site.still_path(f"{SHARE_PICTURE}.jpg")


def _named(site: Site, language: SiteLanguage) -> dict[str, str]:
    """Return what another page may know of a language: nothing that an edit of its subtitles could change."""
    own = language.language.own_name
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


def spoken_language(site: Site, language: SiteLanguage) -> str:
    """Name the language whose track is the captions of a page's film: the one heard, else the page's own.

    HTML calls captions what stands for the sound, in the same language or translated.
    """
    heard = language.heard_tag if language.is_dubbed else site.reference
    return heard if any(each.vtt for each in site.languages if each.tag == heard) else language.tag


def page_values(
    site: Site,
    language: SiteLanguage,
    films: Films | None,
    paragraphs: tuple[Line, ...],
    texts: tuple[SiteFile, ...],
) -> dict[str, Any]:
    """Gather what the page of a language has beside that; ``texts`` are the files whose sizes it names."""
    words, code = words_for(language.language), site.paths.leaflet(language.tag, "qr.svg")
    files = list(list_downloads(site, language, texts, words))
    light, best = (film_with_text(site, language), language.videos[0].path) if language.videos else ("", "")
    return {
        "kept": keep_values(site, language, films) if films else None,
        "described": _named(site, described) if (described := site.described_for(language)) else None,
        "credits": credit_lines(language.credits, language.language),
        "credit_words": campaign_words_for(language.language),
        "description": describe(paragraphs) or language.title,
        **(tool_values(site, language, films) if films else {}),
        "downloads": choose_three(files, light, best, campaign_words_for(language.language)),
        "send_film": next((each for each in files if each.path == light), None),
        "qr": next((file.path for file in language.files if file.path == code), ""),
    }


def tool_values(site: Site, language: SiteLanguage, films: Films) -> dict[str, Any]:
    """Gather what the film's bar needs."""
    size = render_size(films.light.bytes, words_for(language.language)) if films.light else ""
    return {
        "sounds": list(list_sounds(site, language, films)),
        "light_size": size,
        "little_size": render_size(films.little.bytes, words_for(language.language)) if films.little else "",
        "little_decoding": json.dumps(decoding_of(films.little)) if films.little else "",
        **_signed_values(site, language),
    }


def _signed_values(site: Site, language: SiteLanguage) -> dict[str, Any]:
    """Gather what a player needs to show an interpreter beside its film; ``signed`` is ``None`` without one."""
    signed = site.signed_for(language)
    if signed is None:
        return {"signed": None}
    own = language.language
    names = {"name": own.variants.signed, "tag": own.tag, "direction": own.direction.value}
    # of another language's file a page knows nothing that an edit there could change
    address = signed.address if signed.language == language.tag else signed.path
    size = {"width_px": signed.width_px, "height_px": signed.height_px}
    return {
        "signed": {"address": address, **names, **size},
        "signed_assets": {name: asset(file) for name, file in SIGNED.items()},
    }


def first_page_values(site: Site) -> dict[str, Any]:
    """Gather what the first page says: shown to readers of the leading language, in templates for all others."""
    leading = site.leading
    films = films_of(site, leading)
    ordered = (leading, *(each for each in site.languages if each.tag != leading.tag))
    return shared_values(site, leading, root="") | {
        "welcomes": [_welcome(site, each) for each in ordered],
        "pair_style": asset(PAIR_STYLE),
        "pairs": [
            {"address": language_address(each.tag), "both": [_named(site, one) for one in (each.first, each.second)]}
            for each in site.pairs
        ],
        "width_px": films.main.width_px if films else _USUAL_PX[0],
        "height_px": films.main.height_px if films else _USUAL_PX[1],
    }


def _welcome(site: Site, language: SiteLanguage) -> dict[str, Any]:
    return campaign_values(site, language) | {
        "page": _named(site, language),
        "words": words_for(language.language),
        "title": language.title,
        "title_tag": language.title_tag,
        "heard_name": language.heard_name,
    }


def offline_page_values(site: Site) -> dict[str, Any]:
    """Gather what the page for a double click needs; its links go to films, for readers without scripts.

    So does that of a language without text, always: the page shows a film together with its transcript.
    """
    leading = site.leading
    films = films_of(site, leading)
    languages = [_named(site, each) | {"film": film_with_text(site, each)} for each in site.languages if each.videos]
    return shared_values(site, leading, root="") | {
        "csp": OFFLINE_POLICY,
        "films": replace(films, light=None) if films else None,
        "languages": languages,
        "offline_film": films.main.path if films else "",
        "sounds": [],
        "tiles": render_script_json([[tile.start_ms, tile.text] for tile in site.tiles]) if site.tiles else "",
    }


def film_with_text(site: Site, language: SiteLanguage) -> str:
    """Choose the film that shows its text in any player: the smallest with text in its picture, if any."""
    burned = [file for file in language.videos if site.is_burned(file, language)]
    return (burned or language.videos)[-1].path
