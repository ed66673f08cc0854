"""Show the film on pages of others: in a player in a frame, which other sites find by themselves."""

from __future__ import annotations

import json
from html import escape
from math import gcd

from babelreel.delivery.site.site_content import Site, SiteLanguage
from babelreel.model.delivery.manifest import PublishedFile
from babelreel.model.delivery.published_paths import player_address
from babelreel.model.film.stills import WIDE_POSTER

#: Stands in the snippet for an address that is not known.
PLACEHOLDER = "https://ADDRESS-OF-THESE-FILES.example/"


def render_frame(address: str, language: SiteLanguage, film: PublishedFile, pair: str = "") -> str:
    """Write the frame with a language's player: as wide as its place, in the film's own form, without a border.

    ``address`` is that of ``output/``, ``pair`` the tag of two languages that are shown at once. Where styles are taken
    off, the numbers beside them say the size.
    """
    form = gcd(film.width_px, film.height_px) or 1
    wide, high = film.width_px // form, film.height_px // form
    return (
        f'<iframe src="{escape(address)}{player_address(pair or language.tag)}" title="{escape(language.title)}"'
        f' lang="{language.tag}" width="{film.width_px}" height="{film.height_px}"'
        f' style="border: 0; width: 100%; height: auto; aspect-ratio: {wide} / {high}"'
        ' allow="autoplay; fullscreen; picture-in-picture" allowfullscreen loading="lazy"></iframe>'
    )


def render_oembed(site: Site, language: SiteLanguage, film: PublishedFile, pair: str = "") -> str:
    """Write what sites such as WordPress ask for when a link to the page stands in a text (oembed.com, version 1.0)."""
    document: dict[str, str | int] = {
        "version": "1.0",
        "type": "video",
        "title": language.title,
        "provider_name": site.title,
        "provider_url": site.address,
        "html": render_frame(site.address, language, film, pair),
        "width": film.width_px,
        "height": film.height_px,
    }
    wanted = site.paths.still(f"{WIDE_POSTER}.jpg")
    poster = next((file for file in site.shared if file.path == wanted and file.width_px), None)
    if poster:
        document["thumbnail_url"] = f"{site.address}{poster.path}"
        document["thumbnail_width"], document["thumbnail_height"] = poster.width_px, poster.height_px
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"
