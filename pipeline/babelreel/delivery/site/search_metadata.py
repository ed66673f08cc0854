"""Describe the film of a page to search engines and link previews (schema.org ``VideoObject``)."""

from __future__ import annotations

from typing import Any

from babelreel.delivery.site.chapters import Section
from babelreel.delivery.site.page_text import Line, lines_of, paragraphs_of, render_iso_duration, render_script_json
from babelreel.delivery.site.site_content import Site, SiteLanguage
from babelreel.model.delivery.manifest import PublishedFile
from babelreel.model.delivery.published_paths import language_address, player_address
from babelreel.model.film.stills import WIDE_POSTER

_LONGEST_DESCRIPTION = 160  # what search engines show


def render_video_object(
    site: Site,
    language: SiteLanguage,
    film: PublishedFile,
    paragraphs: tuple[Line, ...],
    sections: tuple[Section, ...],
) -> str:
    """Write the film of a language's page as JSON-LD, safe inside of a script element.

    Addresses are whole where the project knows its own, else relative to the page. The whole text stands on the page
    itself, and other languages' pages describe theirs.
    """
    base = site.address or "../"
    spoken = language.heard_tag if language.is_dubbed else site.reference
    poster = site.still_path(f"{WIDE_POSTER}.jpg")
    document: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "VideoObject",
        "name": language.title,
        "description": describe(paragraphs) or language.title,
        "duration": render_iso_duration(film.duration_ms),
        "contentUrl": f"{base}{film.path}",
        "encodingFormat": film.mime,
        "width": film.width_px,
        "height": film.height_px,
        "inLanguage": spoken,
    }
    if language.has_text:
        document["accessibilityFeature"] = ["captions", "transcript"]
    more = [
        *(["audioDescription"] if site.described_for(language) else []),
        *(["signLanguage"] if site.signed_for(language) else []),
    ]
    if more:
        document["accessibilityFeature"] = [*document.get("accessibilityFeature", []), *more]
    if site.date:
        document["uploadDate"] = site.date
    if site.address:
        page = f"{site.address}{language_address(language.tag)}"
        document["url"] = page
        document["embedUrl"] = f"{site.address}{player_address(language.tag)}"
        clips = [_clip(page, section) for section in sections if section.title]
        if clips:
            document["hasPart"] = clips
    if poster:
        document["thumbnailUrl"] = f"{base}{poster}"
    if language.vtt:
        document["caption"] = {
            "@type": "MediaObject",
            "contentUrl": f"{base}{language.vtt}",
            "inLanguage": language.tag,
            "encodingFormat": "text/vtt",
        }
    return render_script_json(document)


def _clip(page: str, section: Section) -> dict[str, Any]:
    """Describe a chapter as search engines show it below the film ("key moments"); its bounds are whole seconds."""
    return {
        "@type": "Clip",
        "name": section.title,
        "startOffset": section.start_ms // 1000,
        "endOffset": -(-section.end_ms // 1000),
        "url": f"{page}#t={section.seconds}",
    }


def describe_film(language: SiteLanguage) -> str:
    """Return the beginning of the film's text in a language, or its title there where it has no text."""
    lines = lines_of(language.cues, language.language)
    return describe(paragraphs_of(lines, language.language)) or language.title


def describe(paragraphs: tuple[Line, ...]) -> str:
    """Return the beginning of the film's text, cut at a word where there are words."""
    text = " ".join(paragraph.text for paragraph in paragraphs)
    if len(text) <= _LONGEST_DESCRIPTION:
        return text
    cut = text[: _LONGEST_DESCRIPTION - 1]
    return f"{cut.rsplit(' ', 1)[0] if ' ' in cut else cut}…"
