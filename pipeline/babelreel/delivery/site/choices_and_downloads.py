"""List what the readers of a page can take along."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from babelreel.delivery.site.page_text import render_duration, render_size
from babelreel.delivery.site.site_content import Site, SiteFile, SiteLanguage
from babelreel.model.delivery.manifest import Role
from babelreel.model.language_words import PageWords


@dataclass(frozen=True, slots=True, kw_only=True)
class Download:
    """A line of the list of downloads; ``kind`` is what the file is, ``is_saved`` whether a click saves it."""

    path: str
    label: str
    kind: str
    size: str
    duration: str
    is_saved: bool


def list_downloads(
    site: Site, language: SiteLanguage, texts: tuple[SiteFile, ...], words: PageWords
) -> Iterator[Download]:
    """Yield the language's own files, with what they are and cost; ``texts`` are made together with the page."""
    films = (*language.videos, *language.editions)
    for video in (each for each in films if not site.is_page_only(each, language)):
        label = words.film_phone if site.is_burned(video, language) else words.film
        kind = f"MP4 {video.width_px}×{video.height_px}"
        yield _download(video.path, label, kind, video.bytes, words, video.duration_ms)
    for file in language.files:
        if file.role is Role.CAPTIONS:
            yield _download(file.path, words.subtitles, _kind(file.path), file.bytes, words)
    for text in texts:
        label = words.transcript if text.role is Role.TRANSCRIPT else words.website
        yield _download(text.path, label, _kind(text.path), len(text.content), words)
    for file in language.files:
        if file.role is Role.LEAFLET:
            yield _download(file.path, words.leaflet, _kind(file.path), file.bytes, words)


def _download(path: str, label: str, kind: str, size: int, words: PageWords, duration_ms: int = 0) -> Download:  # noqa: PLR0913, PLR0917 - a line of the list has these parts
    return Download(
        path=path,
        label=label,
        kind=kind,
        size=render_size(size, words),
        duration=render_duration(duration_ms, words) if duration_ms else "",
        is_saved=not path.endswith((".html", ".txt", ".pdf")),
    )


def _kind(path: str) -> str:
    return path.rsplit(".", 1)[-1].upper()
